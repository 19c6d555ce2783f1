/**
 * The judge of the money: which checks were made, and what each address cost. A file like the messages' ledger, with a line
 * before its answer; the counts, and the places of the references, are brought up to date when somebody asks.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type AddressCount, RunCounts } from '../ledger/counts.ts';
import { LedgerFile, type Waiting } from '../ledger/file.ts';

/** One request for a check. It was made if and only if it has an id, and charged unless its result is `unknown`. */
export interface Charge {
  /** When it arrived, epoch ms. */
  readonly at: number;
  /** The address, lower case; `''` if the request named none. */
  readonly to: string;
  /** Ours, `''` if none. */
  readonly reference: string;
  readonly id?: string;
  readonly answer?: Verification;
  /** In millionths; 0 for what was refunded. */
  readonly costMicros?: number;
  /** What was done wrong on purpose, or the status of a refusal. */
  readonly fault?: string;
}

/** What a check found out, in the service's words. */
export interface Verification {
  readonly result: 'deliverable' | 'undeliverable' | 'risky' | 'unknown';
  readonly reason: string;
  readonly role: boolean;
  readonly disposable: boolean;
  readonly acceptAll: boolean;
}

export interface ChargeTotals {
  /** Requests that came in, whatever was answered. */
  readonly requests: number;
  /** Checks that were made, whether or not the answer reached the caller. */
  readonly checks: number;
  /** Of these, those that were charged. */
  readonly charges: number;
  /** Made and not charged, because the result was `unknown`. */
  readonly refunds: number;
  /** Addresses charged at least once. */
  readonly addresses: number;
  /** Addresses charged more than once. */
  readonly duplicates: number;
  readonly costMicros: number;
}

export interface ChargePage {
  readonly addresses: readonly { readonly to: string; readonly requests: number; readonly charges: number }[];
  /** Give it back to get the next page; absent on the last one. */
  readonly cursor?: string;
}

export class Charges {
  readonly #file: LedgerFile;
  #counts = new RunCounts();
  #checks = 0;
  #costMicros = 0;
  /** By a reference's hash, where its line begins: 40 bytes each, where the references themselves would take some 150. */
  #places = new Map<number, number>();
  #read = 0;
  #epoch = 0;
  #catchingUp: Promise<void> = Promise.resolve();

  constructor(dataDir: string) {
    this.#file = new LedgerFile(join(dataDir, 'charges.ndjson'));
  }

  append(charge: Charge, waiting: Waiting): void {
    this.#file.append(`${JSON.stringify(charge)}\n`, waiting);
  }

  async totals(): Promise<ChargeTotals> {
    await this.#catchUp();
    const { attempts, acceptances, addresses, duplicates } = this.#counts;
    return {
      requests: attempts,
      checks: this.#checks,
      charges: acceptances,
      refunds: this.#checks - acceptances,
      addresses,
      duplicates,
      costMicros: this.#costMicros,
    };
  }

  /** A page of addresses in order of arrival. @param onlyDuplicates leaves out who was charged once or never */
  async addresses(options: {
    cursor?: string | undefined;
    limit: number;
    onlyDuplicates?: boolean;
  }): Promise<ChargePage> {
    await this.#catchUp();
    const addresses: ChargePage['addresses'][number][] = [];
    for (let index = Number(options.cursor?.split('.')[1] ?? 0); index < this.#counts.size; index += 1) {
      if (addresses.length === options.limit) return { addresses, cursor: `0.${index}` };
      const { to, attempts, acceptances } = this.#counts.at(index) as AddressCount;
      if (options.onlyDuplicates === true && acceptances < 2) continue;
      addresses.push({ to, requests: attempts, charges: acceptances });
    }
    return { addresses };
  }

  /** The check that was made under a reference. */
  async find(reference: string): Promise<Charge | undefined> {
    await this.#catchUp();
    const place = this.#places.get(keyOf(reference));
    if (place === undefined) return undefined;
    const charge = parse(this.#file.lineAt(place));
    return charge?.reference === reference ? charge : undefined;
  }

  /** Reads the file from its beginning. */
  async scan(onCharge: (charge: Charge) => void): Promise<void> {
    await this.#file.read(0, (line) => {
      const charge = parse(line);
      if (charge !== undefined) onCharge(charge);
    });
  }

  /** Forgets everything. For tests. */
  clear(): void {
    this.#file.clear();
  }

  close(): void {
    this.#file.close();
  }

  #catchUp(): Promise<void> {
    this.#catchingUp = this.#catchingUp.then(async () => {
      if (this.#epoch !== this.#file.epoch) {
        this.#epoch = this.#file.epoch;
        this.#counts = new RunCounts();
        this.#checks = 0;
        this.#costMicros = 0;
        this.#places = new Map();
        this.#read = 0;
      }
      let place = this.#read;
      this.#read = await this.#file.read(this.#read, (line) => {
        this.#take(parse(line), place);
        place += Buffer.byteLength(line) + 1;
      });
    });
    return this.#catchingUp;
  }

  #take(charge: Charge | undefined, place: number): void {
    if (charge === undefined) return;
    const { to, reference, id, answer, costMicros = 0 } = charge;
    // A check may cost nothing and still be one that is not to be made twice.
    this.#counts.add(to, answer !== undefined && answer.result !== 'unknown');
    this.#costMicros += costMicros;
    if (id === undefined) return;
    this.#checks += 1;
    if (reference !== '') this.#places.set(keyOf(reference), place);
  }
}

/** 52 bits: among a million references two meet once in ten thousand runs, and then one of them is not found. */
function keyOf(reference: string): number {
  const hash = createHash('sha256').update(reference).digest();
  return hash.readUIntBE(0, 6) * 16 + ((hash[6] ?? 0) >> 4);
}

/** A line read back; undefined for one that was torn by a kill. */
function parse(line: string): Charge | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value === 'object' && value !== null && 'to' in value && 'reference' in value) return value as Charge;
  } catch {
    // Torn: it was never answered for.
  }
  return undefined;
}
