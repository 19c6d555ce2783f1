/**
 * Wake-ups in words. Redis knows batches by number; whose they are and of which job stands in Postgres, and is looked up
 * once for many. Without Postgres the numbers remain.
 */
import { CHANNEL_NAMES, sendJobSchema } from '@carillon/contracts';
import { type Queryable, readEnqueued, type WakeUpSubject } from '@carillon/db';
import { counted } from './words.ts';

const LOOKED_UP = 500;
const FRESH_MS = 1_000;

export interface Labels {
  /** Reads anew what is enqueued, unless that was a moment ago. Never throws. */
  refresh(): Promise<void>;
  /** A title for a wake-up. */
  nameOf(data: unknown, otherwise: string): string;
  /** Its payload with what it means. */
  explain(data: unknown): unknown;
}

export interface LabelsOptions {
  readonly pool: Queryable;
  /** Monotonic milliseconds. */
  readonly elapsedMs: () => number;
  readonly onError: (error: Error) => void;
}

/** Labels over one pool. */
export function createLabels({ pool, elapsedMs, onError }: LabelsOptions): Labels {
  let subjects: ReadonlyMap<string, WakeUpSubject> = new Map();
  let readAtMs = Number.NEGATIVE_INFINITY;
  const subjectOf = (accountId: number, batchId: number) => subjects.get(`${accountId}-${batchId}`);
  return {
    async refresh() {
      if (elapsedMs() - readAtMs < FRESH_MS) return;
      readAtMs = elapsedMs();
      try {
        const found = await readEnqueued(pool, CHANNEL_NAMES, LOOKED_UP);
        subjects = new Map(found.map((each) => [`${each.accountId}-${each.batchId}`, each]));
      } catch (error) {
        onError(error as Error);
      }
    },
    nameOf(data, otherwise) {
      const wake = sendJobSchema.safeParse(data).data;
      if (wake === undefined) return otherwise;
      if (wake.wake === 'singles') return `Single messages due at ${timeOf(wake.dueAtMs)}`;
      const subject = subjectOf(wake.accountId, wake.batchId);
      if (subject === undefined) return `Batch ${wake.batchId} of account ${wake.accountId}`;
      return `${subject.job} (${subject.account}): ${counted(subject.deliveries, 'message')} due at ${timeOf(subject.dueAtMs)}`;
    },
    explain(data) {
      const wake = sendJobSchema.safeParse(data).data;
      if (wake === undefined) return data;
      if (wake.wake === 'singles')
        return { wakes: 'all single messages due at one moment', dueAt: isoOf(wake.dueAtMs) };
      const { accountId, batchId, generation } = wake;
      const subject = subjectOf(accountId, batchId);
      if (subject === undefined) return { wakes: 'one batch', accountId, batchId, enqueuedTimes: generation };
      return {
        wakes: 'one batch of a run',
        account: subject.account,
        job: `${subject.job} (job_${subject.jobId})`,
        run: `run_${subject.runId}`,
        batch: batchId,
        messages: subject.deliveries,
        dueAt: isoOf(subject.dueAtMs),
        enqueuedTimes: generation,
      };
    },
  };
}

function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

function timeOf(atMs: number): string {
  return `${isoOf(atMs).slice(0, 19).replace('T', ' ')} UTC`;
}
