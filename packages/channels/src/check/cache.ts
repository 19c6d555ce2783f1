/** What was learnt about a name, kept for a while. Bounded: what was not asked for longest goes first. */
import { LRUCache } from 'lru-cache';

export interface NameCacheOptions<Value> {
  /** Most names. */
  readonly max: number;
  /** How long what was learnt may be believed, ms; 0 or less forgets it at once. */
  readonly ttlMs: (value: Value) => number;
  /** Monotonic, ms. */
  readonly nowMs: () => number;
}

export class NameCache<Value extends object | string> {
  readonly #options: NameCacheOptions<Value>;
  readonly #entries: LRUCache<string, Promise<Value>>;

  constructor(options: NameCacheOptions<Value>) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.max, perf: { now: options.nowMs }, ttlResolution: 0 });
  }

  /** Names that are kept. */
  get size(): number {
    return this.#entries.size;
  }

  /** What is known, or is being learnt. */
  known(name: string): Promise<Value> | undefined {
    return this.#entries.get(name);
  }

  /**
   * What is known, or else what `learn` finds out; who asks for the same name meanwhile waits for that.
   * @param learn must not reject
   */
  get(name: string, learn: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(name);
    if (known !== undefined) return known;
    const learning = learn();
    this.#entries.set(name, learning);
    void learning.then((value) => {
      // It may have been pushed out meanwhile, and learnt anew.
      if (this.#entries.peek(name) !== learning) return;
      const ttl = this.#options.ttlMs(value);
      if (ttl > 0) this.#entries.set(name, learning, { ttl });
      else this.#entries.delete(name);
    });
    return learning;
  }
}
