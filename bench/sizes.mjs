/**
 * How many bytes does Postgres hold for a person, a job, a run and a delivery, indexes included? An announcement to everybody and as
 * many jobs for one person as there are people divided by ten, all sent by a real sender, so that rows are as updates leave them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';
import { createApiKey } from '@carillon/db';
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
];
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
    const sizes = {};
    for (const table of TABLES) sizes[table] = await sizeOf(pool, table);
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
