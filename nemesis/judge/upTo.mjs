/**
 * The world as it was when the run ended. What was put off by more than anybody waits for comes due while the judge reads one table after the
 * other and the ledgers last: of what came after the end a part would be seen, and the rest would be missed. Pure.
 */
import { group, placeOf } from './world.mjs';

/**
 * @param world tables as they were read
 * @param times.endMs the end of the run, by the database's clock
 * @returns the same without what was begun, accepted, completed or told after it
 */
export function upTo(world, { endMs, clockAheadMs }) {
  const isBefore = (ms) => (ms ?? 0) <= endMs;
  // Ledgers go by the clock of this machine.
  const isAccepted = ({ at }) => isBefore(at + clockAheadMs);
  const isBegun = ({ started_ms, ended_ms }) => isBefore(started_ms ?? ended_ms);
  const attempts = world.attempts.filter(isBegun);
  const attemptsAt = group(attempts, placeOf);
  return {
    ...world,
    attempts,
    results: world.results.filter(isBegun),
    events: world.events.filter(({ created_ms }) => isBefore(created_ms)),
    acceptances: world.acceptances.filter(isAccepted),
    payments: world.payments.filter(isAccepted),
    deliveries: world.deliveries.map((delivery) =>
      isBefore(delivery.sending_ms) ? delivery : waiting(delivery, attemptsAt.get(placeOf(delivery))),
    ),
    // Whoever is told of an end is told after it.
    runs: world.runs.map((run) => (isBefore(run.completed_ms) ? run : { ...run, state: 'sending' })),
    jobs: world.jobs.map((job) =>
      job.status !== 'completed' || isBefore(job.updated_ms) ? job : { ...job, status: 'active' },
    ),
  };
}

/** What was begun after the end waited then. Each try before is told of by itself, as none of them settled it. */
function waiting(delivery, attempts = []) {
  const begun = attempts.map(({ started_ms }) => started_ms).filter((ms) => ms !== null);
  return {
    ...delivery,
    ...{ state: 'scheduled', code: null, try: Math.max(0, ...attempts.map((one) => one.try)) },
    ...{ sending_ms: begun.length === 0 ? null : Math.max(...begun), settled_ms: null },
  };
}
