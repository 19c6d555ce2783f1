/**
 * The demo: about a thousand employees in five overlapping groups are told something, once each, over the public API, by
 * WhatsApp and then by e-mail. Some of them give trouble on purpose; how who is named Slow, Flaky, Blocked or Lost behaves
 * is told the simulator here. A receiver of webhooks listens to what happens meanwhile. Birthdays and the ends of subscriptions
 * come by themselves, as their jobs say.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CarillonError, createClient } from '@carillon/client';
import { normalizePhone } from '@carillon/core';
import { Explained, root } from '../bootstrap.mjs';
import { startDates, watchDates } from './dates.mjs';
import { judge, judgeDates, judgeReport } from './judge.mjs';
import { startKinds, startReport, watchKinds } from './kinds.mjs';
import { startReceiver } from './receiver.mjs';

const POLL_MS = 250;
/** How long reports may take that settle what was unknown, and notices. */
const REPORTS_MS = 20_000;
const RUN_LIMIT_MS = 10 * 60_000;

/** How the simulator treats people with such a first name. `times` 1 means the first request only. */
const BEHAVIOURS = {
  Slow: { whatsapp: { does: { latencyMs: 3_000 } }, email: { does: { latencyMs: 2_000 } } },
  Flaky: { whatsapp: { times: 1, does: { status: 400, code: 131016 } }, email: { times: 1, does: { status: 450 } } },
  Blocked: { whatsapp: { does: { status: 400, code: 131026 } }, email: { does: { status: 550 } } },
  Lost: { whatsapp: { times: 1, does: { fault: 'accept_and_reset' } }, email: { does: { fault: 'accept_and_reset' } } },
};

/** What both announcements have in common. */
const ANNOUNCEMENT = {
  kind: 'message',
  trigger: { type: 'now' },
  // The demo may be repeated within a day, and says the same every time.
  allowSimilar: true,
  policy: {
    attempts: 4,
    backoff: { initialSeconds: 1, factor: 2, maxSeconds: 8 },
    // Whoever tries it at night wants to see it work.
    quietHours: 'ignore',
  },
};

/** Runs both announcements to their ends, and birthdays and reminders until the first of them are told. `summary` is what --json prints. */
export async function runDemo(product, { say, quiet }) {
  try {
    return await tellEverybody(product, { say, quiet });
  } catch (error) {
    if (error instanceof CarillonError) throw new Explained(`the API refused: ${error.message}`, { cause: error });
    throw error;
  }
}

async function tellEverybody(product, { say, quiet }) {
  const carillon = createClient({ baseUrl: product.apiUrl, apiKey: product.account.apiKey });
  const receiver = await startReceiver(carillon, product.secrets);
  product.onStop(receiver.close);
  const dates = await startDates(carillon, say);
  const begun = await startKinds(carillon, receiver.callUrl, say);
  const startedMs = performance.now();
  const employees = readEmployees();
  await prepareSimulator(product, employees);
  say(`loading ${employees.length} employees from ${employeesFile()}`);
  const report = await loadEmployees(carillon, employees);
  if (report.rowsBad > 0)
    say(`${report.rowsBad} of the employees could not be loaded; GET /v1/imports/${report.id}/errors`);
  const audience = { audiences: [...new Set(employees.flatMap((employee) => employee.groups))] };

  const announce = async (body) => {
    const job = await carillon.post('/v1/jobs', { body: { ...ANNOUNCEMENT, ...body, audience } });
    say(`${body.channel}: announcement ${job.id} is accepted; ${audience.audiences.length} groups will be told`);
    return await watch(carillon, job, quiet);
  };
  const whatsapp = await announce({
    channel: 'whatsapp',
    name: 'Demo announcement',
    content: { text: 'The canteen opens at eleven today. Please bring your badge.' },
  });
  const seconds = (performance.now() - startedMs) / 1_000;
  const kinds = await startReport(carillon, begun, whatsapp, say);

  const mailedMs = performance.now();
  const email = await announce({
    channel: 'email',
    name: 'Demo announcement by e-mail',
    content: {
      subject: 'The canteen opens at eleven',
      text: 'Dear {{name}},\n\nthe canteen opens at eleven today. Please bring your badge.',
    },
  });
  const mailedSeconds = (performance.now() - mailedMs) / 1_000;
  const reminded = await watchDates(carillon, dates, say);
  await waitForNotices(receiver, [whatsapp, email, ...reminded]);
  const judged = {
    whatsapp: await judge(product, await waitForReports(carillon, whatsapp), seconds),
    email: await judge(product, email, mailedSeconds),
  };
  const followed = await judgeDates(product, dates);
  const others = await watchKinds(carillon, kinds);
  const notices = receiver.events();
  return {
    ...judged,
    dates: {
      at: dates.at,
      birthdays: { job: dates.birthdays.id, ...followed.birthdays },
      reminders: { job: dates.reminders.id, ...followed.reminders },
    },
    kinds: { ...others, calls: receiver.calls(), attached: await judgeReport(product, others.report) },
    notices,
    summary: {
      ...judged.whatsapp.summary,
      email: judged.email.summary,
      webhooks: notices.length,
      birthdays: followed.birthdays,
      reminders: followed.reminders,
      kinds: Object.fromEntries(Object.entries(others).map(([kind, { done, failed }]) => [kind, { done, failed }])),
    },
  };
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

async function loadEmployees(carillon, employees) {
  const lines = employees.map(({ groups, ...employee }) => JSON.stringify({ ...employee, audiences: groups }));
  return await carillon.post('/v1/imports', {
    query: { format: 'ndjson' },
    contentType: 'application/x-ndjson',
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
  const rules = employees.flatMap(({ name, phone, email }) => {
    const behaviour = BEHAVIOURS[name.split(' ')[0]];
    if (behaviour === undefined) return [];
    const number = normalizePhone(phone, 'DE');
    return [
      ...(number.ok ? [ruleFor(number.e164Digits, behaviour.whatsapp)] : []),
      ...(email === undefined ? [] : [ruleFor(email, behaviour.email)]),
    ];
  });
  await put('/control/rules', { rules });
  await put('/control/latency', { minMs: 20, maxMs: 120 });
}

function ruleFor(to, { times, does }) {
  return { match: { to, ...(times === undefined ? {} : { times }) }, does };
}

/** Follows the run until it is complete, with a progress bar where somebody looks. */
async function watch(carillon, job, quiet) {
  const showBar = !quiet && process.stderr.isTTY;
  const deadline = Date.now() + RUN_LIMIT_MS;
  let lastShare = -1;
  for (;;) {
    const { data } = await carillon.get('/v1/jobs/{id}/runs', { path: { id: job.id } });
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
      `sent ${told}  failed ${counts.failed}  unknown ${counts.unknown}  skipped ${counts.skipped}  ` +
      `in the air ${counts.sending}   `,
  );
}

/** Reports settle what was unknown, and turn `sent` into `delivered`. */
async function waitForReports(carillon, run) {
  const deadline = Date.now() + REPORTS_MS;
  for (;;) {
    const now = await carillon.get('/v1/runs/{id}', { path: { id: run.id } });
    if ((now.counts.unknown === 0 && now.counts.sent === 0) || Date.now() > deadline) return now;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Until the receiver was told that these runs are over. Late notices cost nothing but a number in the summary. */
async function waitForNotices(receiver, runs) {
  const deadline = Date.now() + REPORTS_MS;
  const isTold = (run) =>
    receiver.events().some((event) => event.type === 'run.completed' && event.data.run === run.id);
  while (!runs.every(isTold) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
