/** What became of an announcement: judged by the simulator's ledger, which counts what each address really received. */
import { createDatabase } from '@carillon/db';
import { ledgerReader } from '@carillon/testkit';

/** Counts of a run that has ended; `summary` is what --json prints of it. */
export async function judge(product, run, seconds) {
  const runNumber = run.id.replace('run_', '');
  const ledger = ledgerReader(product.simulatorUrl);
  const totals = await ledger.totals(runNumber);
  const entries = await ledger.export(runNumber);
  const received = new Set(entries.map((entry) => entry.to));
  const database = createDatabase({
    url: product.databaseUrl,
    max: 2,
    applicationName: 'carillon-start',
    role: 'worker',
  });
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
    const lost = deliveries.filter((row) => (told.has(row.state) ? !received.has(row.address) : !final.has(row.state)));
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

function byCode(deliveries, state) {
  const codes = new Map();
  for (const row of deliveries) if (row.state === state) codes.set(row.code, (codes.get(row.code) ?? 0) + 1);
  return codes;
}
