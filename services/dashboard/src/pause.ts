/** A pause as Postgres has it, from where the sweeper puts it back into a Redis that lost it. */
import { inTransaction, recordAudit, writeQueuePaused } from '@carillon/db';
import type { QueueSet } from '@carillon/queue';
import type { BoardOptions } from './board.ts';

/** The audit trail is kept by account; what concerns the installation as a whole stands under this number, which no account has. */
export const INSTALLATION = 0;

/** Pauses or resumes a queue: first in Postgres, then in Redis. */
export type PauseQueue = (queue: string, paused: boolean) => Promise<void>;

/** Writes the pause of all these queues and its audit entries, or nothing. */
export function rememberPause(pool: Parameters<typeof inTransaction>[0]): BoardOptions['rememberPause'] {
  return async (queues, paused) => {
    await inTransaction(pool, async (client) => {
      for (const queue of [...queues].sort()) {
        await writeQueuePaused(client, queue, paused);
        await recordAudit(client, {
          accountId: INSTALLATION,
          actor: 'dashboard',
          action: paused ? 'queue.pause' : 'queue.resume',
          subject: queue,
        });
      }
    });
  };
}

/** Pauses or resumes one queue: first where it is remembered, so that it is Redis that is put right if it fails then. */
export function pauseQueue(
  pool: Parameters<typeof inTransaction>[0],
  { queues }: Pick<QueueSet, 'queues'>,
): PauseQueue {
  const remember = rememberPause(pool);
  return async (name, paused) => {
    await remember([name], paused);
    const queue = queues.find((each) => each.name === name);
    await (paused ? queue?.pause() : queue?.resume());
  };
}
