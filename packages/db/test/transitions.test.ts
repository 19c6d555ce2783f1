/**
 * Core's table of transitions against the SQL that does the changing: every pair of a state and an event, done by the real
 * statement on a real row, must end where `transition` says, with the batch's counts in step.
 */

import {
  DELIVERY_EVENTS,
  DELIVERY_STATES,
  type DeliveryEvent,
  type DeliveryState,
  type FailedBy,
  transition,
} from '@carillon/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  applyReports,
  claimDeliveries,
  type DeliveryOutcome,
  type DeliveryReport,
  dropEndedRows,
  rescueLeases,
  settleLateOutcomes,
  settleOutcomes,
  settleUnknowns,
  settleUnknownsByHand,
} from '../src/index.ts';
import {
  batchRow,
  countsAgree,
  DAY,
  deliveriesOf,
  leaseOf,
  openStore,
  outcome,
  seedBatch,
  type TestStore,
} from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const OUTCOMES: Partial<Record<DeliveryEvent, Partial<DeliveryOutcome>>> = {
  accepted: {},
  retryable: { state: 'scheduled', word: 'retry', code: '131000', retryInMs: 5_000 },
  throttled: { state: 'scheduled', word: 'throttled', code: '130429', burnsAttempt: false, retryInMs: 1_000 },
  rejected: { state: 'failed', word: 'rejected', code: '131026' },
  exhausted: { state: 'failed', word: 'exhausted', code: '131000' },
  outcomeUnknown: { state: 'unknown', word: 'unknown', code: 'timeout', burnsAttempt: false },
  withhold: { state: 'skipped', word: 'not_sent', code: 'missing_variable', burnsAttempt: false },
};
const REPORTS: Partial<Record<DeliveryEvent, DeliveryReport['status']>> = {
  reportSent: 'sent',
  reportDelivered: 'delivered',
  reportFailed: 'failed',
};

async function report(batchId: number, status: DeliveryReport['status'], tried = 1): Promise<void> {
  const reports = [
    {
      day: DAY,
      batchId,
      number: 1,
      try: tried,
      status,
      code: status === 'failed' ? '131026' : null,
      providerMessageId: 'w',
      reportedAtMs: 1e12,
    },
  ];
  await applyReports(store.db.pool, store.account.accountId, reports, DAY);
}

/** Makes the event happen to the batch's one row; what has no statement here is left out. */
const happen: Partial<Record<DeliveryEvent, (batchId: number) => Promise<unknown>>> = {
  async claim(batchId) {
    // Whatever the row is, a claim with a good lease is tried. A batch without open rows cannot be leased at all.
    await store.db.pool.query(
      `UPDATE batches SET fence = 7, lease_until = carillon_now() + interval '1 minute', enqueued_at = carillon_now() WHERE id = $1`,
      [batchId],
    );
    const row = await batchRow(store, batchId);
    await claimDeliveries(
      store.db.pool,
      {
        accountId: store.account.accountId,
        id: batchId,
        runId: row.run_id,
        jobId: row.job_id,
        day: DAY,
        channel: 'whatsapp',
        providerAccountId: row.provider_account_id,
        single: false,
        fence: 7,
        scheduled: 1,
        size: 1,
      },
      { fromNumber: 1, limit: 10, neededLeaseMs: 1_000 },
    );
  },
  async cancel(batchId) {
    const { run_id } = await batchRow(store, batchId);
    await store.db.pool.query('UPDATE runs SET cancelled_at = carillon_now() WHERE id = $1', [run_id]);
    await store.db.pool.query('UPDATE batches SET cancelled_at = carillon_now() WHERE id = $1', [batchId]);
    await dropEndedRows(store.db.pool, 100);
  },
  async skip(batchId) {
    await store.db.pool.query(`UPDATE batches SET expires_at = carillon_now() - interval '1 second' WHERE id = $1`, [
      batchId,
    ]);
    await dropEndedRows(store.db.pool, 100);
  },
  async policyFail(batchId) {
    await store.db.pool.query(`UPDATE batches SET unknown_action = 'fail', settle_at = carillon_now() WHERE id = $1`, [
      batchId,
    ]);
    await settleUnknowns(store.db.pool, 100);
  },
  async policyResend(batchId) {
    await store.db.pool.query(
      `UPDATE batches SET unknown_action = 'resend', settle_at = carillon_now() WHERE id = $1`,
      [batchId],
    );
    await settleUnknowns(store.db.pool, 100);
  },
};
for (const [event, changes] of Object.entries(OUTCOMES)) {
  happen[event as DeliveryEvent] = async (batchId) => {
    const one = outcome(store, { batchId, number: 1, try: 1 }, changes);
    const late = await settleOutcomes(store.db.pool, [one], DAY);
    await settleLateOutcomes(store.db.pool, late, DAY);
  };
}
for (const [event, status] of Object.entries(REPORTS)) {
  happen[event as DeliveryEvent] = (batchId) => report(batchId, status);
}

/** A row in the state, in its first try; for a failed one by whom. */
async function rowIn(state: DeliveryState, failedBy?: FailedBy): Promise<number> {
  if (failedBy === 'report') {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sent', try: 1 }] });
    await report(batchId, 'failed');
    return batchId;
  }
  // A scheduled row of try 1 is one that was freed for another try.
  const { batchId } = await seedBatch(store, { rows: [{ state, try: 1 }] });
  return batchId;
}

const events = (Object.keys(DELIVERY_EVENTS) as DeliveryEvent[]).filter((event) => happen[event] !== undefined);
const starts = DELIVERY_STATES.flatMap((state): { state: DeliveryState; failedBy?: FailedBy }[] =>
  state === 'failed'
    ? [
        { state, failedBy: 'outcome' as const },
        { state, failedBy: 'report' as const },
      ]
    : [{ state }],
);

test("every event but the operators' has a statement", () => {
  expect(Object.keys(DELIVERY_EVENTS).filter((event) => !events.includes(event as DeliveryEvent))).toEqual([
    'operatorSent',
    'operatorFailed',
    'operatorResend',
  ]);
});

describe.each(starts)('from $state ($failedBy)', ({ state, failedBy }) => {
  test.each(events)('%s', async (event) => {
    const batchId = await rowIn(state, failedBy);
    await happen[event]?.(batchId);
    const wanted = transition(state, event, failedBy);
    const [row] = await deliveriesOf(store, batchId);
    expect(row?.state).toBe(wanted.ok ? wanted.state : state);
    expect(await countsAgree(store, batchId)).toBe(true);
    // Leaves nothing that the sweeps of other cases would pick up.
    await store.db.pool.query('UPDATE batches SET settle_at = NULL, lease_until = NULL WHERE id = $1', [batchId]);
  });
});

test.each(DELIVERY_STATES)('a lease that runs out touches %s only when it is sending', async (state) => {
  const { batchId } = await seedBatch(store, { rows: [{ state, try: 1 }, { state: 'scheduled' }] });
  await leaseOf(store, batchId, 1);
  await store.db.pool.query(`UPDATE batches SET lease_until = carillon_now() - interval '1 second' WHERE id = $1`, [
    batchId,
  ]);
  await rescueLeases(store.db.pool, 100);
  const [row] = await deliveriesOf(store, batchId);
  const wanted = transition(state, 'outcomeUnknown');
  expect(row?.state).toBe(wanted.ok ? wanted.state : state);
  expect(await countsAgree(store, batchId)).toBe(true);
  expect(await batchRow(store, batchId)).toMatchObject({ lease_until: null, enqueued_at: null, fence: 2 });
});

describe.each([...events.filter((event) => event in OUTCOMES || event in REPORTS)])('%s of an earlier try', (event) => {
  /** That somebody was told settles what waits, and an arrival also what was taken to be on its way; nothing else moves. */
  const settles: Partial<Record<DeliveryEvent, { from: DeliveryState[]; to: DeliveryState }>> = {
    accepted: { from: ['scheduled', 'unknown'], to: 'sent' },
    reportSent: { from: ['scheduled', 'unknown'], to: 'sent' },
    reportDelivered: { from: ['scheduled', 'unknown', 'sent'], to: 'delivered' },
  };

  test.each(DELIVERY_STATES)('of a row that is %s', async (state) => {
    const { batchId } = await seedBatch(store, { rows: [{ state, try: 2 }] });
    await happen[event]?.(batchId);
    const [row] = await deliveriesOf(store, batchId);
    const settled = settles[event];
    expect(row).toMatchObject({ state: settled?.from.includes(state) ? settled.to : state, try: 2 });
    expect(await countsAgree(store, batchId)).toBe(true);
  });
});

describe('while a second try is made, the first is known to have told its recipient', () => {
  const facts: [name: string, (batchId: number) => Promise<unknown>, DeliveryState][] = [
    ['by a report of arrival', (batchId) => report(batchId, 'delivered'), 'delivered'],
    ['by a report that it was taken', (batchId) => report(batchId, 'sent'), 'sent'],
    ['by its late answer', async (batchId) => happen.accepted?.(batchId), 'sent'],
  ];
  const second = async (batchId: number, changes: Partial<DeliveryOutcome>): Promise<void> => {
    const one = outcome(store, { batchId, number: 1, try: 2 }, changes);
    await settleLateOutcomes(store.db.pool, await settleOutcomes(store.db.pool, [one], DAY), DAY);
  };
  const stateOf = async (batchId: number) => (await deliveriesOf(store, batchId))[0]?.state;

  describe.each(facts)('%s', (_, happens, told) => {
    test.each(Object.entries(OUTCOMES))('so that %s of the second ends as the first did', async (event, changes) => {
      const { batchId } = await seedBatch(store, { rows: [{ state: 'sending', try: 2 }] });
      await happens(batchId);
      expect(await stateOf(batchId)).toBe('sending');
      await second(batchId, changes);
      expect(await stateOf(batchId)).toBe(event === 'accepted' ? 'sent' : told);
      expect(await countsAgree(store, batchId)).toBe(true);
    });

    test('so that a lease which runs out leaves nothing unknown', async () => {
      const { batchId } = await seedBatch(store, {
        rows: [
          { state: 'sending', try: 2 },
          { state: 'sending', try: 1 },
        ],
      });
      await happens(batchId);
      await leaseOf(store, batchId, 1);
      await store.db.pool.query(`UPDATE batches SET lease_until = carillon_now() - interval '1 second' WHERE id = $1`, [
        batchId,
      ]);
      await rescueLeases(store.db.pool, 100);
      expect((await deliveriesOf(store, batchId)).map(({ state }) => state)).toEqual([told, 'unknown']);
      expect(await countsAgree(store, batchId)).toBe(true);
    });

    test('so that a claim does not begin a third', async () => {
      const { batchId } = await seedBatch(store, { rows: [{ state: 'sending', try: 2 }, {}] });
      await happens(batchId);
      // As if the statement that put it back had begun before the first try's fact was stored.
      await store.db.pool.query(
        `WITH back AS (UPDATE deliveries SET state = 'scheduled' WHERE batch_id = $1 AND number = 1)
         UPDATE batches SET sending = 0, scheduled = 2 WHERE id = $1`,
        [batchId],
      );
      await happen.claim?.(batchId);
      expect((await deliveriesOf(store, batchId)).map((row) => [row.state, row.try])).toEqual([
        [told, 2],
        ['sending', 1],
      ]);
      expect(await countsAgree(store, batchId)).toBe(true);
    });
  });

  test('a failure of the second denies nothing', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sending', try: 2 }] });
    await report(batchId, 'sent');
    await report(batchId, 'failed', 2);
    expect(await stateOf(batchId)).toBe('sent');
    await report(batchId, 'failed', 1);
    expect(await stateOf(batchId)).toBe('failed');
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('a failure of the first denies nothing of the second', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sending', try: 2 }] });
    await report(batchId, 'sent');
    await second(batchId, {});
    await report(batchId, 'failed');
    expect(await stateOf(batchId)).toBe('sent');
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test.each(['cancel', 'skip'] as const)(
    '%s of what was accepted and then failed does not deny that',
    async (event) => {
      const { batchId } = await seedBatch(store, { rows: [{ state: 'sending', try: 2 }] });
      await happen.accepted?.(batchId);
      await report(batchId, 'failed');
      await second(batchId, OUTCOMES.throttled ?? {});
      expect(await stateOf(batchId)).toBe('scheduled');
      await happen[event]?.(batchId);
      expect(await stateOf(batchId)).toBe('unknown');
      expect(await countsAgree(store, batchId)).toBe(true);
    },
  );

  test('what the first was taken for and then was not is tried again', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sending', try: 2 }] });
    await report(batchId, 'sent');
    await report(batchId, 'failed');
    await second(batchId, OUTCOMES.throttled ?? {});
    expect(await stateOf(batchId)).toBe('scheduled');
  });
});

test('any sequence of outcomes, reports and policies of one try ends where core says', async () => {
  const sequences = fc.array(
    fc.constantFrom<DeliveryEvent>(
      'accepted',
      'rejected',
      'exhausted',
      'outcomeUnknown',
      'reportSent',
      'reportDelivered',
      'reportFailed',
      'policyFail',
    ),
    { minLength: 1, maxLength: 5 },
  );
  // A call answers once, however late.
  const answers = (sequence: readonly DeliveryEvent[]): number =>
    sequence.filter((event) => ['accepted', 'rejected', 'exhausted'].includes(event)).length;
  await fc.assert(
    fc.asyncProperty(
      sequences.filter((sequence) => answers(sequence) < 2),
      async (sequence) => {
        const batchId = await rowIn('sending');
        let wanted: { state: DeliveryState; failedBy?: FailedBy | undefined } = { state: 'sending' };
        // A report that comes again is no second report; what was stored once is not asked anew.
        const reported = new Set<DeliveryEvent>();
        for (const event of sequence) {
          await happen[event]?.(batchId);
          if (event in REPORTS && reported.has(event)) continue;
          if (event in REPORTS) reported.add(event);
          const next = transition(wanted.state, event, wanted.failedBy);
          if (next.ok) wanted = { state: next.state, failedBy: next.failedBy };
        }
        const [row] = await deliveriesOf(store, batchId);
        expect(row?.state).toBe(wanted.state);
        expect(await countsAgree(store, batchId)).toBe(true);
        await store.db.pool.query('UPDATE batches SET settle_at = NULL, lease_until = NULL WHERE id = $1', [batchId]);
      },
    ),
    {
      numRuns: 100,
      examples: [
        [['rejected', 'reportFailed', 'reportDelivered']],
        [['reportFailed', 'exhausted', 'reportDelivered']],
        [['reportSent', 'exhausted', 'reportFailed', 'reportDelivered']],
        [['outcomeUnknown', 'rejected', 'reportFailed', 'reportDelivered']],
        [['rejected', 'reportFailed', 'outcomeUnknown', 'reportDelivered']],
      ],
    },
  );
});

test('what a person declared failed stays so, whatever is reported in which order', async () => {
  const batchId = await rowIn('unknown');
  await settleUnknownsByHand(store.db.pool, {
    accountId: store.account.accountId,
    as: 'failed',
    filter: { deliveries: [{ batchId, number: 1 }] },
    dryRun: false,
    note: undefined,
    actor: 'test',
  });
  await report(batchId, 'failed');
  await report(batchId, 'delivered');
  expect(await deliveriesOf(store, batchId)).toMatchObject([{ state: 'failed', code: 'settled_by_operator' }]);
  expect(await countsAgree(store, batchId)).toBe(true);
});

test('late outcomes of two tries of a row that come together: that one was accepted counts', async () => {
  for (const tries of [
    [1, 2],
    [2, 1],
  ])
    for (const accepted of [1, 2]) {
      const { batchId } = await seedBatch(store, { rows: [{ state: 'unknown', try: 2 }] });
      const outcomes = tries.map((tried) =>
        outcome(
          store,
          { batchId, number: 1, try: tried },
          tried === accepted ? {} : { state: 'failed', word: 'rejected', code: '131026' },
        ),
      );
      const moves = await settleLateOutcomes(store.db.pool, outcomes, DAY);
      expect(moves).toMatchObject([{ try: 2, from: 'unknown', to: 'sent' }]);
      expect(await deliveriesOf(store, batchId)).toMatchObject([{ state: 'sent', code: null, try: 2 }]);
      expect(await countsAgree(store, batchId)).toBe(true);
    }
});
