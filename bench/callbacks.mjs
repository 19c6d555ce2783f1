/**
 * Are status callbacks answered in time while a sender is sending? The provider reports messages of an earlier run, one by one and signed, at a
 * rate that is kept whether or not answers come, while one sender is at work on another run. At 1,000 a second, then at rising rates
 * up to 5,000, until one is not held: an error, or a p99 above 250 ms, from the moment at which the callback was to begin. An answer comes
 * when the report is committed. At each rate all reports must have been applied; one that is missing ends it with an error.
 *
 * Api, scheduler, sender and simulator are as shipped, one of each; the provider answers calls after 50 ms. The load is a process
 * of its own and shares the processors with them.
 */
import { fileURLToPath } from 'node:url';
import { deriveKey } from '@carillon/core';
import { SEEDED_PROVIDER, seedAccount } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { askChild } from './lib/child.mjs';
import { announce, countsOf, seedCrowd, waitForCounts, waitUntilExpanded } from './lib/crowd.mjs';
import { say } from './lib/report.mjs';
import { judgeLedger, tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

const LOAD = fileURLToPath(new URL('./lib/callback-load.mjs', import.meta.url));
const RATES = [1_000, 2_000, 3_000, 5_000];
const FLOOR = { perSecond: 2_000, p99Ms: 250 };
const AIM = { perSecond: 5_000 };
/** Before anything is counted, so that each connection has its plans. */
const WARM_UP = { perSecond: 500, seconds: 10 };
/** At the begin of each rate, in which the load's own process compiles what it does and opens its connections. */
const UNCOUNTED_SECONDS = 2;
const CONNECTIONS = 256;
const LATENCY_MS = 50;
/** More than the sender's connections as shipped can send with that latency: so much must be left to be sent. */
const SENT_PER_SECOND = 6_000;

/** @param {{ json?: boolean, seconds?: number, perSecond?: number }} options `seconds` of each rate; `perSecond` for one rate alone */
export async function run({ json = false, seconds = 20, perSecond } = {}) {
  if (!(seconds > 0)) throw new Explained(`--seconds is ${seconds}: it must be more than 0`);
  if (perSecond !== undefined && !(perSecond >= 1))
    throw new Explained(`--per-second is ${perSecond}: it must be at least 1`);
  const rates = perSecond === undefined ? RATES : [perSecond];
  const wanted = rates.reduce((sum, rate) => sum + rate * (seconds + UNCOUNTED_SECONDS), 0);
  const backlog = SENT_PER_SECOND * (seconds + UNCOUNTED_SECONDS);
  const people = Math.max(backlog, Math.ceil(wanted + WARM_UP.perSecond * WARM_UP.seconds));
  const stack = await startStack({ say });
  try {
    const { pool } = stack;
    const simulator = await stack.startSimulator();
    const account = await seedAccount(pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${people.toLocaleString('en')} people`);
    await seedCrowd(pool, account.accountId, { count: people });
    const api = await stack.start('api', { API_PORT: '0' });
    await stack.start('scheduler');
    const reported = await sendFirst(stack, account, people);
    await tellSimulator(simulator, 'latency', { fixedMs: LATENCY_MS });
    // One that knows the provider as it is from now on.
    const sender = await stack.start('sender');

    const runIds = [reported.runId];
    const report = createReporter(stack, { api, account, reported, runIds, people, backlog });
    await report({ ...WARM_UP, uncountedSeconds: 0 });
    const steps = [];
    let held;
    for (const rate of rates) {
      const step = await report({ perSecond: rate, seconds, uncountedSeconds: UNCOUNTED_SECONDS });
      steps.push(step);
      say(JSON.stringify(step));
      if (step.errors > 0 || step.p99Ms > FLOOR.p99Ms) break;
      held = step;
    }
    await sender.stop(20_000);
    const { sent, delivered } = await countsOf(pool, runIds);
    await judgeLedger(simulator, sent + delivered);
    const least = perSecond ?? FLOOR.perSecond;
    const answer = {
      ...(held ?? steps[0]),
      steps,
      floor: FLOOR,
      aim: AIM,
      held: held !== undefined && held.perSecond >= least,
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer, { seconds, least });
    return answer;
  } finally {
    await stack.stop();
  }
}

/** The run that is reported on: sent to its end, at once. */
async function sendFirst({ pool, start }, account, people) {
  const sender = await start('sender');
  const { runId } = await announce(pool, account, { everyone: true });
  say('sending what will be reported');
  await waitForCounts(pool, [runId], ({ sent }) => sent === people);
  await sender.stop(20_000);
  const { rows } = await pool.query(
    `SELECT b.id, b.size, b.day::text, (SELECT count(*)::int FROM deliveries d
            WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = b.day AND d.try = 1) AS first_tries
     FROM batches b WHERE b.run_id = $1 ORDER BY b.id`,
    [runId],
  );
  if (rows.some((batch) => batch.first_tries !== batch.size))
    throw new Error('not everybody was reached by the first try');
  return { runId, day: rows[0].day, batches: rows.map(({ id, size }) => ({ id, size })) };
}

/** Reports so many messages a second, each once, while others are sent. */
function createReporter({ pool, secret }, { api, account, reported, runIds, people, backlog }) {
  const common = {
    url: `${api.baseUrl}/v1/provider-accounts/pvd_${account.providerAccountId}/callbacks/whatsapp`,
    appSecret: SEEDED_PROVIDER.appSecret,
    phoneNumberId: SEEDED_PROVIDER.phoneNumberId,
    referenceKey: Buffer.from(deriveKey(secret, 'reference')).toString('base64'),
    connections: CONNECTIONS,
    ...reported,
  };
  let from = 0;

  /** Sees to it that what is to be sent lasts. */
  async function fill() {
    for (let expanded = people * runIds.length; ; expanded += people) {
      if ((await countsOf(pool, runIds)).scheduled >= backlog) break;
      say('expanding what is to be sent meanwhile');
      runIds.push((await announce(pool, account, { everyone: true })).runId);
      await waitUntilExpanded(pool, runIds, expanded + people);
    }
    await pool.query('CHECKPOINT');
  }

  return async (rate) => {
    await fill();
    say(`${rate.perSecond} reports a second`);
    const before = await countsOf(pool, runIds);
    const startMs = performance.now();
    const stolen = watchStolen();
    const { requests, errors, spread, lastDueMs } = await askChild(LOAD, { ...common, from, ...rate });
    const stolenPercent = stolen();
    const after = await countsOf(pool, runIds);
    const tookSeconds = (performance.now() - startMs) / 1_000;
    from += requests;
    if (after.delivered !== from)
      throw new Explained(`${from} messages were reported, and ${after.delivered} are delivered`);
    if (after.scheduled === 0) throw new Error('there was nothing left to be sent');
    const sentMeanwhile = after.sent + after.delivered - before.sent - before.delivered;
    if (sentMeanwhile === 0) throw new Error('nothing was sent meanwhile');
    const { rows } = await pool.query(
      `SELECT extract(epoch FROM max(settled_at))::float8 * 1000 AS last_ms FROM deliveries
       WHERE account_id = $1 AND run_id = $2 AND state = 'delivered'`,
      [account.accountId, reported.runId],
    );
    if (Object.keys(errors).length > 0) say(JSON.stringify(errors));
    return {
      perSecond: rate.perSecond,
      p50Ms: spread.p50Ms,
      p99Ms: spread.p99Ms,
      maxMs: spread.maxMs,
      errors: Object.values(errors).reduce((sum, count) => sum + count, 0),
      /** From the moment of the last report to the last one's commit. */
      lastAppliedMs: Math.max(0, Math.round(rows[0].last_ms - lastDueMs)),
      sentPerSecond: Math.round(sentMeanwhile / tookSeconds),
      stolenPercent,
    };
  };
}

function print({ steps, held }, { seconds, least }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  const cell = (value, width) => String(value ?? '').padStart(width);
  out(`\nReports while one sender is sending, ${seconds} s at each rate; all were applied\n`);
  out('  reports/s   answered after p50, ms   p99   last applied after, ms   errors   sent/s meanwhile   stolen, %');
  for (const { perSecond, p50Ms, p99Ms, lastAppliedMs, errors, sentPerSecond, stolenPercent } of steps) {
    out(
      `  ${cell(perSecond, 9)}${cell(p50Ms, 25)}${cell(p99Ms, 6)}${cell(lastAppliedMs, 25)}${cell(errors, 9)}${cell(sentPerSecond, 19)}${cell(stolenPercent, 12)}`,
    );
  }
  out(`\n  the ${least} a second that were wanted are ${held ? '' : 'not '}held with p99 below ${FLOOR.p99Ms} ms`);
  out(`  (floor ${FLOOR.perSecond}, aim ${AIM.perSecond})`);
}
