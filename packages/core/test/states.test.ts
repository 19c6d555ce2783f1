import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DELIVERY_EVENTS,
  DELIVERY_STATES,
  DELIVERY_TRANSITIONS,
  type DeliveryEvent,
  type DeliveryState,
  FAILED_BY,
  type FailedBy,
  FINAL_STATES,
  isFinal,
  isOpen,
  JOB_NEXT,
  OPEN_STATES,
  RUN_NEXT,
  RUN_STATES,
  transition,
} from '../src/index.ts';

const EVENTS = Object.keys(DELIVERY_EVENTS) as DeliveryEvent[];
const REPORTS: readonly DeliveryEvent[] = ['reportSent', 'reportDelivered', 'reportFailed'];

/** Every state with every way to have come to it. */
const PLACES = DELIVERY_STATES.flatMap((state): { state: DeliveryState; failedBy?: FailedBy }[] =>
  state === 'failed' ? FAILED_BY.map((failedBy) => ({ state, failedBy })) : [{ state }],
);

/** Where an event takes a delivery from each state, as the design draws it; written down apart from the table. */
const EXPECTED: Record<DeliveryState, Partial<Record<DeliveryEvent, DeliveryState>>> = {
  scheduled: {
    claim: 'sending',
    cancel: 'cancelled',
    skip: 'skipped',
    accepted: 'sent',
    reportSent: 'sent',
    reportDelivered: 'delivered',
    reportFailed: 'failed',
  },
  sending: {
    accepted: 'sent',
    retryable: 'scheduled',
    throttled: 'scheduled',
    rejected: 'failed',
    exhausted: 'failed',
    outcomeUnknown: 'unknown',
    withhold: 'skipped',
    reportSent: 'sent',
    reportDelivered: 'delivered',
    reportFailed: 'failed',
  },
  unknown: {
    accepted: 'sent',
    retryable: 'scheduled',
    throttled: 'scheduled',
    rejected: 'failed',
    exhausted: 'failed',
    withhold: 'skipped',
    reportSent: 'sent',
    reportDelivered: 'delivered',
    reportFailed: 'failed',
    policyFail: 'failed',
    policyResend: 'scheduled',
    operatorSent: 'sent',
    operatorFailed: 'failed',
    operatorResend: 'scheduled',
  },
  sent: { reportDelivered: 'delivered', reportFailed: 'failed' },
  delivered: {},
  failed: { reportDelivered: 'delivered' },
  skipped: {},
  cancelled: {},
};

describe('the table of delivery transitions', () => {
  test('answers every state and event as the design draws it', () => {
    for (const { state, failedBy } of PLACES) {
      for (const event of EVENTS) {
        const allowed = state !== 'failed' || failedBy === 'report';
        const expected = allowed ? EXPECTED[state][event] : undefined;
        const result = transition(state, event, failedBy);
        expect({ state, failedBy, event, to: result.ok ? result.state : undefined }).toEqual({
          state,
          failedBy,
          event,
          to: expected,
        });
      }
    }
  });

  test('has one line for each state and event, and uses every event', () => {
    const keys = DELIVERY_TRANSITIONS.map((line) => `${line.from} ${line.event}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(DELIVERY_TRANSITIONS.map((line) => line.event))).toEqual(new Set(EVENTS));
  });

  test('says who declared it failed exactly where it leads to failed', () => {
    for (const line of DELIVERY_TRANSITIONS) {
      expect({ line, given: line.failedBy !== undefined }).toEqual({ line, given: line.to === 'failed' });
      expect(line.onlyIfFailedBy === undefined || line.from === 'failed').toBe(true);
    }
  });

  test('leaves a final state only by a report: sent for delivered or failed, failed by report for delivered', () => {
    const leaving = DELIVERY_TRANSITIONS.filter((line) => isFinal(line.from));
    expect(
      leaving.map((line) => `${line.from} ${line.event} ${line.to} ${line.onlyIfFailedBy ?? 'any'}`).sort(),
    ).toEqual([
      'failed reportDelivered delivered report',
      'sent reportDelivered delivered any',
      'sent reportFailed failed any',
    ]);
  });

  test('claims only what is scheduled, and cancels and skips only what was not claimed', () => {
    for (const event of ['claim', 'cancel', 'skip'] as const) {
      expect(DELIVERY_TRANSITIONS.filter((line) => line.event === event).map((line) => line.from)).toEqual([
        'scheduled',
      ]);
    }
  });

  test('lets every state be reached from scheduled, and leads every open or unknown state to an end', () => {
    const reachable = (start: DeliveryState) => {
      const seen = new Set<DeliveryState>([start]);
      for (const state of seen) for (const line of DELIVERY_TRANSITIONS) if (line.from === state) seen.add(line.to);
      return seen;
    };
    expect(reachable('scheduled')).toEqual(new Set(DELIVERY_STATES));
    for (const state of DELIVERY_STATES) expect([...reachable(state)].some(isFinal)).toBe(true);
  });

  test('says final of finals and not_allowed of the others when nothing happens', () => {
    expect(transition('delivered', 'accepted')).toEqual({ ok: false, reason: 'final' });
    expect(transition('failed', 'reportDelivered', 'outcome')).toEqual({ ok: false, reason: 'final' });
    expect(transition('failed', 'reportDelivered')).toEqual({ ok: false, reason: 'final' });
    expect(transition('unknown', 'claim')).toEqual({ ok: false, reason: 'not_allowed' });
    expect(transition('sending', 'rejected')).toEqual({ ok: true, state: 'failed', failedBy: 'outcome' });
  });
});

describe('any history of events', () => {
  const histories = fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 });

  /** Plays a history from `scheduled`; events that are refused change nothing. */
  function play(history: readonly DeliveryEvent[]) {
    let place: { state: DeliveryState; failedBy?: FailedBy | undefined } = { state: 'scheduled' };
    const steps: { from: DeliveryState; event: DeliveryEvent; to: DeliveryState }[] = [];
    for (const event of history) {
      const result = transition(place.state, event, place.failedBy);
      if (!result.ok) continue;
      steps.push({ from: place.state, event, to: result.state });
      place = { state: result.state, failedBy: result.failedBy };
    }
    return steps;
  }

  test('sends again after an unknown outcome only by policy, operator, or proof that nothing was accepted', () => {
    const allowed: DeliveryEvent[] = ['policyResend', 'operatorResend', 'retryable', 'throttled'];
    fc.assert(
      fc.property(histories, (history) => {
        for (const step of play(history)) {
          if (step.from === 'unknown' && step.to === 'scheduled') expect(allowed).toContain(step.event);
          if (step.from === 'unknown') expect(step.to).not.toBe('sending');
        }
      }),
    );
  });

  test('never claims after the provider was known to have it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const steps = play(history);
        const known = steps.findIndex((step) => step.event === 'accepted' || REPORTS.includes(step.event));
        if (known >= 0) expect(steps.slice(known).some((step) => step.event === 'claim')).toBe(false);
      }),
    );
  });

  test('ends for good in delivered, skipped and cancelled, and never goes from delivered back to sent', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const steps = play(history);
        for (const state of ['delivered', 'skipped', 'cancelled'] as const) {
          expect(steps.some((step) => step.from === state)).toBe(false);
        }
      }),
    );
  });
});

describe('the lists of states', () => {
  test('part the delivery states into open, unknown and final', () => {
    expect([...OPEN_STATES, 'unknown', ...FINAL_STATES].sort()).toEqual([...DELIVERY_STATES].sort());
    expect(DELIVERY_STATES.filter(isOpen)).toEqual([...OPEN_STATES]);
    expect(DELIVERY_STATES.filter(isFinal).sort()).toEqual([...FINAL_STATES].sort());
  });

  test('let a job go back and forth between active and paused until it ends, and a run only forwards', () => {
    expect([JOB_NEXT.completed, JOB_NEXT.cancelled]).toEqual([['active', 'paused'], ['active']]);
    expect([JOB_NEXT.active.includes('paused'), JOB_NEXT.paused.includes('active')]).toEqual([true, true]);
    for (const [place, state] of RUN_STATES.entries()) {
      // But for the one way back: a row that turned out not to have been sent.
      for (const next of RUN_NEXT[state]) {
        if (state === 'completed') expect(next).toBe('sending');
        else expect(RUN_STATES.indexOf(next)).toBeGreaterThan(place);
      }
    }
  });
});
