/** The judge of how much is in doubt after somebody died: small worlds, each with as many outcomes that nobody knows. */
import { describe, expect, test } from '@jest/globals';
import { judgeDoubts } from '../../nemesis/judge/inDoubt.mjs';
import { indexed } from '../../nemesis/judge/world.mjs';
import { SETTINGS } from '../../nemesis/settings.mjs';

type Row = Record<string, unknown>;

const NOW_MS = Date.parse('2026-12-01T09:00:00Z');
/** The database's clock is an hour ahead of everybody's. */
const AHEAD_MS = 3_600_000;
const SECOND_MS = 1_000;
const CALLS = Number(SETTINGS.sender.CALL_CONNECTIONS);
const MESSAGES = Number(SETTINGS.sender.SEND_CONNECTIONS);

/** So many rows of one batch were claimed at a moment, and given up when the lease was over. */
const lost = (count: number, atMs = NOW_MS, batch = 9) =>
  Array.from({ length: count }, (_, n) => ({
    ...{ batch_id: batch, number: n + 1, try: 1, outcome: 'unknown', code: 'lease_expired' },
    ...{ started_ms: atMs + AHEAD_MS, ended_ms: atMs + AHEAD_MS + 5 * SECOND_MS },
  }));
const KILLED = { code: null, signal: 'SIGKILL' };
/** A life that ended so, a second after now. */
const life = (name: string, changes: Row = {}) => ({
  ...{ name, exit: KILLED, readyMs: NOW_MS - 60_000, endedMs: NOW_MS + SECOND_MS },
  ...changes,
});
const fault = (kind: string, on: string, changes: Row = {}) => ({
  ...{ kind, on, fromMs: NOW_MS + 500, toMs: NOW_MS + 5_500 },
  ...changes,
});

interface Done {
  readonly applied?: Row[];
  readonly lives?: Row[];
  readonly stalls?: Row[];
  readonly others?: Row[];
}

function judged(
  channel: string,
  attempts: Row[],
  { applied = [], lives = [], stalls = [], others = [] }: Done,
): string[] {
  const deliveries = [...attempts, ...others].map(({ batch_id, number, started_ms }) => ({
    ...{ batch_id, number, channel, sending_ms: started_ms },
  }));
  const world = indexed({ deliveries, attempts, runs: [], jobs: [], reports: [], acceptances: [] });
  return judgeDoubts(world, { applied, lives, stalls, clockAheadMs: AHEAD_MS }).map(
    ({ kind }: { kind: string }) => kind,
  );
}
const TOO_MANY = ['too_many_unknown'];

test('who is killed leaves as many in doubt as it had connections, and not one more', () => {
  const lives = [life('sender.1')];
  expect(judged('call', lost(CALLS), { lives })).toEqual([]);
  expect(judged('call', lost(CALLS + 1), { lives })).toEqual(TOO_MANY);
  const places = Number(SETTINGS.executor.SCRIPT_PLACES);
  expect(judged('script', lost(places), { lives: [life('executor.2')] })).toEqual([]);
  expect(judged('script', lost(places + 1), { lives: [life('executor.2')] })).toEqual(TOO_MANY);
});

test('of messages a few more may be at the side, of those that were begun lately', () => {
  const lives = [life('sender.1')];
  // Of twenty that were begun there may be one.
  expect(judged('whatsapp', lost(MESSAGES + 1), { lives })).toEqual([]);
  expect(judged('whatsapp', lost(MESSAGES + 2), { lives })).toEqual(TOO_MANY);
  expect(judged('whatsapp', lost(MESSAGES + 2), { lives, others: lost(40, NOW_MS - SECOND_MS, 8) })).toEqual([]);
  expect(judged('whatsapp', lost(MESSAGES + 2), { lives, others: lost(40, NOW_MS - 9 * SECOND_MS, 8) })).toEqual(
    TOO_MANY,
  );
  // A claim's worth.
  expect(judged('whatsapp', lost(400), { lives })).toEqual(TOO_MANY);
});

test('who stands still does so too, and may keep the others from their rows', () => {
  const stood = { applied: [fault('stand-still', 'sender.2')] };
  expect(judged('call', lost(2 * CALLS), stood)).toEqual([]);
  expect(judged('call', lost(2 * CALLS + 1), stood)).toEqual(TOO_MANY);
});

describe('several who are struck', () => {
  const twice = [life('sender.1'), life('sender.2', { endedMs: NOW_MS + 3 * SECOND_MS })];

  test('at one time leave as many together', () => {
    expect(judged('call', lost(2 * CALLS), { lives: twice })).toEqual([]);
    expect(judged('call', lost(2 * CALLS + 1), { lives: twice })).toEqual([...TOO_MANY, ...TOO_MANY]);
  });

  test('are each judged alone when there is time between them', () => {
    const later = life('sender.2', { endedMs: NOW_MS + 31 * SECOND_MS });
    const both = (count: number) => [...lost(CALLS), ...lost(count, NOW_MS + 30 * SECOND_MS, 8)];
    expect(judged('call', both(CALLS), { lives: [life('sender.1'), later] })).toEqual([]);
    expect(judged('call', both(CALLS + 1), { lives: [life('sender.1'), later] })).toEqual(TOO_MANY);
  });
});

describe('too many', () => {
  const many = lost(400);
  const lives = [life('sender.1')];

  test.each<[string, Done]>([
    ['when somebody else was killed', { lives: [...lives, life('validator.1'), life('api.1')] }],
    ['when one ended in order', { lives: [...lives, life('sender.2', { exit: { code: 0, signal: null } })] }],
    ['when something was done that costs no lease', { lives, applied: [fault('redis-emptied', 'redis')] }],
    [
      'when a line fell silent long before',
      { lives, applied: [fault('line-mute', 'api.1/postgres', { fromMs: NOW_MS - 90_000, toMs: NOW_MS - 70_000 })] },
    ],
  ])('are so also %s', (_what, done) => {
    expect(judged('call', many, done)).toEqual(TOO_MANY);
  });

  test.each<[string, Done]>([
    ['a sender could not renew its leases', { lives, applied: [fault('line-mute', 'sender.2/postgres')] }],
    ['Postgres was dropped', { lives, applied: [fault('postgres-dropped', 'postgres')] }],
    ['somebody else stood still, with whatever it had locked', { lives, applied: [fault('stand-still', 'sweeper.1')] }],
    [
      'calls hung',
      { lives, applied: [fault('provider-hangs', 'calls', { fromMs: NOW_MS - 9_000, toMs: NOW_MS - 4_000 })] },
    ],
    ['the machine stood still', { lives, stalls: [{ fromMs: NOW_MS, toMs: NOW_MS + SECOND_MS }] }],
  ])('may be so because %s', (_what, done) => {
    expect(judged('call', many, done)).toEqual([]);
  });
});

test('what has another reason is not counted', () => {
  const other = lost(400).map((attempt) => ({ ...attempt, code: 'timeout' }));
  expect(judged('call', other, { lives: [life('sender.1')] })).toEqual([]);
});
