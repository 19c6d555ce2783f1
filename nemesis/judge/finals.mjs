/** What was settled stays as it is, but for what the provider reports later; and what it did not report is nowhere. */
import { DELIVERY_TRANSITIONS } from '@carillon/core';
import { placeOf } from './world.mjs';

/** @param settled of `watchSettled` */
export function judgeFinals({ deliveryAt, reports }, settled) {
  // The simulator reports no failures here: whoever says so has forged it.
  const violations = reports
    .filter(({ status }) => status === 'failed')
    .map((evidence) => ({ kind: 'forged_report_taken', who: `delivery ${placeOf(evidence)}`, evidence }));
  for (const [place, seen] of settled) {
    const delivery = deliveryAt.get(place);
    const states = [...seen, delivery?.state];
    const wrong = states.findIndex((state, n) => n > 0 && !mayFollow(states[n - 1], state));
    if (wrong === -1) continue;
    const kind = delivery === undefined ? 'record_lost' : 'final_state_changed';
    violations.push({ kind, who: `delivery ${place}`, evidence: { states, delivery } });
  }
  return violations;
}

function mayFollow(earlier, later) {
  return earlier === later || reachable(earlier).has(later);
}

/** States that a final state leads to, however many steps it takes. */
function reachable(from, found = new Set()) {
  for (const { from: state, to } of DELIVERY_TRANSITIONS) {
    if (state !== from || found.has(to)) continue;
    found.add(to);
    reachable(to, found);
  }
  return found;
}
