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

/** @param {{ json?: boolean, rows?: number, dates?: boolean }} options `dates`: each line has a birthday and an expiry */
export async function run({ json = false, rows = 1_000_000, dates = false } = {}) {
  const stack = await startStack({ say });
  try {
    const { id: accountId } = await ensureAccount(stack.pool, { name: 'bench', zone: 'Europe/Berlin', country: 'DE' });
    const { key } = await createApiKey(stack.pool, { accountId, name: 'bench' });
    const api = await stack.start('api', { API_PORT: '0' });
    const beforeMb = peakMemoryMb(api.pid);
    say(`sending ${rows.toLocaleString('en')} lines${dates ? ' with two dates each' : ''}`);
    const startedMs = performance.now();
    const report = await uploadCsv(api.baseUrl, key, csvLines({ rows, dates }));
    const seconds = (performance.now() - startedMs) / 1_000;
    const peakMb = peakMemoryMb(api.pid);
    if (report.state !== 'completed' || report.rowsKept !== rows) {
      throw new Error(`the import did not keep every line: ${JSON.stringify(report)}`);
    }
    const { rows: counted } = await stack.pool.query(
      `SELECT (SELECT count(*) FROM recipients)::int AS recipients,
              (SELECT count(*) FROM audience_members)::int AS members,
              (SELECT count(*) FROM recipient_dates)::int AS dates`,
    );
    const expected = { recipients: rows, members: rows, dates: dates ? 2 * rows : 0 };
    if (Object.entries(expected).some(([name, count]) => counted[0][name] !== count)) {
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

function* csvLines({ rows, dates }) {
  yield `externalId,name,phone,zone,audiences,department${dates ? ',date.birthday,date.subscription_expires_at' : ''}\n`;
  for (let n = 1; n <= rows; n += 1) {
    const ofDates = dates ? `,${dayOf(n)},${instantOf(n)}` : '';
    yield `employee-${n},Person ${n},+${seededPhone(n)},${ZONES[n % ZONES.length]},Staff,Department ${n % 50}${ofDates}\n`;
  }
}

/** A birthday, one of each day of eighty years in turn. */
function dayOf(n) {
  return new Date(Date.UTC(1930, 0, 1 + ((n * 7_919) % 29_220))).toISOString().slice(0, 10);
}

/** An instant of one of two years. */
function instantOf(n) {
  return new Date(Date.UTC(2027, 0, 1) + ((n * 104_729) % 1_051_200) * 60_000).toISOString();
}
