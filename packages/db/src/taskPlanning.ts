/** Runs of many jobs without recipients at once: in three statements, however many they are. */
import { type Content, taskAddress } from '@carillon/contracts';
import { ensurePartitions } from './partitions.ts';
import type { PlannableJob } from './plannable.ts';
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** One occurrence of a job; `dueMs` in epoch milliseconds. */
export interface TaskOccurrence {
  readonly job: PlannableJob;
  readonly occurrenceKey: string;
  readonly dueMs: number;
}

type TaskJob = Pick<PlannableJob, 'accountId' | 'jobId'>;

/**
 * Plans an occurrence of each job, all of them or, when it throws, none that counts: the caller takes the transaction back to before.
 * @param day the civil day in UTC, which is that of the runs
 * @returns the jobs whose occurrence had not been planned before
 * @throws Error when a job has no content that says what is to be done
 */
export async function planTasks(client: Queryable, tasks: readonly TaskOccurrence[], day: string): Promise<TaskJob[]> {
  if (tasks.length === 0) return [];
  const jobs = tasks.map((task) => task.job);
  const accountIds = jobs.map((job) => job.accountId);
  const jobIds = jobs.map((job) => job.jobId);
  const versions = jobs.map((job) => job.contentVersion);
  const { rows } = await client.query<{ account_id: number; job_id: number; body: Content }>({
    name: 'read_task_contents',
    text: `SELECT c.account_id, c.job_id, c.body
           FROM unnest($1::int[], $2::bigint[], $3::int[]) AS t (account_id, job_id, version)
           JOIN contents c ON c.account_id = t.account_id AND c.job_id = t.job_id AND c.version = t.version`,
    values: [accountIds, jobIds, versions],
  });
  const addresses = new Map(rows.map((row) => [`${row.account_id} ${row.job_id}`, taskAddress(row.body)]));
  await ensurePartitions(client, day);
  const planned = await client.query<{ account_id: number; job_id: number }>({
    ...statement('plan_tasks', day),
    values: [
      accountIds,
      jobIds,
      tasks.map((task) => task.occurrenceKey),
      tasks.map((task) => task.dueMs),
      jobs.map((job) => job.channel),
      jobs.map((job) => job.providerAccountId),
      versions,
      jobs.map((job) => {
        const address = addresses.get(`${job.accountId} ${job.jobId}`);
        if (address === undefined) throw new Error(`job ${job.jobId} has no content that says what is to be done`);
        return address;
      }),
      jobs.map((job) => job.policy.expireAfterMs),
      jobs.map((job) => job.policy.attempts),
      jobs.map((job) => job.policy.unknown.action),
      jobs.map((job) => job.policy.unknown.afterSeconds),
      day,
    ],
  });
  return planned.rows.map((row) => ({ accountId: row.account_id, jobId: row.job_id }));
}
