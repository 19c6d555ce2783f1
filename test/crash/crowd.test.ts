/** Many at once: reports that overtake, repeat and cross each other, and a crowd of schedulers and sweepers. */

import { eventually } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { COMPLETE, judge } from './judge.ts';
import { type Announcement, control, PEOPLE, REPORTED, RESENT, type Stack, startStack } from './stack.ts';

jest.setTimeout(360_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ api: true });
});
afterEach(() => stack?.endWorkers());
afterAll(() => stack?.stop());

/** Waits until every delivery of a run has been reported as delivered. */
async function delivered({ runId }: Announcement): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await stack.database.pool.query<{ count: number }>(
        `SELECT count(*) AS count FROM deliveries WHERE run_id = $1 AND state = 'delivered'`,
        [runId],
      );
      if (rows[0]?.count !== PEOPLE) throw new Error(`${rows[0]?.count} delivered`);
      return true;
    },
    { what: 'all to be delivered', timeoutMs: 120_000 },
  );
}

it('counts each report once, whether it overtakes the outcome, comes twice or in the wrong order', async () => {
  const announcement = await stack.announce({ callbacks: { early: true } });
  await stack.sender();
  await stack.accepted(announcement, 1_000);
  await stack.report(announcement, { statuses: ['sent', 'delivered', 'read'], double: 1, shuffle: true });
  await stack.completed(announcement);
  await delivered(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

it('tells everybody once although the provider hangs, resets, breaks and throttles', async () => {
  const faulty = (probability: number, does: Record<string, unknown>) => ({ match: { probability }, does });
  await control(stack.simulatorUrl, 'rules', {
    rules: [
      // Once only: a recipient who is too fast for the provider is left alone for four seconds, then sixteen.
      { match: { toSuffix: '0777', times: 1 }, does: { code: 131056 } },
      faulty(0.01, { fault: 'accept_and_hang' }),
      faulty(0.03, { fault: 'accept_and_reset' }),
      faulty(0.03, { fault: 'accept_and_500' }),
      faulty(0.01, { fault: 'hang' }),
      faulty(0.03, { fault: 'reset_before_accept' }),
      faulty(0.03, { status: 500 }),
    ],
  });
  const announcement = await stack.announce({
    // Nobody may run out of attempts here, however unlucky.
    // And hundreds are unknown at once: a report that is late on a busy machine must not come after the second send.
    policy: {
      unknown: { action: 'resend', afterSeconds: 10 },
      attempts: 20,
      backoff: { initialMs: 100, maxMs: 500 },
    },
    callbacks: REPORTED,
  });
  await stack.sender();
  await stack.completed(announcement, 120_000);
  await control(stack.simulatorUrl, 'rules', { rules: [] });
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

it('plans, expands, enqueues and rescues once with five schedulers and five sweepers', async () => {
  const crowd = await Promise.all(
    Array.from({ length: 8 }, (_, index) => stack.start(index % 2 === 0 ? 'scheduler' : 'sweeper')),
  );
  const announcements = await Promise.all([
    stack.announce({ policy: RESENT, callbacks: { statuses: ['delivered'] } }),
    stack.announce({ policy: RESENT, callbacks: { statuses: ['delivered'] } }),
  ]);
  const doomed = await stack.sender();
  await stack.accepted(announcements[0], 1_000);
  doomed.kill();
  await stack.sender();
  for (const announcement of announcements) {
    await stack.completed(announcement);
    expect(await judge(stack, announcement)).toEqual(COMPLETE);
  }
  const { rows } = await stack.database.pool.query(
    'SELECT run_id FROM batches GROUP BY run_id HAVING sum(size) <> $1',
    [PEOPLE],
  );
  expect(rows).toEqual([]);
  await Promise.all(crowd.map((service) => service.stop()));
});
