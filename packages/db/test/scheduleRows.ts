/** Jobs that come again, on a clock that stands still unless it is moved, for tests of schedules. */
import type { ScheduleTrigger, StoredTrigger } from '@carillon/contracts';
import {
  changeJob,
  insertJob,
  inTransaction,
  type JobChange,
  type JobChangeResult,
  planSchedules,
  type Queryable,
  type SchedulePass,
  type SchedulePassOptions,
  setSchedule,
} from '../src/index.ts';
import { POLICY, seedRecipient } from './dateRows.ts';
import type { TestStore } from './rows.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** Of passes: planned 5 s ahead, missed after a minute. */
export const PASS: SchedulePassOptions = { aheadMs: 5_000, missedAfterMs: MINUTE, limit: 200 };

const RULES = { missed: 'once', missedLimit: 100, overlap: 'allow', jitterMs: 0 } as const;

/** An `every` trigger that is counted from `anchorMs`. */
export function every(seconds: number, anchorMs: number, more: Partial<ScheduleTrigger> = {}): ScheduleTrigger {
  const zoned = { zone: 'UTC', gap: 'later', repeated: 'first' } as const;
  return { type: 'every', interval: seconds, anchorMs, ...zoned, ...RULES, ...more } as ScheduleTrigger;
}

/** Stops the database's clock at an instant. */
export async function stopClock(store: TestStore, atMs: number): Promise<void> {
  // As slow as it may be: a microsecond an hour.
  await store.db.pool.query(
    `UPDATE clock SET anchored_at = c.now, ahead = to_timestamp($1::float8 / 1000) - c.now, speed = 1e-9
     FROM (SELECT clock_timestamp() AS now) c`,
    [atMs],
  );
}

/** A job that comes again, for one person, from `afterMs` on; returns its id. */
export async function scheduledJob(
  store: TestStore,
  trigger: ScheduleTrigger,
  { afterMs, recipientId }: { afterMs: number; recipientId?: number },
): Promise<number> {
  const person = recipientId ?? (await seedRecipient(store, { externalId: `p-${Math.random()}` }));
  const { accountId, providerAccountId } = store.account;
  return await inTransaction(store.db.pool, async (client) => {
    const jobId = await insertJob(client, {
      accountId,
      name: 'again',
      kind: 'message',
      channel: 'whatsapp',
      providerAccountId,
      trigger,
      target: {
        everyone: false,
        audienceIds: [],
        recipientIds: [person],
        excludedAudienceIds: [],
        excludedRecipientIds: [],
      },
      asked: { everyone: false, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
      policy: POLICY,
      content: { type: 'text', text: 'Hello' },
      nextRunAtMs: afterMs,
      actor: 'test',
    });
    await setSchedule(client, { accountId, jobId }, trigger, afterMs);
    return jobId;
  });
}

/** Passes until nothing is decided any more. @throws what a job failed with */
export async function passAll(store: TestStore, options: Partial<SchedulePassOptions> = {}): Promise<SchedulePass> {
  const first = await planSchedules(store.db.pool, { ...PASS, ...options });
  if (first.failures[0]) throw first.failures[0].error;
  return first;
}

export interface RunNow {
  readonly id: number;
  readonly key: string;
  readonly state: string;
  readonly left_out: string | null;
  readonly left_out_count: number | null;
  readonly deliveries: string | null;
  readonly late_ms: number;
}

/** The runs of a job in the order of their moments, with the states of their deliveries. */
export async function runsOf(store: TestStore, jobId: number): Promise<RunNow[]> {
  const { rows } = await store.db.pool.query<RunNow>(
    `SELECT r.id, r.occurrence_key AS key, r.state::text, r.left_out, r.left_out_count,
            (SELECT string_agg(d.state::text, ',' ORDER BY d.number) FROM deliveries d WHERE d.run_id = r.id) AS deliveries,
            extract(epoch FROM r.created_at - r.due_at)::float8 * 1000 AS late_ms
     FROM runs r WHERE r.job_id = $1 ORDER BY r.due_at, r.id`,
    [jobId],
  );
  return rows;
}

/** Minutes after `fromMs` of the moments of which there is a run in truth. */
export function minutesOf(runs: readonly RunNow[], fromMs: number): number[] {
  return runs.filter((run) => run.left_out === null).map((run) => (Date.parse(run.key) - fromMs) / MINUTE);
}

/** As if a sender had done what there was to do, and a sweeper had seen it. */
export async function finishRuns(store: TestStore, runIds: readonly number[]): Promise<void> {
  await store.db.pool.query(
    `WITH d AS (UPDATE deliveries SET state = 'sent', try = try + 1, sending_at = carillon_now(), settled_at = carillon_now()
                WHERE run_id = ANY ($1::bigint[]) AND state = 'scheduled'),
          b AS (UPDATE batches SET sent = sent + scheduled, scheduled = 0, fence = fence + 1 WHERE run_id = ANY ($1::bigint[]))
     UPDATE runs SET state = 'completed', completed_at = carillon_now() WHERE id = ANY ($1::bigint[]) AND state = 'sending'`,
    [runIds],
  );
}

/** Changes a job, whatever its version is. */
export async function change(store: TestStore, jobId: number, changes: JobChange): Promise<JobChangeResult> {
  const { rows } = await store.db.pool.query<{ version: number }>('SELECT version FROM jobs WHERE id = $1', [jobId]);
  const version = (rows[0] as { version: number }).version;
  const request = { accountId: store.account.accountId, jobId, version, actor: 'test', horizonMs: 300_000 };
  return await changeJob(store.db.pool, request, async () => changes);
}

/** Another trigger, as the API hands it in. */
export function triggerOf(stored: StoredTrigger, dueAtMs: number | null): NonNullable<JobChange['trigger']> {
  return { stored, dueAtMs };
}

// biome-ignore lint/suspicious/noExplicitAny: a row of jobs as it is
export async function jobRow(store: TestStore, jobId: number): Promise<any> {
  const { rows } = await store.db.pool.query('SELECT * FROM jobs WHERE id = $1', [jobId]);
  return rows[0];
}

/** A job that comes again and calls a URL; returns its id. */
export async function scheduledCall(
  store: TestStore,
  trigger: ScheduleTrigger,
  { afterMs, url = 'https://example.com/hook' }: { afterMs: number; url?: string },
): Promise<number> {
  const { accountId } = store.account;
  return await inTransaction(store.db.pool, async (client) => {
    const providerAccountId = await callAccount(client, accountId);
    const { rows } = await client.query<{ id: number }>(
      `WITH job AS (
         INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, next_run_at)
         VALUES ($1, 'call', 'webhook', 'call', $2, $3, '{}', '{"quietHours":"ignore","expireAfterMs":60000}', now()) RETURNING id)
       INSERT INTO contents (account_id, job_id, version, body) SELECT $1, id, 1, $4 FROM job RETURNING job_id AS id`,
      [accountId, providerAccountId, JSON.stringify(trigger), JSON.stringify({ type: 'call', method: 'POST', url })],
    );
    const jobId = (rows[0] as { id: number }).id;
    await setSchedule(client, { accountId, jobId }, trigger, afterMs);
    return jobId;
  });
}

async function callAccount(client: Queryable, accountId: number): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO provider_accounts (account_id, channel, name, settings) VALUES ($1, 'call', 'calls', '{}')
     ON CONFLICT (account_id, channel, name) DO UPDATE SET name = excluded.name RETURNING id`,
    [accountId],
  );
  return (rows[0] as { id: number }).id;
}
