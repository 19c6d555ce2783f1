/**
 * How much memory do Redis and each service take with ten million deliveries that are still to come, and while a million are sent? One
 * process of each service with the settings that are shipped, all of them running from the begin. Ten announcements that are due in some hours
 * become the deliveries that wait, by the real scheduler; a minute later one more to the same people is due at once. The
 * provider answers after 50 ms and reports each delivery to the api.
 *
 * Peaks are not sampled: the kernel and Redis remember the highest, of each process in the first part, expansion included, and in the second.
 * Redis's is what its data took, and counts from its start in both.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SEEDED_PROVIDER, seedAccount, seedAnnouncement, seedPeople } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { forgetPeakMemory, memoryMb, peakMemoryMb, redisMemoryMb } from './lib/memory.mjs';
import { watchProgress } from './lib/progress.mjs';
import { say } from './lib/report.mjs';
import { judgeLedger, tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

/** What none may reach, MiB. */
const BOUNDS = { redisWaitingMb: 100, redisSendingMb: 300, serviceMb: 400 };
/** Announcements that wait; each is for as many people as the one that is then sent. */
const WAITING = 10;
const DUE_IN_MS = 6 * 3_600_000;
const LATENCY_MS = 50;
const SERVICES = {
  api: { API_PORT: '0' },
  scheduler: {},
  sweeper: {},
  sender: {},
  validator: {},
  executor: {},
  dashboard: { DASHBOARD_PORT: '0', DASHBOARD_PASSWORD: 'a password of the benchmarks' },
};
const TELL_MS = 10_000;

/** Runs the benchmark. `rows` deliveries wait, a tenth of them is sent; they wait for `seconds`. */
export async function run({ json = false, rows = 10_000_000, seconds = 60 } = {}) {
  const people = Math.floor(rows / WAITING);
  if (!(people >= 1)) throw new Explained(`--rows is ${rows}: it must be at least ${WAITING}`);
  const stack = await startStack({ say });
  try {
    const { pool } = stack;
    const simulator = await stack.startSimulator();
    await tellSimulator(simulator, 'latency', { fixedMs: LATENCY_MS });
    const account = await seedAccount(pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${people.toLocaleString('en')} people`);
    const { accountId } = account;
    const { audienceId } = await seedPeople(pool, accountId, { count: people, addressPepper: stack.addressPepper });
    const services = {};
    // One after the other: together they would keep two cores from answering in time.
    for (const [name, env] of Object.entries(SERVICES)) services[name] = await stack.start(name, env);
    await tellSimulator(simulator, 'callbacks', {
      url: `${services.api.baseUrl}/v1/provider-accounts/pvd_${account.providerAccountId}/callbacks/whatsapp`,
      appSecret: SEEDED_PROVIDER.appSecret,
      statuses: ['delivered'],
    });

    const waiting = await watch(stack, services, async () => {
      for (let n = 0; n < WAITING; n++) await seedAnnouncement(pool, account, { audienceId, dueInMs: DUE_IN_MS });
      await until(stack, services, 'are expanded', people * WAITING, expanded);
      say(`waiting for ${seconds} s`);
      await pause(seconds * 1_000);
    });
    const sending = await watch(stack, services, async () => {
      const { runId } = await seedAnnouncement(pool, account, { audienceId });
      await until(stack, services, 'are sent and reported', people, (db) => delivered(db, runId));
    });
    await judgeLedger(simulator, people);
    const answer = { rows: people * WAITING, sent: people, waiting, sending, bounds: BOUNDS };
    answer.held = isHeld(answer);
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer);
    return answer;
  } finally {
    await stack.stop();
  }
}

/** What was the highest while something was done, MiB. */
async function watch({ redis }, services, work) {
  const all = Object.values(services);
  for (const { pid } of all) forgetPeakMemory(pid);
  const stolenPercent = watchStolen();
  await work();
  return {
    redisPeakMb: rounded((await redisMemoryMb(redis)).peak),
    peakRssMb: Object.fromEntries(all.map(({ name, pid }) => [name, Math.round(peakMemoryMb(pid))])),
    stolenPercent: stolenPercent(),
  };
}

const expanded = async (pool) => {
  const { rows } = await pool.query('SELECT coalesce(sum(size), 0)::int AS done, 0 AS otherwise FROM batches');
  return rows[0];
};
const delivered = async (pool, runId) => {
  const { rows } = await pool.query(
    `SELECT coalesce(sum(delivered), 0)::int AS done, coalesce(sum(failed + unknown + skipped + cancelled), 0)::int AS otherwise
     FROM batches WHERE run_id = $1`,
    [runId],
  );
  return rows[0];
};

/** Waits, and tells how far it is and what is taken. */
async function until({ pool, redis }, services, what, wanted, count) {
  let toldMs = 0;
  const goesOn = watchProgress();
  for (;;) {
    const { done, otherwise } = await count(pool);
    if (otherwise > 0) throw new Error(`${otherwise} deliveries failed or were left out`);
    if (done === wanted || performance.now() - toldMs > TELL_MS) {
      toldMs = performance.now();
      const taken = Object.values(services).map(({ name, pid }) => `${name} ${Math.round(memoryMb(pid))}`);
      const { now } = await redisMemoryMb(redis);
      say(
        `${done.toLocaleString('en')} of ${wanted.toLocaleString('en')} ${what}; MB: Redis ${rounded(now)}, ${taken.join(', ')}`,
      );
    }
    if (done === wanted) return;
    goesOn(done);
    await pause(500);
  }
}

function isHeld({ waiting, sending }) {
  const services = [waiting, sending].flatMap((part) => Object.values(part.peakRssMb));
  return (
    waiting.redisPeakMb < BOUNDS.redisWaitingMb &&
    sending.redisPeakMb < BOUNDS.redisSendingMb &&
    services.every((mb) => mb < BOUNDS.serviceMb)
  );
}

function rounded(mb) {
  return Math.round(mb * 10) / 10;
}

function print({ rows, sent: count, waiting, sending, held }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  const line = (name, first, second) =>
    out(`  ${name.padEnd(12)}${String(first).padStart(10)}${String(second).padStart(20)}`);
  out(
    `\nhighest memory, MB, with ${rows.toLocaleString('en')} deliveries to come, and while ${count.toLocaleString('en')} are sent\n`,
  );
  line('', 'to come', 'and while sending');
  line('Redis', waiting.redisPeakMb, sending.redisPeakMb);
  for (const name of Object.keys(SERVICES)) line(name, waiting.peakRssMb[name], sending.peakRssMb[name]);
  line('stolen, %', waiting.stolenPercent ?? '', sending.stolenPercent ?? '');
  out(
    `\n  ${held ? 'held' : 'NOT held'}: Redis below ${BOUNDS.redisWaitingMb} and ${BOUNDS.redisSendingMb} MB, each service below ${BOUNDS.serviceMb} MB`,
  );
}
