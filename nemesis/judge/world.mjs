/** Everything that the judge compares, read once after all has come to rest: the database, the ledgers, the journal. */
import { parseReferenceUnverified } from '@carillon/core';
import { chargesByAddress, ledgerReader } from '@carillon/testkit';

const MS = (column) => `extract(epoch FROM ${column})::float8 * 1000`;

/** @returns rows of the database by name, `acceptances` of messages and mails, `payments`, `charges`, `heard`, `started` */
export async function readWorld(house) {
  const { pool, simulatorUrl } = house;
  // These go on by themselves, and do not say when: first, so that nothing is heard of a try of which nothing was read.
  const heard = new Map(house.called.heard);
  const started = house.scriptsStarted();
  const rows = await readRows(pool);
  const acceptances = (await ledgerReader(simulatorUrl).export()).map((entry) => ({
    ...entry,
    ...parseReferenceUnverified(String(entry.reference)),
  }));
  const payments = await (await fetch(`${simulatorUrl}/payments/entries`)).json();
  const { entries: chargeEntries } = await (await fetch(`${simulatorUrl}/charges/entries`)).json();
  const charges = await chargesByAddress(simulatorUrl);
  return { ...rows, acceptances, payments: payments.entries, charges, chargeEntries, heard, started };
}

/** What the database has, by the names of its tables; moments are epoch ms of its clock. */
export async function readRows(pool) {
  const ask = async (sql) => (await pool.query(sql)).rows;
  const deliveries = await ask(
    `SELECT d.account_id, d.batch_id, d.number, d.run_id, r.job_id, d.day::text, d.address, d.state::text, d.code, d.try,
            d.dedupe_key, ${MS('d.due_at')} AS due_ms, ${MS('d.sending_at')} AS sending_ms, ${MS('d.settled_at')} AS settled_ms, b.channel
     FROM deliveries d JOIN runs r ON r.account_id = d.account_id AND r.id = d.run_id
     JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id`,
  );
  const runs = await ask(
    `SELECT account_id, id, job_id, occurrence_key, state::text, parent_run_id, left_out, left_out_count,
            ${MS('left_out_until')} AS left_out_until_ms, ${MS('due_at')} AS due_ms, ${MS('completed_at')} AS completed_ms,
            paused_at IS NOT NULL AS paused, cancelled_at IS NOT NULL AS cancelled, pause_reason
     FROM runs`,
  );
  const jobs = await ask(
    `SELECT account_id, id, name, kind, status::text, user_id, event_id, ${MS('created_at')} AS created_ms,
            ${MS('updated_at')} AS updated_ms, ${MS('dates_from')} AS dates_from_ms
     FROM jobs`,
  );
  const attempts = await ask(
    `SELECT account_id, batch_id, number, try, outcome, code, message, ${MS('started_at')} AS started_ms, ${MS('ended_at')} AS ended_ms FROM attempts`,
  );
  const reports = await ask(
    `SELECT account_id, batch_id, number, try, status, ${MS('received_at')} AS received_ms FROM reports`,
  );
  const verdicts = await ask(`SELECT address_key, state, verdict, reason FROM address_verdicts`);
  const results = await ask(
    `SELECT account_id, batch_id, number, try, exit_code, output, ${MS('started_at')} AS started_ms, ${MS('ended_at')} AS ended_ms FROM results`,
  );
  const events = await ask(`SELECT account_id, id, type, subject, data, ${MS('created_at')} AS created_ms FROM events`);
  return { deliveries, runs, jobs, attempts, reports, verdicts, results, events };
}

/** The same, and what belongs together found by its key. Each judge would else walk through all that users did for each thing that was asked for. */
export function indexed(world) {
  const { deliveries, runs, jobs, attempts, reports, acceptances, journal, payments = [] } = world;
  const acts = (journal?.entries ?? []).filter(({ act }) => act !== undefined);
  return {
    ...world,
    deliveryAt: index(deliveries, placeOf),
    jobById: index(jobs, ({ account_id, id }) => `${account_id}.${id}`),
    runById: index(runs, ({ id }) => String(id)),
    attemptsAt: group(attempts, placeOf),
    reportsAt: group(reports, placeOf),
    runsOfJob: group(runs, ({ account_id, job_id }) => `${account_id}.${job_id}`),
    deliveriesOfJob: group(deliveries, ({ account_id, job_id }) => `${account_id}.job_${job_id}`),
    deliveriesOfRun: group(deliveries, ({ run_id }) => String(run_id)),
    acceptedAt: group(acceptances, ({ batchId, number }) => `${batchId}.${number}`),
    actsOfJob: group(acts, ({ job }) => job),
    refusedReceivers: new Set(payments.filter(({ refused }) => refused !== undefined).map(({ receiver }) => receiver)),
  };
}

/** Batches have numbers of their own over all accounts. */
export function placeOf({ batch_id, number }) {
  return `${batch_id}.${number}`;
}

function index(rows, keyOf) {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

export function group(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups;
}
