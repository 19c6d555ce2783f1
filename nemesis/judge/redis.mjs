/**
 * Redis holds nothing that Postgres does not want: each wake-up is of a batch that waits for it, and whatever else stands there has a reason
 * to, or a time to live.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sendQueueName } from '@carillon/contracts';
import { createQueues } from '@carillon/queue';

const PREFIX = 'carillon';
const POLL_MS = 1_000;
// biome-ignore format: one line is enough
const WAKE_UP_STATES = ['waiting', 'active', 'prioritized', 'delayed', 'paused', 'failed', 'completed', 'waiting-children'];
const SCANNED_AT_ONCE = 1_000;
const SHOWN = 9;

/** BullMQ cuts the stream of events at 10,000, a node of a hundred at a time, or two. */
const EVENTS_MOST = 10_500;

/** What a queue has beside its wake-ups, by the end of its key. What ends by itself must say so. */
const OF_QUEUES = [
  {
    is: /^(wait|active|prioritized|delayed|paused|failed|completed)$/,
    because: 'its wake-ups, each looked at by itself',
  },
  { is: /^(id|pc)$/, because: 'a number: how many wake-ups there were, and of which priority the last was' },
  { is: /^meta$/, because: 'whether it is paused, and how long its stream of events is at most' },
  { is: /^events$/, most: EVENTS_MOST, because: 'the last events' },
  { is: /^marker$/, because: 'that there is something to do, for workers that wait' },
  { is: /^stalled$/, because: 'the active ones of the last look; the next one replaces it' },
  { is: /^(stalled-check|limiter|[^:]+:lock)$/, ends: true, because: 'who looks or works now' },
];
/** What the product has beside its queues. */
const OF_ITSELF = [
  { is: /^marker$/, because: 'whether Redis is still the one that it was' },
  {
    is: /^(tokens|requests):\d+$/,
    ends: true,
    because: 'the limit of a provider account, or of a key, at this moment',
  },
];

/** @param leftMs how long is waited until what is left is gone */
export async function judgeRedis({ redis, pool }, leftMs) {
  const set = createQueues({ url: redis.url, prefix: PREFIX });
  try {
    const deadlineMs = performance.now() + leftMs;
    for (;;) {
      const left = await look(set.queues, pool);
      if (left.length === 0 || performance.now() > deadlineMs) return left;
      await pause(POLL_MS);
    }
  } finally {
    await set.close();
  }
}

/** Keys are read first: a wake-up that comes after that is of no key that was seen. */
async function look(queues, pool) {
  const keys = await readKeys(await queues[0].getBackend().client);
  const wakeUps = [];
  for (const queue of queues) {
    const jobs = await queue.getJobs(WAKE_UP_STATES);
    // One that went while it was read is none.
    wakeUps.push(
      ...jobs
        .filter(Boolean)
        .map(({ id, data, delay, timestamp }) => ({ queue: queue.name, id, data, delay, timestamp })),
    );
  }
  const { rows: batches } = await pool.query(
    `SELECT id, account_id, channel, single, generation, ceil(extract(epoch FROM due_at)::float8 * 1000) AS due_ms
     FROM batches WHERE open AND enqueued_at IS NOT NULL`,
  );
  const names = queues.map(({ name }) => name);
  return [...judgeWakeUps(wakeUps, batches), ...judgeKeys(keys, names, wakeUps)];
}

async function readKeys(client) {
  const keys = new Set();
  let cursor = '0';
  do {
    const [next, found] = await client.scan(cursor, { COUNT: SCANNED_AT_ONCE });
    for (const key of found) keys.add(key);
    cursor = next;
  } while (cursor !== '0');
  return await Promise.all(
    [...keys].map(async (key) => ({
      key,
      endsInMs: await client.pttl(key),
      length: key.endsWith(':events') ? await client.xlen(key) : 0,
    })),
  );
}

/** Wake-ups of what is not open, or was enqueued anew since. Pure. @param batches those that are open and enqueued */
export function judgeWakeUps(wakeUps, batches) {
  const unwanted = wakeUps.filter(({ queue, data }) => {
    const own = batches.filter(({ channel }) => sendQueueName(channel) === queue);
    // One wake-up is for all single deliveries that are due then.
    if (data.wake === 'singles') return !own.some((batch) => batch.single && batch.due_ms === data.dueAtMs);
    return !own.some((batch) => batch.id === data.batchId && batch.generation === data.generation);
  });
  return [...new Set(unwanted.map(({ queue }) => queue))].map((queue) => {
    const left = unwanted.filter((one) => one.queue === queue);
    const evidence = { left: left.length, wakeUps: left.slice(0, SHOWN), enqueued: batches.slice(0, SHOWN) };
    return { kind: 'redis_holds_too_much', who: queue, evidence };
  });
}

/** Keys that nothing explains, that should end and do not, or that grow. Pure. @param keys each with the milliseconds that it has to live, -1 for ever */
export function judgeKeys(keys, queues, wakeUps) {
  const known = new Set(wakeUps.map(({ queue, id }) => `${PREFIX}:${queue}:${id}`));
  return keys.flatMap((found) => {
    const { key, endsInMs, length } = found;
    const rule = ruleOf(key, queues);
    const wrong = (kind) => [{ kind, who: key, evidence: found }];
    if (rule === undefined) return known.has(key) ? [] : wrong('redis_key_unexplained');
    if (rule.ends && endsInMs === -1) return wrong('redis_key_for_ever');
    return length > (rule.most ?? Number.POSITIVE_INFINITY) ? wrong('redis_key_grows') : [];
  });
}

function ruleOf(key, queues) {
  if (!key.startsWith(`${PREFIX}:`)) return undefined;
  const rest = key.slice(PREFIX.length + 1);
  const queue = queues.find((name) => rest.startsWith(`${name}:`));
  if (queue === undefined) return OF_ITSELF.find(({ is }) => is.test(rest));
  return OF_QUEUES.find(({ is }) => is.test(rest.slice(queue.length + 1)));
}
