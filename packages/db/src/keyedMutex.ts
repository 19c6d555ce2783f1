/**
 * A mutex for each key, within this process. Whoever comes second would wait at a row in Postgres anyway; here it holds
 * no connection meanwhile, and a crowd that repeats one request keeps nobody else from being served.
 */
import { setTimeout as pause } from 'node:timers/promises';

const held = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Does `work` while it holds the mutex of the key.
 * @param owner whose keys they are, such as a pool of connections
 * @param waitMs how long to wait for the mutex
 * @returns what `work` came to, or undefined when the mutex did not come free in time
 */
export async function withKeyedMutex<T>(
  owner: object,
  key: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const holders = held.get(owner) ?? new Map<string, Promise<unknown>>();
  held.set(owner, holders);
  const limit = holders.has(key) ? startLimit(waitMs) : undefined;
  // Nothing may come between seeing that the key is free and taking it, so the waiting is done here.
  for (let holder = holders.get(key); holder !== undefined; holder = holders.get(key)) {
    await Promise.race([holder.catch(() => {}), limit?.over]);
    if (limit?.isOver()) return undefined;
  }
  limit?.cancel();
  const mine = work();
  holders.set(key, mine);
  try {
    return await mine;
  } finally {
    holders.delete(key);
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
