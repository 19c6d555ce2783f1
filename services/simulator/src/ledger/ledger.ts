/**
 * The judge: what each address really received. Appending is all that a request pays for; the counts are brought up to
 * date from the file's unread end when somebody asks.
 */
import { join } from 'node:path';
import { type AddressCount, RunCounts } from './counts.ts';
import { type Entry, isEntry, parseLine, type Reported, renderEntry, runOf } from './entry.ts';
import { LedgerFile, type Waiting } from './file.ts';

export interface Totals {
  /** Requests that came in, whatever was answered. */
  readonly attempts: number;
  readonly acceptances: number;
  /** Pairs of run and address accepted at least once. */
  readonly addresses: number;
  /** Pairs of run and address accepted more than once. Must be 0. */
  readonly duplicates: number;
}

export interface AddressPage {
  readonly addresses: readonly (AddressCount & { readonly run: string })[];
  /** Give it back to get the next page; absent on the last one. */
  readonly cursor?: string;
}

export class Ledger {
  readonly #file: LedgerFile;
  #runs = new Map<string, RunCounts>();
  #read = 0;
  #epoch = 0;
  /** Catching up happens once at a time; who asks meanwhile waits for it and then looks again. */
  #catchingUp: Promise<void> = Promise.resolve();

  constructor(dataDir: string) {
    this.#file = new LedgerFile(join(dataDir, 'ledger.ndjson'));
  }

  append(entry: Entry, waiting?: Waiting): void {
    this.#file.append(renderEntry(entry), waiting);
  }

  appendReported(reported: Reported): void {
    this.#file.append(`${JSON.stringify(reported)}\n`);
  }

  /** Totals of one run, or of all. */
  async totals(run?: string): Promise<Totals> {
    await this.#catchUp();
    const totals = { attempts: 0, acceptances: 0, addresses: 0, duplicates: 0 };
    for (const [, counts] of this.#chosen(run)) {
      totals.attempts += counts.attempts;
      totals.acceptances += counts.acceptances;
      totals.addresses += counts.addresses;
      totals.duplicates += counts.duplicates;
    }
    return totals;
  }

  /** The totals of each run, in the order in which the runs appeared. */
  async runs(): Promise<(Totals & { readonly run: string })[]> {
    await this.#catchUp();
    return [...this.#runs].map(([run, { attempts, acceptances, addresses, duplicates }]) => ({
      run,
      attempts,
      acceptances,
      addresses,
      duplicates,
    }));
  }

  /**
   * A page of addresses in order of arrival.
   * @param cursor of the page before; addresses that come in meanwhile appear on later pages
   * @param onlyDuplicates leaves out who was accepted once or never
   */
  async addresses(options: {
    run?: string | undefined;
    cursor?: string | undefined;
    limit: number;
    onlyDuplicates?: boolean;
  }): Promise<AddressPage> {
    await this.#catchUp();
    const [firstRun = 0, firstIndex = 0] = (options.cursor ?? '').split('.').map(Number);
    const runs = this.#chosen(options.run);
    const addresses: (AddressCount & { run: string })[] = [];
    for (let at = firstRun; at < runs.length; at += 1) {
      const [run, counts] = runs[at] ?? ['', new RunCounts()];
      if (options.onlyDuplicates === true && counts.duplicates === 0) continue;
      for (let index = at === firstRun ? firstIndex : 0; index < counts.size; index += 1) {
        if (addresses.length === options.limit) return { addresses, cursor: `${at}.${index}` };
        const count = counts.at(index);
        if (count === undefined || (options.onlyDuplicates === true && count.acceptances < 2)) continue;
        addresses.push({ run, ...count });
      }
    }
    return { addresses };
  }

  /** Reads the file from its beginning. `onChunk` can hold the reading back. */
  async scan(onLine: (line: Entry | Reported) => void, onChunk?: () => Promise<void> | undefined): Promise<void> {
    await this.#file.read(
      0,
      (text) => {
        const line = parseLine(text);
        if (line !== undefined) onLine(line);
      },
      onChunk,
    );
  }

  /** Forgets everything. For tests. */
  clear(): void {
    this.#file.clear();
  }

  close(): void {
    this.#file.close();
  }

  #chosen(run: string | undefined): [string, RunCounts][] {
    if (run === undefined) return [...this.#runs];
    const counts = this.#runs.get(run);
    return counts === undefined ? [] : [[run, counts]];
  }

  #catchUp(): Promise<void> {
    this.#catchingUp = this.#catchingUp.then(async () => {
      if (this.#epoch !== this.#file.epoch) {
        this.#epoch = this.#file.epoch;
        this.#runs = new Map();
        this.#read = 0;
      }
      this.#read = await this.#file.read(this.#read, (text) => {
        const line = parseLine(text);
        if (line === undefined || !isEntry(line)) return;
        const run = runOf(line.reference);
        let counts = this.#runs.get(run);
        if (counts === undefined) {
          counts = new RunCounts();
          this.#runs.set(run, counts);
        }
        counts.add(line.to, line.wamid !== undefined);
      });
    });
    return this.#catchingUp;
  }
}
