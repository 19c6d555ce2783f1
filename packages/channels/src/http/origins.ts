/**
 * Connections to many origins, which come and go with every account's wishes: made when first needed, each through the guard of
 * private networks, and dropped again when there are too many, so that what they leave behind does not add up.
 */
import { createGuardedConnector, type GuardedConnectorOptions, type TargetRules } from '../webhook/guard.ts';
import type { AnswerReader } from './call.ts';
import { type ConnectionSettings, Connections } from './connections.ts';

/** An answer is read so far; whoever sends a book is not read to its end. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** What channels to many origins are told. */
export interface OriginsOptions extends TargetRules {
  /** Most calls at once to one origin (scheme, host, port). */
  readonly connections: number;
  /** From `send` to the answer's last byte, connecting included, ms. */
  readonly timeoutMs: number;
  /** To resolve the name, connect and shake hands, ms. Kept to about a second's precision; `timeoutMs` bounds it exactly. */
  readonly connectTimeoutMs: number;
  /** How long an unused connection is kept when the server does not say, ms. Default 4,000. */
  readonly keepAliveMs?: number;
  /** How many origins' connections are kept; above it idle ones are dropped. Default 1,000. */
  readonly origins?: number;
  /** Wall clock (epoch ms), for signatures and `Retry-After` dates. Default `Date.now`. */
  readonly nowMs?: () => number;
  /** Told after each request was written; a place for tests to break in. */
  readonly onWritten?: () => void;
  /** How names become addresses, and which of those may be connected to. Default: the system's way, and public ones. */
  readonly network?: Pick<GuardedConnectorOptions, 'resolve' | 'mayConnect'>;
}

/** The connections by origin. */
export class Origins {
  readonly #settings: Omit<ConnectionSettings, 'connector'>;
  readonly #guard: GuardedConnectorOptions;
  readonly #most: number;
  /** In the order in which they were made. */
  readonly #connections = new Map<string, Connections>();

  constructor(options: OriginsOptions, answers: AnswerReader) {
    const { allowPrivate, connections, timeoutMs, connectTimeoutMs, nowMs = Date.now, onWritten } = options;
    this.#settings = {
      connections,
      timeoutMs,
      connectTimeoutMs,
      keepAliveMs: options.keepAliveMs ?? 4_000,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      answers,
      nowMs,
      onWritten,
    };
    const everywhere = allowPrivate ? { mayConnect: () => true } : {};
    this.#guard = { timeoutMs: connectTimeoutMs, ...everywhere, ...options.network };
    this.#most = options.origins ?? 1_000;
  }

  /** How many calls to an origin could start now. One without connections can have all of them. */
  free(origin: string): number {
    return this.#connections.get(origin)?.free ?? this.#settings.connections;
  }

  /** The connections to an origin, made if there are none. */
  to(origin: string): Connections {
    let connections = this.#connections.get(origin);
    if (connections === undefined) {
      this.#dropIdle();
      // A connector to each origin: it keeps TLS sessions, and those are nobody else's.
      connections = new Connections(origin, { ...this.#settings, connector: createGuardedConnector(this.#guard) });
      this.#connections.set(origin, connections);
    }
    return connections;
  }

  /** Lets the calls in the air end, then drops every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.#connections.values()].map((connections) => connections.close()));
  }

  #dropIdle(): void {
    for (const [origin, connections] of this.#connections) {
      if (this.#connections.size < this.#most) return;
      if (connections.busy) continue;
      this.#connections.delete(origin);
      connections.close().catch(() => {});
    }
  }
}
