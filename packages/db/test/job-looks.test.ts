/** Whatever is asked for together, the pages of a list hold all that is meant, each once, newest first, and come to an end. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findJobs, type JobFilter, listJobs, pauseJob } from '../src/index.ts';
import { LOOKED_AT } from '../src/jobLooks.ts';
import { MINUTE, seedManyJobs } from './manyJobs.ts';
import { openStore, type TestStore } from './rows.ts';

/** So many that no look comes to the end of them, nor of those with an old name. */
const JOBS = 6 * LOOKED_AT;

interface Stored {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly channel: string;
  readonly status: string;
  readonly user_id: string;
  readonly tags: readonly string[];
  readonly audiences: readonly number[];
  readonly created_at: Date;
  readonly planned_at: Date;
  readonly next_run_at: Date | null;
}

let store: TestStore;
let accountId: number;
let stored: Stored[];
beforeAll(async () => {
  store = await openStore();
  accountId = store.account.accountId;
  await seedManyJobs(store, accountId, JOBS);
  await store.db.pool.query('VACUUM ANALYZE jobs, contents, job_tags, job_audiences');
  const { rows } = await store.db.pool.query<Stored>(
    `SELECT *, status::text, ARRAY(SELECT audience_id::int FROM job_audiences n WHERE n.job_id = j.id) AS audiences FROM jobs j ORDER BY id DESC`,
  );
  stored = rows;
}, 60_000);
afterAll(() => store?.close());

/** The same, said in another language. */
function isMeant(job: Stored, filter: JobFilter): boolean {
  const within = (at: Date | null, afterMs: number | undefined, beforeMs: number | undefined): boolean =>
    (afterMs === undefined || (at !== null && at.getTime() >= afterMs)) &&
    (beforeMs === undefined || (at !== null && at.getTime() < beforeMs));
  const is = (given: unknown, has: unknown): boolean => given === undefined || given === has;
  return (
    (filter.kind === undefined ? !['test', 'notice', 'check'].includes(job.kind) : job.kind === filter.kind) &&
    is(filter.status, job.status) &&
    is(filter.channel, job.channel) &&
    is(filter.userId, job.user_id) &&
    (filter.tag === undefined || job.tags.includes(filter.tag)) &&
    (filter.audienceId === undefined || job.audiences.includes(filter.audienceId)) &&
    job.name.startsWith(filter.namePrefix ?? '') &&
    within(job.created_at, filter.createdAfterMs, filter.createdBeforeMs) &&
    within(job.planned_at, filter.plannedAfterMs, filter.plannedBeforeMs) &&
    within(job.next_run_at, filter.nextRunAfterMs, filter.nextRunBeforeMs)
  );
}

const minutes = (min: number, max: number) => fc.integer({ min, max }).map((count) => Date.now() + count * MINUTE);
/** Somewhere in the time in which the jobs were made, and a little beyond. */
const moment = minutes(-JOBS - 60, 60);
const later = minutes(-60, JOBS + 60);
const parts = {
  kind: fc.constantFrom('message', 'webhook', 'payment', 'script', 'test'),
  status: fc.constantFrom('active', 'paused', 'completed', 'cancelled'),
  channel: fc.constantFrom('whatsapp', 'email', 'call'),
  userId: fc.constantFrom('busy', 'u-7', 'nobody'),
  tag: fc.constantFrom('common', 'rare', 'none'),
  audienceId: fc.constantFrom(1, 2),
  namePrefix: fc.constantFrom('Job', 'Old', 'Job 51', 'x'),
  createdAfterMs: moment,
  createdBeforeMs: moment,
  plannedAfterMs: moment,
  plannedBeforeMs: moment,
  nextRunAfterMs: later,
  nextRunBeforeMs: later,
} as const;
/** Up to four of them together. */
const filters: fc.Arbitrary<JobFilter> = fc
  .tuple(fc.record(parts), fc.subarray(Object.keys(parts), { maxLength: 4 }))
  .map(([all, kept]) => Object.fromEntries(Object.entries(all).filter(([part]) => kept.includes(part))));

test('the pages of a list are together what its filter means', async () => {
  let short = 0;
  await fc.assert(
    fc.asyncProperty(filters, fc.constantFrom(100, 200), async (filter, limit) => {
      const expected = stored.filter((job) => isMeant(job, filter)).map(({ id }) => id);
      const found: number[] = [];
      const pagesMax = 3 + expected.length / limit + JOBS / LOOKED_AT;
      let beforeId: number | undefined;
      for (let pages = 1; ; pages += 1) {
        const page = await listJobs(store.db.pool, accountId, { ...filter, beforeId, limit });
        found.push(...page.jobs.map(({ id }) => id));
        if (page.nextBeforeId === null) break;
        if (page.jobs.length < limit) short += 1;
        expect(pages).toBeLessThan(pagesMax);
        beforeId = page.nextBeforeId;
      }
      expect(found).toEqual(expected);
    }),
    // Each of the two means thousands, and they have nothing in common.
    { numRuns: 60, examples: [[{ channel: 'call', audienceId: 1 }, 100]] },
  );
  // Else nothing was ever looked for longer than one page may look.
  expect(short).toBeGreaterThan(0);
}, 120_000);

test('what stops to be meant while it is gone through keeps nothing from being found', async () => {
  const { pool } = store.db;
  const filter = { status: 'active', tag: 'common', kind: 'message' } as const;
  const expected = stored.filter((job) => isMeant(job, filter)).map(({ id }) => id);
  expect(expected.length).toBeGreaterThan(60);
  const paused: number[] = [];
  let beforeId: number | undefined;
  do {
    const { jobs, nextBeforeId } = await findJobs(pool, accountId, { ...filter, beforeId }, 25);
    for (const { id } of jobs) {
      expect(await pauseJob(pool, { accountId, jobId: id, actor: 'test' })).toMatchObject({ kind: 'ok' });
      paused.push(id);
    }
    beforeId = nextBeforeId ?? undefined;
  } while (beforeId !== undefined);
  expect(paused).toEqual(expected);
});
