/**
 * How many bytes does Postgres hold for a person, a job, a run and a delivery, indexes included? An announcement to everybody and as
 * many jobs for one person as there are people divided by ten, all sent by a real sender, so that rows are as updates leave them. What
 * such jobs leave empty (results of calls, occasions of dates, verdicts about addresses and what they cost) is filled by plain inserts, as
 * the services write each of these rows once or twice.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';
import { createApiKey, ensurePartitions } from '@carillon/db';
import { seedAccount, seedAnnouncement, seededPhone, seedPeople } from '@carillon/testkit';
import { say } from './lib/report.mjs';
import { startStack } from './lib/stack.mjs';

/** By table: the rows are counted, those of partitions with their parent. */
const TABLES = [
  'recipients',
  'audience_members',
  'jobs',
  'contents',
  'runs',
  'batches',
  'deliveries',
  'attempts',
  'audit_entries',
  'idempotency_keys',
  'occasions',
  'address_verdicts',
  'check_charges',
];
/** What calls answered, in bytes of which nothing can be compressed, each on a day of its own. */
const ANSWERS = {
  results_empty: [0, '2030-01-01'],
  results_500: [500, '2030-01-02'],
  results_3072: [3_072, '2030-01-03'],
};
const CREATED_AT_ONCE = 16;

/** Runs the benchmark. `rows` people. */
export async function run({ json = false, rows = 100_000 } = {}) {
  const stack = await startStack({ say });
  try {
    const { pool } = stack;
    const simulator = await stack.startSimulator();
    const account = await seedAccount(pool, 'bench', { baseUrl: simulator.baseUrl, messagesPerSecond: 1_000_000 });
    say(`seeding ${rows} people`);
    const { audienceId } = await seedPeople(pool, account.accountId, {
      count: rows,
      addressPepper: stack.addressPepper,
    });
    const api = await stack.start('api', { API_PORT: '0', REQUESTS_PER_SECOND: '1000000' });
    await stack.start('scheduler');
    await stack.start('sender');
    const { key } = await createApiKey(pool, { accountId: account.accountId, name: 'bench' });
    say('sending to everybody, and to some one by one');
    await seedAnnouncement(pool, account, { audienceId });
    const singles = Math.round(rows / 10);
    await createSingles(createClient({ baseUrl: api.baseUrl, apiKey: key }), singles);
    for (;;) {
      const { rows: found } = await pool.query('SELECT coalesce(sum(sent + delivered), 0)::int AS sent FROM batches');
      if (found[0].sent === rows + singles) break;
      await pause(500);
    }
    await fillOthers(pool, account.accountId, rows);
    const sizes = {};
    for (const table of TABLES) sizes[table] = await sizeOf(pool, table);
    for (const [name, [bytes, day]] of Object.entries(ANSWERS)) {
      sizes[name] = await sizeOf(pool, await fillResults(pool, account.accountId, { rows: singles, bytes, day }));
    }
    const answer = {
      people: rows,
      singles,
      bytesPerRow: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, size.bytesPerRow])),
      rows: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, size.rows])),
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else {
      process.stdout.write('\n  table               rows   bytes a row, indexes included\n');
      for (const [name, size] of Object.entries(sizes)) {
        process.stdout.write(
          `  ${name.padEnd(17)}${String(size.rows).padStart(8)}${String(size.bytesPerRow ?? '-').padStart(12)}\n`,
        );
      }
    }
    return answer;
  } finally {
    await stack.stop();
  }
}

async function createSingles(carillon, count) {
  let next = 0;
  const create = async () => {
    while (next < count) {
      const n = next++;
      await carillon.post('/v1/jobs', {
        body: {
          kind: 'message',
          channel: 'whatsapp',
          name: `Reminder ${n}`,
          content: { text: 'It is time.' },
          trigger: { type: 'now' },
          audience: { addresses: [{ address: `+${seededPhone(n)}` }] },
        },
      });
    }
  };
  await Promise.all(Array.from({ length: CREATED_AT_ONCE }, create));
}

/** One row for each of so many people. */
async function fillOthers(pool, accountId, rows) {
  await pool.query(
    `INSERT INTO occasions (account_id, job_id, recipient_id, date_name, offset_days, period, value, run_id, made_at, due_at)
     SELECT $1, 1, n, 'birthday', 0, '2027', '1990-03-09', n / 100, now(), now() FROM generate_series(1, $2::int) n ORDER BY md5(n::text)`,
    [accountId, rows],
  );
  await pool.query(
    `INSERT INTO address_verdicts (address_key, state, checked_for, check_run_id, requested_at)
     SELECT md5(n::text)::uuid, 'pending', $1, 1, now() FROM generate_series(1, $2::int) n`,
    [accountId, rows],
  );
  await pool.query(
    `INSERT INTO check_charges (account_id, address_key, check_run_id, day, currency, price_micros)
     SELECT $1, address_key, 1, now()::date, 'EUR', 1000 FROM address_verdicts`,
    [accountId],
  );
  // Each is written once more, when the answer is there.
  await pool.query(
    `UPDATE address_verdicts SET state = 'done', verdict = 'deliverable', reason = 'accepted_email', checked_at = now(), checked_by = 'verifier',
            cost_micros = 1000, currency = 'EUR', valid_until = now()`,
  );
  await pool.query('UPDATE check_charges SET charged_micros = 1000, valid_until = now()');
}

/** @returns the day's partition */
async function fillResults(pool, accountId, { rows, bytes, day }) {
  await ensurePartitions(pool, day);
  // Letters that no compression makes smaller; cut by the row's number, so that none is the same.
  const text = randomBytes(bytes + rows).toString('base64');
  await pool.query(
    `INSERT INTO results (account_id, batch_id, number, try, day, started_at, ended_at, status, output)
     SELECT $1, n, 1, 1, $2, now(), now(), 200, CASE WHEN $3::int > 0 THEN substr($4, n, $3::int) END FROM generate_series(1, $5::int) n`,
    [accountId, day, bytes, text, rows],
  );
  return `results_${day.replaceAll('-', '')}`;
}

async function sizeOf(pool, table) {
  const { rows } = await pool.query(
    `SELECT (SELECT count(*) FROM ${table})::int AS rows, sum(pg_total_relation_size(relid))::float8 AS bytes FROM pg_partition_tree('${table}')
     WHERE isleaf`,
  );
  const counted = rows[0];
  // Tables that are not partitioned are no tree.
  const bytes =
    counted.bytes ?? (await pool.query(`SELECT pg_total_relation_size('${table}')::float8 AS bytes`)).rows[0].bytes;
  return { rows: counted.rows, bytesPerRow: counted.rows === 0 ? null : Math.round(bytes / counted.rows) };
}
