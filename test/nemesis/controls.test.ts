/** What a negative control came to: found or not is one question, and whether the run itself failed another. */
import { describe, expect, test } from '@jest/globals';
import { runControls } from '../../nemesis/allControls.mjs';
import { CONTROLS, circumstancesOf } from '../../nemesis/controls.mjs';
import { planOf } from '../../nemesis/schedule.mjs';
import { CODES, readVerdict, tableOf, verdictOf, worstOf } from '../../nemesis/verdict.mjs';

type Name = keyof typeof CONTROLS;

const violations = (...kinds: string[]) => kinds.map((kind) => ({ kind, who: 'somebody', evidence: {} }));
const NO_CONTROL = { control: undefined, isOff: false, finds: undefined };
const control = { control: 'unique-key', finds: ['told_twice', 'planned_twice'] };

describe('a run', () => {
  test('without a control is kept or violated', () => {
    expect(verdictOf({ ...NO_CONTROL, violations: [] })).toEqual({ verdict: 'kept' });
    expect(verdictOf({ ...NO_CONTROL, violations: violations('denied') })).toEqual({
      verdict: 'violated',
    });
  });

  test('with a mechanism off has found what is to be found, whatever else there is', () => {
    const found = violations('unsettled', 'told_twice', 'told_twice');
    expect(verdictOf({ ...control, isOff: true, violations: found })).toEqual({
      ...{ control: 'unique-key', mechanism: 'off', verdict: 'found' },
      ...{ expected: ['told_twice', 'planned_twice'], found: ['told_twice'], others: ['unsettled'] },
    });
  });

  test.each([[[]], [['unsettled', 'not_quiet']]])('with a mechanism off and %j alone has not', (kinds) => {
    expect(verdictOf({ ...control, isOff: true, violations: violations(...kinds) })).toMatchObject({
      ...{ verdict: 'not found', found: [], others: [...kinds].sort() },
    });
  });

  test('with the mechanism on must find nothing at all', () => {
    expect(verdictOf({ ...control, isOff: false, violations: [] })).toMatchObject({ mechanism: 'on', verdict: 'kept' });
    for (const kind of ['told_twice', 'not_quiet'])
      expect(verdictOf({ ...control, isOff: false, violations: violations(kind) })).toMatchObject({
        ...{ mechanism: 'on', verdict: 'violated', expected: [], others: [kind] },
      });
  });

  test('ends with 0 only when it came out as it is to', () => {
    expect(CODES).toEqual({ kept: 0, found: 0, violated: 1, 'not found': 1, failed: 2 });
  });
});

describe('what a process left', () => {
  const left = {
    code: 0,
    signal: null,
    log: 'the last line',
    out: `${JSON.stringify({ verdict: 'found', found: ['a'] })}\n`,
  };

  test('is its verdict, if its code says the same', () => {
    expect(readVerdict(left)).toEqual({ verdict: 'found', found: ['a'] });
  });

  test.each([
    ['a crash without a verdict', { code: 1, out: '' }],
    ['something that is no verdict', { out: '{"seed":' }],
    ['a word that there is not', { out: '{"verdict":"fine"}' }],
    ['another code than its word has', { code: 1 }],
    ['an end by a signal', { code: null, signal: 'SIGKILL', out: '' }],
  ])('is a failure with its reason after %s', (_what, changes) => {
    const read = readVerdict({ ...left, ...changes });
    expect(read).toMatchObject({ verdict: 'failed', reason: expect.stringContaining('the last line') });
  });
});

test('of several runs the worst counts, and a table tells of each', () => {
  const found = { verdict: 'found', found: ['told_twice'], others: ['denied'] };
  const kept = { verdict: 'kept', found: [], others: [] };
  const missed = { verdict: 'not found', found: [], others: ['denied'] };
  const failed = { verdict: 'failed', reason: 'it ended' };
  expect(worstOf([found, kept])).toBe(0);
  expect(worstOf([found, missed, kept])).toBe(1);
  expect(worstOf([failed, missed, kept])).toBe(2);
  const rows = [
    { name: 'fence', finds: ['told_twice'], off: found, on: kept, seconds: 181.4 },
    { name: 'unique-key', finds: ['told_twice', 'planned_twice'], off: missed, on: failed, seconds: 90 },
  ];
  expect(tableOf(rows)).toEqual([
    '  control     expected                     mechanism off       mechanism on   took',
    '  fence       told_twice                   found told_twice    nothing found  181 s',
    '  unique-key  told_twice or planned_twice  NOT FOUND (denied)  FAILED         90 s',
  ]);
});

test('controls are run one after the other, each off and on with the same seed, and how far that is, is told', async () => {
  const asked: string[] = [];
  const said: string[] = [];
  const runTurn = async (args: string[]) => {
    asked.push(args.join(' '));
    return { verdict: args[0] === '--without' ? 'found' : 'kept', found: [], others: [] };
  };
  const rows = await runControls({
    names: ['fence', 'sweeper'],
    seed: 7,
    say: (line: string) => said.push(line),
    runTurn,
  });
  expect(asked).toEqual([
    ...['--without fence --seed 7 --json', '--with fence --seed 7 --json'],
    ...['--without sweeper --seed 7 --json', '--with sweeper --seed 7 --json'],
  ]);
  expect(rows).toMatchObject([
    { name: 'fence', finds: ['told_twice'], off: { verdict: 'found' }, on: { verdict: 'kept' } },
    { name: 'sweeper', finds: ['unsettled'], off: { verdict: 'found' }, on: { verdict: 'kept' } },
  ]);
  expect(said.filter((line) => / of 4: /.test(line))).toEqual([
    ...['1 of 4: --without fence, 40 s of load', '2 of 4: --with fence, 40 s of load'],
    ...['3 of 4: --without sweeper, 20 s of load', '4 of 4: --with sweeper, 20 s of load'],
  ]);
});

describe.each(Object.keys(CONTROLS) as Name[])('the control %s', (name) => {
  const one: { finds: string[]; seconds: number; meanwhile?: unknown; plan: object } = CONTROLS[name];

  test('switches something off, which is on in its baseline', () => {
    const off = circumstancesOf(one, true);
    const on = circumstancesOf(one, false);
    expect(on).toMatchObject({ counts: undefined, prepare: undefined });
    expect(JSON.stringify(on)).not.toContain('NEGATIVE_CONTROL');
    expect([off.counts, off.prepare, JSON.stringify(off).includes('NEGATIVE_CONTROL') || undefined]).not.toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  test('knows what it finds, and has something done for it', () => {
    const { faults, acts } = planOf({ seed: 1, seconds: one.seconds, ...one.plan });
    expect(one.finds.length).toBeGreaterThan(0);
    expect(one.meanwhile !== undefined || faults.length + acts.length > 0).toBe(true);
  });
});

test('the baseline of a control has its other circumstances', () => {
  const { env } = circumstancesOf(CONTROLS.fence, false);
  expect(env).toEqual({ sender: { CARILLON_FAILPOINTS: 'after_claim=delay:250' } });
  expect(circumstancesOf(CONTROLS.fence, true).env).toEqual({
    sender: { CARILLON_FAILPOINTS: 'after_claim=delay:250', NEGATIVE_CONTROL: 'no_fence' },
  });
  expect(circumstancesOf(undefined, false)).toEqual({ env: {}, counts: undefined, prepare: undefined });
});
