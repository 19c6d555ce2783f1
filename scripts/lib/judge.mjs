/**
 * What became of an announcement, and of messages that follow a date: judged by the simulator's ledger, which counts what each
 * address really received, and by the one of its paid service.
 */
import { createDatabase } from '@carillon/db';
import { chargesByAddress, ledgerReader } from '@carillon/testkit';

/** Counts of a run that has ended; `summary` is what --json prints of it. */
export async function judge(product, run, seconds) {
  const runNumber = run.id.replace('run_', '');
  const ledger = ledgerReader(product.simulatorUrl);
  const totals = await ledger.totals(runNumber);
  const entries = await ledger.export(runNumber);
  const received = new Set(entries.map((entry) => entry.to));
  const database = openDatabase(product);
  try {
    const accountId = product.account.accountId;
    const { rows: deliveries } = await database.pool.query(
      'SELECT address, state::text, code FROM deliveries WHERE account_id = $1 AND run_id = $2',
      [accountId, runNumber],
    );
    const { rows: unknowns } = await database.pool.query(
      `SELECT d.state::text, count(*)::int AS rows FROM deliveries d
       WHERE d.account_id = $1 AND d.run_id = $2 AND EXISTS (
         SELECT 1 FROM attempts a WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number
           AND a.day = d.day AND a.outcome = 'unknown')
       GROUP BY 1 ORDER BY 1`,
      [accountId, runNumber],
    );
    const told = new Set(['sent', 'delivered']);
    const final = new Set([...told, 'failed', 'unknown', 'skipped', 'cancelled']);
    const lost = deliveries.filter((row) =>
      told.has(row.state) ? !received.has(spelt(row.address)) : !final.has(row.state),
    );
    const { counts } = run;
    return {
      run,
      failures: byCode(deliveries, 'failed'),
      skips: byCode(deliveries, 'skipped'),
      unknowns,
      links: entries.filter((entry) => entry.email?.unsubscribe !== undefined).length,
      summary: {
        people: run.people,
        addresses: run.deliveries,
        sent: counts.sent + counts.delivered,
        failed: counts.failed,
        unknown: counts.unknown,
        skipped: counts.skipped,
        duplicates: totals.duplicates,
        lost: lost.length,
        seconds: Number(seconds.toFixed(1)),
      },
    };
  } finally {
    await database.close();
  }
}

/** As the ledger spells an address: mail servers do not care for the case in which it was written. */
const spelt = (address) => address.toLowerCase();

/** What was attached to the one e-mail of a report, as the mail server opened it; undefined when not exactly one came with one file. */
export async function judgeReport(product, { run }) {
  const entries = await ledgerReader(product.simulatorUrl).export(run.id.replace('run_', ''));
  const files = entries.flatMap(({ email }) => email?.attachments ?? []);
  return entries.length === 1 && files.length === 1 ? files[0] : undefined;
}

/** Counts of the jobs that follow a date, by their names in --json. */
export async function judgeDates(product, { birthdays, reminders, dueAtMs, people }) {
  const database = openDatabase(product);
  try {
    const of = async ({ id }) => {
      const { rows } = await database.pool.query(
        `SELECT d.run_id, d.address, d.state::text, d.code, extract(epoch FROM d.due_at)::float8 * 1000 AS due_ms
         FROM deliveries d JOIN runs r ON r.account_id = d.account_id AND r.id = d.run_id
         WHERE d.account_id = $1 AND r.job_id = $2`,
        [product.account.accountId, id.replace('job_', '')],
      );
      return await countDates(product, rows, dueAtMs);
    };
    const charges = await chargesByAddress(product.simulatorUrl);
    const paid = people.subscribed.map(({ email }) => charges.get(email) ?? 0).filter((times) => times > 0);
    const { planned: _, ...reminded } = await of(reminders);
    return {
      birthdays: {
        people: people.celebrating.length,
        zones: new Set(people.celebrating.map(({ zone }) => zone)).size,
        ...(await of(birthdays)),
      },
      reminders: {
        people: people.subscribed.length,
        confirmed: people.subscribed.filter(({ emailConfirmed }) => emailConfirmed).length,
        paidChecks: paid.length,
        chargedTwice: paid.filter((times) => times > 1).length,
        ...reminded,
      },
    };
  } finally {
    await database.close();
  }
}

/** Deliveries of a job: those that were due, and those to come. */
async function countDates(product, deliveries, dueAtMs) {
  const ledger = ledgerReader(product.simulatorUrl);
  const taken = new Set();
  let duplicates = 0;
  for (const run of new Set(deliveries.map(({ run_id }) => run_id))) {
    duplicates += (await ledger.totals(run)).duplicates;
    for (const { to } of await ledger.export(run)) taken.add(`${run} ${to}`);
  }
  const wasTold = ({ state }) => state === 'sent' || state === 'delivered';
  const told = deliveries.filter(wasTold);
  return {
    told: told.length,
    skipped: deliveries.filter(({ state }) => state === 'skipped').length,
    planned: deliveries.filter(({ state, due_ms }) => state === 'scheduled' && due_ms > dueAtMs).length,
    duplicates,
    lost: told.filter(({ run_id, address }) => !taken.has(`${run_id} ${spelt(address)}`)).length,
  };
}

function openDatabase({ databaseUrl }) {
  return createDatabase({ url: databaseUrl, max: 2, applicationName: 'carillon-start', role: 'worker' });
}

function byCode(deliveries, state) {
  const codes = new Map();
  for (const row of deliveries) if (row.state === state) codes.set(row.code, (codes.get(row.code) ?? 0) + 1);
  return codes;
}
