/** What a worker knows of jobs: read together where every delivery is a job of its own, and once. */
import { createDatabase, type Database, type LeasedBatch, type Queryable } from '@carillon/db';
import { createTestDatabase, seedAccount } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createContext } from '../src/context.ts';

const JOBS = 50;
const FRESH_MS = 5_000;

let own: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Database;
let batches: LeasedBatch[];
beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 2, applicationName: 'context-test' });
  const { accountId, providerAccountId } = await seedAccount(db.pool, 'context', { baseUrl: 'http://127.0.0.1:9' });
  const { rows } = await db.pool.query<{ id: number }>(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, trace_context)
       SELECT $1, 'job', 'message', 'whatsapp', $2, '{"type":"now"}', '{}', jsonb_build_object('attempts', n), 'trace ' || n
       FROM generate_series(1, ${JOBS}) n RETURNING id, policy
     ), content AS (
       INSERT INTO contents (account_id, job_id, version, body)
       SELECT $1, id, 1, jsonb_build_object('type', 'text', 'text', 'Try ' || (policy ->> 'attempts')) FROM job
     )
     SELECT id FROM job ORDER BY id`,
    [accountId, providerAccountId],
  );
  // What a context asks of a batch.
  batches = rows.map(({ id: jobId }) => ({ accountId, jobId, providerAccountId }) as LeasedBatch);
});
afterAll(async () => {
  await db?.close();
  await own?.drop();
});

let statements: number;
let now: number;
beforeEach(() => {
  statements = 0;
  now = 0;
});

function contextOf(traced = false) {
  const counted = {
    query: (...parts: unknown[]) => {
      statements += 1;
      return (db.pool.query as (...all: unknown[]) => unknown)(...parts);
    },
  } as unknown as Queryable;
  return createContext(counted, { now: () => now } as Parameters<typeof createContext>[1], new Uint8Array(32), traced);
}

const all = () => batches.map((batch) => ({ batch, contentVersion: 1 }));

test('many jobs are read in one statement, each with its own content and policy', async () => {
  const context = contextOf(true);
  await context.loadAll(all());
  expect(statements).toBe(1);
  // What is known by then is not asked for again.
  await context.loadAll(all());
  expect(statements).toBe(1);
  await context.provider((batches[0] as LeasedBatch).providerAccountId);
  const said = batches.map((batch) => context.loaded(batch, 1));
  expect(said).toMatchObject(
    batches.map((_, index) => ({
      content: { type: 'text', text: `Try ${index + 1}` },
      policy: { attempts: index + 1 },
      traceparent: `trace ${index + 1}`,
    })),
  );
  expect(statements).toBe(2);
});

test('policies are read again once they are old, contents never', async () => {
  const context = contextOf();
  const batch = batches[0] as LeasedBatch;
  await context.loadAll(all());
  await db.pool.query(`UPDATE jobs SET policy = '{"attempts":9}' WHERE id = $1`, [batch.jobId]);
  await db.pool.query(`UPDATE contents SET body = '{"type":"text","text":"never said"}' WHERE job_id = $1`, [
    batch.jobId,
  ]);
  expect(await context.load(batch, 1)).toMatchObject({ policy: { attempts: 1 } });
  now = FRESH_MS;
  await context.loadAll(all());
  expect(await context.load(batch, 1)).toMatchObject({
    policy: { attempts: 9 },
    content: { text: 'Try 1' },
    traceparent: null,
  });
});

test('what is not there keeps nothing from the others', async () => {
  const context = contextOf();
  const [gone, there] = batches as [LeasedBatch, LeasedBatch];
  await context.provider(there.providerAccountId);
  await context.loadAll([
    { batch: gone, contentVersion: 7 },
    { batch: there, contentVersion: 1 },
  ]);
  expect(context.loaded(gone, 7)).toBeUndefined();
  expect(context.loaded(there, 1)).toBeDefined();
  await expect(context.load(gone, 7)).rejects.toThrow('no content of version 7');
});
