/**
 * What is left when the product was asked to end and did, while Postgres and Redis still run: no connection to either, and no process, be it of
 * a script whose executor was killed. And before, while everything runs and has nothing to do: no script, as sandboxes die with their executor.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createQueues } from '@carillon/queue';

/** So long an end that was told takes to be seen, on a machine that is busy. */
const SEEN_MS = 10_000;
const POLL_MS = 200;
/** The variable that each process of a house has, with the house's mark. */
export const MARKED_BY = 'NEMESIS_HOUSE';

/**
 * @param house whose processes were stopped
 * @param seenMs how long is waited until what is left is gone
 */
export async function judgeEnding({ pool, redis, mark }, seenMs = SEEN_MS) {
  const deadlineMs = performance.now() + seenMs;
  for (;;) {
    const left = judgeLeft({
      backends: await readBackends(pool),
      clients: await readClients(redis),
      processes: findProcesses(mark),
    });
    if (left.length === 0 || performance.now() > deadlineMs) return left;
    await pause(POLL_MS);
  }
}

/** Pure. */
export function judgeLeft({ backends, clients, processes }) {
  return [
    ...backends.map((evidence) => ({ kind: 'connection_left', who: evidence.name, evidence })),
    ...clients.map((client) => ({ kind: 'redis_client_left', who: 'Redis', evidence: client })),
    ...processes.map((evidence) => ({ kind: 'process_left', who: evidence.command, evidence })),
  ];
}

/**
 * @param house that has come to rest, and whose processes still run
 * @param seenMs how long is waited until what is left is gone
 */
export async function judgeResting({ mark }, seenMs = SEEN_MS) {
  const deadlineMs = performance.now() + seenMs;
  for (;;) {
    const left = findSandboxed(mark).map((evidence) => ({ kind: 'script_left', who: evidence.command, evidence }));
    if (left.length === 0 || performance.now() > deadlineMs) return left;
    await pause(POLL_MS);
  }
}

/** Connections of the product; who asks is `carillon-bench`. */
async function readBackends(pool) {
  const { rows } = await pool.query(
    `SELECT application_name AS name, pid, state, wait_event, query, backend_start::text, xact_start::text FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'carillon-%' AND application_name <> 'carillon-bench'`,
  );
  return rows;
}

/** Everybody who is connected, but for who asks: nobody else uses this Redis. */
async function readClients(redis) {
  const set = createQueues({ url: redis.url, prefix: 'carillon' });
  try {
    const client = await set.queues[0].getBackend().client;
    return othersOf(await client.clientList());
  } finally {
    await set.close();
  }
}

/** The lines of a list of clients, but for that of whoever asked for it. Pure. */
export function othersOf(list) {
  return list.split('\n').filter((line) => line !== '' && !/ cmd=client(\||\s)/.test(line));
}

/**
 * Processes of a house, by what they were started with and by what only they see: scripts have no variables of ours, but a folder of the
 * house's name. What is of somebody else, and may not be looked at, is none.
 */
export function findProcesses(mark) {
  return processesThat((pid) => {
    const isMarked =
      textOf(pid, 'environ').includes(`${MARKED_BY}=${mark} `) || textOf(pid, 'cmdline').includes(`/${mark}/`);
    return isMarked || isWithin(pid, mark);
  });
}

/** Those of them that are in a sandbox: scripts, and what these have started. */
function findSandboxed(mark) {
  return processesThat((pid) => isWithin(pid, mark));
}

function processesThat(isMeant) {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isMeant(pid))
    .map((pid) => ({ pid, command: textOf(pid, 'cmdline').trim() }));
}

function isWithin(pid, mark) {
  return existsSync(`/proc/${pid}/root/${mark}`);
}

/** A list of the kernel's, with spaces; empty where there is none any more. */
function textOf(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
