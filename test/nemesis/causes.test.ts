/** The judge of reasons: small worlds, each with one outcome that nobody knows, and with what was done around it. */
import { describe, expect, test } from '@jest/globals';
import { judgeCauses } from '../../nemesis/judge/causes.mjs';
import { indexed } from '../../nemesis/judge/world.mjs';

type Row = Record<string, unknown>;

const NOW_MS = Date.parse('2026-12-01T09:00:00Z');
/** The database's clock is an hour ahead of everybody's. */
const AHEAD_MS = 3_600_000;
const SECOND_MS = 1_000;

/** An attempt that began now and was given up after two seconds; `changes` say what is otherwise. */
const attempt = (code: string, changes: Row = {}) => ({
  ...{ batch_id: 9, number: 1, try: 1, outcome: 'unknown', code },
  ...{ started_ms: NOW_MS + AHEAD_MS, ended_ms: NOW_MS + AHEAD_MS + 2 * SECOND_MS },
  ...changes,
});
/** What was done for a second, beginning half a second after the attempt did. */
const fault = (kind: string, on: string, changes: Row = {}) => ({
  ...{ kind, on, fromMs: NOW_MS + 500, toMs: NOW_MS + 1_500 },
  ...changes,
});
/** A life of a process that ended so, a second after the attempt began. */
const life = (name: string, exit: Row, changes: Row = {}) => ({
  ...{ name, exit, readyMs: NOW_MS - 60_000, endedMs: NOW_MS + SECOND_MS },
  ...changes,
});
const KILLED = { code: null, signal: 'SIGKILL' };
const IN_ORDER = { code: 0, signal: null };

function judged(
  channel: string,
  attempts: Row[],
  { applied = [], lives = [], stalls = [] }: { applied?: Row[]; lives?: Row[]; stalls?: Row[] } = {},
): string[] {
  const deliveries = [{ batch_id: 9, number: 1, channel }];
  const world = indexed({ deliveries, attempts, runs: [], jobs: [], reports: [], acceptances: [] });
  return judgeCauses(world, { applied, lives, stalls, clockAheadMs: AHEAD_MS }).map(
    ({ kind }: { kind: string }) => kind,
  );
}
const WITHOUT_CAUSE = ['unknown_without_cause'];

test('what nobody knows without anything having been done, or for a reason that nothing has, is without a cause', () => {
  for (const code of ['lease_expired', 'timeout', 'connection_lost', 'http_503', 'key_in_use', 'foreign_answer'])
    expect([code, judged('payment', [attempt(code)])]).toEqual([code, WITHOUT_CAUSE]);
  const everything = ['provider-fails', 'provider-hangs', 'provider-breaks-off'].map((kind) => fault(kind, 'payments'));
  expect(judged('payment', [attempt('foreign_answer')], { applied: everything })).toEqual(WITHOUT_CAUSE);
});

test('what is known needs none', () => {
  expect(judged('whatsapp', [attempt('http_500', { outcome: 'retry' })])).toEqual([]);
});

describe('a lease that ran out', () => {
  const longAgo = (seconds: number) => ({
    fromMs: NOW_MS - seconds * SECOND_MS - 500,
    toMs: NOW_MS - seconds * SECOND_MS,
  });
  const left = attempt('lease_expired', { ended_ms: NOW_MS + AHEAD_MS + 5 * SECOND_MS });

  test.each<[string, string, Parameters<typeof judged>[2]]>([
    ['whatsapp', 'whose sender was killed', { lives: [life('sender.2', KILLED)] }],
    ['call', 'whose sender ended with an error', { lives: [life('sender.1', { code: 1, signal: null })] }],
    ['email_check', 'whose validator stood still', { applied: [fault('stand-still', 'validator.1')] }],
    ['script', 'whose executor had no line to Postgres', { applied: [fault('line-reset', 'executor.2/postgres')] }],
    ['email', 'while Postgres was restarted', { applied: [fault('postgres-restarted', 'postgres')] }],
    [
      'email',
      'as soon as everybody had come back to Postgres',
      { applied: [fault('postgres-away', 'postgres', { fromMs: NOW_MS - 9_000, toMs: NOW_MS - 8_000 })] },
    ],
    ['payment', 'while the machine stood still', { stalls: [fault('machine stood still', 'this machine')] }],
    [
      'whatsapp',
      'while somebody stood still who may have had it locked',
      { applied: [fault('stand-still', 'api.1', { toMs: NOW_MS + 4 * SECOND_MS })] },
    ],
    [
      'whatsapp',
      'after a statement of its sender was lost on a line that fell silent',
      { applied: [fault('line-silent', 'sender.1/postgres', { fromMs: NOW_MS - 9_000, toMs: NOW_MS - 4_000 })] },
    ],
    [
      'whatsapp',
      'after somebody fell silent for good who may have had it locked',
      { applied: [fault('line-silent', 'scheduler.1/postgres', { ...longAgo(50), forGood: true })] },
    ],
  ])('of %s, %s', (channel, _what, done) => {
    expect(judged(channel, [left], done)).toEqual([]);
  });

  test.each<[string, string, Parameters<typeof judged>[2]]>([
    ['whatsapp', 'whose sender ended in order', { lives: [life('sender.1', IN_ORDER)] }],
    ['whatsapp', 'while somebody else was killed', { lives: [life('validator.1', KILLED), life('api.1', KILLED)] }],
    ['whatsapp', 'whose sender was killed later', { lives: [life('sender.1', KILLED, { endedMs: NOW_MS + 60_000 })] }],
    ['script', 'while a sender stood still, and shortly', { applied: [fault('stand-still', 'sender.1')] }],
    [
      'email',
      'long after Postgres was away',
      { applied: [fault('postgres-away', 'postgres', { fromMs: NOW_MS - 12_000, toMs: NOW_MS - 10_000 })] },
    ],
    ['whatsapp', 'while its provider was at fault', { applied: [fault('provider-hangs', 'messages')] }],
    [
      'whatsapp',
      'while the machine was late, and soon was not',
      { stalls: [fault('machine was late', 'this machine')] },
    ],
    ['whatsapp', 'while the simulator was late', { stalls: [fault('simulator was late', 'simulator')] }],
    ['whatsapp', 'while Redis was emptied', { applied: [fault('redis-emptied', 'redis')] }],
    ['whatsapp', 'while lines to Redis were cut', { applied: [fault('line-reset', 'sender.1/redis')] }],
    [
      'whatsapp',
      'while somebody fell silent, and was cut soon',
      { applied: [fault('line-silent', 'scheduler.1/postgres')] },
    ],
    [
      'whatsapp',
      'long after somebody fell silent for good',
      { applied: [fault('line-silent', 'scheduler.1/postgres', { ...longAgo(70), forGood: true })] },
    ],
    [
      'whatsapp',
      'while a dashboard fell silent for good',
      { applied: [fault('line-silent', 'dashboard.1/postgres', { forGood: true })] },
    ],
    [
      'whatsapp',
      'while a dashboard stood still',
      { applied: [fault('stand-still', 'dashboard.1', { toMs: NOW_MS + 4 * SECOND_MS })] },
    ],
  ])('of %s, %s, has no cause', (channel, _what, done) => {
    expect(judged(channel, [left], done)).toEqual(WITHOUT_CAUSE);
  });
});

describe('what was asked and not answered', () => {
  /** A sender that ended in order, and was ready again so many seconds before the attempt. */
  const cameBack = (seconds: number) => {
    const readyMs = NOW_MS - seconds * SECOND_MS;
    return [
      life('sender.1', IN_ORDER, { endedMs: readyMs - SECOND_MS }),
      { name: 'sender.1', exit: undefined, readyMs, endedMs: undefined },
    ];
  };
  const restarted = [
    life('simulator', KILLED),
    { name: 'simulator', exit: undefined, readyMs: NOW_MS + 4 * SECOND_MS, endedMs: undefined },
  ];

  test.each<[string, string, string, Parameters<typeof judged>[2]]>([
    ['timeout', 'whatsapp', 'by a provider that hung', { applied: [fault('provider-hangs', 'messages')] }],
    ['timeout', 'email', 'over a line that was slow', { applied: [fault('line-slow', 'provider/mails')] }],
    ['timeout', 'email', 'while the machine was late', { stalls: [fault('machine was late', 'this machine')] }],
    ['timeout', 'email', 'while the simulator was late', { stalls: [fault('simulator was late', 'simulator')] }],
    ['timeout', 'email', 'whose sender had just come back', { lives: cameBack(2) }],
    ['timeout', 'email_check', 'whose validator stood still', { applied: [fault('stand-still', 'validator.2')] }],
    ['connection_lost', 'email_check', 'by one that broke off', { applied: [fault('provider-breaks-off', 'checks')] }],
    ['connection_lost', 'whatsapp', 'as the provider was killed', { lives: restarted }],
    [
      'connection_lost',
      'payment',
      'until the provider was back',
      { lives: [life('simulator', KILLED, { endedMs: NOW_MS - 9_000 }), restarted[1] as Row] },
    ],
    ['connection_lost', 'payment', 'while it could not be asked', { applied: [fault('lookups-fail', 'payments')] }],
    ['unreadable_answer', 'email', 'over a line that was cut', { applied: [fault('line-reset', 'provider/mails')] }],
    ['1', 'whatsapp', 'but by an error', { applied: [fault('provider-fails', 'messages')] }],
    ['http_503', 'email_check', 'but by a status', { applied: [fault('provider-fails', 'checks')] }],
    ['internal', 'payment', 'but by an error', { applied: [fault('provider-fails', 'payments')] }],
  ])('(%s, %s) %s', (code, channel, _what, done) => {
    expect(judged(channel, [attempt(code)], done)).toEqual([]);
  });

  test.each<[string, string, string, Parameters<typeof judged>[2]]>([
    ['timeout', 'whatsapp', 'while another provider hung', { applied: [fault('provider-hangs', 'payments')] }],
    [
      'timeout',
      'call',
      'of another, while the simulator was late',
      { stalls: [fault('simulator was late', 'simulator')] },
    ],
    ['timeout', 'email', 'whose sender came back long before', { lives: cameBack(9) }],
    ['timeout', 'script', 'while a sender had just come back', { lives: cameBack(2) }],
    ['connection_lost', 'email', 'while the machine was late', { stalls: [fault('machine was late', 'this machine')] }],
    ['timeout', 'whatsapp', 'by one that broke off', { applied: [fault('provider-breaks-off', 'messages')] }],
    ['timeout', 'whatsapp', 'while a validator stood still', { applied: [fault('stand-still', 'validator.1')] }],
    ['connection_lost', 'whatsapp', 'by one that was slow', { applied: [fault('provider-slow', 'messages')] }],
    ['connection_lost', 'whatsapp', 'over another line', { applied: [fault('line-reset', 'provider/mails')] }],
    ['connection_lost', 'whatsapp', 'while Postgres was away', { applied: [fault('postgres-away', 'postgres')] }],
    ['connection_lost', 'whatsapp', 'while its sender was killed', { lives: [life('sender.1', KILLED)] }],
    ['http_503', 'whatsapp', 'by one that refused', { applied: [fault('provider-refuses', 'messages')] }],
    [
      'timeout',
      'whatsapp',
      'long after the provider hung',
      { applied: [fault('provider-hangs', 'messages', { fromMs: NOW_MS - 8_000, toMs: NOW_MS - 5_000 })] },
    ],
    [
      'timeout',
      'whatsapp',
      'before the provider hung',
      { applied: [fault('provider-hangs', 'messages', { fromMs: NOW_MS + 5_000, toMs: NOW_MS + 8_000 })] },
    ],
  ])('(%s, %s) %s has no cause', (code, channel, _what, done) => {
    expect(judged(channel, [attempt(code)], done)).toEqual(WITHOUT_CAUSE);
  });

  test('a payment that still is being made is one of which an earlier try was lost', () => {
    const again = attempt('key_in_use', { try: 2 });
    expect(judged('payment', [again])).toEqual(WITHOUT_CAUSE);
    const cut = { applied: [fault('line-reset', 'provider/payments')] };
    expect(judged('payment', [attempt('connection_lost'), again], cut)).toEqual([]);
  });
});
