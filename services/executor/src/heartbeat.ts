/** Says to Postgres every few seconds that scripts can be run here, so that the API accepts them. */
import { beatExecutor, type ExecutorBeat, forgetExecutor, type Queryable } from '@carillon/db';
import type { Logger } from '@carillon/runtime';

const BEAT_MS = 5_000;

export interface Heartbeat {
  /** Says that it leaves. */
  stop(): Promise<void>;
}

/** Beats at once, and then every five seconds; a beat that fails is followed by the next. */
export function startHeartbeat(db: Queryable, beat: ExecutorBeat, logger: Logger): Heartbeat {
  const say = (): Promise<void> =>
    beatExecutor(db, beat).catch((error: unknown) => logger.warn({ err: error }, 'a heartbeat could not be written'));
  let last = say();
  const timer = setInterval(() => {
    last = say();
  }, BEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      await last;
      await forgetExecutor(db, beat.name).catch((error: unknown) =>
        logger.warn({ err: error }, 'the heartbeat could not be taken back; it ends by itself'),
      );
    },
  };
}
