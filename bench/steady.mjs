/**
 * A hundred runs a second for ten minutes, while a million jobs stand by for later days: is each begun in time and done once, and do
 * memory, connections and dead rows stay where they are? Jobs that come again every ten seconds, because that is what a steady load is
 * in truth: each run is planned a few seconds ahead by the job's row, and the row goes on. One of each service, with the settings that
 * are shipped; a durable Postgres. Lateness is from the due moment to the committed intent of the last try, by the database's clock.
 *
 * Something missing or done twice ends it with an error; being late or growing does not, and is said by `held`.
 */
import { createApiKey, ensureAccount, providerSecretKey, putProvider } from '@carillon/db';
import { SEEDED_PROVIDER } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { installSandbox } from '../scripts/lib/debian.mjs';
import { say } from './lib/report.mjs';
import { tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { startCalled } from './lib/steady/calls.mjs';
import { createLoad, createStandingBy, INTERVAL_SECONDS, KINDS } from './lib/steady/jobs.mjs';
import { compare, latenessByKind, latenessOf, readLedgers, waitUntilDone } from './lib/steady/judge.mjs';
import { courseOf, createWatch, lookAgain } from './lib/steady/watch.mjs';

/** What must hold of the ten minutes. */
const BOUNDS = {
  /** A run is late when somebody would notice. */
  p99Ms: 1_000,
  /** From the first look to the last, of each service and Redis: a leak of one KB a run would come to 53 MB in nine minutes. */
  memoryGrowthMb: 50,
  /** All pools as shipped: api 20 and 8, sender 10, executor 10, scheduler 6, sweeper 6. More would be connections outside of them. */
  connections: 60,
};

/** Providers and the called service answer after so long. */
const LATENCY = { minMs: 20, maxMs: 120 };
/** From the first request that creates the load to its first moment: for each job, and besides. */
const AHEAD_MS_PER_JOB = 20;
const AHEAD_MS = 40_000;
/** What is created later than this before the first moment would be late by that. */
const MARGIN_MS = 2_000;
const LOOK_MS = 60_000;
/** In a short run there are so many looks all the same. */
const LOOKS_AT_LEAST = 4;
/** What is not done so long after the last moment is missing. */
const PATIENCE_MS = 90_000;

/**
 * Dead rows that one table may have: Postgres begins to clear it at 50 and a fifth of its rows, looks once a minute, and takes a while.
 * A run leaves about two in the table that it changes most. Without clearing there would be many times as many.
 */
const deadRowsBound = (rows, perSecond) => Math.round(50 + 0.2 * rows + 3 * perSecond * 120);

/** @param {{ json?: boolean, rows?: number, seconds?: number, perSecond?: number }} options `rows` jobs stand by */
export async function run({ json = false, rows = 1_000_000, seconds = 600, perSecond = 100 } = {}) {
  if (!(Number.isInteger(perSecond) && perSecond >= 10)) {
    throw new Explained(
      `--per-second is ${perSecond}: it must be a whole number of at least 10, so that there are jobs of each kind`,
    );
  }
  if (!(seconds >= INTERVAL_SECONDS && seconds % INTERVAL_SECONDS === 0)) {
    throw new Explained(
      `--seconds is ${seconds}: it must be a multiple of ${INTERVAL_SECONDS}, from which each job runs equally often`,
    );
  }
  installSandbox(say);
  const stack = await startStack({ say });
  const called = await startCalled(LATENCY);
  try {
    const { simulator, services } = await startServices(stack);
    const { accountId, key } = await setUpAccount(stack, simulator);
    const { baseUrl } = services.api;
    say(`creating ${rows.toLocaleString('en')} jobs that stand by`);
    await createStandingBy(stack.pool, { baseUrl, apiKey: key, rows, callUrl: called.url });
    const startMs =
      Math.ceil((Date.now() + AHEAD_MS + perSecond * INTERVAL_SECONDS * AHEAD_MS_PER_JOB) / 1_000) * 1_000;
    say(`creating the load, from ${new Date(startMs).toISOString()} on ${perSecond} runs a second for ${seconds} s`);
    const wanted = await createLoad(baseUrl, key, { perSecond, seconds, startMs, callUrl: called.url });
    if (Date.now() > startMs - MARGIN_MS) throw new Explained('the load could not be created in time on this machine');
    say(`created ${Math.round((startMs - Date.now()) / 1_000)} s before the first moment`);
    const looks = await watch(stack, { services: { simulator, ...services }, accountId, startMs, seconds });
    const endMs = startMs + seconds * 1_000;
    const count = KINDS.reduce((sum, kind) => sum + wanted[kind], 0);
    await waitUntilDone(stack.pool, accountId, count, endMs + PATIENCE_MS);
    const all = await latenessOf(stack.pool, accountId, { fromMs: startMs, toMs: endMs });
    const found = await latenessByKind(stack.pool, accountId);
    if (all.min < 0) throw new Error(`a run was begun ${-all.min} ms too early`);
    const { missing, twice } = compare(wanted, found, await readLedgers(simulator.baseUrl, called));
    const answer = {
      jobsStandingBy: rows,
      seconds,
      ...answerOf({ all, found, looks, missing, twice, perSecond, seconds }),
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer);
    if (answer.missing + answer.twice > 0) {
      for (const service of Object.values(services)) say(`${service.name}:\n${service.logs()}`);
      throw new Explained(`runs are missing or were done twice: ${JSON.stringify({ missing, twice })}`);
    }
    return answer;
  } finally {
    await called.close();
    await stack.stop();
  }
}

async function startServices(stack) {
  const simulator = await stack.startSimulator();
  await tellSimulator(simulator, 'latency', LATENCY);
  await tellSimulator(simulator, 'payments', { latency: LATENCY });
  const services = {};
  // Its limit of requests is not the question here.
  services.api = await stack.start('api', { API_PORT: '0', REQUESTS_PER_SECOND: '1000000' });
  // One after the other: together they would keep two cores from answering in time.
  for (const name of ['scheduler', 'sweeper', 'sender', 'executor']) services[name] = await stack.start(name);
  if (services.executor.logs().includes('scripts are off')) {
    throw new Explained(`scripts cannot be run here:\n${services.executor.logs()}`);
  }
  return { simulator, services };
}

/** The account with a provider of messages and one of payments, both of which the simulator is. */
async function setUpAccount({ pool, secret }, simulator) {
  const { id: accountId } = await ensureAccount(pool, { name: 'bench', zone: 'Europe/Berlin', country: 'DE' });
  const { key } = await createApiKey(pool, { accountId, name: 'bench' });
  const common = { accountId, name: 'simulator', messagesPerSecond: 1_000 };
  const { baseUrl } = simulator;
  const sealedBy = providerSecretKey(secret);
  await putProvider(pool, sealedBy, { ...common, channel: 'whatsapp', settings: { ...SEEDED_PROVIDER, baseUrl } });
  await putProvider(pool, sealedBy, {
    ...common,
    channel: 'payment',
    settings: { baseUrl, apiKey: 'any', keyValidSeconds: 86_400 },
  });
  return { accountId, key };
}

/** Looks while the load runs, and tells each look. */
async function watch(stack, { services, accountId, startMs, seconds }) {
  const everyMs = Math.min(LOOK_MS, (seconds * 1_000) / LOOKS_AT_LEAST);
  const count = Math.floor((seconds * 1_000) / everyMs);
  return await lookAgain(createWatch(stack, services), { startMs, everyMs, count }, async (look, n) => {
    const toMs = startMs + n * everyMs;
    const { begun, p50, p99, max } = await latenessOf(stack.pool, accountId, { fromMs: toMs - everyMs, toMs });
    const shown = (values) =>
      Object.entries(values)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ');
    const memory = Object.entries(look.memory).map(([name, mb]) => [name, `${Math.round(mb)} MB`]);
    const tables = Object.entries(look.tables).map(([name, { mb, dead }]) => [
      name,
      `${Math.round(mb)} MB (${dead} dead)`,
    ]);
    say(
      `after ${Math.round((n * everyMs) / 1_000)} s: ${begun} begun, late p50 ${Math.round(p50)}, p99 ${Math.round(p99)}, at most ${Math.round(max)} ms; ` +
        `${shown(Object.fromEntries(memory))}; ${look.connections} connections; ${look.deadRows} dead rows; ${shown(Object.fromEntries(tables))}`,
    );
  });
}

function answerOf({ all, found, looks, missing, twice, perSecond, seconds }) {
  const sum = (byKind) => Object.values(byKind).reduce((total, count) => total + count, 0);
  const lateness = ({ p50, p99, max }) => ({ p50Ms: Math.round(p50), p99Ms: Math.round(p99), maxMs: Math.round(max) });
  const mb = ({ first, last, max }) => ({ firstMb: first, lastMb: last, maxMb: max });
  const memory = Object.fromEntries(
    Object.keys(looks[0].memory).map((name) => [name, mb(courseOf(looks, (look) => look.memory[name]))]),
  );
  const tables = Object.fromEntries(
    Object.keys(looks[0].tables).map((name) => [
      name,
      {
        ...mb(courseOf(looks, (look) => look.tables[name].mb)),
        deadRows: courseOf(looks, (look) => look.tables[name].dead),
      },
    ]),
  );
  const boundOf = ({ live }) => deadRowsBound(live, perSecond);
  const deadRowsHeld = looks.every((look) => Object.values(look.tables).every((table) => table.dead <= boundOf(table)));
  const connections = courseOf(looks, (look) => look.connections);
  const deadRows = courseOf(looks, (look) => look.deadRows);
  const lastTables = Object.entries(looks.at(-1).tables);
  const bounds = { ...BOUNDS, deadRows: Object.fromEntries(lastTables.map(([name, table]) => [name, boundOf(table)])) };
  const answer = {
    runsPerSecond: Math.round((all.begun / seconds) * 10) / 10,
    ...lateness(all),
    byKind: Object.fromEntries(
      KINDS.map((kind) => [kind, { runs: found[kind].runs, triesAtMost: found[kind].most, ...lateness(found[kind]) }]),
    ),
    missing: sum(missing),
    twice: sum(twice),
    memory,
    connections,
    deadRows,
    tables,
    bounds,
  };
  return { ...answer, held: deadRowsHeld && isHeld(answer) };
}

function isHeld({ p99Ms, missing, twice, memory, connections, bounds }) {
  // The simulator is the judge, and remembers what was paid.
  const { simulator: _, ...ours } = memory;
  const hasGrown = Object.values(ours).some(({ firstMb, lastMb }) => lastMb - firstMb > bounds.memoryGrowthMb);
  return missing + twice === 0 && p99Ms < bounds.p99Ms && !hasGrown && connections.max <= bounds.connections;
}

function print(answer) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out('');
  for (const [name, value] of Object.entries(answer)) {
    const text = typeof value === 'object' ? JSON.stringify(value) : value.toLocaleString('en');
    out(`  ${name.padEnd(16)}${text}`);
  }
}
