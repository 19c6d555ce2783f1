/**
 * The steady load: that its judge sees what is missing or was done twice, and a short one with every service as a real process.
 * All bounds but that of lateness must be kept in it; how late it was is for the benchmark to say.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { KINDS, kindOf, SHARES } from '../../bench/lib/steady/jobs.mjs';
import { compare } from '../../bench/lib/steady/judge.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const WANTED = { webhook: 80, message: 12, payment: 5, script: 3 };
const NONE = { webhook: 0, message: 0, payment: 0, script: 0 };
/** What is found when all went well. */
function good() {
  const of = (count: number) => ({ runs: count, done: count, tries: count });
  return {
    found: { webhook: of(80), message: of(12), payment: of(5), script: of(3) },
    ledgers: {
      messages: { addresses: 12, duplicates: 0 },
      payments: { references: 5, duplicates: 0 },
      calls: { different: 80, all: 80 },
    },
  };
}
function judged(change: (all: ReturnType<typeof good>) => void) {
  const all = good();
  change(all);
  return compare(WANTED, all.found, all.ledgers);
}

test('of any hundred jobs that follow each other each kind has its share', () => {
  for (const from of [0, 1, 250]) {
    const kinds = Array.from({ length: 100 }, (_, n) => kindOf(from + n));
    expect(Object.fromEntries(KINDS.map((kind: string) => [kind, kinds.filter((one) => one === kind).length]))).toEqual(
      SHARES,
    );
  }
});

test('a good run is found good, also when a call was tried again', () => {
  expect(judged(() => {})).toEqual({ missing: NONE, twice: NONE });
  expect(
    judged(({ found, ledgers }) => {
      found.webhook.tries += 1;
      ledgers.calls.all += 1;
    }),
  ).toEqual({ missing: NONE, twice: NONE });
});

test('what is missing is seen, in the database or where it was to arrive', () => {
  const missing = (change: (all: ReturnType<typeof good>) => void) => judged(change).missing;
  expect(missing(({ found }) => (found.script.done -= 1))).toEqual({ ...NONE, script: 1 });
  expect(missing(({ ledgers }) => (ledgers.calls.different -= 2))).toEqual({ ...NONE, webhook: 2 });
  expect(missing(({ ledgers }) => (ledgers.messages.addresses -= 1))).toEqual({ ...NONE, message: 1 });
  expect(missing(({ ledgers }) => (ledgers.payments.references -= 1))).toEqual({ ...NONE, payment: 1 });
});

test('what was done twice is seen', () => {
  const twice = (change: (all: ReturnType<typeof good>) => void) => judged(change).twice;
  expect(twice(({ found }) => (found.script.runs += 1))).toEqual({ ...NONE, script: 1 });
  expect(twice(({ ledgers }) => (ledgers.calls.all += 1))).toEqual({ ...NONE, webhook: 1 });
  expect(twice(({ ledgers }) => (ledgers.messages.duplicates += 1))).toEqual({ ...NONE, message: 1 });
  expect(twice(({ ledgers }) => (ledgers.payments.duplicates += 1))).toEqual({ ...NONE, payment: 1 });
});

test('a short load is done, all of it and each run once, within all bounds but that of lateness', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/bench.mjs', 'steady', '--rows', '1000', '--seconds', '20', '--per-second', '10', '--json'],
    { cwd: ROOT },
  );
  const answer = JSON.parse(stdout);
  const lateness = { p50Ms: expect.any(Number), p99Ms: expect.any(Number), maxMs: expect.any(Number) };
  const course = { first: expect.any(Number), last: expect.any(Number), max: expect.any(Number) };
  const mb = { firstMb: expect.any(Number), lastMb: expect.any(Number), maxMb: expect.any(Number) };
  expect(answer).toMatchObject({
    jobsStandingBy: 1_000,
    seconds: 20,
    runsPerSecond: 10,
    ...lateness,
    missing: 0,
    twice: 0,
    connections: course,
    deadRows: course,
    bounds: {
      p99Ms: 1_000,
      memoryGrowthMb: 50,
      connections: 60,
      deadRows: expect.any(Object),
    },
  });
  // The simulator is the judge, and remembers what was paid.
  const { simulator: _, ...ours } = answer.memory as Record<string, { firstMb: number; lastMb: number }>;
  for (const [name, { firstMb, lastMb }] of Object.entries(ours))
    expect({ name, tooMuch: lastMb - firstMb > answer.bounds.memoryGrowthMb }).toEqual({ name, tooMuch: false });
  expect(answer.connections.max).toBeGreaterThan(0);
  expect(answer.connections.max).toBeLessThanOrEqual(answer.bounds.connections);
  const hot = ['batches', 'deliveries', 'jobs', 'results', 'runs'];
  expect(Object.keys(answer.bounds.deadRows).sort()).toEqual(hot);
  for (const table of hot) expect(answer.tables[table].deadRows.max).toBeLessThanOrEqual(answer.bounds.deadRows[table]);
  // So nothing but lateness can have kept it from being held.
  expect(answer.held).toBe(answer.p99Ms < answer.bounds.p99Ms);
  for (const [kind, runs] of Object.entries({ webhook: 160, message: 24, payment: 10, script: 6 })) {
    expect(answer.byKind[kind]).toMatchObject({ runs, triesAtMost: expect.any(Number), ...lateness });
  }
  const measured = ['api', 'scheduler', 'sweeper', 'sender', 'executor', 'simulator', 'redis'];
  expect(Object.keys(answer.memory).sort()).toEqual([...measured].sort());
  for (const one of measured) expect(answer.memory[one]).toEqual(mb);
}, 300_000);
