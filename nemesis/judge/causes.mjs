/** What nobody knows has a reason that is recorded, and the reason is true: something was done then that can lose an answer. */
import { LEASE_MS, TIMEOUT_MS } from '../settings.mjs';

/** What was done shows so much later: a lease must run out and be found, connections must be made again. */
const AFTER_MS = LEASE_MS + 2 * TIMEOUT_MS + 4_000;

/** @param applied faults with when they began and ended (epoch ms of this machine) */
export function judgeCauses({ attempts }, { applied, clockAheadMs }) {
  return attempts
    .filter(({ outcome }) => outcome === 'unknown')
    .filter(({ started_ms, ended_ms }) => {
      const fromMs = (started_ms ?? ended_ms) - clockAheadMs;
      const toMs = ended_ms - clockAheadMs;
      return !applied.some((fault) => fault.fromMs <= toMs && fault.toMs + AFTER_MS >= fromMs);
    })
    .map((attempt) => ({
      ...{ kind: 'unknown_without_cause', who: `batch ${attempt.batch_id}, number ${attempt.number}` },
      evidence: attempt,
    }));
}
