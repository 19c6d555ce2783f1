/**
 * The subscription case in full: five million recipients, of whom a fifth have a subscription, are imported, and a simulated
 * week passes in which they are reminded three days and one day before it ends, after their addresses were checked by a paid
 * service. Are the right people checked once and mailed twice, at nine o'clock of theirs, and nobody else? Judged by the ledgers of
 * the mail server and of the paid service, against another calendar. Every service is a real process; waiting is compressed.
 */
import { createClient } from '@carillon/client';
import { parseReferenceUnverified } from '@carillon/core';
import { createApiKey, ensureAccount, providerSecretKey, putProvider } from '@carillon/db';
import { Explained } from '../scripts/bootstrap.mjs';
import { peakMemoryMb } from './lib/memory.mjs';
import { say } from './lib/report.mjs';
import { tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { createCalendar, OFFSETS, WALL_TIME } from './lib/subscriptions/calendar.mjs';
import { auditDeliveries, placesOfRuns } from './lib/subscriptions/deliveries.mjs';
import { createJudge, readLedger } from './lib/subscriptions/judge.mjs';
import { ACCOUNT_ZONE, CSV_HEADER, csvLine, person } from './lib/subscriptions/people.mjs';
import { createWeek, setClock } from './lib/subscriptions/week.mjs';
import { uploadCsv } from './lib/upload.mjs';

const PEOPLE = 5_000_000;
/** By how much waiting is shorter than it would be. */
const COMPRESSED = 100;
const CHECK_MS = { minMs: 1_000 / COMPRESSED, maxMs: 60_000 / COMPRESSED };
const SEND_MS = { minMs: 1_000 / COMPRESSED, maxMs: 10_000 / COMPRESSED };
const PRICE_MICROS = 8_000;
const CURRENCY = 'EUR';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** In this week clocks change in America. Between two quarters of an hour, so that nothing is due as it ends. */
const START_MS = Date.UTC(2027, 2, 10, 0, 35);
const FIRST_DAY = Math.floor(START_MS / DAY_MS);
const CHECK_AHEAD_DAYS = 2;
/** So long before its moment a reminder's address is checked, give or take the steps of the clock and of looks. */
const CHECK_AHEAD_MS = CHECK_AHEAD_DAYS * DAY_MS;
const CHECK_SLACK_MS = 8 * 3_600_000;
/** From one pass over the dates, and from one look ahead, to the next. Shipped is an hour, which here goes by in a second. */
const PASS_MS = 4 * 3_600_000;

/** An answer that was lost is asked for after the time-out and the margin below. */
const LOOK_UP_MS = 15_000;

/** For calls in the air to end. */
const STOP_MS = 30_000;

/** Only what the compressed time asks for; everything else is as it is shipped. */
const SETTINGS = {
  // A wake-up that waits for its moment would wait by the machine's clock.
  ENQUEUE_HORIZON_MS: '1000',
  SCHEDULE_INTERVAL_MS: '100',
  SWEEP_INTERVAL_MS: '200',
  EMAIL_CONNECTIONS: '100',
  CHECK_CONNECTIONS: '500',
  CHECK_TIMEOUT_MS: '10000',
  CHECK_LEASE_MS: '60000',
  CHECK_LOOKUP_MS: '200',
  DATE_PASS_MS: String(PASS_MS),
  CHECK_PASS_MS: String(PASS_MS),
  ALLOW_PRIVATE_TARGETS: 'true',
};

/** @param {{ json?: boolean, scale?: number }} options `scale` 1 are five million recipients */
export async function run({ json = false, scale = 1 } = {}) {
  const count = Math.round(PEOPLE * scale);
  if (!(count >= 1 && scale <= 1)) throw new Explained(`--scale is ${scale}: it must be above 0, and 1 at most`);
  const stack = await startStack({ say });
  try {
    const startedMs = performance.now();
    await setClock(stack.pool, START_MS);
    const services = await startServices(stack);
    const { accountId, key } = await setUpAccount(stack, services.simulator);
    const imported = await importPeople(services.api, key, count);
    const { jobId, fromMs } = await createJob(stack.pool, services.api, key);
    const toMs = fromMs + WEEK_DAYS * DAY_MS;
    await passWeek(createWeek({ pool: stack.pool, scheduler: services.scheduler, lookUpMs: LOOK_UP_MS }), toMs);
    const memory = { ...peaks(services), bench: Math.round(peakMemoryMb(process.pid)) };
    // What waits for its next try would be checked, and paid, between the look at one ledger and the look at the other.
    say('stopping the services');
    const { simulator, ...others } = services;
    for (const service of [...Object.values(others), simulator]) await service.stop(STOP_MS);
    say('judging by the ledgers');
    const week = { fromMs, toMs, aheadMs: CHECK_AHEAD_MS, slackMs: CHECK_SLACK_MS };
    const judged = await judge(stack, { count, accountId, jobId, week });
    const { faults, ...found } = judged;
    const answer = {
      recipients: count,
      simulatedDays: WEEK_DAYS,
      compressed: COMPRESSED,
      importRowsPerSecond: Math.round(imported),
      ...found,
      peakMemoryMb: memory,
      seconds: Math.round((performance.now() - startedMs) / 1_000),
      faults,
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer);
    if (Object.keys(faults).length > 0) throw new Explained(`the week went wrong: ${JSON.stringify(faults)}`);
    return answer;
  } finally {
    await stack.stop();
  }
}

async function startServices(stack) {
  const services = { simulator: await stack.startSimulator() };
  // One after the other: together they would keep two cores from answering in time.
  for (const name of ['api', 'scheduler', 'sender', 'validator', 'sweeper']) {
    services[name] = await stack.start(name, { ...SETTINGS, API_PORT: '0' });
  }
  return services;
}

/** The account with its mail server and its verifier, both of which the simulator is. */
async function setUpAccount({ pool, secret }, simulator) {
  const { id: accountId } = await ensureAccount(pool, { name: 'bench', zone: ACCOUNT_ZONE, country: 'DE' });
  const { key } = await createApiKey(pool, { accountId, name: 'bench' });
  const sealedBy = providerSecretKey(secret);
  const common = { accountId, name: 'simulator', messagesPerSecond: 1_000_000 };
  await putProvider(pool, sealedBy, {
    ...common,
    channel: 'email',
    settings: {
      host: '127.0.0.1',
      port: simulator.ready.smtpPort,
      security: 'none',
      user: '',
      password: '',
      from: { address: 'news@magazine.example' },
      senders: [],
    },
  });
  await putProvider(pool, sealedBy, {
    ...common,
    channel: 'email_check',
    settings: {
      verifier: 'http',
      baseUrl: simulator.baseUrl,
      apiKey: 'key',
      priceMicros: PRICE_MICROS,
      currency: CURRENCY,
      validDays: 90,
      skipDns: true,
    },
  });
  await tellSimulator(simulator, 'latency', SEND_MS);
  await tellSimulator(simulator, 'checks', { priceMicros: PRICE_MICROS, latency: CHECK_MS });
  return { accountId, key };
}

/** @returns rows a second */
async function importPeople(api, key, count) {
  say(`importing ${count.toLocaleString('en')} recipients`);
  const startedMs = performance.now();
  const report = await uploadCsv(api.baseUrl, key, lines(count));
  if (report.state !== 'completed' || report.rowsKept !== count) {
    throw new Error(`the import did not keep every line: ${JSON.stringify(report)}`);
  }
  return count / ((performance.now() - startedMs) / 1_000);
}

function* lines(count) {
  yield CSV_HEADER;
  for (let n = 1; n <= count; n += 1) yield csvLine(person(n, FIRST_DAY));
}

async function createJob(pool, api, key) {
  const carillon = createClient({ baseUrl: api.baseUrl, apiKey: key });
  const job = await carillon.post('/v1/jobs', {
    body: {
      kind: 'message',
      channel: 'email',
      name: 'Your subscription ends',
      content: { subject: 'Your subscription ends soon', text: 'Dear {{name}},\n\nyour subscription ends soon.' },
      trigger: {
        type: 'date',
        date: 'subscription_expires_at',
        offsets: OFFSETS.map((days) => `-P${-days}D`),
        at: WALL_TIME,
        zone: 'recipient',
        repeat: 'once',
      },
      audience: { everyone: true },
      policy: { addressCheck: { ahead: `P${CHECK_AHEAD_DAYS}D`, wait: 'PT1H', risky: 'send', unknown: 'skip' } },
    },
  });
  const jobId = Number(job.id.replace('job_', ''));
  // To the microsecond, where the answer has milliseconds.
  const { rows } = await pool.query(
    'SELECT extract(epoch FROM coalesce(dates_from, created_at))::float8 * 1000 AS from_ms FROM jobs WHERE id = $1',
    [jobId],
  );
  return { jobId, fromMs: rows[0].from_ms };
}

async function passWeek(week, toMs) {
  say('planning, and checking the addresses of whom is mailed first');
  let day = '';
  await week.passTo(toMs, (nowMs) => {
    const today = new Date(nowMs).toISOString().slice(0, 10);
    if (today !== day) say(`${today} begins`);
    day = today;
  });
  await week.settled({ lost: true });
}

function peaks(services) {
  return Object.fromEntries(Object.values(services).map(({ name, pid }) => [name, Math.round(peakMemoryMb(pid))]));
}

async function judge({ pool, ledgers }, { count, accountId, jobId, week }) {
  const momentsOf = createCalendar();
  const judge = createJudge({ count, firstDay: FIRST_DAY, momentsOf });
  const runs = await placesOfRuns(pool, jobId);
  const mails = await readLedger(ledgers.mails, ({ to, wamid, reference }) => {
    if (wamid === undefined) return false;
    judge.mail(to, runs.get(parseReferenceUnverified(reference)?.runId)?.place);
    return true;
  });
  let costMicros = 0;
  const checks = await readLedger(ledgers.charges, (charge) => {
    costMicros += charge.costMicros ?? 0;
    const isCharged = charge.answer !== undefined && charge.answer.result !== 'unknown';
    if (isCharged) judge.charge(charge.to);
    return isCharged;
  });
  const audited = await auditDeliveries(
    pool,
    { jobId, runs },
    { firstDay: FIRST_DAY, momentsOf, week, faults: judge.faults },
  );
  const { rows } = await pool.query(
    `SELECT coalesce(sum(charged_micros), 0)::float8 AS charged, coalesce(sum(reserved_micros), 0)::float8 AS reserved,
            (SELECT coalesce(sum(scheduled + sending + unknown), 0)::int FROM batches WHERE channel = 'email_check') AS open
     FROM check_spend WHERE account_id = $1`,
    [accountId],
  );
  const [spend] = rows;
  // A check that waits for its next try as the week ends may still cost its price.
  if (spend.charged !== costMicros || spend.reserved !== spend.open * PRICE_MICROS) {
    judge.faults.add('spend that is not what the service charged', JSON.stringify({ ...spend, costMicros }));
  }
  const { counts, faults } = judge.verdict(week);
  return {
    people: counts,
    mails: mails.total,
    checks: checks.total,
    cost: { amount: costMicros / 1_000_000, currency: CURRENCY },
    sendsPerSecond: { mean: mails.perSecond, peak: mails.peakPerSecond },
    checksPerSecond: { mean: checks.perSecond, peak: checks.peakPerSecond },
    ...audited,
    faults,
  };
}

function print(answer) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\n  waiting for checks and mails is ${answer.compressed} times shorter than it would be\n`);
  for (const [name, value] of Object.entries(answer)) {
    const text = typeof value === 'object' ? JSON.stringify(value) : value.toLocaleString('en');
    out(`  ${name.padEnd(22)}${text}`);
  }
}
