/** What `npm start` prints at the end: what became of the demo, where everything is, and what to try next. */
import { join } from 'node:path';

const MEANINGS = {
  131026: 'recipient cannot be reached',
  smtp_550: 'no such mailbox, suppressed from now on',
  suppressed: 'no such mailbox before',
};

/** The closing table, and where to look next. */
export function printResult({ whatsapp, email, dates, kinds, notices }, product) {
  const { apiUrl, simulatorUrl, smtpPort, dashboardUrl, secrets, account, folder } = product;
  const login = `${process.env.DASHBOARD_USER || 'operator'} / ${secrets.dashboardPassword}`;
  const text = [
    '',
    heading('WhatsApp', whatsapp),
    ...rows(whatsapp),
    '',
    heading('E-mail', email),
    ...rows(email),
    '',
    `  Birthdays: ${dates.birthdays.job}, at ${dates.at} wherever each lives\n`,
    ...birthdayRows(dates.birthdays),
    '',
    `  Reminders: ${dates.reminders.job}, three days and one day before a subscription ends\n`,
    ...reminderRows(dates.reminders),
    '',
    '  Other kinds: one job of each',
    '',
    ...kindRows(kinds),
    '',
    `  Webhooks: ${notices.length} notices received and verified (${countTypes(notices)})`,
    '',
    `  API docs    ${apiUrl}/docs`,
    `  Dashboard   ${dashboardUrl}   ${login}`,
    `  Status      ${apiUrl}/v1/status   with a key: is all well, and if not, why`,
    `  Ledger      ${simulatorUrl}/   what each address really received; it takes e-mail on port ${smtpPort}`,
    `  Logs        ${join(folder, 'logs')}`,
    `  API key     ${account.apiKey}   of "Demo employer"`,
    `  Operator    ${account.operatorKey}   a key that sees and holds the whole installation`,
    '',
    '  For this machine only: webhooks and providers may be in private networks (ALLOW_PRIVATE_TARGETS).',
    '',
    '  Try next, in another terminal:',
    '',
    `    export CARILLON_URL=${apiUrl} CARILLON_KEY=${account.apiKey}`,
    '    AUTH="authorization: Bearer $CARILLON_KEY" JSON="content-type: application/json"',
    ...tries(whatsapp.run.job, account.operatorKey).flatMap(([what, command]) => [`    # ${what}`, `    ${command}`]),
    '',
    '',
  ];
  process.stdout.write(text.join('\n'));
}

function heading(channel, { run, summary }) {
  return `  ${channel}: announcement ${run.job}, told in ${summary.seconds} s\n`;
}

function row(name, value, note = '') {
  return `  ${name.padEnd(26)}${String(value).padStart(6)}  ${note}`.trimEnd();
}

function birthdayRows({ people, zones, told, planned, duplicates, lost }) {
  return [
    row('birthdays within a day', people, `in ${zones} zones`),
    row('greeted', told, 'whose moment has come'),
    row('planned', planned, 'each for a moment of their own'),
    row('duplicates by the ledger', duplicates),
    row('lost', lost),
  ];
}

function reminderRows({ people, confirmed, paidChecks, chargedTwice, told, skipped, duplicates, lost }) {
  return [
    row('subscriptions', people, 'that end in 1, 3 and 5 days'),
    row('addresses confirmed', confirmed, 'by their owners, and never checked'),
    row('addresses checked', paidChecks, 'by the paid service, also of those who are reminded in two days'),
    row('charged twice', chargedTwice),
    row('reminded', told),
    row('skipped', skipped, 'whose address is undeliverable'),
    row('duplicates by the ledger', duplicates),
    row('lost', lost),
  ];
}

function kindRows({ webhook, payment, script, report, calls, attached }) {
  const line = (name, { job, done }, note) => row(name, done, `${job}: ${note}`);
  return [
    line('called', webhook, `every minute; ${calls} verified by its receiver so far`),
    line('paid', payment, "12.50 EUR, by the simulator's provider, once"),
    script === undefined
      ? row('scripts', '-', 'off: they need bubblewrap and Python 3 (docs/scripts.md)')
      : line('script run', script, `in isolation; it printed "${script.result?.output?.trim()}"`),
    line('report sent', report, attachmentNote(attached)),
  ];
}

function attachmentNote(attached) {
  if (attached === undefined) return 'its e-mail did not arrive with one file';
  return `the WhatsApp announcement as ${attached.fileName}; the mail server found ${attached.lines} lines attached`;
}

function rows({ run, failures, skips, unknowns, links, summary }) {
  const { counts } = run;
  const leftOut = [
    run.duplicates > 0 ? `${run.duplicates} left out as duplicates` : '',
    run.unreachable > 0 ? `${run.unreachable} without an address` : '',
  ];
  const notes = [
    counts.delivered > 0 ? `${counts.delivered} of them reported as delivered` : '',
    links > 0 ? `each of the ${links} that arrived has a link to unsubscribe` : '',
  ];
  return [
    row('people in the groups', summary.people),
    row('distinct addresses', summary.addresses, joined(leftOut)),
    row('sent', summary.sent, joined(notes)),
    row('failed', summary.failed, codes(failures)),
    row('unknown', summary.unknown, ofUnknowns(unknowns)),
    row('skipped', summary.skipped, codes(skips)),
    row('duplicates by the ledger', summary.duplicates),
    row('lost', summary.lost),
  ];
}

function joined(parts) {
  return parts.filter(Boolean).join(', ');
}

function codes(counted) {
  return joined([...counted].map(([code, rows]) => `${rows} × ${code} ${MEANINGS[code] ?? ''}`.trimEnd()));
}

/** Where those are now that were unknown. */
function ofUnknowns(unknowns) {
  const all = unknowns.reduce((sum, row) => sum + row.rows, 0);
  if (all === 0) return '';
  const open = unknowns.find((row) => row.state === 'unknown')?.rows ?? 0;
  const settled = unknowns.filter((row) => row.state !== 'unknown').map((row) => `${row.rows} ${row.state} by report`);
  return joined([
    settled.length > 0 ? `${all} were unknown for a while: ${joined(settled)}` : '',
    open > 0 ? `${open} whose answer was lost: never sent again unseen` : '',
  ]);
}

function countTypes(notices) {
  const types = new Map();
  for (const { type } of notices) types.set(type, (types.get(type) ?? 0) + 1);
  return joined([...types].map(([type, count]) => `${count} ${type}`));
}

/** Commands that work as they stand, each with what it does. */
function tries(job, operatorKey) {
  const post = (path, body, key) =>
    `curl $CARILLON_URL${path} -H "$AUTH" -H "$JSON" -H "idempotency-key: ${key}-${job}" -d '${JSON.stringify(body)}'`;
  const hello = {
    kind: 'message',
    channel: 'whatsapp',
    name: 'Hello',
    content: { text: 'Good evening, {{name}}' },
    trigger: { type: 'now' },
    audience: { addresses: [{ address: '+49 151 20000001', name: 'Anna' }] },
  };
  const hold = JSON.stringify({ scope: 'installation', reason: 'Let me see' });
  return [
    ['tell somebody something now; the same key again makes no second job', post('/v1/jobs', hello, 'hello')],
    ['send to those missed, and to nobody who has it', post(`/v1/jobs/${job}/resend`, {}, 'again')],
    ['follow the newest job, by the client', 'node examples/follow-progress.mjs'],
    [
      'stop all sending within two seconds, as the operator',
      `curl $CARILLON_URL/v1/holds -H "authorization: Bearer ${operatorKey}" -H "$JSON" -d '${hold}'`,
    ],
    ['see that hold from the command line; "hold release hld_1" ends it', 'npm run carillon -- hold list'],
  ];
}
