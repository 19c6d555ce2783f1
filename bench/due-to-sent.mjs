/**
 * How long after its due moment is a small announcement sent? Announcements to ten people each are created one after another through the API,
 * some seconds ahead, twice: while a million deliveries of another account wait for days to come, and while a further million of
 * that account is being sent by the same sender at full speed. What counts is the time to the committed intent, after which the
 * provider is called, and to the stored acceptance, both by the database's clock; the latter has the provider's 50 ms in it.
 *
 * All of it is of one day's partition and one provider's simulator; one of each service. The sender has as many connections as in the benchmark
 * `send`, so that the million is sent as fast as the machine can; everything else is as shipped.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';
import { createApiKey } from '@carillon/db';
import { seedAccount, seededPhone } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { announce, countsOf, seedCrowd, waitForCounts, waitUntilExpanded } from './lib/crowd.mjs';
import { watchProgress } from './lib/progress.mjs';
import { say } from './lib/report.mjs';
import { judgeLedger, tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

const CONNECTIONS = 800;
const LATENCY_MS = 50;
const PEOPLE = 10;
/** Between two announcements, and from an announcement to the moment that it is for. */
const EVERY_MS = 200;
const AHEAD_MS = 3_000;
/** Announcements while the million waits: one for a thousand waiting, within these. */
const LEAST = 20;
const MOST = 300;
/** The waiting ones are for so many days to come, in as many runs. */
const DAYS = 10;
const DAY_MS = 86_400_000;
/** What is due while this share of the other run is sent is not counted: the sender has just begun. */
const UNCOUNTED_SHARE = 0.05;
/** People who belong to no other audience, from this number on. */
const OWN_PEOPLE = 50_000_000;
const FLOOR_P99_MS = 1_000;
const AIM_P99_MS = 250;

/** @param {{ json?: boolean, rows?: number }} options `rows` deliveries wait, and as many are sent */
export async function run({ json = false, rows = 1_000_000 } = {}) {
  if (!(Number.isInteger(rows) && rows >= DAYS && rows % DAYS === 0)) {
    throw new Explained(`--rows is ${rows}: it must be a multiple of ${DAYS}, for as many days`);
  }
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    await tellSimulator(simulator, 'latency', { fixedMs: LATENCY_MS });
    const services = await startServices(stack);
    const large = await seedAccount(stack.pool, 'large', { baseUrl: simulator.baseUrl, phoneNumberId: '100' });
    const futureRuns = await letWait(stack.pool, large, rows);
    const small = await createSmall(stack, simulator, services.api);

    const count = Math.min(MOST, Math.max(LEAST, Math.round(rows / 1_000)));
    say(`announcing ${count} times while ${rows.toLocaleString('en')} deliveries wait`);
    const stolen = watchStolen();
    await small.announceWhile((n) => n < count);
    const waiting = { ...(await small.lateness(small.sinceMs, Date.now() + AHEAD_MS)), stolenPercent: stolen() };
    say(JSON.stringify(waiting));

    const whileSending = await besideLargeRun(stack, { large, small, rows, sender: services.sender });
    const { scheduled } = await countsOf(stack.pool, futureRuns);
    if (scheduled !== rows) throw new Explained(`${rows - scheduled} deliveries of days to come were touched`);
    await judgeLedger(simulator, rows + small.announced * PEOPLE);
    const p99Ms = Math.max(waiting.accepted.p99Ms, whileSending.accepted.p99Ms);
    const answer = {
      rows,
      waiting,
      whileSending,
      floorP99Ms: FLOOR_P99_MS,
      aimP99Ms: AIM_P99_MS,
      held: p99Ms <= FLOOR_P99_MS,
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer);
    return answer;
  } finally {
    await stack.stop();
  }
}

async function startServices(stack) {
  const services = {};
  services.api = await stack.start('api', { API_PORT: '0' });
  for (const name of ['scheduler', 'sweeper']) services[name] = await stack.start(name);
  services.sender = await stack.start('sender', { SEND_CONNECTIONS: String(CONNECTIONS) });
  return services;
}

/** Plans and expands runs of days to come. @returns their ids */
async function letWait(pool, account, rows) {
  say(`seeding ${rows.toLocaleString('en')} people`);
  const audienceIds = await seedCrowd(pool, account.accountId, { count: rows, audiences: DAYS });
  say('expanding what waits');
  const runIds = [];
  for (const [n, audienceId] of audienceIds.entries()) {
    const { runId } = await announce(pool, account, { audienceIds: [audienceId] }, { dueInMs: (n + 1) * DAY_MS });
    runIds.push(runId);
  }
  await waitUntilExpanded(pool, runIds, rows);
  await settle(pool);
  return runIds;
}

/** What a million new rows leave to be done is no matter of those who are announced to. */
async function settle(pool) {
  await pool.query('VACUUM (ANALYZE) batches, deliveries');
  await pool.query('CHECKPOINT');
}

/** The account of the small announcements, each to people of its own: to the same ones the API would refuse what says the same. */
async function createSmall({ pool }, simulator, api) {
  const { accountId } = await seedAccount(pool, 'small', { baseUrl: simulator.baseUrl, phoneNumberId: '200' });
  const { key } = await createApiKey(pool, { accountId, name: 'bench' });
  const carillon = createClient({ baseUrl: api.baseUrl, apiKey: key });
  let announced = 0;

  async function create() {
    const n = announced++;
    const dueMs = Date.now() + AHEAD_MS;
    await carillon.post('/v1/jobs', {
      body: {
        kind: 'message',
        channel: 'whatsapp',
        name: `Announcement ${n}`,
        content: { text: 'The lift is being repaired.' },
        trigger: { type: 'at', at: new Date(dueMs).toISOString() },
        audience: {
          addresses: Array.from({ length: PEOPLE }, (_, person) => ({
            address: `+${seededPhone(OWN_PEOPLE + n * PEOPLE + person)}`,
          })),
        },
      },
    });
    if (Date.now() >= dueMs) throw new Explained(`announcement ${n} was created only after its moment`);
  }

  return {
    accountId,
    sinceMs: Date.now(),
    get announced() {
      return announced;
    },
    /** Announces at a steady pace, one after another, as long as more is wanted; resolves when all are sent. */
    async announceWhile(wantsMore) {
      for (let n = 0, startMs = performance.now(); await wantsMore(n); n++) {
        await pause(Math.max(0, startMs + n * EVERY_MS - performance.now()));
        await create();
      }
      const goesOn = watchProgress();
      for (;;) {
        const { rows } = await pool.query(
          'SELECT coalesce(sum(sent), 0)::int AS sent FROM batches WHERE account_id = $1',
          [accountId],
        );
        if (rows[0].sent === announced * PEOPLE) return;
        goesOn(rows);
        await pause(LATENCY_MS);
      }
    },
    /** How late those were sent that were due between two instants, epoch ms. */
    lateness: (fromMs, toMs) => latenessOf(pool, accountId, fromMs, toMs),
  };
}

async function latenessOf(pool, accountId, fromMs, toMs) {
  const spread = (
    column,
  ) => `(SELECT json_build_object('p50Ms', q[1], 'p99Ms', q[2], 'p999Ms', q[3], 'maxMs', q[4]) FROM (
    SELECT percentile_disc(ARRAY[0.5, 0.99, 0.999, 1]) WITHIN GROUP (ORDER BY round(extract(epoch FROM ${column} - due_at) * 1000)) AS q FROM d) s)`;
  const { rows } = await pool.query(
    `WITH d AS (
       SELECT run_id, due_at, sending_at, settled_at FROM deliveries
       WHERE account_id = $1 AND due_at >= to_timestamp($2::float8 / 1000) AND due_at < to_timestamp($3::float8 / 1000)
     )
     SELECT (SELECT count(DISTINCT run_id)::int FROM d) AS announcements, (SELECT count(*)::int FROM d) AS deliveries,
            (SELECT count(*)::int FROM d WHERE sending_at < due_at) AS early,
            ${spread('sending_at')} AS begun, ${spread('settled_at')} AS accepted`,
    [accountId, fromMs, toMs],
  );
  const { early, ...found } = rows[0];
  if (early > 0) throw new Explained(`${early} messages were begun before their moment`);
  return found;
}

/** The same while another account's run for everybody is sent. */
async function besideLargeRun({ pool, start }, { large, small, rows, sender }) {
  await sender.stop(20_000);
  say(`expanding the run for ${rows.toLocaleString('en')} people`);
  const { runId } = await announce(pool, large, { everyone: true });
  await waitUntilExpanded(pool, [runId], rows);
  await settle(pool);
  const stolen = watchStolen();
  await start('sender', { SEND_CONNECTIONS: String(CONNECTIONS) });
  say('announcing while it is sent');
  let left = rows;
  const largeSent = waitForCounts(pool, [runId], ({ sent }) => sent === rows, {
    everyMs: 1_000,
    onLook({ scheduled, sent }) {
      left = scheduled;
      say(`${sent.toLocaleString('en')} sent`);
    },
  });
  // Whichever fails first ends the other's waiting with the benchmark.
  await Promise.all([small.announceWhile(() => left > 0), largeSent]);
  const { rows: times } = await pool.query(
    `SELECT extract(epoch FROM percentile_disc($2::float8) WITHIN GROUP (ORDER BY sending_at))::float8 * 1000 AS from_ms,
            extract(epoch FROM max(sending_at))::float8 * 1000 AS to_ms,
            extract(epoch FROM max(settled_at) - min(sending_at))::float8 AS seconds
     FROM deliveries WHERE account_id = $1 AND run_id = $3`,
    [large.accountId, UNCOUNTED_SHARE, runId],
  );
  const { from_ms: fromMs, to_ms: toMs, seconds } = times[0];
  const lateness = await small.lateness(fromMs, toMs);
  if (lateness.announcements < LEAST) {
    throw new Explained(
      `--rows is too small: only ${lateness.announcements} announcements were due while others were sent`,
    );
  }
  return { ...lateness, othersPerSecond: Math.round(rows / seconds), stolenPercent: stolen() };
}

function print({ rows, waiting, whileSending, held }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  const cell = (value, width = 9) => String(value ?? '').padStart(width);
  out(
    `\nAnnouncements to ${PEOPLE} people, ms after they were due; ${rows.toLocaleString('en')} deliveries wait for days to come\n`,
  );
  out('                                              p50      p99    p99.9     last');
  for (const [name, found] of [
    ['nothing else is sent', waiting],
    [`others are sent, ${whileSending.othersPerSecond}/s`, whileSending],
  ]) {
    for (const [what, { p50Ms, p99Ms, p999Ms, maxMs }] of [
      ['begun', found.begun],
      ['accepted', found.accepted],
    ]) {
      out(`  ${`${name}: ${what}`.padEnd(38)}${cell(p50Ms)}${cell(p99Ms)}${cell(p999Ms)}${cell(maxMs)}`);
    }
    out(`  ${`${found.announcements} announcements, ${found.stolenPercent ?? 'an unknown'} % stolen`}`);
  }
  out(`\n  p99 until accepted is ${held ? '' : 'not '}below ${FLOOR_P99_MS} ms; the aim is ${AIM_P99_MS} ms`);
}
