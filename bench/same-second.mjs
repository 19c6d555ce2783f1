/**
 * Ten thousand jobs of one message each are due at the same second. They are created one by one through the API, less than a minute
 * before. When is each begun, by one scheduler and one sender as shipped? Lateness is from the second to the committed intent, by the
 * database's clock; that nobody is forgotten or told twice is asked of the simulator's ledger.
 *
 * Somebody missing or told twice ends it with an error; being late does not, and is said by `held`.
 */
import { createRequire } from 'node:module';
import { createApiKey } from '@carillon/db';
import { ledgerReader, seedAccount, seededPhone } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { say } from './lib/report.mjs';
import { startStack } from './lib/stack.mjs';
import { waitUntilDone } from './lib/steady/judge.mjs';

const { Pool } = createRequire(new URL('../packages/channels/package.json', import.meta.url))('undici');

const CREATED_AT_ONCE = 16;
/** From the first request to the second at which all are due; the last must have been answered by then. */
const AHEAD_MS = 58_000;
/** The last is to be begun so long after that second, at most. */
const LAST_MS = 4_000;
/** What is not done so long after it is missing: for each job, and besides. */
const PATIENCE_MS_PER_JOB = 10;
const PATIENCE_MS = 60_000;

/** Runs the benchmark. `rows` jobs. */
export async function run({ json = false, rows = 10_000 } = {}) {
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    const { accountId } = await seedAccount(stack.pool, 'bench', {
      baseUrl: simulator.baseUrl,
      messagesPerSecond: 1_000_000,
    });
    const { key } = await createApiKey(stack.pool, { accountId, name: 'bench' });
    const api = await stack.start('api', { API_PORT: '0', REQUESTS_PER_SECOND: '1000000' });
    await stack.start('scheduler');
    const sender = await stack.start('sender');
    const dueMs = Math.ceil((Date.now() + AHEAD_MS) / 1_000) * 1_000;
    say(`creating ${rows} jobs that are due at ${new Date(dueMs).toISOString()}`);
    const createdSeconds = await createJobs(api.baseUrl, key, { rows, dueMs });
    say(`created in ${createdSeconds.toFixed(1)} s`);
    await waitUntilDone(stack.pool, accountId, rows, dueMs + PATIENCE_MS + rows * PATIENCE_MS_PER_JOB);
    const { rows: timed } = await stack.pool.query(
      `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY late) AS p50, percentile_disc(0.99) WITHIN GROUP (ORDER BY late) AS p99,
              max(late) AS last, min(late) AS first, max(try)::int AS tries
       FROM (SELECT extract(epoch FROM sending_at - due_at)::float8 * 1000 AS late, try FROM deliveries WHERE account_id = $1) d`,
      [accountId],
    );
    const { p50, p99, last, first, tries } = timed[0];
    if (first < 0) throw new Error(`the first was begun ${-first} ms too early`);
    await sender.stop(20_000);
    const found = judge(rows, await ledgerReader(simulator.baseUrl).totals(), last);
    const answer = { p50Ms: Math.round(p50), p99Ms: Math.round(p99), lastMs: Math.round(last), ...found };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else {
      const out = (line) => process.stdout.write(`${line}\n`);
      out(`\n${rows} jobs due at the same second, created in the ${createdSeconds.toFixed(1)} s before`);
      out(`  begun after, ms      p50 ${answer.p50Ms}   p99 ${answer.p99Ms}   last ${answer.lastMs}`);
      out(`  tries at most        ${tries}`);
      out(`  missing              ${answer.missing}, told twice ${answer.twice}`);
      out(`  ${answer.held ? 'held' : 'NOT held'}: the last within ${LAST_MS} ms, none missing, none told twice`);
    }
    if (answer.missing + answer.twice > 0) {
      throw new Explained(`of ${rows} people ${answer.missing} are missing, and ${answer.twice} were told twice`);
    }
    return { ...answer, createdSeconds };
  } finally {
    await stack.stop();
  }
}

/** What the ledger and the clock say of it. @param lastMs when the last was begun; null when none was */
export function judge(rows, { addresses, duplicates }, lastMs) {
  const missing = Math.max(0, rows - addresses);
  const inTime = lastMs !== null && lastMs <= LAST_MS;
  return { missing, twice: duplicates, held: inTime && missing === 0 && duplicates === 0 };
}

/** @returns the seconds it took */
async function createJobs(baseUrl, apiKey, { rows, dueMs }) {
  const pool = new Pool(baseUrl, { connections: CREATED_AT_ONCE, pipelining: 1 });
  const startedMs = performance.now();
  const at = new Date(dueMs).toISOString();
  let next = 0;
  const create = async () => {
    while (next < rows) {
      const n = next++;
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/v1/jobs',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': `reminder-${n}`,
        },
        body: JSON.stringify({
          kind: 'message',
          channel: 'whatsapp',
          name: `Reminder ${n}`,
          content: { text: 'It is time.' },
          trigger: { type: 'at', at },
          audience: { addresses: [{ address: `+${seededPhone(n)}` }] },
        }),
      });
      const answer = await body.text();
      if (statusCode !== 201) throw new Error(`job ${n} was not created: ${statusCode} ${answer}`);
      if (Date.now() >= dueMs) throw new Error(`only ${n} jobs could be created before their second`);
    }
  };
  await Promise.all(Array.from({ length: CREATED_AT_ONCE }, create));
  await pool.close();
  return (performance.now() - startedMs) / 1_000;
}
