/**
 * The subscription case: that its judge sees what goes wrong, and a small week of it with every service as a real process. What
 * the services did in that week is judged there by the ledgers of the mail server and of the paid service.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { createCalendar, expectationOf } from '../../bench/lib/subscriptions/calendar.mjs';
import { createJudge } from '../../bench/lib/subscriptions/judge.mjs';
import { csvLine, person } from '../../bench/lib/subscriptions/people.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DAY_MS = 86_400_000;
const COUNT = 5_000;
const FROM_MS = Date.UTC(2027, 2, 10, 0, 35);
const FIRST_DAY = Math.floor(FROM_MS / DAY_MS);
const WEEK = { fromMs: FROM_MS, toMs: FROM_MS + 7 * DAY_MS, aheadMs: 2 * DAY_MS, slackMs: DAY_MS / 4 };

const momentsOf = createCalendar();
const everybody = Array.from({ length: COUNT }, (_, index) => {
  const somebody = person(index + 1, FIRST_DAY);
  return { ...somebody, wanted: expectationOf(somebody, momentsOf(somebody), WEEK) };
});
/** The first whom this holds for. */
function whoever(condition: (somebody: (typeof everybody)[number]) => boolean): (typeof everybody)[number] {
  const found = everybody.find(condition);
  if (found === undefined) throw new Error('there is no such person');
  return found;
}

/** A judge that was told of a week in which all went well; `leaveOut` says whose mails or charges it is not told of. */
function judgeOfAGoodWeek(leaveOut: { mails?: number; charges?: number } = {}) {
  const judge = createJudge({ count: COUNT, firstDay: FIRST_DAY, momentsOf });
  for (const { n, email, wanted } of everybody) {
    for (const place of [0, 1]) {
      if ((wanted.mails & (1 << place)) !== 0 && leaveOut.mails !== n) judge.mail(email, place);
    }
    if (wanted.checks.atLeast > 0 && leaveOut.charges !== n) judge.charge(email);
  }
  return judge;
}
const kindsOf = (judge: ReturnType<typeof judgeOfAGoodWeek>) => Object.keys(judge.verdict(WEEK).faults);

test('recipients follow from their numbers, a fifth of them has a subscription, and 15 % of these are confirmed', () => {
  expect(person(17, FIRST_DAY)).toEqual(person(17, FIRST_DAY));
  const subscribed = everybody.filter(({ expires }) => expires !== null);
  expect(subscribed.length / COUNT).toBeCloseTo(0.2, 1);
  expect(subscribed.filter(({ isConfirmed }) => isConfirmed).length / subscribed.length).toBeCloseTo(0.15, 1);
  expect(everybody.filter(({ expires, isConfirmed }) => expires === null && isConfirmed)).toEqual([]);
  expect(new Set(subscribed.map(({ expires }) => expires?.slice(0, 10))).size).toBe(30);
  expect(csvLine(whoever(({ zone, expires }) => zone === null && expires !== null))).toMatch(
    /^person-\d+,Person \d+,person-\d+@[a-z.]+,,2027-\d\d-\d\d(T\d\d:\d\d:00\.000Z)?,(true|false)\n$/,
  );
});

test.each([
  // The day before, where the day begins first on earth.
  ['Pacific/Kiritimati', '2027-03-20', ['2027-03-16T19:00:00.000Z', '2027-03-18T19:00:00.000Z']],
  // An instant of the next day there.
  ['Asia/Tokyo', '2027-03-20T20:00:00.000Z', ['2027-03-18T00:00:00.000Z', '2027-03-20T00:00:00.000Z']],
  // Clocks change between the two.
  ['America/New_York', '2027-03-16', ['2027-03-13T14:00:00.000Z', '2027-03-15T13:00:00.000Z']],
  // Whoever has no zone lives by the account's.
  [null, '2027-03-20', ['2027-03-17T08:00:00.000Z', '2027-03-19T08:00:00.000Z']],
])('reminders in %s of %s', (zone, expires, wanted) => {
  const moments = momentsOf({ zone, expires });
  expect(moments.map((ms: number) => new Date(ms).toISOString())).toEqual(wanted);
});

test('a good week is found good', () => {
  const { counts, faults } = judgeOfAGoodWeek().verdict(WEEK);
  expect(faults).toEqual({});
  expect(counts.twice).toBeGreaterThan(100);
});

test('a reminder that came twice is seen', () => {
  const judge = judgeOfAGoodWeek();
  judge.mail(whoever(({ wanted }) => wanted.mails === 3).email, 0);
  expect(kindsOf(judge)).toEqual(['mailed twice']);
});

test('whoever has no subscription, or is undeliverable, must not be mailed', () => {
  const without = judgeOfAGoodWeek();
  without.mail(whoever(({ expires }) => expires === null).email, 0);
  expect(kindsOf(without)).toEqual(['mailed and should not be']);
  const undeliverable = judgeOfAGoodWeek();
  undeliverable.mail(
    whoever(({ isDeliverable, wanted }) => !isDeliverable && wanted.checks.atLeast > 0 && wanted.mails === 0).email,
    1,
  );
  expect(kindsOf(undeliverable)).toEqual(['mailed and should not be']);
  const foreign = judgeOfAGoodWeek();
  foreign.mail(whoever(({ wanted }) => wanted.mails === 3).email, undefined);
  expect(kindsOf(foreign)).toEqual(['mailed by somebody else']);
});

test('somebody forgotten, by mail or by check, is seen', () => {
  const reminded = whoever(({ wanted }) => wanted.mails === 3 && wanted.checks.atLeast === 1).n;
  expect(kindsOf(judgeOfAGoodWeek({ mails: reminded }))).toEqual(['not mailed']);
  expect(kindsOf(judgeOfAGoodWeek({ charges: reminded }))).toEqual(['not checked']);
});

test('nobody may be charged twice, and who is confirmed or without subscription not at all', () => {
  const twice = judgeOfAGoodWeek();
  twice.charge(whoever(({ wanted }) => wanted.checks.atLeast === 1).email);
  expect(kindsOf(twice)).toEqual(['charged twice']);
  for (const { email } of [
    whoever(({ isConfirmed, wanted }) => isConfirmed && wanted.mails === 3),
    whoever(({ expires }) => expires === null),
    // Far after the week.
    whoever(({ expires, isConfirmed }) => expires?.startsWith('2027-04-05') === true && !isConfirmed),
  ]) {
    const judge = judgeOfAGoodWeek();
    judge.charge(email);
    expect(kindsOf(judge)).toEqual(['checked and should not be']);
  }
});

test('in a small week the right people are checked once and mailed twice, and nobody else', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/bench.mjs', 'subscription-case', '--scale', '0.001', '--json'],
    { cwd: ROOT },
  );
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({ recipients: 5_000, simulatedDays: 7, faults: {} });
  // What another calendar says of this week, and not only that both agree on nothing.
  const wanted = everybody.filter((somebody) => somebody.wanted.mails === 3);
  expect(answer.people.twice).toBe(wanted.length);
  expect(answer.checks).toBeGreaterThan(200);
  expect(answer.cost).toEqual({ amount: Number((answer.checks * 0.008).toFixed(3)), currency: 'EUR' });
  expect(Object.keys(answer.peakMemoryMb).sort()).toEqual(
    ['api', 'bench', 'scheduler', 'sender', 'simulator', 'sweeper', 'validator'].sort(),
  );
}, 300_000);
