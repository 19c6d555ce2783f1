/** A look at Redis's marker at a start, before anything works. */
import { createRedisGuard } from './guard.ts';
import type { RedisOptions } from './redis.ts';

const PATIENCE_MS = 2_000;
const POLL_MS = 20;

/** The marker as Redis has it now; `undefined` when it has none, or does not answer soon. */
export async function readRedisMarker(options: RedisOptions): Promise<{ epoch: string; beat: number } | undefined> {
  const guard = createRedisGuard(options);
  try {
    for (let waitedMs = 0; !guard.isReady() && waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return guard.isReady() ? await guard.readMarker() : undefined;
  } catch (error) {
    options.onError?.(error as Error);
    return undefined;
  } finally {
    await guard.close();
  }
}
