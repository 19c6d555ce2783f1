/**
 * How fast, and in how much memory, are recipients imported? A CSV of a million lines is made as it is sent, so that
 * nothing but the api could hold it, and streamed into POST /v1/imports of a real api process on a durable Postgres.
 */
import { createApiKey, ensureAccount } from '@carillon/db';
import { seededPhone } from '@carillon/testkit';
import { peakMemoryMb } from './lib/memory.mjs';
import { say } from './lib/report.mjs';
import { startStack } from './lib/stack.mjs';
import { uploadCsv } from './lib/upload.mjs';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', ''];

/** @param {{ json?: boolean, rows?: number }} options */
export async function run({ json = false, rows = 1_000_000 } = {}) {
  const stack = await startStack({ say });
  try {
    const { id: accountId } = await ensureAccount(stack.pool, { name: 'bench', zone: 'Europe/Berlin', country: 'DE' });
    const { key } = await createApiKey(stack.pool, { accountId, name: 'bench' });
    const api = await stack.start('api', { API_PORT: '0' });
    const beforeMb = peakMemoryMb(api.pid);
    say(`sending ${rows.toLocaleString('en')} lines`);
    const startedMs = performance.now();
    const report = await uploadCsv(api.baseUrl, key, csvLines(rows));
    const seconds = (performance.now() - startedMs) / 1_000;
    const peakMb = peakMemoryMb(api.pid);
    if (report.state !== 'completed' || report.rowsKept !== rows) {
      throw new Error(`the import did not keep every line: ${JSON.stringify(report)}`);
    }
    const { rows: counted } = await stack.pool.query(
      `SELECT (SELECT count(*) FROM recipients)::int AS recipients,
              (SELECT count(*) FROM audience_members)::int AS members`,
    );
    if (counted[0].recipients !== rows || counted[0].members !== rows) {
      throw new Error(`the database does not hold every line: ${JSON.stringify(counted[0])}`);
    }
    const answer = { rowsPerSecond: Math.round(rows / seconds), peakRssMb: Math.round(peakMb) };
    if (!json) {
      console.table([
        {
          lines: rows,
          seconds: Number(seconds.toFixed(1)),
          ...answer,
          rssAtStartMb: Math.round(beforeMb),
          bad: report.rowsBad,
        },
      ]);
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return answer;
  } finally {
    await stack.stop();
  }
}

function* csvLines(rows) {
  yield 'externalId,name,phone,zone,audiences,department\n';
  for (let n = 1; n <= rows; n += 1) {
    yield `employee-${n},Person ${n},+${seededPhone(n)},${ZONES[n % ZONES.length]},Staff,Department ${n % 50}\n`;
  }
}
