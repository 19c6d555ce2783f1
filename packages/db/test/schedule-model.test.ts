/**
 * Jobs by `every`, `cron` and `at`, with every rule for what is missed and what overlaps, are stopped, changed and run by hand at random
 * moments, one by one and many by a filter, while schedulers plan them, senders claim from them and die of it, and a sweeper looks after
 * them, on a clock that runs ten times as fast. Afterwards an oracle that knows nothing of the planning (scheduleOracle.ts) holds what
 * was sent against what each job was at that moment, and what each job was in the end against what was sent.
 */
import type { Content, JobKind, ScheduleTrigger, StoredPolicy, StoredTrigger } from '@carillon/contracts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ControlResult,
  cancelJob,
  findJobs,
  insertJob,
  inTransaction,
  type JobChange,
  moveClock,
  pauseJob,
  readDatabaseTime,
  resumeJob,
  runJobNow,
  setSchedule,
} from '../src/index.ts';
import { POLICY, seedRecipient } from './dateRows.ts';
import { openStore, type TestStore } from './rows.ts';
import { type Done, judge, type Plan, type RunRow } from './scheduleOracle.ts';
import { change, every, triggerOf } from './scheduleRows.ts';
import { PASSING, SPEED, Works, type WorksOptions } from './scheduleWorks.ts';

const JOBS = 6;
const SECOND = 1_000;
const CRONS = [
  { expression: '*/5 * * * * *', seconds: Array.from({ length: 12 }, (_, index) => index * 5) },
  { expression: '2-59/3 * * * * *', seconds: Array.from({ length: 20 }, (_, index) => 2 + index * 3) },
  { expression: '7,11,12,29,41,58 * * * * *', seconds: [7, 11, 12, 29, 41, 58] },
];
const ACTS = {
  pause: 4,
  resume: 9,
  run: 3,
  trigger: 5,
  rules: 3,
  content: 5,
  both: 2,
  policy: 2,
  kind: 5,
  cancel: 0.6,
  'pause many': 1,
  'resume many': 2,
  'cancel many': 0.1,
  'senders rest': 4,
  'schedulers rest': 4,
} as const;
type Act = keyof typeof ACTS;
const REST_MS = 700;

const KINDS = {
  message: { kind: 'message', channel: 'whatsapp' },
  call: { kind: 'webhook', channel: 'call' },
  payment: { kind: 'payment', channel: 'payment' },
  script: { kind: 'script', channel: 'script' },
} as const satisfies Record<string, { kind: JobKind; channel: string }>;
type Kind = keyof typeof KINDS;

/** A plan whose moments are counted from when it is set, in seconds. */
interface Wish {
  readonly type: 'every' | 'cron' | 'at';
  readonly seconds: number;
  readonly cron: number;
  readonly atIn: number;
  readonly missed: Plan['missed'];
  readonly overlap: Plan['overlap'];
  readonly endsIn: number | undefined;
  readonly most: number | undefined;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  type: fc.constantFrom('every', 'every', 'cron', 'cron', 'at'),
  seconds: fc.constantFrom(2, 3, 5),
  cron: fc.nat({ max: CRONS.length - 1 }),
  atIn: fc.integer({ min: -2, max: 12 }),
  missed: fc.constantFrom('skip', 'once', 'all'),
  overlap: fc.constantFrom('allow', 'skip', 'queue'),
  endsIn: fc.option(fc.integer({ min: 5, max: 60 }), { nil: undefined, freq: 4 }),
  most: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined, freq: 2 }),
});

interface Step {
  readonly job: number;
  readonly act: Act;
  readonly waitMs: number;
  readonly wish: Wish;
  readonly kind: Kind;
}

const stepOf = (acts: readonly Act[]): fc.Arbitrary<Step> =>
  fc.record({
    job: fc.nat({ max: JOBS - 1 }),
    act: fc.oneof(...acts.map((act) => ({ weight: ACTS[act] * 10, arbitrary: fc.constant(act) }))),
    waitMs: fc.integer({ min: 0, max: 120 }),
    wish,
    kind: fc.constantFrom(...(Object.keys(KINDS) as Kind[])),
  });

interface Job {
  readonly id: number;
  readonly people: readonly number[];
  readonly tag: string;
  kind: Kind;
  readonly history: Done[];
}

let store: TestStore;
let providers: Record<Kind, number>;
let people: number[];
beforeAll(async () => {
  store = await openStore();
  await moveClock(store.db.pool, { aheadMs: 0, speed: SPEED });
  const { rows } = await store.db.pool.query<{ channel: Kind; id: number }>(
    `INSERT INTO provider_accounts (account_id, channel, name, settings)
     SELECT $1, channel, channel, '{}' FROM unnest(ARRAY['call', 'payment', 'script']) AS channel RETURNING channel, id`,
    [store.account.accountId],
  );
  const made = Object.fromEntries(rows.map(({ channel, id }) => [channel, id])) as Record<Kind, number>;
  providers = { ...made, message: store.account.providerAccountId };
  people = [await seedRecipient(store, { externalId: 'one' }), await seedRecipient(store, { externalId: 'two' })];
});
afterAll(() => store?.close());

const now = () => readDatabaseTime(store.db.pool);
const request = (jobId: number) => ({ accountId: store.account.accountId, jobId, actor: 'test' });
const target = (recipientIds: readonly number[]) => ({
  everyone: false,
  audienceIds: [],
  recipientIds: [...recipientIds],
  excludedAudienceIds: [],
  excludedRecipientIds: [],
});
const ASKED = { everyone: false, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } };

function contentOf(kind: Kind, number: number): Content {
  switch (kind) {
    case 'message':
      return { type: 'text', text: `Said at ${number}` };
    case 'call':
      return { type: 'call', method: 'POST', url: `https://example.com/${number}` } as Content;
    case 'payment':
      return { type: 'payment', sender: 'one', receiver: 'two', amountMinor: Math.round(number), currency: 'EUR' };
    case 'script':
      return {
        type: 'script',
        language: 'python',
        sha256: String(Math.round(number)).padStart(64, '0'),
        parameters: '{}',
      };
  }
}

const policyOf = ({ seconds, missed }: Wish): StoredPolicy => ({
  ...POLICY,
  dedupeBy: seconds === 2 ? 'address' : 'recipient',
  quietHours: missed === 'once' ? 'ignore' : 'respect',
  unknown: { action: seconds === 3 ? 'fail' : 'resend', afterSeconds: 1 },
});

function planOf(asked: Wish, nowMs: number): Plan {
  const anchorMs = Math.floor(nowMs / SECOND) * SECOND;
  const { missed, overlap } = asked;
  const when = {
    every: { type: 'every', seconds: asked.seconds, anchorMs },
    cron: { type: 'cron', ...(CRONS[asked.cron] as (typeof CRONS)[number]) },
    at: { type: 'at', atMs: Math.round(nowMs) + asked.atIn * SECOND },
  } as const;
  return {
    when: when[asked.type],
    missed,
    overlap,
    ...(asked.endsIn !== undefined && { endsAtMs: anchorMs + asked.endsIn * SECOND }),
    ...(asked.most !== undefined && { maxOccurrences: asked.most }),
  };
}

function storedOf({ when, ...rules }: Plan): StoredTrigger {
  if (when.type === 'at') return { type: 'at', instantMs: when.atMs };
  const stored = { ...rules, missedLimit: 1_000 };
  if (when.type === 'every') return every(when.seconds, when.anchorMs, stored);
  const zoned = { zone: 'UTC', gap: 'later', repeated: 'first', jitterMs: 0 } as const;
  return { type: 'cron', expression: when.expression, ...zoned, ...stored };
}

async function createJob(asked: Wish, tag: string, isForTwo: boolean): Promise<Job> {
  const fromMs = await now();
  const plan = planOf(asked, fromMs);
  const trigger = storedOf(plan);
  const those = isForTwo ? people : people.slice(0, 1);
  const id = await inTransaction(store.db.pool, async (client) => {
    const jobId = await insertJob(client, {
      accountId: store.account.accountId,
      name: 'again',
      kind: 'message',
      channel: 'whatsapp',
      providerAccountId: providers.message,
      trigger,
      target: target(those),
      asked: ASKED,
      policy: policyOf(asked),
      content: contentOf('message', fromMs),
      nextRunAtMs: plan.when.type === 'at' ? plan.when.atMs : fromMs,
      tags: [tag],
      actor: 'test',
    });
    const key = { accountId: store.account.accountId, jobId };
    if (trigger.type !== 'at') await setSchedule(client, key, trigger as ScheduleTrigger, fromMs);
    return jobId;
  });
  const done: Done = { act: 'create', fromMs, toMs: fromMs, status: 'active', plan, content: 1, channel: 'whatsapp' };
  return { id, people: those, tag, kind: 'message', history: [done] };
}

const CONTROLS = { pause: pauseJob, resume: resumeJob, cancel: cancelJob } as const;
const STATUS = { pause: 'paused', resume: 'active', cancel: 'cancelled' } as const;

async function control(job: Job, act: keyof typeof CONTROLS): Promise<void> {
  const fromMs = await now();
  const answer: ControlResult = await CONTROLS[act](store.db.pool, request(job.id));
  if (answer.kind === 'ok') job.history.push({ act, fromMs, toMs: await now(), status: STATUS[act] });
}

/** Of all that a filter finds, as the API does it. */
async function controlMany(jobs: readonly Job[], tag: string, act: keyof typeof CONTROLS): Promise<void> {
  const status = act === 'resume' ? 'paused' : 'active';
  const { jobs: found } = await findJobs(store.db.pool, store.account.accountId, { tag, status }, 100);
  for (const { id } of found) {
    const job = jobs.find((one) => one.id === id);
    if (job !== undefined) await control(job, act);
  }
}

async function alter(job: Job, step: Step, parts: readonly ('trigger' | 'rules' | 'content' | 'policy' | 'kind')[]) {
  const fromMs = await now();
  const held = job.history.findLast(({ plan }) => plan !== undefined)?.plan as Plan;
  const kind = parts.includes('kind') ? step.kind : job.kind;
  let plan: Plan | undefined;
  if (parts.includes('trigger')) plan = planOf(step.wish, fromMs);
  if (parts.includes('rules') && held.when.type !== 'at') plan = { ...planOf(step.wish, fromMs), when: held.when };
  const isOther = kind !== job.kind;
  const hasContent = parts.includes('content') || isOther;
  const changes: JobChange = {
    ...(plan && { trigger: triggerOf(storedOf(plan), plan.when.type === 'at' ? plan.when.atMs : null) }),
    ...(hasContent && { content: contentOf(kind, fromMs) }),
    ...(parts.includes('policy') && { policy: policyOf(step.wish) }),
    ...(isOther && {
      way: { ...KINDS[kind], providerAccountId: providers[kind] },
      audience: { target: target(kind === 'message' ? job.people : []), asked: ASKED },
    }),
  };
  const answer = await change(store, job.id, changes);
  if (answer.kind !== 'changed') return;
  job.kind = kind;
  const { rows } = await store.db.pool.query('SELECT content_version FROM jobs WHERE id = $1', [job.id]);
  const content = hasContent ? { content: rows[0]?.content_version } : {};
  const channel = isOther ? { channel: KINDS[kind].channel } : {};
  job.history.push({ act: step.act, fromMs, toMs: await now(), ...(plan && { plan }), ...content, ...channel });
}

async function act(jobs: readonly Job[], step: Step, works: Works): Promise<void> {
  const job = jobs[step.job] as Job;
  switch (step.act) {
    case 'pause':
    case 'resume':
    case 'cancel':
      return await control(job, step.act);
    case 'pause many':
      return await controlMany(jobs, job.tag, 'pause');
    case 'resume many':
      return await controlMany(jobs, job.tag, 'resume');
    case 'cancel many':
      return await controlMany(jobs, job.tag, 'cancel');
    case 'run': {
      const fromMs = await now();
      const { kind } = await inTransaction(store.db.pool, (client) => runJobNow(client, request(job.id)));
      if (kind === 'planned') job.history.push({ act: 'run', fromMs, toMs: await now(), status: 'active' });
      return;
    }
    case 'senders rest':
      return works.stall('senders', REST_MS);
    case 'schedulers rest':
      return works.stall('schedulers', REST_MS);
    case 'both':
      return await alter(job, step, ['trigger', 'content']);
    default:
      return await alter(job, step, [step.act]);
  }
}

/** The job's runs and what became of their deliveries. */
async function runsOf(jobId: number): Promise<RunRow[]> {
  const { rows } = await store.db.pool.query<RunRow>(
    `SELECT r.id, r.occurrence_key AS key, r.left_out AS "leftOut",
            extract(epoch FROM r.left_out_until)::float8 * 1000 AS "leftOutUntilMs",
            extract(epoch FROM r.created_at)::float8 * 1000 AS "createdMs",
            CASE WHEN count(*) = count(d.settled_at) FILTER (WHERE d.state NOT IN ('scheduled', 'sending'))
                 THEN extract(epoch FROM max(d.settled_at))::float8 * 1000 END AS "overMs",
            count(d.number)::int AS deliveries, (count(*) FILTER (WHERE d.try > 0))::int AS begun
     FROM runs r LEFT JOIN deliveries d ON d.account_id = r.account_id AND d.run_id = r.id AND d.day = r.day
     WHERE r.job_id = $1 GROUP BY r.account_id, r.id ORDER BY r.id`,
    [jobId],
  );
  return rows;
}

/** Waits until nothing is left of what was due at a moment, but in jobs that are paused or over. */
async function drained(ids: readonly number[], untilMs: number): Promise<void> {
  const endsAt = performance.now() + 60_000;
  for (;;) {
    const { rows } = await store.db.pool.query<{ left: string }>(
      `SELECT 'job ' || id AS left FROM jobs
       WHERE id = ANY ($2::bigint[]) AND status = 'active' AND next_run_at <= to_timestamp($1::float8 / 1000)
       UNION ALL
       SELECT 'run ' || id FROM runs
       WHERE job_id = ANY ($2::bigint[]) AND state IN ('planned', 'expanding') AND paused_at IS NULL AND cancelled_at IS NULL
         AND due_at <= to_timestamp($1::float8 / 1000)
       UNION ALL
       SELECT 'batch ' || id FROM batches
       WHERE job_id = ANY ($2::bigint[]) AND open AND due_at <= to_timestamp($1::float8 / 1000) AND paused_at IS NULL
         AND cancelled_at IS NULL`,
      [untilMs, ids],
    );
    if (rows.length === 0) return;
    if (performance.now() > endsAt) throw new Error(`not over after a minute: ${rows.map(({ left }) => left).join()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Tale {
  readonly seed: number;
  readonly jobs: readonly { readonly wish: Wish; readonly isForTwo: boolean }[];
  readonly steps: readonly Step[];
}

const taleOf = (acts: readonly Act[], steps: { minLength: number; maxLength: number }): fc.Arbitrary<Tale> =>
  fc.record({
    seed: fc.nat(),
    jobs: fc.array(fc.record({ wish, isForTwo: fc.boolean() }), { minLength: JOBS, maxLength: JOBS }),
    steps: fc.array(stepOf(acts), steps),
  });

let tales = 0;
const seen: Record<string, number> = {};
const count = (what: string) => {
  seen[what] = (seen[what] ?? 0) + 1;
};

/** Lives through a tale. @returns what was wrong with it */
async function live(tale: Tale, options?: WorksOptions): Promise<string[]> {
  tales += 1;
  const jobs: Job[] = [];
  for (const [index, { wish: asked, isForTwo }] of tale.jobs.entries()) {
    jobs.push(await createJob(asked, `tale-${tales}-${index % 2}`, isForTwo));
  }
  const ids = jobs.map(({ id }) => id);
  const works = new Works(store, tale.seed, options);
  await works.start();
  try {
    for (const step of tale.steps) {
      await act(jobs, step, works);
      await new Promise((resolve) => setTimeout(resolve, step.waitMs));
    }
    const untilMs = await now();
    await drained(ids, untilMs);
    // What came due since may be in the air.
    await works.stop();
    const wrong: string[] = [];
    for (const { id, history } of jobs) {
      const sent = works.sent.filter((send) => send.jobId === id);
      const runs = await runsOf(id);
      for (const done of history) count(done.act);
      for (const send of sent) count(send.try === 1 ? `begun by ${send.channel}` : 'tried again');
      for (const run of runs) if (run.leftOut !== null) count(`left out: ${run.leftOut}`);
      const { passes } = works;
      const problems = judge({ history, sent, runs, passes, untilMs, ...PASSING });
      if (problems.length > 0) wrong.push(`Job ${id}: ${JSON.stringify({ problems, history, runs, sent }, null, 1)}`);
    }
    const { rows } = await store.db.pool.query(
      `SELECT b.id FROM batches b JOIN deliveries d ON d.account_id = b.account_id AND d.batch_id = b.id AND d.day = b.day
       WHERE b.job_id = ANY ($1::bigint[]) GROUP BY b.account_id, b.id
       HAVING (b.scheduled, b.sending, b.sent, b.failed, b.unknown) <> (
         count(*) FILTER (WHERE state = 'scheduled'), count(*) FILTER (WHERE state = 'sending'), count(*) FILTER (WHERE state = 'sent'),
         count(*) FILTER (WHERE state = 'failed'), count(*) FILTER (WHERE state = 'unknown'))`,
      [ids],
    );
    if (rows.length > 0) wrong.push(`batches whose counts are wrong: ${JSON.stringify(rows)}`);
    return wrong;
  } finally {
    await works.stop();
    for (const jobId of ids) await cancelJob(store.db.pool, request(jobId));
  }
}

// The same each time, so that what turns red is what was changed; another one explores.
const seed = Number(process.env.FLOW_SEED ?? 355_608);
const ALL_ACTS = Object.keys(ACTS) as Act[];

test('whatever is done to jobs at random moments, nothing forbidden is sent, nothing demanded is lost, nothing is told twice', async () => {
  await fc.assert(
    fc.asyncProperty(taleOf(ALL_ACTS, { minLength: 30, maxLength: 45 }), async (tale) => {
      const wrong = await live(tale);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 8), endOnFailure: true, seed },
  );
  process.stderr.write(`schedules (seed ${seed}): ${JSON.stringify(seen)}\n`);
}, 300_000);

/** What makes up for everything, so that whatever is taken back is planned again. */
const PLAIN: Wish = {
  type: 'every',
  seconds: 2,
  cron: 0,
  atIn: 0,
  missed: 'all',
  overlap: 'allow',
  endsIn: undefined,
  most: undefined,
};

/** What tales of these acts, with slow senders, come to be told of, once something is wrong with one. */
async function firstWrong(acts: readonly Act[], options: WorksOptions): Promise<string> {
  const { counterexample, errorInstance } = await fc.check(
    fc.asyncProperty(taleOf(acts, { minLength: 30, maxLength: 45 }), async (tale) => {
      const jobs = tale.jobs.map((job) => ({ ...job, wish: PLAIN }));
      const wrong = await live({ ...tale, jobs }, { ...options, isSlow: true });
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    }),
    { numRuns: 10, endOnFailure: true, seed },
  );
  expect({ seed, isFound: counterexample !== null }).toEqual({ seed, isFound: true });
  return (errorInstance as Error).message;
}

test('the control: with the stop check of the claim off it tells of what is sent though the job is stopped', async () => {
  expect(await firstWrong(['pause', 'resume', 'run'], { without: 'stops' })).toContain('sent though stopped');
}, 300_000);

test('the control: with the occurrence key of runs unique no more it tells of what is begun twice', async () => {
  const { pool } = store.db;
  // What follows the milliseconds is not read, and makes each key another.
  await pool.query(
    `CREATE FUNCTION other_key() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.occurrence_key := replace(NEW.occurrence_key, 'Z', lpad(NEW.id::text, 12, '0') || 'Z'); RETURN NEW; END $$`,
  );
  await pool.query(
    `CREATE TRIGGER other_key BEFORE INSERT ON runs FOR EACH ROW WHEN (NEW.occurrence_key LIKE '____-%') EXECUTE FUNCTION other_key()`,
  );
  try {
    expect(await firstWrong(['pause', 'resume', 'resume many', 'senders rest'], {})).toContain('begun twice');
  } finally {
    await pool.query('DROP TRIGGER other_key ON runs');
  }
}, 300_000);
