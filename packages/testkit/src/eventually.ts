/** Waiting for a condition instead of sleeping; the failure names what was seen last. */
import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Default 60,000: it tells what hangs from what is slow, on a machine that is busy with other tests as well. */
  timeoutMs?: number;
  /** Default 50. */
  everyMs?: number;
  /** What is waited for, for the failure's text. */
  what?: string;
}

/**
 * Calls `probe` until it answers something other than false, null or undefined, and returns that. A probe that throws
 * (an `expect` inside it, say) counts as not yet. After the time-out the error shows the last value, and carries what was
 * thrown last as its cause.
 */
export async function eventually<Value>(
  probe: () => Value | Promise<Value>,
  options: EventuallyOptions = {},
): Promise<NonNullable<Exclude<Value, false>>> {
  const { timeoutMs = 60_000, everyMs = 50, what = 'the condition' } = options;
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  let thrown: unknown;
  for (;;) {
    try {
      const value = await probe();
      last = value;
      thrown = undefined;
      if (value !== false && value !== null && value !== undefined) return value as NonNullable<Exclude<Value, false>>;
    } catch (error) {
      thrown = error;
    }
    if (performance.now() >= deadline) {
      const seen = thrown === undefined ? `last seen: ${show(last)}` : `last failure: ${(thrown as Error).message}`;
      throw new Error(`${what} did not come true within ${timeoutMs} ms; ${seen}`, { cause: thrown });
    }
    await pause(everyMs);
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner));
  return text === undefined ? String(value) : text.slice(0, 2_000);
}
