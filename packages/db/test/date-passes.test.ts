/** Passes over dates: whose day it is, when each is told, and what changes of people and jobs make of what was planned. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DateTrigger } from '../src/dateRule.ts';
import { cancelJob, changeJob, inTransaction, pauseJob, resumeJob, settleRestored } from '../src/index.ts';
import { markRestored } from '../src/restore.ts';
import {
  type DateTrigger,
  datedRows,
  dateJob,
  pass,
  seedRecipient,
  setClock,
  setDate,
  wrongCounts,
} from './dateRows.ts';
import { openStore, type TestStore } from './rows.ts';

let store: TestStore;
let people = 0;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await setClock(store, '2027-03-08T12:00:00Z');
});
afterEach(async () => {
  const { rows } = await store.db.pool.query<{ id: number }>('SELECT id FROM jobs WHERE dated');
  for (const { id } of rows) expect(await wrongCounts(store, id)).toEqual([]);
  await store.db.pool.query(`UPDATE jobs SET status = 'cancelled', next_run_at = NULL WHERE dated`);
  await store.db.pool.query('DELETE FROM recipient_dates');
});

/** Somebody with a birthday. */
async function born(value: string, zone: string | null = 'Europe/Berlin', phone?: string | null): Promise<number> {
  people += 1;
  const id = await seedRecipient(store, { externalId: `p-${people}`, zone, ...(phone === undefined ? {} : { phone }) });
  await setDate(store, id, value);
  return id;
}

const control = (jobId: number) => ({ accountId: store.account.accountId, jobId, actor: 'test' });

describe('who is planned', () => {
  test('is whoever has the day within the time ahead, at their own nine o’clock, once', async () => {
    const berlin = await born('1990-03-09');
    const newYork = await born('--03-09', 'America/New_York');
    const nowhere = await born('2001-03-10', null);
    await born('1990-03-20');
    const jobId = await dateJob(store);
    await pass(store);
    const expected = [
      { recipient: berlin, occurrence: 'date:0:2027-03-09', state: 'scheduled', due: '2027-03-09T08:00:00.000Z' },
      { recipient: newYork, occurrence: 'date:0:2027-03-09', state: 'scheduled', due: '2027-03-09T14:00:00.000Z' },
      { recipient: nowhere, occurrence: 'date:0:2027-03-10', state: 'scheduled', due: '2027-03-10T08:00:00.000Z' },
    ];
    expect(await datedRows(store, jobId)).toMatchObject(expected);
    await pass(store, { pageSize: 1 });
    await setClock(store, '2027-03-09T09:00:00Z');
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject(expected);
    const { rows } = await store.db.pool.query(
      `SELECT state::text, people, civil_day, offset_days FROM runs WHERE job_id = $1 ORDER BY civil_day`,
      [jobId],
    );
    expect(rows).toEqual([
      { state: 'sending', people: 2, civil_day: '2027-03-09', offset_days: 0 },
      { state: 'sending', people: 1, civil_day: '2027-03-10', offset_days: 0 },
    ]);
  });

  test('follows the offsets, also before the day', async () => {
    const one = await born('1990-03-12');
    const jobId = await dateJob(store, { trigger: { offsets: [0, -3, -2] } });
    await pass(store);
    expect((await datedRows(store, jobId)).map(({ occurrence }) => occurrence)).toEqual([
      'date:-2:2027-03-10',
      'date:-3:2027-03-09',
    ]);
    expect(one).toBeGreaterThan(0);
  });

  test('of 29 February comes on the day before or after', async () => {
    const one = await born('2000-02-29');
    await setClock(store, '2027-02-27T12:00:00Z');
    const feb28 = await dateJob(store);
    const mar1 = await dateJob(store, { trigger: { feb29: 'mar1' } });
    await pass(store, { aheadMs: 72 * 3_600_000 });
    expect(await datedRows(store, feb28)).toMatchObject([{ recipient: one, due: '2027-02-28T08:00:00.000Z' }]);
    expect(await datedRows(store, mar1)).toMatchObject([{ recipient: one, due: '2027-03-01T08:00:00.000Z' }]);
  });

  test('is told of an instant on its day in their zone, once for each value', async () => {
    const one = await seedRecipient(store, { externalId: 'instant-1', zone: 'Asia/Tokyo' });
    await setDate(store, one, '2027-03-09T20:00:00.000Z', 'expires');
    const other = await seedRecipient(store, { externalId: 'instant-2', zone: 'America/New_York' });
    await setDate(store, other, '2027-03-10T03:00:00.000Z', 'expires');
    const jobId = await dateJob(store, { trigger: { date: 'expires', repeat: 'once' } });
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([
      { recipient: one, occurrence: 'date:0:2027-03-10', due: '2027-03-10T00:00:00.000Z' },
      { recipient: other, occurrence: 'date:0:2027-03-09', due: '2027-03-09T14:00:00.000Z' },
    ]);
  });

  test('is nobody whose moment was before the job', async () => {
    await born('1990-03-08');
    const jobId = await dateJob(store);
    await pass(store);
    expect(await datedRows(store, jobId)).toEqual([]);
  });

  test('is counted where there is no address, and told once there is one', async () => {
    const one = await born('1990-03-09', 'Europe/Berlin', null);
    const jobId = await dateJob(store);
    await pass(store);
    const run = () => store.db.pool.query('SELECT people, unreachable FROM runs WHERE job_id = $1', [jobId]);
    expect((await run()).rows).toEqual([{ people: 1, unreachable: 1 }]);
    await store.db.pool.query(
      `UPDATE recipients SET phone = '49151', whatsapp_key = md5('49151')::uuid WHERE id = $1`,
      [one],
    );
    await pass(store);
    await pass(store);
    expect((await run()).rows).toEqual([{ people: 1, unreachable: 0 }]);
    expect(await datedRows(store, jobId)).toMatchObject([{ recipient: one, state: 'scheduled' }]);
  });

  test('who shares an address is told alone, or together where the job says so', async () => {
    await born('1990-03-09', 'Europe/Berlin', '4915111');
    await born('1992-03-09', 'Europe/Berlin', '4915111');
    const each = await dateJob(store);
    const once = await dateJob(store, { policy: { dedupeBy: 'address' } });
    await pass(store, { pageSize: 1 });
    await pass(store);
    expect(await datedRows(store, each)).toHaveLength(2);
    expect(await datedRows(store, once)).toHaveLength(1);
    const { rows } = await store.db.pool.query('SELECT people, duplicates FROM runs WHERE job_id = $1', [once]);
    expect(rows).toEqual([{ people: 2, duplicates: 1 }]);
  });
});

describe('a change after planning', () => {
  test('a corrected date moves the message, and back', async () => {
    const one = await born('1990-03-09');
    const jobId = await dateJob(store);
    await pass(store);
    await setDate(store, one, '1990-03-10');
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([
      { occurrence: 'date:0:2027-03-09', state: 'skipped', code: 'no_longer_due' },
      { occurrence: 'date:0:2027-03-10', state: 'scheduled' },
    ]);
    await setDate(store, one, '1990-03-09');
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([
      { occurrence: 'date:0:2027-03-09', state: 'scheduled' },
      { occurrence: 'date:0:2027-03-10', state: 'skipped', code: 'no_longer_due' },
    ]);
  });

  test('a greeting that was sent stays the only one of the year', async () => {
    const one = await born('1990-03-09');
    const jobId = await dateJob(store);
    await pass(store);
    await store.db.pool.query(`UPDATE deliveries SET state = 'sent', try = 1 WHERE recipient_id = $1`, [one]);
    await store.db.pool.query(`UPDATE batches SET scheduled = 0, sent = 1 WHERE job_id = $1`, [jobId]);
    await setDate(store, one, '1990-03-10');
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([{ occurrence: 'date:0:2027-03-09', state: 'sent' }]);
  });

  test('another zone moves the moment in place', async () => {
    const one = await born('1990-03-09');
    const jobId = await dateJob(store, { trigger: { lateness: { action: 'until', at: '20:00' } } });
    await pass(store);
    await store.db.pool.query(`UPDATE recipients SET zone = 'America/New_York' WHERE id = $1`, [one]);
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([
      {
        occurrence: 'date:0:2027-03-09',
        due: '2027-03-09T14:00:00.000Z',
        expires: '2027-03-10T01:00:00.000Z',
        state: 'scheduled',
      },
    ]);
  });

  test('a variable that comes in time is told with, and a suppression that goes', async () => {
    const one = await born('1990-03-09');
    const jobId = await dateJob(store, { text: 'Happy birthday, {{first}}!' });
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([{ state: 'skipped', code: 'missing_variable' }]);
    await store.db.pool.query(`UPDATE recipients SET attributes = '{"first":"Ada"}' WHERE id = $1`, [one]);
    await pass(store);
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([{ state: 'scheduled', code: null }]);
    const { rows } = await store.db.pool.query('SELECT people, incomplete FROM runs WHERE job_id = $1', [jobId]);
    expect(rows).toEqual([{ people: 1, incomplete: 0 }]);
  });
});

describe('late comers and standstills', () => {
  test.each([
    ['send', { action: 'send' }, true],
    ['skip', { action: 'skip' }, false],
    ['within an hour', { action: 'within', ms: 3_600_000 }, false],
    ['within six hours', { action: 'within', ms: 6 * 3_600_000 }, true],
    ['until 20:00', { action: 'until', at: '20:00' }, true],
    ['until noon', { action: 'until', at: '12:00' }, false],
  ] as const)('a date that is added on the day, by the rule %s', async (_, lateness, told) => {
    const jobId = await dateJob(store, { trigger: { lateness } });
    await pass(store);
    await setClock(store, '2027-03-09T12:00:00Z');
    await pass(store);
    await born('1990-03-09');
    await pass(store);
    expect(await datedRows(store, jobId)).toHaveLength(told ? 1 : 0);
  });

  test('the next day it is too late for everybody', async () => {
    const jobId = await dateJob(store);
    await pass(store);
    await setClock(store, '2027-03-10T01:00:00Z');
    await pass(store);
    await born('1990-03-09');
    await pass(store);
    expect(await datedRows(store, jobId)).toEqual([]);
  });

  test('what a standstill of days left undone is made up for, by the rule of lateness', async () => {
    const one = await born('1990-03-12');
    const sends = await dateJob(store);
    const ends = await dateJob(store, { trigger: { lateness: { action: 'until', at: '20:00' } } });
    await pass(store, { aheadMs: 1_000 });
    await setClock(store, '2027-03-15T12:00:00Z');
    await pass(store);
    expect(await datedRows(store, sends)).toMatchObject([{ recipient: one, state: 'scheduled', expires: null }]);
    expect(await datedRows(store, ends)).toMatchObject([{ recipient: one, expires: '2027-03-12T19:00:00.000Z' }]);
  });
});

describe('control', () => {
  test('a paused job gets no passes, and makes up for them when it goes on', async () => {
    const one = await born('1990-03-10');
    const jobId = await dateJob(store);
    await pauseJob(store.db.pool, control(jobId));
    expect(await pass(store)).toEqual([]);
    await setClock(store, '2027-03-11T12:00:00Z');
    await resumeJob(store.db.pool, control(jobId));
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([{ recipient: one, state: 'scheduled' }]);
  });

  test('a cancelled job gets none, and what was planned ends', async () => {
    await born('1990-03-09');
    const jobId = await dateJob(store);
    await pass(store);
    await cancelJob(store.db.pool, control(jobId));
    await born('1991-03-09');
    expect(await pass(store)).toEqual([]);
    expect(await datedRows(store, jobId)).toHaveLength(1);
  });

  test('what came due since the backup of a restored database is unknown, also of paused jobs, and told by nobody', async () => {
    const one = await born('1990-03-11');
    const active = await dateJob(store);
    const paused = await dateJob(store);
    await pass(store, { aheadMs: 1_000 });
    await pauseJob(store.db.pool, control(paused));
    await setClock(store, '2027-03-12T12:00:00Z');
    await inTransaction(store.db.pool, (client) => markRestored(client, undefined));
    expect(await settleRestored(store.db.pool)).toMatchObject({ kind: 'settled' });
    await store.db.pool.query('DELETE FROM holds');
    await resumeJob(store.db.pool, control(paused));
    await setDate(store, one, '1990-03-13');
    await pass(store);
    for (const jobId of [active, paused]) {
      expect(await datedRows(store, jobId)).toMatchObject([{ recipient: one, state: 'unknown', code: 'restored' }]);
    }
    await store.db.pool.query('UPDATE installation SET restored_at = NULL, restore_settled_at = NULL');
  });

  test('a change of the time leaves what was begun, takes back the rest, and makes up for nothing', async () => {
    const begun = await born('1990-03-09', 'Asia/Tokyo');
    const waits = await born('1990-03-09', 'America/New_York');
    const jobId = await dateJob(store);
    await pass(store);
    await setClock(store, '2027-03-09T06:00:00Z');
    await store.db.pool.query(`UPDATE deliveries SET state = 'sent', try = 1 WHERE recipient_id = $1`, [begun]);
    await store.db.pool.query(
      `UPDATE batches b SET scheduled = 0, sent = 1 FROM deliveries d WHERE d.batch_id = b.id AND d.recipient_id = $1`,
      [begun],
    );
    await born('1991-03-09', 'Asia/Tokyo');
    const changed = await changeJob(
      store.db.pool,
      { ...control(jobId), version: 1, horizonMs: 0 },
      async (_, { trigger }) => ({ trigger: { stored: { ...(trigger as DateTrigger), at: '10:00' }, dueAtMs: null } }),
    );
    expect(changed.kind).toBe('changed');
    expect(await datedRows(store, jobId)).toMatchObject([{ recipient: begun, state: 'sent' }]);
    await pass(store);
    expect(await datedRows(store, jobId)).toMatchObject([
      { recipient: begun, state: 'sent', due: '2027-03-09T00:00:00.000Z' },
      { recipient: waits, state: 'scheduled', due: '2027-03-09T15:00:00.000Z' },
    ]);
  });

  test('passes side by side plan everybody once', async () => {
    for (let n = 0; n < 30; n += 1) await born('1990-03-09', n % 2 === 0 ? 'Asia/Tokyo' : 'America/Lima');
    const jobId = await dateJob(store);
    await Promise.all([1, 2, 3, 4].map(() => pass(store, { pageSize: 7 })));
    const rows = await datedRows(store, jobId);
    expect(rows).toHaveLength(30);
    expect(new Set(rows.map(({ recipient }) => recipient)).size).toBe(30);
  });
});
