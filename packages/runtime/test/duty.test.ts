/** Rounds: never two at once, never the end of the process, and always a fresh one for who asks. */

import { eventually } from '@carillon/testkit';
import { expect, test } from '@jest/globals';
import { createDuty, createLogger, createMetrics, type DutyOptions } from '../src/index.ts';

function setup(options: Partial<DutyOptions> & Pick<DutyOptions, 'runOnce'>) {
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', level: 'info', destination: { write: (line) => lines.push(line) } });
  const metrics = createMetrics({ service: 'test' });
  const duty = createDuty({ name: 'sweep', intervalMs: 5, logger, metrics, ...options });
  return { duty, lines, metrics };
}

/** A promise that a test settles. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('never overlaps itself, however often it is asked', async () => {
  let inside = 0;
  let most = 0;
  let rounds = 0;
  const { duty } = setup({
    intervalMs: 1,
    runOnce: async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      rounds += 1;
    },
  });
  duty.start();
  duty.start();
  await eventually(async () => {
    duty.wake();
    await Promise.all([duty.runOnce(), duty.runOnce(), duty.runOnce()]);
    return rounds >= 50;
  });
  await duty.stop();
  expect(most).toBe(1);
  expect(inside).toBe(0);
  const before = rounds;
  await duty.runOnce();
  expect(rounds).toBe(before + 1);
});

test('runOnce begins after the call: who asks during a round gets the next one, together with others', async () => {
  const gates = [gate(), gate()];
  let begun = 0;
  const { duty } = setup({
    runOnce: async () => {
      begun += 1;
      await gates[begun - 1]?.opened;
    },
  });
  const first = duty.runOnce();
  const second = duty.runOnce();
  const third = duty.runOnce();
  expect(begun).toBe(1);
  gates[0]?.open();
  await first;
  await eventually(() => begun === 2, { everyMs: 1 });
  gates[1]?.open();
  await Promise.all([second, third]);
  expect(begun).toBe(2);
});

test('an error is logged with its cause and counted, and the rounds go on', async () => {
  let rounds = 0;
  const { duty, lines, metrics } = setup({
    runOnce: async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('no database', { cause: new Error('ECONNREFUSED') });
    },
  });
  duty.start();
  await eventually(() => rounds >= 3);
  await duty.stop();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('no database');
  expect(lines[0]).toContain('ECONNREFUSED');
  const text = await metrics.text();
  expect(text).toMatch(/carillon_duty_rounds_total\{duty="sweep",outcome="error",service="test"\} 1/);
  expect(text).toMatch(/carillon_duty_rounds_total\{duty="sweep",outcome="ok",service="test"\} ([2-9]|\d\d+)$/m);
});

test('runOnce hands the error to the caller', async () => {
  const { duty } = setup({ runOnce: () => Promise.reject(new Error('no database')) });
  await expect(duty.runOnce()).rejects.toThrow('no database');
});

test('more work is taken up without a pause, and a wake ends one', async () => {
  let rounds = 0;
  const { duty } = setup({
    intervalMs: 3_600_000,
    runOnce: async () => {
      rounds += 1;
      return { more: rounds < 5 };
    },
  });
  duty.start();
  await eventually(() => rounds === 5);
  duty.wake();
  await eventually(() => rounds === 6);
  await duty.stop();
});

test('a wake during a round is not lost', async () => {
  const first = gate();
  let rounds = 0;
  const { duty } = setup({
    intervalMs: 3_600_000,
    runOnce: async () => {
      rounds += 1;
      if (rounds === 1) await first.opened;
    },
  });
  duty.start();
  await eventually(() => rounds === 1);
  duty.wake();
  first.open();
  await eventually(() => rounds === 2);
  await duty.stop();
});

test('stop aborts the round, waits for its end, and no other follows', async () => {
  let ended = false;
  let begun = 0;
  const { duty } = setup({
    intervalMs: 1,
    runOnce: async (signal) => {
      begun += 1;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      await new Promise((resolve) => setImmediate(resolve));
      ended = true;
    },
  });
  duty.start();
  await eventually(() => begun === 1);
  await duty.stop();
  expect(ended).toBe(true);
  expect(begun).toBe(1);
});

test('progress is the end of a round, failed or not', async () => {
  const { duty } = setup({ runOnce: () => Promise.reject(new Error('x')) });
  await eventually(() => duty.sinceProgressMs() > 20, { everyMs: 5 });
  await duty.runOnce().catch(() => {});
  expect(duty.sinceProgressMs()).toBeLessThan(20);
});
