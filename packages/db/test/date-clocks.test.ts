/**
 * Jobs that follow dates on days on which clocks change: when somebody is told whose day has the wall time not at all, or twice, against
 * another calendar, for people in two zones.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
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

/** Whoever is in the one has the day on which the other's clocks change like any other. */
const ZONES = ['Europe/Berlin', 'America/New_York'] as const;
type Rules = Pick<DateTrigger, 'gap' | 'repeated'>;

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());
afterEach(async () => {
  const { rows } = await store.db.pool.query<{ id: number }>('SELECT id FROM jobs WHERE dated');
  for (const { id } of rows) expect(await wrongCounts(store, id)).toEqual([]);
  await store.db.pool.query(`UPDATE jobs SET status = 'cancelled', next_run_at = NULL WHERE dated`);
  await store.db.pool.query('DELETE FROM recipient_dates');
});

/** The other calendar's answer, in our words. */
function byTemporal(day: string, at: string, zone: string, rules: Rules) {
  const plain = Temporal.PlainDateTime.from(`${day}T${at}`);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const inGap = !earlier.toPlainDateTime().equals(plain);
  const isLater = inGap ? rules.gap !== 'earlier' : rules.repeated === 'second';
  const skipped = inGap && rules.gap === 'skip';
  const due = new Date((isLater ? later : earlier).epochMilliseconds).toISOString();
  return {
    due,
    state: skipped ? 'skipped' : 'scheduled',
    code: skipped ? 'wall_time_in_gap' : null,
    inGap,
    isTwice: !inGap && !earlier.equals(later),
  };
}

let days = 0;
const RULES: Rules[] = (['later', 'earlier', 'skip'] as const).flatMap((gap) =>
  (['first', 'second'] as const).map((repeated) => ({ gap, repeated })),
);

test.each([
  { day: '2027-03-28', at: '02:30', gapIn: 'Europe/Berlin' },
  { day: '2027-03-14', at: '02:30', gapIn: 'America/New_York' },
  { day: '2027-10-31', at: '02:30', twiceIn: 'Europe/Berlin' },
  { day: '2027-11-07', at: '01:30', twiceIn: 'America/New_York' },
])('a birthday on $day at $at is told as each rule has it', async ({ day, at, gapIn, twiceIn }) => {
  days += 1;
  await setClock(store, `${Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()}T12:00:00Z`);
  const people: { id: number; zone: string }[] = [];
  for (const zone of ZONES) {
    const id = await seedRecipient(store, { externalId: `p-${days}-${zone}`, zone });
    await setDate(store, id, `1990${day.slice(4)}`);
    people.push({ id, zone });
  }
  const jobs: { jobId: number; rules: Rules }[] = [];
  for (const rules of RULES) jobs.push({ jobId: await dateJob(store, { trigger: { at, ...rules } }), rules });
  // Once more finds nothing to move, and nobody new.
  for (let turn = 0; turn < 2; turn++) {
    await pass(store);
    for (const { jobId, rules } of jobs) {
      const expected = people.map(({ id, zone }) => {
        const { due, state, code } = byTemporal(day, at, zone, rules);
        return { recipient: id, occurrence: `date:0:${day}`, due, state, code };
      });
      expect({ rules, rows: await datedRows(store, jobId) }).toMatchObject({ rules, rows: expected });
    }
  }
  // The change of the clocks is really there, and in one of the zones only.
  const there = ZONES.map((zone) => ({ zone, ...byTemporal(day, at, zone, { gap: 'later', repeated: 'first' }) }));
  expect(there.filter(({ inGap }) => inGap).map(({ zone }) => zone)).toEqual(gapIn ? [gapIn] : []);
  expect(there.filter(({ isTwice }) => isTwice).map(({ zone }) => zone)).toEqual(twiceIn ? [twiceIn] : []);
});

test('somebody who moves to where the clocks do not change is told after all', async () => {
  await setClock(store, '2027-03-27T12:00:00Z');
  const id = await seedRecipient(store, { externalId: 'moves', zone: 'Europe/Berlin' });
  await setDate(store, id, '1990-03-28');
  const jobId = await dateJob(store, { trigger: { at: '02:30', gap: 'skip' } });
  await pass(store);
  expect(await datedRows(store, jobId)).toMatchObject([{ state: 'skipped', code: 'wall_time_in_gap' }]);
  await store.db.pool.query(`UPDATE recipients SET zone = 'America/New_York' WHERE id = $1`, [id]);
  await pass(store);
  expect(await datedRows(store, jobId)).toMatchObject([
    { recipient: id, state: 'scheduled', code: null, due: '2027-03-28T06:30:00.000Z' },
  ]);
});
