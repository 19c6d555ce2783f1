/** What is left when all is quiet and everything still runs: nothing that is held, nothing that Redis should not have, and counts that add up. */
import { poolOf, SETTINGS } from '../settings.mjs';
import { judgeCounts } from './counts.mjs';
import { judgeRedis } from './redis.mjs';
import { mayLeave } from './stops.mjs';

/** BullMQ finds out after half a minute that who had a wake-up is gone, and looks for such only twice a minute. */
const LEFT_MS = 90_000;

/** @param found.hasControl what a control left is there to stay, and is not waited for */
export async function judgeLeftovers(house, { counts, accounts, hasControl, endMs, applied }) {
  return [
    ...(await judgeCounts(house, accounts)),
    ...judgeLeases(await readLeases(house), endMs),
    ...judgeConnections(await readConnections(house), counts),
    ...(await judgeRedis(house, hasControl ? 0 : LEFT_MS)),
    ...judgeDashboards(await askDashboards(house)),
    ...judgeProcesses(house.processes, applied),
  ];
}

async function readLeases({ pool }) {
  const { rows } = await pool.query(
    `SELECT id, channel, run_id, due_at, size, scheduled, sending, lease_owner, lease_until, open,
            extract(epoch FROM due_at)::float8 * 1000 AS due_ms, lease_until > carillon_now() AS held
     FROM batches WHERE lease_until IS NOT NULL`,
  );
  return rows;
}

/** Nobody holds anything but what came due after the end, and that for no longer than a lease. Pure. */
export function judgeLeases(batches, endMs) {
  return batches
    .filter(({ due_ms, held }) => !(held && due_ms > endMs))
    .map((batch) => ({ kind: 'lease_left', who: `batch ${batch.id}`, evidence: batch }));
}

async function readConnections({ pool }) {
  const { rows } = await pool.query(
    `SELECT application_name AS name, count(*)::int AS connections FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'carillon-%' GROUP BY 1`,
  );
  return rows;
}

/**
 * There are no more connections than the pools of those who run may have: others are of processes that are gone. Pure. What is left of those who run
 * is seen when they have ended (ending.mjs).
 */
export function judgeConnections(connections, counts) {
  return connections
    .filter(({ name, connections: found }) => {
      const service = name.replace('carillon-', '').split('-')[0];
      return SETTINGS[service] !== undefined && found > poolOf(service) * counts[service];
    })
    .map((evidence) => ({ kind: 'connections_leaked', who: evidence.name, evidence }));
}

async function askDashboards({ processes }) {
  const dashboards = [...processes.values()].filter(({ name }) => name.startsWith('dashboard.'));
  return await Promise.all(
    dashboards.map(async ({ name, ready }) => {
      const answer = await fetch(ready.url, { redirect: 'manual' }).catch((error) => error);
      return { name, answer: answer.status ?? String(answer) };
    }),
  );
}

/** Each dashboard still answers. Pure. @param asked each with the status of its answer, or why there is none */
export function judgeDashboards(asked) {
  return asked
    .filter(({ answer }) => !(answer < 500))
    .map(({ name, answer }) => ({ kind: 'dashboard_silent', who: name, evidence: String(answer) }));
}

/** Nobody ended by itself, and whoever was asked to end did, or may have left. Pure. */
export function judgeProcesses(processes, applied) {
  return [...processes.values()]
    .flatMap(({ troubles }) => troubles)
    .filter((trouble) => trouble.what !== 'did not stop' || !mayLeave(trouble, applied))
    .map((evidence) => ({ kind: 'process', who: `${evidence.process} ${evidence.what}`, evidence }));
}
