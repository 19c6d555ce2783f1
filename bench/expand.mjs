/**
 * How fast, and in how much memory, does a run become deliveries? Two audiences that overlap, and people who share an
 * address, so that there is something to leave out; one real scheduler process on a durable Postgres. Timed by the
 * database: from the run's state `expanding` to its last step.
 */
import { readDatabaseTime } from '@carillon/db';
import { seedAccount } from '@carillon/testkit';
import { announce } from './lib/crowd.mjs';
import { peakMemoryMb } from './lib/memory.mjs';
import { say } from './lib/report.mjs';
import { startStack } from './lib/stack.mjs';

/** One person in so many writes the address of another. */
const SHARED_EVERY = 20;

/** @param {{ json?: boolean, rows?: number }} options `rows` are addresses, and so deliveries */
export async function run({ json = false, rows = 1_000_000 } = {}) {
  const stack = await startStack({ say });
  try {
    const { pool } = stack;
    const account = await seedAccount(pool, 'bench', { baseUrl: 'http://127.0.0.1:9' });
    say(`seeding ${rows.toLocaleString('en')} addresses`);
    const seeded = await seed(pool, account.accountId, rows);
    await pool.query('VACUUM (ANALYZE) recipients, audience_members');
    const scheduler = await stack.start('scheduler');
    const startRssMb = peakMemoryMb(scheduler.pid);
    await pool.query('CHECKPOINT');

    const plannedMs = await readDatabaseTime(pool);
    const { runId } = await announce(pool, account, { audienceIds: seeded.audienceIds });
    const beganMs = await began(pool, runId);
    say('expanding');
    const run = await expanded(pool, runId);
    const seconds = (run.expanded_at_ms - beganMs) / 1_000;
    const wanted = { people: seeded.people, duplicates: seeded.people - rows, deliveries: rows };
    for (const [name, value] of Object.entries(wanted)) {
      if (run[name] !== value) throw new Error(`the run has ${run[name]} ${name}, not ${value}`);
    }
    const answer = {
      deliveriesPerSecond: Math.round(rows / seconds),
      peakRssMb: Math.round(peakMemoryMb(scheduler.pid)),
    };
    if (!json) {
      console.table([
        {
          ...wanted,
          seconds: Number(seconds.toFixed(1)),
          sincePlanned: Number(((run.expanded_at_ms - plannedMs) / 1_000).toFixed(1)),
          ...answer,
          rssAtStartMb: Math.round(startRssMb),
        },
      ]);
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    await scheduler.stop();
    return answer;
  } finally {
    await stack.stop();
  }
}

/** People with keys as if hashed; the first audience has the first 60 %, the second all from 40 % on and who shares. */
async function seed(pool, accountId, rows) {
  const shared = Math.floor(rows / SHARED_EVERY);
  const chunk = 100_000;
  for (let from = 1; from <= rows + shared; from += chunk) {
    await pool.query(
      `INSERT INTO recipients (account_id, external_id, name, phone, whatsapp_key, zone)
       SELECT $1, 'person-' || n, 'Person ' || n, '4915' || (200000000 + address), md5('address ' || address)::uuid, 'Europe/Berlin'
       FROM (SELECT n, CASE WHEN n > $4 THEN (n - $4) * $5 ELSE n END AS address FROM generate_series($2::int, $3::int) n) p`,
      [accountId, from, Math.min(from + chunk - 1, rows + shared), rows, SHARED_EVERY],
    );
  }
  const { rows: made } = await pool.query(
    `WITH audience AS (
       INSERT INTO audiences (account_id, name) SELECT $1, name FROM unnest(ARRAY['first', 'second']) name RETURNING id, name
     ), members AS (
       INSERT INTO audience_members (account_id, audience_id, recipient_id)
       SELECT $1, audience.id, r.id
       FROM recipients r JOIN audience ON CASE audience.name WHEN 'first' THEN r.id <= $2 * 0.6 ELSE r.id > $2 * 0.4 END
       WHERE r.account_id = $1
     )
     SELECT id FROM audience`,
    [accountId, rows],
  );
  return { audienceIds: made.map((row) => row.id), people: rows + shared };
}

/** The database's time when the run was first seen expanding. */
async function began(pool, runId) {
  for (;;) {
    const { rows } = await pool.query(
      `SELECT state <> 'planned' AS begun, extract(epoch FROM carillon_now())::float8 * 1000 AS now_ms FROM runs WHERE id = $1`,
      [runId],
    );
    if (rows[0].begun) return rows[0].now_ms;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function expanded(pool, runId) {
  for (;;) {
    const { rows } = await pool.query(
      `SELECT people, duplicates, extract(epoch FROM expanded_at)::float8 * 1000 AS expanded_at_ms FROM runs WHERE id = $1`,
      [runId],
    );
    if (rows[0].expanded_at_ms !== null) {
      const { rows: counted } = await pool.query('SELECT count(*) AS deliveries FROM deliveries WHERE run_id = $1', [
        runId,
      ]);
      return { ...rows[0], ...counted[0] };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
