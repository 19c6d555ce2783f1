/**
 * What this process does for the same thing, one after another. Whoever comes second would wait at a row in Postgres anyway; here it holds
 * no connection meanwhile, and a crowd that repeats one request keeps nobody else from being served.
 */
import { setTimeout as pause } from 'node:timers/promises';

const lines = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Does `work` when nothing for the same key is under way with the same owner.
 * @param owner whose line it is, such as a pool of connections
 * @param waitMs how long to wait for those ahead
 * @returns what `work` came to, or undefined when its turn did not come in time
 */
export async function inLine<T>(
  owner: object,
  key: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const line = lines.get(owner) ?? new Map<string, Promise<unknown>>();
  lines.set(owner, line);
  const limit = line.has(key) ? startLimit(waitMs) : undefined;
  // Nothing may come between seeing that the key is free and taking it, so the waiting is done here.
  for (let ahead = line.get(key); ahead !== undefined; ahead = line.get(key)) {
    await Promise.race([ahead.catch(() => {}), limit?.over]);
    if (limit?.isOver()) return undefined;
  }
  limit?.cancel();
  const mine = work();
  line.set(key, mine);
  try {
    return await mine;
  } finally {
    line.delete(key);
  }
}

function startLimit(waitMs: number): { readonly over: Promise<void>; isOver(): boolean; cancel(): void } {
  const cancelling = new AbortController();
  let isOver = false;
  const over = pause(waitMs, undefined, { signal: cancelling.signal }).then(
    () => {
      isOver = true;
    },
    // Cancelled.
    () => {},
  );
  return { over, isOver: () => isOver, cancel: () => cancelling.abort() };
}
