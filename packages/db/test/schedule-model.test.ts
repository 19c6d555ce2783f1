/**
 * Jobs that come again are paused, resumed, changed, run by hand and cancelled at random moments, while schedulers plan them, senders
 * claim from them and a sweeper looks after them, on a clock that runs ten times as fast. Afterwards every send is held against what
 * the job was at that moment, and what the job was in the end against what was sent: nothing that it forbade, nothing of what it
 * demanded missing, nothing twice.
 */
import type { ScheduleTrigger } from '@carillon/contracts';
import { nextOccurrences } from '@carillon/core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  cancelJob,
  claimDeliveries,
  completeJobs,
  completeRuns,
  dropEndedRows,
  inTransaction,
  leaseBatch,
  moveClock,
  pauseJob,
  planSchedules,
  readDatabaseTime,
  releaseBatch,
  reopenJobs,
  resumeJob,
  runJobNow,
  settleOutcomes,
} from '../src/index.ts';
import { openStore, outcome, type TestStore } from './rows.ts';
import { change, every, MINUTE, scheduledJob, triggerOf } from './scheduleRows.ts';

const JOBS = 4;
const INTERVALS = [5, 10, 15];
const OPTIONS = { aheadMs: 5_000, missedAfterMs: MINUTE, limit: 50 };

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

type Action = 'pause' | 'resume' | 'trigger' | 'content' | 'run' | 'cancel';
interface Step {
  readonly job: number;
  readonly action: Action;
  readonly waitMs: number;
  readonly interval: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  job: fc.nat({ max: JOBS - 1 }),
  action: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Action>('pause') },
    { weight: 5, arbitrary: fc.constant<Action>('resume') },
    { weight: 4, arbitrary: fc.constant<Action>('trigger') },
    { weight: 4, arbitrary: fc.constant<Action>('content') },
    { weight: 2, arbitrary: fc.constant<Action>('run') },
    { weight: 1, arbitrary: fc.constant<Action>('cancel') },
  ),
  waitMs: fc.integer({ min: 0, max: 150 }),
  interval: fc.constantFrom(...INTERVALS),
});

/** Something that was done to a job, between two readings of the database's clock. */
interface Done {
  readonly action: Action | 'create';
  readonly fromMs: number;
  readonly toMs: number;
  readonly trigger?: ScheduleTrigger;
  /** The version of the content from then on. */
  readonly content?: number;
}

interface Sent {
  readonly jobId: number;
  readonly runId: number;
  readonly occurrence: string;
  readonly contentVersion: number;
  readonly atMs: number;
}

const now = () => readDatabaseTime(store.db.pool);
const request = (jobId: number) => ({ accountId: store.account.accountId, jobId, actor: 'test' });

/** What works in the background, until it is stopped; a failure of it is the test's. */
class Works {
  readonly sent: Sent[] = [];
  private stopped = false;
  private readonly loops: Promise<void>[];

  constructor() {
    const scheduler = async () => {
      const { failures } = await planSchedules(store.db.pool, OPTIONS);
      if (failures[0]) throw failures[0].error;
    };
    const sweeper = async () => {
      await dropEndedRows(store.db.pool, 100);
      await completeRuns(store.db.pool, 100);
      await completeJobs(store.db.pool, 100);
      await reopenJobs(store.db.pool, 100);
    };
    const sender = () => this.send();
    this.loops = [scheduler, scheduler, sender, sender, sweeper].map((work) => this.repeat(work));
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    while (!this.stopped) {
      await work();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private async send(): Promise<void> {
    const { accountId } = store.account;
    const { rows } = await store.db.pool.query<{ id: number }>(
      'SELECT id FROM batches WHERE open AND due_at <= carillon_now() AND lease_until IS NULL AND paused_at IS NULL ORDER BY due_at LIMIT 5',
    );
    for (const { id } of rows) {
      const lease = { leaseMs: 600_000, owner: 'test' };
      const batch = await leaseBatch(store.db.pool, { accountId, batchId: id }, lease);
      if (batch === undefined) continue;
      const claimed = await claimDeliveries(store.db.pool, batch, { fromNumber: 1, limit: 10, neededLeaseMs: 1_000 });
      for (const row of claimed) {
        const run = await store.db.pool.query<{ key: string }>('SELECT occurrence_key AS key FROM runs WHERE id = $1', [
          batch.runId,
        ]);
        this.sent.push({
          jobId: batch.jobId,
          runId: batch.runId,
          occurrence: run.rows[0]?.key ?? 'gone',
          contentVersion: row.contentVersion,
          atMs: row.sendingAtMs,
        });
        const key = { batchId: id, number: row.number, try: row.try };
        await settleOutcomes(store.db.pool, [outcome(store, key, { day: batch.day })], batch.day);
      }
      await releaseBatch(store.db.pool, batch);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.loops);
  }
}

async function act(jobId: number, { action, interval }: Step, history: Done[]): Promise<void> {
  const fromMs = await now();
  const trigger = every(interval, Math.floor(fromMs / 1000) * 1000, { missed: 'all', missedLimit: 1_000 });
  let accepted: boolean;
  let content: number | undefined;
  switch (action) {
    case 'pause':
      accepted = (await pauseJob(store.db.pool, request(jobId))).kind === 'ok';
      break;
    case 'resume':
      accepted = (await resumeJob(store.db.pool, request(jobId))).kind === 'ok';
      break;
    case 'cancel':
      accepted = (await cancelJob(store.db.pool, request(jobId))).kind === 'ok';
      break;
    case 'run':
      accepted = (await inTransaction(store.db.pool, (client) => runJobNow(client, request(jobId)))).kind === 'planned';
      break;
    case 'trigger':
      accepted = (await change(store, jobId, { trigger: triggerOf(trigger, null) })).kind === 'changed';
      break;
    case 'content': {
      const text = `Said at ${fromMs}`;
      accepted = (await change(store, jobId, { content: { type: 'text', text } })).kind === 'changed';
      const { rows } = await store.db.pool.query('SELECT content_version FROM jobs WHERE id = $1', [jobId]);
      content = rows[0]?.content_version;
    }
  }
  if (!accepted) return;
  const done = { action, fromMs, toMs: await now() };
  history.push({ ...done, ...(action === 'trigger' && { trigger }), ...(content !== undefined && { content }) });
}

const nominalOf = ({ occurrence }: Pick<Sent, 'occurrence'>) => Date.parse(occurrence);
const isManual = ({ occurrence }: Pick<Sent, 'occurrence'>) => occurrence.startsWith('manual:');
const isMoment = (trigger: ScheduleTrigger, atMs: number) => nextOccurrences(trigger, atMs - 1, 1)[0] === atMs;

/** What was sent although the job forbade it at that moment. */
function forbidden(history: readonly Done[], sent: readonly Sent[]): unknown[] {
  return sent.filter((send) => {
    const before = history.filter((done) => done.toMs < send.atMs);
    const state = before.filter(({ action }) => ['pause', 'resume', 'cancel'].includes(action)).at(-1);
    const isUndone = history.some(
      (done) =>
        done.action === 'resume' && state !== undefined && done.fromMs >= state.fromMs && done.fromMs < send.atMs,
    );
    if (state?.action === 'cancel') return true;
    if (state?.action === 'pause' && !isUndone) return true;
    const content = before.filter((done) => done.content !== undefined).at(-1)?.content ?? 1;
    if (send.contentVersion < content) return true;
    if (isManual(send)) return false;
    const nominalMs = nominalOf(send);
    if (nominalMs > send.atMs) return true;
    // It belongs to a trigger that held when it was due, or was about to be changed just then.
    const triggers = history.filter((done) => done.trigger !== undefined);
    return !triggers.some((done, index) => {
      const next = triggers[index + 1];
      const held = nominalMs > done.fromMs && (next === undefined || nominalMs <= next.toMs);
      return held && isMoment(done.trigger as ScheduleTrigger, nominalMs);
    });
  });
}

/** Moments that the job demanded in the end and that were not sent. */
function lost(history: readonly Done[], sent: readonly Sent[], untilMs: number): number[] {
  const ended = history.findLast(({ action }) => ['pause', 'resume', 'cancel'].includes(action))?.action;
  if (ended === 'pause' || ended === 'cancel') return [];
  const last = history.findLast((done) => done.trigger !== undefined) as Done;
  const { trigger } = last as { trigger: ScheduleTrigger };
  const demanded = nextOccurrences({ ...trigger, endsAtMs: untilMs }, last.toMs, 10_000);
  const nominals = new Set(sent.filter((send) => !isManual(send)).map(nominalOf));
  return demanded.filter((moment) => !nominals.has(moment));
}

/** Runs by hand that were accepted, and neither sent nor ended by a cancel or held by a pause. */
function manualLost(history: readonly Done[], sent: readonly Sent[]): number {
  const ended = history.findLast(({ action }) => ['pause', 'resume', 'cancel'].includes(action))?.action;
  if (ended === 'pause' || ended === 'cancel') return 0;
  return history.filter(({ action }) => action === 'run').length - sent.filter(isManual).length;
}

test('whatever is done to jobs at random moments, nothing forbidden is sent, nothing demanded is lost, nothing is told twice', async () => {
  await moveClock(store.db.pool, { aheadMs: 0, speed: 10 });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 25 }), async (steps) => {
      const jobs: { jobId: number; history: Done[] }[] = [];
      for (let index = 0; index < JOBS; index += 1) {
        const fromMs = await now();
        const anchorMs = Math.floor(fromMs / 1000) * 1000;
        const trigger = every(INTERVALS[index % 3] as number, anchorMs, { missed: 'all', missedLimit: 1_000 });
        const jobId = await scheduledJob(store, trigger, { afterMs: fromMs });
        jobs.push({ jobId, history: [{ action: 'create', fromMs, toMs: fromMs, trigger }] });
      }
      const works = new Works();
      try {
        for (const each of steps) {
          const job = jobs[each.job] as (typeof jobs)[number];
          await act(job.jobId, each, job.history);
          await new Promise((resolve) => setTimeout(resolve, each.waitMs));
        }
        // Until all that is due is sent: nothing to be planned or claimed by then.
        const untilMs = await now();
        await drained(untilMs);
        // What came due since may be in the air.
        await works.stop();
        for (const { jobId, history } of jobs) {
          const sent = works.sent.filter((send) => send.jobId === jobId);
          const verdict = {
            forbidden: forbidden(history, sent),
            lost: lost(history, sent, untilMs),
            manualLost: manualLost(history, sent),
          };
          if (verdict.forbidden.length + verdict.lost.length + Math.abs(verdict.manualLost) > 0) {
            throw new Error(`Job ${jobId}: ${JSON.stringify({ verdict, untilMs, history, sent }, null, 1)}`);
          }
          expect(new Set(sent.map(({ occurrence }) => occurrence)).size).toBe(sent.length);
          const { rows } = await store.db.pool.query<{ run_id: number }>(
            `SELECT run_id FROM deliveries WHERE run_id = ANY ($1::bigint[]) AND state = 'sent' AND try = 1`,
            [sent.map(({ runId }) => runId)],
          );
          expect(rows.length).toBe(sent.length);
        }
      } finally {
        await works.stop();
        for (const { jobId } of jobs) await cancelJob(store.db.pool, request(jobId));
      }
    }),
    { numRuns: 6, endOnFailure: true, seed: Number(process.env.FLOW_SEED ?? Date.now() % 1_000_000) },
  );
}, 300_000);

/** Waits until nothing is left of what was due at a moment, but in jobs that are paused or over. */
async function drained(untilMs: number): Promise<void> {
  for (;;) {
    const { rows } = await store.db.pool.query<{ left: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM jobs WHERE status = 'active' AND next_run_at <= to_timestamp($1::float8 / 1000))
           OR EXISTS (SELECT 1 FROM batches WHERE open AND due_at <= to_timestamp($1::float8 / 1000)
                      AND paused_at IS NULL AND cancelled_at IS NULL) AS left`,
      [untilMs],
    );
    if (!rows[0]?.left) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
