/** The marker against a Redis that lost its data, the daily partitions, planning by many at once, and the schema itself. */

import { createTestDatabase, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  checkMarker,
  ensurePartitions,
  ensurePartitionsAhead,
  hasPartition,
  insertJob,
  migrate,
  moveClock,
  planDueJobs,
  type RedisMarker,
  readDatabaseTime,
  readQueueSettings,
  refuseMovedClock,
  rotateOldestDay,
  schemaDrift,
  writeQueuePaused,
} from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

describe('the marker', () => {
  let redis: RedisMarker | undefined;
  const lost = jest.fn(async (_: string) => {});
  const check = (onLost: (reason: string) => Promise<void> = lost) =>
    checkMarker(
      store.db.pool,
      {
        read: async () => redis,
        replace: async (expected, marker) => {
          if (expected?.epoch !== redis?.epoch || expected?.beat !== redis?.beat) return false;
          redis = marker;
          return true;
        },
      },
      onLost,
    );

  test('that was never written is a first start and no loss, once and never again', async () => {
    const lostAt = async () => (await store.db.pool.query('SELECT redis_lost_at AS at FROM installation')).rows;
    expect(await check()).toEqual({ kind: 'first' });
    expect(redis).toMatchObject({ beat: 1 });
    expect(await check()).toEqual({ kind: 'intact' });
    expect(lost).not.toHaveBeenCalled();
    expect(await lostAt()).toEqual([{ at: null }]);
    redis = undefined;
    expect(await check()).toEqual({ kind: 'lost', reason: 'missing' });
    expect(await lostAt()).toEqual([{ at: expect.any(Date) }]);
    lost.mockClear();
  });

  test('missing, foreign and behind are losses; after each all is well', async () => {
    expect(await check()).toEqual({ kind: 'intact' });
    const old = redis as RedisMarker;
    expect(await check()).toEqual({ kind: 'intact' });
    // An old snapshot.
    redis = old;
    expect(await check()).toEqual({ kind: 'lost', reason: 'behind' });
    expect(await check()).toEqual({ kind: 'intact' });
    redis = { epoch: '00000000-0000-0000-0000-000000000000', beat: 99 };
    expect(await check()).toEqual({ kind: 'lost', reason: 'foreign' });
    redis = undefined;
    expect(await check()).toEqual({ kind: 'lost', reason: 'missing' });
    expect(await check()).toEqual({ kind: 'intact' });
    expect(lost.mock.calls.map(([reason]) => reason)).toEqual(['behind', 'foreign', 'missing']);
  });

  test('a repair that fails leaves the loss to be found again', async () => {
    redis = undefined;
    await expect(check(() => Promise.reject(new Error('no Redis')))).rejects.toThrow('no Redis');
    expect((await check()).kind).toBe('lost');
    expect(await check()).toEqual({ kind: 'intact' });
  });

  test('a loss while it is being advanced, or while a loss is being repaired, is found all the same', async () => {
    const emptiedAfterRead = checkMarker(
      store.db.pool,
      {
        read: async () => {
          const found = redis;
          redis = undefined;
          return found;
        },
        replace: async (expected, marker) => {
          if (expected?.beat !== redis?.beat) return false;
          redis = marker;
          return true;
        },
      },
      lost,
    );
    expect(await emptiedAfterRead).toEqual({ kind: 'changed' });
    const emptiedInRepair = check(async () => {
      redis = undefined;
    });
    expect(await emptiedInRepair).toEqual({ kind: 'changed' });
    expect(await check()).toEqual({ kind: 'lost', reason: 'missing' });
    expect(await check()).toEqual({ kind: 'intact' });
  });

  test('five sweepers at once find a loss once', async () => {
    redis = undefined;
    lost.mockClear();
    const found = await Promise.all(Array.from({ length: 5 }, () => check()));
    expect(found.filter((one) => one.kind === 'lost')).toHaveLength(1);
    expect(lost).toHaveBeenCalledTimes(1);
  });

  test('Redis ahead by a beat whose commit failed is no loss', async () => {
    redis = { ...(redis as RedisMarker), beat: (redis as RedisMarker).beat + 1 };
    expect(await check()).toEqual({ kind: 'intact' });
    expect(await check()).toEqual({ kind: 'intact' });
  });
});

test('what is paused is remembered', async () => {
  await writeQueuePaused(store.db.pool, 'send-whatsapp', true);
  expect(await readQueueSettings(store.db.pool)).toEqual(new Map([['send-whatsapp', { paused: true }]]));
  await writeQueuePaused(store.db.pool, 'send-whatsapp', false);
  expect(await readQueueSettings(store.db.pool)).toEqual(new Map([['send-whatsapp', { paused: false }]]));
});

describe('partitions', () => {
  test('are made once, by many at once, without a default one', async () => {
    await Promise.all(Array.from({ length: 6 }, () => ensurePartitions(store.db.pool, '2026-12-24')));
    expect(await hasPartition(store.db.pool, '2026-12-24')).toBe(true);
    expect(await hasPartition(store.db.pool, '2026-12-25')).toBe(false);
    await expect(
      store.db.pool.query(
        `INSERT INTO reports (account_id, batch_id, number, try, day, status, reported_at, received_at)
         VALUES (1, 1, 1, 1, '2026-12-25', 'sent', now(), now())`,
      ),
    ).rejects.toThrow(/no partition/);
  });

  test('are made ahead', async () => {
    await ensurePartitionsAhead(store.db.pool, 3);
    const today = new Date(await readDatabaseTime(store.db.pool));
    for (let ahead = 0; ahead <= 3; ahead++) {
      const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + ahead));
      expect(await hasPartition(store.db.pool, day.toISOString().slice(0, 10))).toBe(true);
    }
  });

  test('of an old day are dropped, the eldest first, but not while something there is open or unknown', async () => {
    // Days of other tests grow old with the calendar.
    while ((await rotateOldestDay(store.db.pool, 10)).kind === 'dropped');
    const { rows } = await store.db.pool.query<{ day: string }>(
      `SELECT ((carillon_now() AT TIME ZONE 'UTC')::date - n)::date AS day FROM unnest(ARRAY[50, 40, 30, 9]) n`,
    );
    const [open, unknown, done, recent] = rows.map((row) => row.day) as [string, string, string, string];
    for (const day of [open, unknown, done, recent]) await ensurePartitions(store.db.pool, day);
    const seed = (day: string, column: string) =>
      store.db.pool.query(
        `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, due_at, scheduled, ${column})
         VALUES ($1, 1, 1, $2, 'whatsapp', 1, 1, now(), ${column === 'generation' ? '1, 0' : '0, 1'})`,
        [store.account.accountId, day],
      );
    await seed(open, 'generation');
    await seed(unknown, 'unknown');
    await seed(done, 'sent');
    expect(await rotateOldestDay(store.db.pool, 10)).toEqual({ kind: 'dropped', day: done });
    expect(await rotateOldestDay(store.db.pool, 10)).toEqual({ kind: 'nothing' });
    await store.db.pool.query('UPDATE batches SET unknown = 0, failed = 1 WHERE day = $1', [unknown]);
    expect(await rotateOldestDay(store.db.pool, 10)).toEqual({ kind: 'dropped', day: unknown });
    expect(await rotateOldestDay(store.db.pool, 10)).toEqual({ kind: 'nothing' });
    const left = await store.db.pool.query<{ day: string }>('SELECT day FROM batches ORDER BY day');
    expect(left.rows.map((row) => row.day)).toEqual([open]);
    expect(await hasPartition(store.db.pool, recent)).toBe(true);
    await store.db.pool.query('DELETE FROM batches');
  });
});

test('five schedulers plan each job once, and leave what is beyond the horizon', async () => {
  const nowMs = await readDatabaseTime(store.db.pool);
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO recipients (account_id, external_id, phone, whatsapp_key) VALUES ($1, 'one', '491512345678', gen_random_uuid()) RETURNING id`,
    [store.account.accountId],
  );
  const target = {
    everyone: false,
    audienceIds: [],
    recipientIds: [(rows[0] as { id: number }).id],
    excludedAudienceIds: [],
    excludedRecipientIds: [],
  };
  const jobs = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      insertJob(store.db.pool, {
        accountId: store.account.accountId,
        name: `job ${n}`,
        kind: 'message',
        channel: 'whatsapp',
        providerAccountId: store.account.providerAccountId,
        trigger: { type: 'at', instantMs: Math.round(nowMs) },
        target,
        asked: { everyone: false, audiences: [], recipients: ['one'], exclude: { audiences: [], recipients: [] } },
        policy: {
          attempts: 5,
          backoff: { initialMs: 5_000, factor: 2, maxMs: 3_600_000 },
          expireAfterMs: null,
          unknown: { action: 'hold', afterSeconds: 3_600 },
          dedupeBy: 'address',
          quietHours: 'respect',
        },
        content: { type: 'text', text: 'Hello' },
        nextRunAtMs: nowMs + (n < 25 ? 10_000 : 600_000),
        actor: 'test',
      }),
    ),
  );
  const plan = () => planDueJobs(store.db.pool, { horizonMs: 60_000, limit: 4 });
  const planned = (
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        let sum = 0;
        for (;;) {
          const round = await plan();
          if (round.planned === 0) return sum;
          sum += round.planned;
        }
      }),
    )
  ).reduce((sum, one) => sum + one, 0);
  expect(planned).toBe(25);
  const found = await store.db.pool.query<{ job_id: number; size: number; single: boolean; early: boolean }>(
    `SELECT r.job_id, b.size, b.single, b.due_at < to_timestamp($2::float8 / 1000) + interval '9.9 seconds' AS early
     FROM runs r JOIN batches b ON b.run_id = r.id WHERE r.job_id = ANY ($1)`,
    [jobs, nowMs],
  );
  expect(found.rows).toHaveLength(25);
  expect(new Set(found.rows.map((row) => row.job_id)).size).toBe(25);
  expect(found.rows.every((row) => row.single && row.size === 1 && !row.early)).toBe(true);
});

describe('the schema', () => {
  let own: TestDatabase;
  beforeAll(async () => {
    own = await createTestDatabase();
  });
  afterAll(() => own?.drop());

  test('in the migrations is the one that Prisma knows', async () => {
    expect(await schemaDrift(own.url)).toBe('');
  });

  test('migrates again without a change, three at once', async () => {
    await Promise.all([migrate(own.url), migrate(own.url), migrate(own.url)]);
    expect(await schemaDrift(own.url)).toBe('');
  });
});

test('a moved clock is refused in production, and nowhere else', async () => {
  const { pool } = store.db;
  await refuseMovedClock(pool, 'production');
  await moveClock(pool, { aheadMs: 60_000, speed: 1 });
  await expect(refuseMovedClock(pool, 'production')).rejects.toThrow('UPDATE clock SET ahead');
  await refuseMovedClock(pool, 'test');
  await moveClock(pool, { aheadMs: 0, speed: 2 });
  await expect(refuseMovedClock(pool, 'production')).rejects.toThrow('UPDATE clock SET ahead');
  await moveClock(pool, { aheadMs: 0, speed: 1 });
  await refuseMovedClock(pool, 'production');
});
