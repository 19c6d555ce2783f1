/** What is left when all is quiet: nothing that is held, nothing in Redis that Postgres does not want, and counts that add up. */

import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';
import { sendQueueName } from '@carillon/contracts';
import { createQueues } from '@carillon/queue';
import { findWrongBatches } from '@carillon/testkit';

/** Connections that all pools together may have: each service's own, and the one that tells the time at a start. */
const POOLS = { api: 6 + 4, scheduler: 5, sender: 6, validator: 6, sweeper: 5, executor: 6, dashboard: 4 };
/** BullMQ finds out after half a minute that who had a wake-up is gone, and looks for such only twice a minute. */
const LEFT_MS = 90_000;
const POLL_MS = 1_000;
const WAKE_UP_STATES = ['waiting', 'active', 'prioritized', 'delayed', 'failed', 'paused'];
const SHOWN = 9;
const STATES = ['scheduled', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled'];

/** @param found.hasControl what a control left is there to stay, and is not waited for */
export async function judgeLeftovers(house, { counts, accounts, hasControl }) {
  return [
    ...(await judgeCounts(house, accounts)),
    ...(await judgeLeases(house)),
    ...(await judgeConnections(house, counts)),
    ...(await judgeRedis(house, hasControl ? 0 : LEFT_MS)),
    ...(await judgeDashboards(house)),
    ...judgeProcesses(house),
  ];
}

async function judgeCounts({ pool, fronts }, accounts) {
  const wrong = (await findWrongBatches(pool)).map((batch) => ({
    ...{ kind: 'batch_miscounted', who: `batch ${batch.id}`, evidence: batch },
  }));
  for (const { accountId, key } of accounts) {
    const carillon = createClient({ baseUrl: fronts[0].url, apiKey: key });
    const { rows } = await pool.query(
      `SELECT run_id, ${STATES.map((state) => `count(*) FILTER (WHERE state = '${state}')::int AS ${state}`).join(', ')}
       FROM deliveries d WHERE account_id = $1 AND NOT EXISTS (
         SELECT 1 FROM runs r WHERE r.account_id = d.account_id AND r.id = d.run_id AND r.silent)
       GROUP BY run_id ORDER BY run_id DESC LIMIT 100`,
      [accountId],
    );
    for (const { run_id: id, ...counted } of rows) {
      const run = await carillon.get('/v1/runs/{id}', { path: { id: `run_${id}` } }).catch((error) => error);
      // What is no user's has no route.
      if (run.status === 404) continue;
      const told = Object.fromEntries(STATES.map((state) => [state, run.counts?.[state]]));
      if (JSON.stringify(told) !== JSON.stringify(counted)) {
        wrong.push({
          kind: 'run_miscounted',
          who: `run ${id}`,
          evidence: { told: run.counts ?? String(run), counted },
        });
      }
    }
  }
  return wrong;
}

async function judgeLeases({ pool }) {
  const { rows } = await pool.query(
    `SELECT id, channel, run_id, due_at, size, scheduled, sending, lease_owner, lease_until, open FROM batches WHERE lease_until IS NOT NULL`,
  );
  return rows.map((batch) => ({ kind: 'lease_left', who: `batch ${batch.id}`, evidence: batch }));
}

async function judgeConnections({ pool }, counts) {
  const { rows } = await pool.query(
    `SELECT application_name AS name, count(*)::int AS connections FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'carillon-%' GROUP BY 1`,
  );
  return rows
    .filter(({ name, connections }) => {
      const service = name.replace('carillon-', '').split('-')[0];
      return POOLS[service] !== undefined && connections > POOLS[service] * counts[service];
    })
    .map((evidence) => ({ kind: 'connections_leaked', who: evidence.name, evidence }));
}

/** Wake-ups are gone once nothing is due. */
async function judgeRedis({ redis, pool }, leftMs) {
  const set = createQueues({ url: redis.url, prefix: 'carillon' });
  try {
    const deadlineMs = performance.now() + leftMs;
    for (;;) {
      const left = (await Promise.all(set.queues.map((queue) => readLeft(queue, pool)))).flat();
      if (left.length === 0 || performance.now() > deadlineMs) return left;
      await pause(POLL_MS);
    }
  } finally {
    await set.close();
  }
}

/** A queue that holds more wake-ups than its channel has batches that were enqueued. */
async function readLeft(queue, pool) {
  const { rows } = await pool.query(
    'SELECT channel, count(*)::int AS batches FROM batches WHERE open AND enqueued_at IS NOT NULL GROUP BY channel',
  );
  const enqueued = rows.find(({ channel }) => sendQueueName(channel) === queue.name)?.batches ?? 0;
  const counts = await queue.getJobCounts(...WAKE_UP_STATES);
  const held = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (held <= enqueued) return [];
  const jobs = (await queue.getJobs([...WAKE_UP_STATES], 0, SHOWN)).map(({ id, data, delay, timestamp }) => ({
    ...{ id, data, delay, timestamp },
  }));
  return [{ kind: 'redis_holds_too_much', who: queue.name, evidence: { counts, enqueued, jobs } }];
}

/** Each dashboard still answers. */
async function judgeDashboards({ processes }) {
  const silent = [];
  for (const { name, ready } of processes.values()) {
    if (!name.startsWith('dashboard.')) continue;
    const answer = await fetch(ready.url, { redirect: 'manual' }).catch((error) => error);
    if (!(answer.status < 500))
      silent.push({ kind: 'dashboard_silent', who: name, evidence: String(answer.status ?? answer) });
  }
  return silent;
}

function judgeProcesses({ processes }) {
  return [...processes.values()].flatMap(({ troubles }) =>
    troubles.map((evidence) => ({ kind: 'process', who: `${evidence.process} ${evidence.what}`, evidence })),
  );
}
