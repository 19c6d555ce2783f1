/** The windows of a channel's provider accounts: which outcomes move them, who has room, and what the log is told. */
import type { SendOutcome } from '@carillon/contracts';
import type { Logger } from '@carillon/runtime';
import { describe, expect, test } from '@jest/globals';
import { createBalancer } from '../src/balancer.ts';
import type { WindowReason } from '../src/window.ts';

const BOUNDS = { floor: 2, ceiling: 100, initial: 20 };

function startBalancer(ahead = 0) {
  let nowMs = 1_000;
  const reasons: WindowReason[] = [];
  const lines: Record<string, unknown>[] = [];
  const balancer = createBalancer({
    bounds: BOUNDS,
    ahead,
    now: () => nowMs,
    onChange: (reason) => reasons.push(reason),
    logger: { info: (line: Record<string, unknown>) => lines.push(line) } as unknown as Logger,
    channel: 'whatsapp',
  });
  return { balancer, reasons, lines, now: () => nowMs, pass: (ms: number) => (nowMs += ms) };
}

const message = 'as the test says';
const OUTCOMES: readonly [SendOutcome, number][] = [
  [{ kind: 'accepted', providerMessageId: '1' }, 21],
  [{ kind: 'throttled', scope: 'number', code: '130429', message }, 14],
  [{ kind: 'retry', code: '131016', message, overloaded: true }, 14],
  // Somebody else's limit, or nothing that fewer calls would mend.
  [{ kind: 'throttled', scope: 'recipient', code: '131056', message }, 20],
  [{ kind: 'throttled', scope: 'account', code: '190', message }, 20],
  [{ kind: 'retry', code: '131000', message }, 20],
  [{ kind: 'retry', code: 'too_late', message }, 20],
  [{ kind: 'rejected', code: '131026', message }, 20],
  // One that is lost says nothing; see below for many.
  [{ kind: 'unknown', code: 'timeout', message }, 20],
  [{ kind: 'retry', code: 'not_connected', message }, 20],
];

describe('an outcome', () => {
  test.each(OUTCOMES)('%j leaves a window of %d', (outcome, size) => {
    const { balancer, now, pass } = startBalancer();
    const account = balancer.enter(7);
    account.take(20);
    for (let n = 0; n < 20; n++) account.begun(now());
    const startedMs = now();
    account.answered(outcome, startedMs, pass(100));
    expect(balancer.size).toBe(size);
    expect(balancer.inFlight).toBe(19);
  });

  test('that most calls share, and that is no answer, cuts', () => {
    const { balancer, reasons, now, pass } = startBalancer();
    const account = balancer.enter(7);
    account.take(20);
    for (let n = 0; n < 20; n++) account.begun(now());
    const startedMs = now();
    for (let n = 0; n < 8; n++) account.answered({ kind: 'unknown', code: 'timeout', message }, startedMs, pass(1));
    expect(reasons).toEqual(['errors']);
    expect(balancer.size).toBe(14);
  });
});

describe('room', () => {
  test('is what the window has beyond calls that are taken or in the air', () => {
    const { balancer, now } = startBalancer();
    const account = balancer.enter(7);
    expect(account.room(now())).toBe(20);
    account.take(15);
    expect(account.room(now())).toBe(5);
    for (let n = 0; n < 10; n++) account.begun(now());
    expect([account.room(now()), balancer.inFlight]).toEqual([5, 10]);
    account.release(5);
    expect(account.room(now())).toBe(10);
    // Another work for the same account shares it; another account has its own.
    expect(balancer.enter(7).room(now())).toBe(10);
    expect(balancer.enter(8).room(now())).toBe(20);
    expect(balancer.size).toBe(40);
  });

  test('comes back when an outcome is stored, and not before', () => {
    const { balancer, now } = startBalancer();
    const account = balancer.enter(7);
    account.take(20);
    for (let n = 0; n < 19; n++) account.begun(now());
    account.passedOver();
    expect([account.room(now()), balancer.inFlight]).toEqual([0, 19]);
    const rejected: SendOutcome = { kind: 'rejected', code: '131026', message };
    account.answered(rejected, now(), now() + 1);
    expect([account.room(now()), balancer.inFlight]).toEqual([0, 18]);
    account.stored();
    account.stored();
    expect(account.room(now())).toBe(2);
  });

  test('is none while an account rests that refused its floor', () => {
    const { balancer, now, pass } = startBalancer();
    const account = balancer.enter(7);
    const refused: SendOutcome = { kind: 'throttled', scope: 'number', code: '130429', message };
    for (let n = 0; n < 20 && account.restMs(now()) === 0; n++) {
      account.take(1);
      account.begun(now());
      const startedMs = pass(10);
      account.answered(refused, startedMs, pass(10));
      account.stored();
    }
    expect([account.room(now()), account.restMs(now())]).toEqual([0, 250]);
    pass(250);
    expect([account.room(now()), account.restMs(now())]).toEqual([BOUNDS.floor, 0]);
  });
});

describe('with rows claimed ahead', () => {
  /** Half as many rows more as calls: at the window's 20, 30. */
  function startAhead() {
    const { balancer, now, pass } = startBalancer(BOUNDS.ceiling / 2);
    const account = balancer.enter(7);
    const begun: number[] = [];
    account.take(30);
    for (let row = 0; row < 30; row++) {
      const begin = (mayCall: boolean): void => {
        if (mayCall) {
          account.begun(now());
          begun.push(row);
        } else account.passedOver();
      };
      if (account.full) account.wait(begin);
      else begin(true);
    }
    return { balancer, account, begun, now, pass };
  }

  test('there is room beyond the window, and calls wait their turn until one ends', () => {
    const { balancer, account, begun, now } = startAhead();
    expect([account.room(now()), balancer.inFlight, begun.length]).toEqual([0, 20, 20]);
    account.answered({ kind: 'rejected', code: '131026', message }, now(), now());
    account.left();
    account.left();
    expect(begun.slice(20)).toEqual([20, 21]);
    account.stored();
    expect(account.room(now())).toBe(1);
  });

  test('a smaller window lets fewer begin, and claims fewer beyond it', () => {
    const { balancer, account, begun, now, pass } = startAhead();
    account.answered({ kind: 'retry', code: '131016', message, overloaded: true }, now(), pass(50));
    expect(balancer.size).toBe(14);
    for (let ended = 0; ended < 6; ended++) account.left();
    expect(begun).toHaveLength(20);
    account.left();
    expect(begun).toHaveLength(21);
    for (let stored = 0; stored < 10; stored++) account.stored();
    expect(account.room(now())).toBe(21 - 20);
  });

  test.each<[string, SendOutcome]>([
    ['too much', { kind: 'throttled', scope: 'number', code: '130429', message }],
    ['an account that is locked', { kind: 'throttled', scope: 'account', code: '190', message }],
  ])('none of those that wait may call after a refusal for %s', (_why, refusal) => {
    const { account, now, pass } = startAhead();
    const told: boolean[] = [];
    account.wait((mayCall) => told.push(mayCall));
    account.answered(refusal, now(), pass(50));
    expect(told).toEqual([false]);
    account.left();
    expect(told).toEqual([false]);
  });

  test('a limit of one recipient concerns nobody else', () => {
    const { account, now, pass } = startAhead();
    const told: boolean[] = [];
    account.wait((mayCall) => told.push(mayCall));
    account.answered({ kind: 'throttled', scope: 'recipient', code: '131056', message }, now(), pass(50));
    expect(told).toEqual([]);
  });

  test('one that does not begin after all lets the next one begin', () => {
    const { balancer, now } = startBalancer(BOUNDS.ceiling);
    const account = balancer.enter(7);
    account.take(22);
    for (let n = 0; n < 20; n++) account.begun(now());
    let begun = false;
    account.wait(() => account.passedOver());
    account.wait(() => {
      account.begun(now());
      begun = true;
    });
    account.left();
    expect(begun).toBe(true);
  });

  test('while calls wait a claim is worth its statement for half of them; else for one', () => {
    const { account } = startAhead();
    expect(account.worth).toBe(5);
    for (let ended = 0; ended < 10; ended++) account.left();
    expect(account.worth).toBe(1);
  });

  test('none waits where nothing is claimed ahead, even after a cut', () => {
    const { balancer, now, pass } = startBalancer();
    const account = balancer.enter(7);
    account.take(20);
    for (let n = 0; n < 20; n++) account.begun(now());
    account.answered({ kind: 'throttled', scope: 'number', code: '130429', message }, now(), pass(50));
    expect([balancer.size, account.full, account.worth]).toEqual([14, false, 1]);
  });
});

test('accounts that nobody works for are not counted, and forgotten after a while', () => {
  const { balancer, now, pass } = startBalancer();
  const account = balancer.enter(1);
  account.take(1);
  account.begun(now());
  const startedMs = now();
  account.answered({ kind: 'throttled', scope: 'number', code: '130429', message }, startedMs, pass(10));
  account.stored();
  balancer.leave(1);
  expect(balancer.size).toBe(0);
  const learnt = balancer.enter(1).room(now());
  balancer.leave(1);
  expect(learnt).toBeLessThan(BOUNDS.initial);
  pass(700_000);
  for (let id = 2; id < 150; id++) balancer.enter(id);
  expect(balancer.enter(1).room(now())).toBe(BOUNDS.initial);
});

test('the log has one line about an account in ten seconds, with all that changed since', () => {
  const { balancer, lines, now, pass } = startBalancer();
  const account = balancer.enter(7);
  const refuse = (): void => {
    account.take(20);
    for (let n = 0; n < 20; n++) account.begun(now());
    const startedMs = pass(50);
    for (let n = 0; n < 20; n++) {
      account.answered({ kind: 'throttled', scope: 'number', code: '130429', message }, startedMs, now() + 1);
      account.stored();
    }
  };
  refuse();
  expect(lines).toEqual([{ channel: 'whatsapp', provider: 7, reason: 'refused', from: 20, to: 14, changes: 1 }]);
  refuse();
  refuse();
  expect(lines).toHaveLength(1);
  pass(10_000);
  refuse();
  expect(lines[1]).toMatchObject({ provider: 7, reason: 'refused', from: 14, changes: 3 });
});
