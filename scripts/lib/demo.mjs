/**
 * The demo: about a thousand employees in five overlapping groups are told something, once each, over the public API. Some
 * of them give trouble on purpose; who is named Slow, Flaky, Blocked or Lost is told the simulator here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePhone } from '@carillon/core';
import { createDatabase } from '@carillon/db';
import { ledgerReader } from '@carillon/testkit';
import { Explained, root } from '../bootstrap.mjs';

const POLL_MS = 250;
/** How long reports may take that settle what was unknown. */
const REPORTS_MS = 20_000;
const RUN_LIMIT_MS = 10 * 60_000;

/** How the simulator treats people with such a first name. `times` 1 means the first request only. */
const BEHAVIOURS = {
  Slow: { does: { latencyMs: 3_000 } },
  Flaky: { times: 1, does: { status: 400, code: 131016 } },
  Blocked: { does: { status: 400, code: 131026 } },
  Lost: { times: 1, does: { fault: 'accept_and_reset' } },
};

/** Runs the demo announcement to its end. `summary` is what --json prints. */
export async function runDemo(product, { say, quiet }) {
  const startedMs = performance.now();
  const employees = readEmployees();
  const api = apiClient(product);
  await prepareSimulator(product, employees);
  say(`loading ${employees.length} employees from ${employeesFile()}`);
  const report = await loadEmployees(api, employees);
  if (report.rowsBad > 0)
    say(`${report.rowsBad} of the employees could not be loaded; GET /v1/imports/${report.id}/errors`);

  const groups = [...new Set(employees.flatMap((employee) => employee.groups))];
  const job = await api('POST', '/v1/jobs', {
    idempotent: true,
    body: {
      kind: 'message',
      channel: 'whatsapp',
      name: 'Demo announcement',
      content: { text: 'The canteen opens at eleven today. Please bring your badge.' },
      trigger: { type: 'now' },
      audience: { audiences: groups },
      // The demo may be repeated within a day, and says the same every time.
      allowSimilar: true,
      policy: { attempts: 4, backoff: { initialSeconds: 1, factor: 2, maxSeconds: 8 } },
    },
  });
  say(`announcement ${job.id} is accepted; ${groups.length} groups will be told`);
  const run = await watch(api, job, quiet);
  const seconds = (performance.now() - startedMs) / 1_000;
  const settled = await waitForReports(api, run);
  return await conclude(product, settled, seconds);
}

function employeesFile() {
  return process.env.DEMO_EMPLOYEES || join('examples', 'employees.json');
}

function readEmployees() {
  const file = join(root, employeesFile());
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Explained(`the employees cannot be read from ${file}: ${error.message}`);
  }
}

/** A client of the public API, as a portal would have one. */
function apiClient({ apiUrl, account }) {
  return async (method, path, { body, type = 'application/json', idempotent = false } = {}) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${account.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(idempotent
          ? { 'idempotency-key': `demo-${Date.now().toString(36)}-${process.pid}${path.replace(/\W/g, '-')}` }
          : {}),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok)
      throw new Explained(`${method} ${path} was refused (${response.status}): ${answer.detail ?? answer.title}`);
    return answer;
  };
}

async function loadEmployees(api, employees) {
  const lines = employees.map(({ groups, ...employee }) => JSON.stringify({ ...employee, audiences: groups }));
  return await api('POST', '/v1/imports?format=ndjson', {
    idempotent: true,
    type: 'application/x-ndjson',
    body: `${lines.join('\n')}\n`,
  });
}

/** Tells the simulator where to report to, and how to treat those whose name says so. */
async function prepareSimulator({ simulatorUrl, apiUrl, account, secrets }, employees) {
  const put = async (path, body) => {
    const response = await fetch(`${simulatorUrl}${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Explained(`the simulator refused PUT ${path}: ${await response.text()}`);
  };
  await put('/control/callbacks', {
    url: `${apiUrl}/v1/provider-accounts/pvd_${account.providerAccountId}/callbacks/whatsapp`,
    appSecret: secrets.appSecret,
    delayMs: 800,
    statuses: ['sent', 'delivered'],
  });
  const rules = employees.flatMap((employee) => {
    const behaviour = BEHAVIOURS[employee.name.split(' ')[0]];
    const phone = normalizePhone(employee.phone, 'DE');
    if (behaviour === undefined || !phone.ok) return [];
    return [
      { match: { to: phone.e164Digits, ...(behaviour.times ? { times: behaviour.times } : {}) }, does: behaviour.does },
    ];
  });
  await put('/control/rules', { rules });
  await put('/control/latency', { minMs: 20, maxMs: 120 });
}

/** Follows the run until it is complete, with a progress bar where somebody looks. */
async function watch(api, job, quiet) {
  const showBar = !quiet && process.stderr.isTTY;
  const deadline = Date.now() + RUN_LIMIT_MS;
  let lastShare = -1;
  for (;;) {
    const { data } = await api('GET', `/v1/jobs/${job.id}/runs`);
    const run = data[0];
    if (run) {
      const { counts, deliveries } = run;
      const finished = deliveries - counts.scheduled - counts.sending;
      const share = deliveries === 0 ? 0 : finished / deliveries;
      if (showBar) drawBar(share, run);
      else if (!quiet && deliveries > 0 && Math.floor(share * 4) > Math.floor(lastShare * 4)) {
        process.stderr.write(`carillon: ${finished} of ${deliveries} finished\n`);
      }
      lastShare = share;
      if (run.state === 'completed') {
        if (showBar) process.stderr.write('\n');
        return run;
      }
    }
    if (Date.now() > deadline) throw new Explained('the announcement did not finish within ten minutes; see the logs');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function drawBar(share, run) {
  const width = 36;
  const full = Math.round(share * width);
  const { counts } = run;
  const told = counts.sent + counts.delivered;
  process.stderr.write(
    `\r  [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${String(Math.round(share * 100)).padStart(3)} %  ` +
      `sent ${told}  failed ${counts.failed}  unknown ${counts.unknown}  in the air ${counts.sending}   `,
  );
}

/** Reports settle what was unknown, and turn `sent` into `delivered`. */
async function waitForReports(api, run) {
  const deadline = Date.now() + REPORTS_MS;
  for (;;) {
    const now = await api('GET', `/v1/runs/${run.id}`);
    if ((now.counts.unknown === 0 && now.counts.sent === 0) || Date.now() > deadline) return now;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Judges the run by the simulator's ledger, which counts what each address really received. */
async function conclude(product, run, seconds) {
  const runNumber = run.id.replace('run_', '');
  const ledger = ledgerReader(product.simulatorUrl);
  const totals = await ledger.totals(runNumber);
  const received = new Set();
  for await (const entry of await ledger.addresses(runNumber)) if (entry.acceptances > 0) received.add(entry.to);
  const database = createDatabase({ url: product.databaseUrl, max: 2, applicationName: 'carillon-start' });
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
    const failures = new Map();
    for (const row of deliveries) if (row.state === 'failed') failures.set(row.code, (failures.get(row.code) ?? 0) + 1);
    const told = new Set(['sent', 'delivered']);
    const final = new Set([...told, 'failed', 'unknown', 'skipped', 'cancelled']);
    const lost = deliveries.filter((row) => (told.has(row.state) ? !received.has(row.address) : !final.has(row.state)));
    const { counts } = run;
    return {
      run,
      failures,
      unknowns,
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

const MEANINGS = { 131026: 'recipient cannot be reached' };

/** The closing table, and where to look next. */
export function printResult({ run, failures, unknowns, summary }, product) {
  const failed = [...failures]
    .map(([code, rows]) => `${rows} × ${code}${MEANINGS[code] ? ` ${MEANINGS[code]}` : ''}`)
    .join(', ');
  const wasUnknown = unknowns.reduce((sum, row) => sum + row.rows, 0);
  const settled = unknowns
    .map((row) => `${row.rows} ${row.state === 'unknown' ? 'still open' : `${row.state} by report`}`)
    .join(', ');
  const line = (name, value, note = '') => `${`  ${name.padEnd(26)}${String(value).padStart(6)}  ${note}`.trimEnd()}\n`;
  process.stdout.write(
    [
      `\n  Announcement ${run.job}, told in ${summary.seconds} s\n\n`,
      line('people in the groups', summary.people),
      line('distinct addresses', summary.addresses, `${run.duplicates} left out as duplicates`),
      line('sent', summary.sent, `${run.counts.delivered} of them reported as delivered`),
      line('failed', summary.failed, failed),
      line('unknown', summary.unknown, wasUnknown > 0 ? `${wasUnknown} were unknown for a while: ${settled}` : ''),
      line('skipped', summary.skipped),
      line('duplicates by the ledger', summary.duplicates),
      line('lost', summary.lost),
      `\n  API docs    ${product.apiUrl}/docs\n`,
      `  API key     ${product.account.apiKey}\n`,
      `  Dashboard   ${product.dashboardUrl}   ${process.env.DASHBOARD_USER || 'operator'} / ${product.secrets.dashboardPassword}\n`,
      `  Ledger      ${product.simulatorUrl}/   what each address really received\n`,
      `  Logs        ${join(product.folder, 'logs')}\n\n`,
    ].join(''),
  );
}
