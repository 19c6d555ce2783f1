/**
 * A TCP proxy that breaks connections on purpose, in the ways that networks do: silence, replies lost, resets, delays, and
 * a cut at a chosen moment of the client's stream, such as right after COMMIT was forwarded.
 */

import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

/**
 * - `pass`: forwards both ways.
 * - `blackhole`: takes what arrives and forwards nothing, in either direction. A connection that lost bytes stays silent for good, because
 *   no stream goes on behind a gap; its end is told once the mode is another.
 * - `dropReplies`: the server receives everything, the client hears nothing.
 * - `reset`: open connections are reset, and new ones at once.
 */
export type ProxyMode = 'pass' | 'blackhole' | 'dropReplies' | 'reset';

export interface CutOptions {
  /** Also reset the client's connection, `resetAfterMs` after the cut (default 50): it learns that the reply is lost. */
  resetAfterMs?: number;
}

/** A cut that was asked for. */
export interface Cut {
  /** Settles when the predicate matched, and the bytes were forwarded to the server. */
  readonly happened: Promise<void>;
}

export interface FaultProxy {
  readonly host: string;
  readonly port: number;
  /** The target's URL with this proxy's address in place of its own. */
  readonly url: string;
  /** Applies to open connections too. */
  setMode(mode: ProxyMode): void;
  /** Holds every chunk back for this long, both ways; 0 ends it. */
  setDelay(milliseconds: number): void;
  /**
   * Once: when a chunk from a client satisfies the predicate, it is forwarded, the reply is swallowed, and the connection
   * is reset. The predicate sees the chunk as latin1 text, so that SQL and Redis commands can be matched.
   */
  cutAfter(predicate: (clientBytes: string) => boolean, options?: CutOptions): Cut;
  /** Resets the open connections; new ones pass. */
  resetAll(): void;
  /** How many bytes from clients a blackhole has taken; a test waits for it instead of sleeping. */
  readonly swallowedBytes: number;
  /** How many chunks a delay holds back now. */
  readonly heldChunks: number;
  /** How many connections are open now. */
  readonly openConnections: number;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Set by a cut: replies of this connection are swallowed. */
  muted: boolean;
  /** Bytes of it were lost in a black hole. */
  silent: boolean;
}

/** One direction of a connection, and what is held back in it. */
interface Lane {
  readonly to: Socket;
  /** Without a chunk it is the end of the stream. */
  readonly held: { readonly chunk: Buffer | undefined; readonly dueMs: number }[];
  timer: NodeJS.Timeout | undefined;
}

/**
 * Starts a proxy on a free port of 127.0.0.1.
 * @param target a URL with host and port, such as DATABASE_URL or REDIS_URL
 */
export async function startProxy({ target }: { target: string }): Promise<FaultProxy> {
  const url = new URL(target);
  const targetPort = Number(
    url.port || (url.protocol.startsWith('redis') ? 6379 : url.protocol.startsWith('http') ? 80 : 5432),
  );
  const pairs = new Set<Pair>();
  let mode: ProxyMode = 'pass';
  let delayMs = 0;
  let swallowedBytes = 0;
  let heldChunks = 0;
  let pending: { predicate: (text: string) => boolean; options: CutOptions; done: () => void } | undefined;

  const drop = (pair: Pair) => {
    pairs.delete(pair);
    if (!pair.client.destroyed) pair.client.resetAndDestroy();
    if (!pair.server.destroyed) pair.server.resetAndDestroy();
  };
  const release = (lane: Lane) => {
    clearTimeout(lane.timer);
    lane.timer = undefined;
    for (let first = lane.held[0]; first !== undefined; first = lane.held[0]) {
      const leftMs = first.dueMs - performance.now();
      if (leftMs > 0) {
        lane.timer = setTimeout(() => release(lane), leftMs);
        return;
      }
      lane.held.shift();
      heldChunks -= 1;
      if (lane.to.destroyed) continue;
      if (first.chunk === undefined) lane.to.end();
      else lane.to.write(first.chunk);
    }
  };
  const forward = (chunk: Buffer | undefined, lane: Lane) => {
    // In the order of arrival, also where the delay was longer for what came before.
    heldChunks += 1;
    lane.held.push({ chunk, dueMs: performance.now() + delayMs });
    if (lane.timer === undefined) release(lane);
  };

  const listener = createServer((client) => {
    if (mode === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const pair: Pair = { client, server: dial({ host: url.hostname, port: targetPort }), muted: false, silent: false };
    pairs.add(pair);
    const lanes = {
      toServer: { to: pair.server, held: [], timer: undefined } as Lane,
      toClient: { to: client, held: [], timer: undefined } as Lane,
    };
    client.on('data', (chunk) => {
      if (mode === 'blackhole') pair.silent = true;
      if (pair.silent) {
        swallowedBytes += chunk.length;
        return;
      }
      forward(chunk, lanes.toServer);
      if (pending === undefined || !pending.predicate(chunk.toString('latin1'))) return;
      const { options, done } = pending;
      pending = undefined;
      pair.muted = true;
      // The server must have read the bytes before the reset, or the reset would take them away again.
      setTimeout(() => drop(pair), (options.resetAfterMs ?? 50) + delayMs);
      done();
    });
    pair.server.on('data', (chunk) => {
      if (mode === 'blackhole') pair.silent = true;
      if (mode === 'pass' && !pair.muted && !pair.silent) forward(chunk, lanes.toClient);
    });
    for (const [from, lane] of [
      [client, lanes.toServer],
      [pair.server, lanes.toClient],
    ] as const) {
      from.on('error', () => drop(pair));
      from.on('end', () => {
        // Silence includes the end of the stream: a cut line does not say goodbye.
        const silent = mode === 'blackhole' || ((mode === 'dropReplies' || pair.muted) && from === pair.server);
        if (!silent) forward(undefined, lane);
      });
      from.on('close', () => {
        if (client.destroyed && pair.server.destroyed) pairs.delete(pair);
      });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const { port } = address;
  url.hostname = '127.0.0.1';
  url.port = String(port);

  return {
    host: '127.0.0.1',
    port,
    url: url.toString(),
    setMode(next) {
      mode = next;
      for (const pair of pairs) if (next === 'reset' || pair.client.destroyed || pair.server.destroyed) drop(pair);
    },
    setDelay(milliseconds) {
      delayMs = milliseconds;
    },
    cutAfter(predicate, options = {}) {
      const happened = new Promise<void>((done) => {
        pending = { predicate, options, done };
      });
      return { happened };
    },
    resetAll() {
      for (const pair of pairs) drop(pair);
    },
    get swallowedBytes() {
      return swallowedBytes;
    },
    get heldChunks() {
      return heldChunks;
    },
    get openConnections() {
      return pairs.size;
    },
    async close() {
      for (const pair of pairs) drop(pair);
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
