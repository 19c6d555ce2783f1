/** Reads without which a row cannot be sent: made a few times, and then told of. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@carillon/runtime';

/** After these a row whose job cannot be read goes back unsent, and is tried again later. */
const READ_TRIES = 3;

/** Makes a read; `undefined` when it fails every time, each time logged as the complaint. */
export type Trying = <Read>(complaint: string, read: () => Promise<Read>) => Promise<Read | undefined>;

/** @param betweenMs how long it waits before it reads again */
export function createTrying(logger: Logger, betweenMs: number): Trying {
  return async (complaint, read) => {
    for (let tries = 1; ; tries++) {
      try {
        return await read();
      } catch (error) {
        logger.error({ err: error }, complaint);
        if (tries === READ_TRIES) return undefined;
        await pause(betweenMs);
      }
    }
  };
}
