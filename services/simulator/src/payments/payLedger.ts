/**
 * The judge of payments: which were made, under which reference and key, with which bytes. A file like the messages' ledger, with a
 * line before its answer. What the provider itself remembers (keys, references) is read back from it, so that it survives a kill.
 */
import { join } from 'node:path';
import { LedgerFile, type Waiting } from '../ledger/file.ts';

/** One request for a payment. It was paid if and only if it has an id and no `refused`. */
export interface PayEntry {
  /** When it arrived, epoch ms. */
  readonly at: number;
  readonly key: string;
  readonly reference: string;
  readonly receiver: string;
  readonly sender: string;
  readonly amount: number;
  readonly currency: string;
  /** The bytes of the request. */
  readonly body: string;
  /** Of what was decided: paid, or refused. A request that changed nothing has none. */
  readonly id?: string;
  /** Why it was decided against. */
  readonly refused?: string;
  /** Answered again with what was decided before. */
  readonly replayed?: true;
  /** What was done wrong on purpose, or the status of a refusal that decided nothing. */
  readonly fault?: string;
}

export interface PayTotals {
  /** Requests that came in, whatever was answered. */
  readonly requests: number;
  /** Payments made, whether or not the answer reached the caller. */
  readonly payments: number;
  /** References paid at least once. */
  readonly references: number;
  /** References paid more than once. */
  readonly duplicates: number;
  /** References whose requests did not all have the same bytes. */
  readonly changed: number;
  /** Payments decided against. */
  readonly refusals: number;
  /** Requests answered again with what was decided before. */
  readonly replays: number;
  /** Sum of what was paid, in minor units, whatever the currency. */
  readonly amount: number;
}

interface Known {
  payments: number;
  body: string;
  changed: boolean;
  decided: PayEntry | undefined;
}

export class PayLedger {
  readonly #file: LedgerFile;
  /** By reference. */
  readonly #known = new Map<string, Known>();
  /** By key, what was decided under it last. */
  readonly #keys = new Map<string, PayEntry>();
  #totals = { requests: 0, payments: 0, refusals: 0, replays: 0, amount: 0 };

  constructor(dataDir: string) {
    this.#file = new LedgerFile(join(dataDir, 'payments.ndjson'));
  }

  /** Remembers what stands in the file; to be called before the first request. */
  async load(): Promise<void> {
    await this.#file.read(0, (line) => {
      const entry = parse(line);
      if (entry !== undefined) this.#take(entry);
    });
  }

  /** Counts at once, so that whoever comes in the same turn meets what was decided; answers only once the line is written. */
  append(entry: PayEntry, waiting: Waiting): void {
    this.#take(entry);
    this.#file.append(`${JSON.stringify(entry)}\n`, waiting);
  }

  /** What was decided under a key, if anything. */
  ofKey(key: string): PayEntry | undefined {
    return this.#keys.get(key);
  }

  /** What was decided under a reference, if anything: what was paid goes before what was refused. */
  ofReference(reference: string): PayEntry | undefined {
    return this.#known.get(reference)?.decided;
  }

  totals(): PayTotals {
    const known = [...this.#known.values()];
    return {
      ...this.#totals,
      references: known.filter(({ payments }) => payments > 0).length,
      duplicates: known.filter(({ payments }) => payments > 1).length,
      changed: known.filter(({ changed }) => changed).length,
    };
  }

  /** Reads the file from its beginning. */
  async scan(onEntry: (entry: PayEntry) => void): Promise<void> {
    await this.#file.read(0, (line) => {
      const entry = parse(line);
      if (entry !== undefined) onEntry(entry);
    });
  }

  /** Forgets everything, keys too. For tests. */
  clear(): void {
    this.#file.clear();
    this.#known.clear();
    this.#keys.clear();
    this.#totals = { requests: 0, payments: 0, refusals: 0, replays: 0, amount: 0 };
  }

  close(): void {
    this.#file.close();
  }

  #take(entry: PayEntry): void {
    const { reference, key, body, id, refused, replayed, amount } = entry;
    const isPaid = id !== undefined && refused === undefined && replayed === undefined;
    this.#totals.requests += 1;
    if (replayed !== undefined) this.#totals.replays += 1;
    if (isPaid) {
      this.#totals.payments += 1;
      this.#totals.amount += amount;
    }
    if (refused !== undefined && replayed === undefined) this.#totals.refusals += 1;
    const known = this.#known.get(reference) ?? { payments: 0, body, changed: false, decided: undefined };
    this.#known.set(reference, known);
    if (known.body !== body) known.changed = true;
    if (id === undefined || replayed !== undefined) return;
    if (isPaid) known.payments += 1;
    if (isPaid || known.decided === undefined) known.decided = entry;
    this.#keys.set(key, entry);
  }
}

/** A line read back; undefined for one that was torn by a kill, and so never answered. */
function parse(line: string): PayEntry | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value === 'object' && value !== null && 'key' in value && 'reference' in value) return value as PayEntry;
  } catch {
    // Torn.
  }
  return undefined;
}
