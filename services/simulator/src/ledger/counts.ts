/**
 * Attempts and acceptances per address of one run, for millions of addresses: typed arrays in order of arrival (about
 * 24 bytes an address) with an open-addressing hash table over them, where a Map of strings would take some 130 bytes.
 */

export interface AddressCount {
  readonly to: string;
  readonly attempts: number;
  readonly acceptances: number;
}

/** Addresses that fit a double exactly and print back as they were; the others are kept as text. */
const NUMERIC = /^[1-9]\d{0,14}$/;
const EMPTY = -1;

export class RunCounts {
  attempts = 0;
  acceptances = 0;
  /** Addresses accepted at least once. */
  addresses = 0;
  /** Addresses accepted more than once. */
  duplicates = 0;
  #size = 0;
  /** The address as a number, or -1 minus its index in `#texts`. */
  #keys = new Float64Array(64);
  #attempts = new Uint32Array(64);
  #acceptances = new Uint32Array(64);
  #table = new Int32Array(128).fill(EMPTY);
  readonly #texts: string[] = [];
  readonly #textKeys = new Map<string, number>();

  /** Distinct addresses, accepted or not. */
  get size(): number {
    return this.#size;
  }

  add(to: string, accepted: boolean): void {
    const at = this.#find(NUMERIC.test(to) ? Number(to) : this.#textKey(to));
    this.attempts += 1;
    this.#attempts[at] = (this.#attempts[at] ?? 0) + 1;
    if (!accepted) return;
    this.acceptances += 1;
    const acceptances = (this.#acceptances[at] ?? 0) + 1;
    this.#acceptances[at] = acceptances;
    if (acceptances === 1) this.addresses += 1;
    if (acceptances === 2) this.duplicates += 1;
  }

  /** The address with this place in the order of arrival. */
  at(index: number): AddressCount | undefined {
    if (index < 0 || index >= this.#size) return undefined;
    const key = this.#keys[index] ?? 0;
    return {
      to: key < 0 ? (this.#texts[-1 - key] ?? '') : String(key),
      attempts: this.#attempts[index] ?? 0,
      acceptances: this.#acceptances[index] ?? 0,
    };
  }

  #textKey(to: string): number {
    let key = this.#textKeys.get(to);
    if (key === undefined) {
      key = -1 - this.#texts.length;
      this.#texts.push(to);
      this.#textKeys.set(to, key);
    }
    return key;
  }

  /** The place of a key, new or old. */
  #find(key: number): number {
    const mask = this.#table.length - 1;
    let slot = hash(key) & mask;
    for (let at = this.#table[slot]; at !== undefined && at !== EMPTY; at = this.#table[slot]) {
      if (this.#keys[at] === key) return at;
      slot = (slot + 1) & mask;
    }
    if (this.#size === this.#keys.length) {
      this.#grow();
      return this.#find(key);
    }
    const at = this.#size;
    this.#size += 1;
    this.#keys[at] = key;
    this.#table[slot] = at;
    return at;
  }

  #grow(): void {
    const length = this.#keys.length * 2;
    const keys = new Float64Array(length);
    keys.set(this.#keys);
    const attempts = new Uint32Array(length);
    attempts.set(this.#attempts);
    const acceptances = new Uint32Array(length);
    acceptances.set(this.#acceptances);
    const table = new Int32Array(length * 2).fill(EMPTY);
    const mask = table.length - 1;
    for (let at = 0; at < this.#size; at += 1) {
      let slot = hash(keys[at] ?? 0) & mask;
      while (table[slot] !== EMPTY) slot = (slot + 1) & mask;
      table[slot] = at;
    }
    this.#keys = keys;
    this.#attempts = attempts;
    this.#acceptances = acceptances;
    this.#table = table;
  }
}

/** Spreads neighbouring phone numbers over the table. */
function hash(key: number): number {
  const high = Math.floor(key / 0x1_0000_0000);
  let mixed = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
