/** What a worker does when it is told that doing the same again is of no use, by channel. */
import type { TaskChannelName } from '@carillon/contracts';
import { formatDeliveryId, formatId } from '@carillon/core';
import { type Database, type JobRefusal, type RefusalEvent, refuseJob } from '@carillon/db';
import type { Logger } from '@carillon/runtime';

/** The delivery that was refused. */
interface Refused {
  readonly accountId: number;
  readonly jobId: number;
  readonly runId: number;
  readonly batchId: number;
  readonly number: number;
  readonly day: string;
}

/** Settles what becomes of the job; may be repeated. */
export type OnJobRefused = (refused: Refused, reason: string) => Promise<void>;

interface Consequence {
  readonly becomes: JobRefusal['becomes'];
  readonly tells?: RefusalEvent['type'];
}

const CONSEQUENCES: Readonly<Record<TaskChannelName, Consequence>> = {
  // Whoever is gone may come back, or move; its owner says.
  call: { becomes: 'paused' },
  // It never says so: what is wrong with a script is for its owner to see.
  script: { becomes: 'paused' },
  // Who has no money, or takes back the leave to take it, is not asked again.
  payment: { becomes: 'cancelled', tells: 'payment.refused' },
};

/** @param actor the service, for the audit trail */
export function createRefusals(
  db: Database['pool'],
  { channel, actor, logger }: { readonly channel: TaskChannelName; readonly actor: string; readonly logger: Logger },
): OnJobRefused {
  const { becomes, tells } = CONSEQUENCES[channel];
  return async ({ accountId, jobId, runId, ...place }, reason) => {
    const delivery = formatDeliveryId(place);
    const data = { run: formatId('run', runId), delivery, reason };
    const event = tells === undefined ? undefined : { type: tells, subject: delivery, data };
    if (await refuseJob(db, { accountId, jobId, becomes, reason, actor, tells: event })) {
      logger.warn({ job: jobId, reason, becomes }, 'a job was told to stop');
    }
  };
}
