/**
 * Asks an API at a steady rate, whether or not it answers in time; a process of its own, see child.mjs. Its task: `{baseUrl, keys,
 * jobsOfKey, userIds, perSecond, seconds, uncountedSeconds, readShare, seed, connections}`, where `jobsOfKey[n]` are ids of jobs that key n may
 * read. Answers `{requests, errors, read, write}`, the latter with `p50Ms`, `p99Ms`, `maxMs`, counted from the moment at which a request was
 * to begin. Before `seconds` begin, the same rate runs for `uncountedSeconds`, of which only errors are told.
 */
import { createRequire } from 'node:module';
import { answerTask, readTask } from './child.mjs';
import { keepPace, spread } from './pace.mjs';

const { Pool } = createRequire(new URL('../../packages/channels/package.json', import.meta.url))('undici');

const task = await readTask();
const pool = new Pool(task.baseUrl, { connections: task.connections, pipelining: 1 });
const latencies = { read: [], write: [] };
const errors = {};
let created = 0;

/** A small generator, so that a run can be repeated. */
let state = task.seed >>> 0;
function random(below) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const READS = [
  (_key, user) => `/v1/jobs?userId=${user}&limit=20`,
  (key) => `/v1/jobs/job_${task.jobsOfKey[key][random(task.jobsOfKey[key].length)]}`,
  (key) => `/v1/jobs/job_${task.jobsOfKey[key][random(task.jobsOfKey[key].length)]}`,
  () => '/v1/jobs?status=active&limit=20',
];

function nextRequest() {
  const key = random(task.keys.length);
  const user = task.userIds[random(task.userIds.length)];
  const headers = { authorization: `Bearer ${task.keys[key]}` };
  if (random(1_000) < task.readShare * 1_000) {
    return { kind: 'read', method: 'GET', path: READS[random(READS.length)](key, user), headers };
  }
  created += 1;
  const body = JSON.stringify({
    kind: 'webhook',
    name: `Made ${created}`,
    userId: user,
    tags: ['made'],
    webhook: { url: 'https://service.example/hook', body: { n: created } },
    trigger: { type: 'at', at: '2031-01-01T00:00:00Z' },
  });
  return {
    kind: 'write',
    method: 'POST',
    path: '/v1/jobs',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': `load-${task.seed}-${created}` },
    body,
  };
}

async function ask(_n, dueMs, isCounted) {
  const { kind, ...request } = nextRequest();
  try {
    const { statusCode, body } = await pool.request(request);
    const answer = await body.text();
    if (isCounted) latencies[kind].push(performance.now() - dueMs);
    if (statusCode >= 300)
      count(
        `${request.method} ${request.path.split('?')[0].replace(/\d+/, 'N')}: ${statusCode} ${answer.slice(0, 200)}`,
      );
  } catch (error) {
    count(`${request.method}: ${error.code ?? error.message}`);
  }
}

function count(error) {
  errors[error] = (errors[error] ?? 0) + 1;
}

const { requests, tookSeconds } = await keepPace(task, ask);
await pool.close();
answerTask({ requests, tookSeconds, errors, read: spread(latencies.read), write: spread(latencies.write) });
