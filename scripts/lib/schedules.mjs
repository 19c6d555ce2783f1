/**
 * docs/schedules.md: what the rules of schedules do, shown by doing it. Every time in its tables is computed by the code that
 * schedulers run, so that page and product cannot differ; defaults are read from the API's schemas. What only a database shows names its
 * test, without which the page is not made.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../bootstrap.mjs';

const load = (path) => import(pathToFileURL(join(root, path)).href);
const { decideSchedule, nextOccurrences, occurrenceOf, parseCron } = await load('packages/core/dist/index.js');
const { triggerBodySchema } = await load('packages/contracts/dist/index.js');

const MINUTE = 60_000;

/** The page's text. @param notice who makes it */
export async function schedulesPage(notice) {
  return `${[
    `<!-- ${notice} -->`,
    INTRODUCTION,
    '## Cron expressions',
    EXPRESSIONS,
    table(['expression', 'the next moments after Monday, 1 March 2027, 00:00 UTC'], expressionRows()),
    REFUSED,
    table(['expression', 'answer'], refusedRows()),
    '## Intervals',
    INTERVALS,
    table(['interval', 'from', 'zone', 'the next moments'], intervalRows()),
    '## Days on which clocks change',
    CLOCKS,
    '### Wall times that are skipped',
    'Berlin, 28 March 2027: 02:00 becomes 03:00. Times are of the clock in Berlin.',
    table(['gap', '`30 2 * * *`', '`0,30 1-3 * * *`', '`*/30 * * * *` from 01:00 to 04:00'], gapRows()),
    '### Wall times that come twice',
    'Berlin, 31 October 2027: 03:00 becomes 02:00. Times are of the clock in Berlin, *1* and *2* the passes.',
    table(['repeated', '`30 2 * * *`', '`0,30 1-3 * * *`', '`*/30 * * * *` from 01:00 to 04:00'], repeatedRows()),
    '## Moments that were missed',
    MISSED,
    table(['missed', 'runs', 'left out'], missedRows()),
    '## An earlier run that is not over',
    OVERLAP,
    table(['overlap', 'effect'], claimRows(OVERLAP_CLAIMS)),
    AFTER_OVERLAP,
    '## The rest',
    table(['what', 'rule'], [...boundRows(), ...claimRows(CLAIMS)]),
    '## Defaults',
    table(['field', '`cron`', '`every`'], defaultRows()),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `# Jobs that come again

A job with the trigger \`cron\` or \`every\` runs again and again, until its bounds end it or somebody cancels it. Every kind of job takes them.

\`\`\`json
{ "type": "cron", "expression": "0 9 * * MON-FRI", "zone": "Europe/Berlin", "missed": "once", "overlap": "skip" }
{ "type": "every", "interval": "PT15M", "startsAt": "2027-03-01T08:00:00Z", "maxOccurrences": 96 }
\`\`\`

The next moment is computed from the job's row whenever it is needed. Nothing hangs on a chain of wake-ups, so nothing breaks with a link of it.
\`POST /v1/jobs/preview\` tells the next ten moments in UTC and by the clock of the zone. The tables of this page are made by the code
that schedulers run.`;

const EXPRESSIONS = `Five fields: minute, hour, day of month, month, day of week; or six with a second before them. Each takes \`*\`, numbers, names
(\`JAN\`, \`MON\`), ranges, lists and steps; Sunday is 0 or 7. The day of month takes \`L\` (the last) and \`L-2\` (two days before it), the day of
week \`5L\` (the last Friday) and \`5#2\` (the second). \`?\` in a day is \`*\`.

With a day of the month *and* a day of the week a day on which either holds will do, as crontab(5) has it; where one of them begins with
\`*\` both must hold. An expression that never comes true is refused as it comes in.`;

const REFUSED = 'What is wrong is named by its field:';

const INTERVALS = `\`interval\` is whole seconds or an ISO 8601 duration, from a second to ten years. Years, months, weeks and days are those of the calendar
by the clock of \`zone\`, what is below a day is exact time. Moments are counted from \`startsAt\`, which is itself one, and without it from
when the trigger was set; never from the moment before, so that the 31st comes back after a February.`;

const CLOCKS = `\`gap\` and \`repeated\` say what becomes of wall times that clocks skip or have twice. Left out, an expression whose hour begins
with \`*\` follows the passing of time (\`skip\`, \`both\`: every half hour stays every half hour), and any other the clock on the wall
(\`later\`, \`first\`: once a day stays once a day). Two wall times that become one instant are one moment.`;

const MISSED = `A moment is missed when nobody planned it within \`SCHEDULE_MISSED_AFTER_MS\` (a minute): everything stood still, or the job was paused.
\`missed\` says what becomes of such moments. Here a job of every five minutes, planned at 10:00 for the last time and then at 11:02:30:`;

const OVERLAP = `\`overlap\` says what becomes of a moment that comes while an earlier run of the job is not over: it has deliveries that wait or are sent,
or outcomes that a policy will settle. One that is unknown until a person says so does not keep others.`;

const SCHEDULES = 'packages/db/test/schedules.test.ts';
const CHANGES = 'packages/db/test/schedule-changes.test.ts';
const MODEL = 'packages/db/test/schedule-model.test.ts';
const WHATEVER = 'whatever is done to jobs at random moments';

/** Sentences that no pure function can be asked for: each with the test by which it would be noticed that it is true no more. */
const OVERLAP_CLAIMS = [
  ['`allow`', 'The run begins all the same', SCHEDULES, 'allow runs beside it'],
  [
    '`skip`',
    'The moment gets no run, and a record with `leftOut.reason` `overlap`',
    SCHEDULES,
    'skip leaves the moment out, and says so',
  ],
  [
    '`queue`',
    'The run waits. What comes due meanwhile is no missed moment: each gets its run, one after the other, the latest `missedLimit` of them',
    SCHEDULES,
    'queue waits, and makes up for what came due meanwhile one by one, whatever the rule for missed ones',
  ],
];

const AFTER_OVERLAP =
  'With `skip` and `queue` runs are planned when they are due, and not ahead. A run by hand is not asked, and counts as an earlier one.';

const CLAIMS = [
  [
    'Planning',
    '`SCHEDULE_AHEAD_MS` (5 s) before a run is due. What was planned and could not start is late, and not missed: `policy.expireAfter` says until when it may start',
    SCHEDULES,
    'are planned a few seconds ahead, one for each moment, with a delivery that is due then',
  ],
  [
    'Occurrence',
    "The moment in UTC, such as `2027-03-01T08:00:00.000Z`; the run's `dueAt` has the jitter",
    SCHEDULES,
    'are later by their jitter, which is within its bound',
  ],
  [
    'Left out',
    '`GET /v1/jobs/:id/runs` shows one record for moments that followed each other, with `leftOut`: why, how many (counted up to 10,000), and until when',
    'services/api/test/job-schedules.test.ts',
    'what was left out is listed with its reason',
  ],
  [
    'Pause',
    'What was planned does not start. A resume takes back what nobody began with, and `missed` decides about it as about the rest',
    SCHEDULES,
    'keeps what was planned from starting; a resume decides about it as about what was missed',
  ],
  [
    'Change of the trigger',
    "What is planned and not due yet is taken back, what is due goes out, and the new trigger's moments count from then on. The runs made so far count towards a new maximum",
    MODEL,
    WHATEVER,
  ],
  [
    'Any other change',
    'What is planned and not due yet is taken back and planned anew, and what is due goes out, both as the job is then',
    CHANGES,
    'leaves what is late as it is due, whatever is done about what was missed',
  ],
  [
    'Cancel',
    'Nothing more is planned, and what waits is ended',
    SCHEDULES,
    'a cancel ends what was planned, and nothing follows',
  ],
  [
    'The end',
    'With no moment left and no run open the job is `completed`',
    SCHEDULES,
    'end with the last moment, and the job is completed when they are over',
  ],
  [
    'Run by hand',
    '`POST /v1/jobs/:id/run`, and `runNow: true` as it is created: a run at once, occurrence `manual:…`, that changes no moment',
    SCHEDULES,
    'comes besides the moments of the schedule, and changes none of them',
  ],
  [
    'Restored from a backup',
    'What came due between the backup and the restore is planned by its rules and held as `unknown` with the rest; of paused jobs it is left out',
    'packages/db/test/restore.test.ts',
    'of jobs that come again what came due since is unknown, and goes on afterwards; of paused ones it is left out',
  ],
];

/** The cells of claims. @throws Error when the test of one is gone */
function claimRows(claims) {
  return claims.map(([what, rule, file, name]) => {
    if (!readFileSync(join(root, file), 'utf8').includes(name)) {
      throw new Error(`${file} has no test "${name}" any more, which shows that "${rule}"`);
    }
    return [what, rule];
  });
}

/** Bounds, the maximum and the jitter, by the code that schedulers run: five minutes each from 10:00 on. */
function boundRows() {
  const start = Date.parse('2027-03-01T10:00:00Z');
  const minute = (count) => start + count * MINUTE;
  const schedule = { type: 'every', interval: 300, anchorMs: start, ...zoned('UTC') };
  const clock = (at) => new Date(at).toISOString().slice(11, 16);
  const within = nextOccurrences({ ...schedule, startsAtMs: minute(5), endsAtMs: minute(15) }, start - 1, 99);
  const rules = { missed: 'all', missedLimit: 100, jitterMs: 0, maxOccurrences: 2 };
  const made = [];
  for (let next = { nominalMs: start }; next !== null; ) {
    const state = { jobId: 1, nextMs: next.nominalMs, occurrences: made.length, waitedUntilMs: null };
    const decision = decideSchedule(schedule, rules, state, { nowMs: next.nominalMs, missedAfterMs: MINUTE });
    made.push(decision.run.nominalMs);
    next = decision.next;
  }
  const due = (jitterMinutes) =>
    Array.from(
      { length: 2_000 },
      (_, jobId) => occurrenceOf(schedule, { jitterMs: jitterMinutes * MINUTE }, jobId, start).dueMs,
    );
  const latest = (jitterMinutes) => new Date(Math.max(...due(jitterMinutes))).toISOString().slice(11, 19);
  return [
    [
      '`startsAt`, `endsAt`',
      `Moments from one to the other, both included: every five minutes from 10:05 to 10:15 is ${within.map(clock).join(', ')}`,
    ],
    [
      '`maxOccurrences`',
      `Counts runs that the schedule made: with 2 there are ${made.map(clock).join(', ')}, and no more. What is left out does not count, nor do runs by hand`,
    ],
    [
      '`jitter`',
      `A run is due up to so much after its moment, always the same for a job and a moment, and always before the next moment. Every five minutes, the latest of 2,000 jobs for 10:00 is due at ${latest(2)} with two minutes, and at ${latest(60)} with an hour`,
    ],
  ];
}

const zoned = (zone, rules = {}) => ({ zone, gap: 'later', repeated: 'first', ...rules });
const cron = (expression, zone, rules) => ({ type: 'cron', expression, ...zoned(zone, rules) });

function expressionRows() {
  const from = Date.UTC(2027, 2, 1);
  return [
    '*/15 * * * *',
    '0 9 * * MON-FRI',
    '30 6 1,15 * *',
    '0 0 L * *',
    '0 0 L-2 * *',
    '0 18 * * 5L',
    '0 10 * * MON#1',
    '0 0 29 2 *',
    '0 12 13 * FRI',
    '0 12 */10 * FRI',
    '15 30 9 * * *',
  ].map((expression) => [code(expression), times(nextOccurrences(cron(expression, 'UTC'), from, 3))]);
}

function refusedRows() {
  return ['* * * *', '60 * * * *', '0 9 15W * *', '0 9 * * L', '0 9 * * FRI-TUE', '0 0 30 2 *'].map((expression) => {
    const read = parseCron(expression);
    const { error } = triggerBodySchema.safeParse({ type: 'cron', expression });
    return [code(expression), read.ok ? error.issues[0].message : `${read.field}: ${read.problem}`];
  });
}

function intervalRows() {
  return [
    [90, '2027-03-01T08:00:00Z', 'UTC'],
    ['PT6H', '2027-03-27T18:00:00Z', 'Europe/Berlin'],
    ['P1D', '2027-03-27T08:00:00Z', 'Europe/Berlin'],
    ['PT24H', '2027-03-27T08:00:00Z', 'Europe/Berlin'],
    ['P1M', '2027-01-31T08:00:00Z', 'Europe/Berlin'],
    ['P1Y', '2028-02-29T12:00:00Z', 'UTC'],
  ].map(([interval, start, zone]) => {
    const anchorMs = Date.parse(start);
    const schedule = { type: 'every', interval, anchorMs, ...zoned(zone) };
    return [code(interval), times([anchorMs]), zone, times(nextOccurrences(schedule, anchorMs, 3))];
  });
}

const EXAMPLES = ['30 2 * * *', '0,30 1-3 * * *', '*/30 * * * *'];
const BERLIN = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' });

/** Moments of a day in Berlin, from 01:00 to 04:00 by its clock. */
function berlinNight(expression, rules, fromMs, toMs) {
  const found = nextOccurrences({ ...cron(expression, 'Europe/Berlin', rules), endsAtMs: toMs - 1 }, fromMs - 1, 99);
  return found.length === 0 ? 'none' : found;
}

function gapRows() {
  const from = Date.parse('2027-03-28T01:00+01:00');
  const to = Date.parse('2027-03-28T04:00+02:00');
  return ['later', 'earlier', 'skip'].map((gap) => [
    code(gap),
    ...EXAMPLES.map((expression) => {
      const found = berlinNight(expression, { gap }, from, to);
      return found === 'none' ? found : found.map((at) => BERLIN.format(at)).join(', ');
    }),
  ]);
}

function repeatedRows() {
  const from = Date.parse('2027-10-31T01:00+02:00');
  const to = Date.parse('2027-10-31T04:00+01:00');
  const change = Date.parse('2027-10-31T01:00Z');
  const shown = (at) => {
    const isTwice = at >= change - 60 * MINUTE && at < change + 60 * MINUTE;
    return BERLIN.format(at) + (isTwice ? ` *${at < change ? 1 : 2}*` : '');
  };
  return ['first', 'second', 'both'].map((repeated) => [
    code(repeated),
    ...EXAMPLES.map((expression) => berlinNight(expression, { repeated }, from, to).map(shown).join(', ')),
  ]);
}

function missedRows() {
  const start = Date.parse('2027-03-01T10:00:00Z');
  const schedule = { type: 'every', interval: 300, anchorMs: start, ...zoned('UTC') };
  return [
    ['skip', 100],
    ['once', 100],
    ['all', 100],
    ['all', 3],
  ].map(([missed, missedLimit]) => {
    const rules = { missed, missedLimit, jitterMs: 0 };
    const now = { nowMs: start + 62.5 * MINUTE, missedAfterMs: MINUTE };
    const runs = [];
    let leftOut = 0;
    let next = { nominalMs: start + 5 * MINUTE, dueMs: start + 5 * MINUTE };
    while (next !== null && next.dueMs <= now.nowMs + 5 * MINUTE) {
      const state = { jobId: 1, nextMs: next.nominalMs, occurrences: runs.length, waitedUntilMs: null };
      const decision = decideSchedule(schedule, rules, state, now);
      if (decision.run !== null) runs.push(decision.run.nominalMs);
      leftOut += decision.leftOut?.count ?? 0;
      next = decision.next;
    }
    const name = missed === 'all' ? `${code(missed)}, \`missedLimit\` ${missedLimit}` : code(missed);
    return [name, runs.map((at) => new Date(at).toISOString().slice(11, 16)).join(', '), String(leftOut)];
  });
}

function defaultRows() {
  const parsed = [
    triggerBodySchema.parse({ type: 'cron', expression: '0 9 * * *' }),
    triggerBodySchema.parse({ type: 'every', interval: 60 }),
  ];
  const told = {
    zone: "the account's",
    gap: 'later; `skip` where the hour begins with `*`',
    repeated: 'first; `both` where the hour begins with `*`',
    startsAt: 'none',
    endsAt: 'none',
    maxOccurrences: 'none',
  };
  return [
    'zone',
    'gap',
    'repeated',
    'startsAt',
    'endsAt',
    'maxOccurrences',
    'missed',
    'missedLimit',
    'overlap',
    'jitter',
  ].map((field) => [code(field), ...parsed.map((trigger) => String(trigger[field] ?? told[field]))]);
}

function times(instants) {
  return instants
    .map((at) =>
      new Date(at)
        .toISOString()
        .replace(/:00\.000Z$|\.000Z$/, '')
        .replace('T', ' '),
    )
    .join(', ');
}

function code(text) {
  return `\`${text}\``;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
