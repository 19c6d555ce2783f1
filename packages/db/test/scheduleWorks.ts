/** Schedulers, senders and a sweeper at work in the background, for the model of schedules: what they did is kept, to be judged. */
import { seededRandom } from '@carillon/testkit';
import {
  beginExpansions,
  type ClaimGuard,
  claimDeliveries,
  claimSingles,
  completeJobs,
  completeRuns,
  dropEndedRows,
  expandStep,
  finishExpansions,
  type LeasedBatch,
  leaseBatch,
  planDueJobs,
  planSchedules,
  readDatabaseTime,
  releaseBatch,
  reopenJobs,
  rescueLeases,
  settleLateOutcomes,
  settleOutcomes,
  settleUnknowns,
} from '../src/index.ts';
import { outcome, type TestStore } from './rows.ts';
import type { Pass, Sent } from './scheduleOracle.ts';

/** How fast the database's clock runs. */
export const SPEED = 10;
/** By that clock. */
export const PASSING = { aheadMs: 2_000, missedAfterMs: 3_000, horizonMs: 3_000 };
const LEASE = { leaseMs: 5_000, owner: 'test' };
const PAUSE_MS = 5;

type Fate = 'accepted' | 'rejected' | 'retry' | 'died';
const FATES: readonly (readonly [Fate, number])[] = [
  ['accepted', 0.72],
  ['rejected', 0.8],
  ['retry', 0.9],
  ['died', 1],
];

export interface WorksOptions {
  /** What claims do not look at. */
  readonly without?: ClaimGuard;
  /** Senders take their time between lease and claim, so that there always is something that is due and not begun. */
  readonly isSlow?: boolean;
}

/** What works in the background, until it is stopped; a failure of it is the test's. */
export class Works {
  readonly sent: (Sent & { readonly jobId: number })[] = [];
  readonly passes: Pass[] = [];
  private readonly store: TestStore;
  private readonly without: ClaimGuard | undefined;
  private readonly isSlow: boolean;
  private readonly random: () => number;
  private readonly rest = { schedulers: 0, senders: 0 };
  private stopped = false;
  private loops: Promise<void>[] = [];
  /** Database's clock at the process's zero. */
  private zeroMs = 0;

  constructor(store: TestStore, seed: number, { without, isSlow = false }: WorksOptions = {}) {
    this.store = store;
    this.random = seededRandom(seed);
    this.without = without;
    this.isSlow = isSlow;
  }

  async start(): Promise<void> {
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 5; turn += 1) {
      const begun = performance.now();
      const atMs = await readDatabaseTime(this.store.db.pool);
      const took = performance.now() - begun;
      if (took < best) this.zeroMs = atMs - (begun + took / 2) * SPEED;
      best = Math.min(best, took);
    }
    const scheduler = () => this.schedule();
    const sender = () => this.send();
    const sweeper = () => this.sweep();
    this.loops = [scheduler, scheduler, scheduler, sender, sender, sender, sweeper].map((work) => this.repeat(work));
  }

  /** Nobody of these does anything for a while. */
  stall(who: 'schedulers' | 'senders', forMs: number): void {
    this.rest[who] = performance.now() + forMs;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.loops);
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    while (!this.stopped) {
      await work();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private nowMs(): number {
    return this.zeroMs + performance.now() * SPEED;
  }

  private async schedule(): Promise<void> {
    if (performance.now() < this.rest.schedulers) return;
    const { pool } = this.store.db;
    const fromMs = this.nowMs();
    const { failures, decided } = await planSchedules(pool, { ...PASSING, limit: 50 });
    if (decided < 50) this.passes.push({ fromMs, toMs: this.nowMs() });
    const once = await planDueJobs(pool, { horizonMs: PASSING.horizonMs, limit: 50 });
    const [failure] = [...failures, ...once.failures];
    if (failure) throw failure.error;
    await beginExpansions(pool, 20);
    while ((await expandStep(pool)) !== undefined) {
      // The next one.
    }
    await finishExpansions(pool);
  }

  private async sweep(): Promise<void> {
    const { pool } = this.store.db;
    await dropEndedRows(pool, 100);
    await rescueLeases(pool, 100);
    await settleUnknowns(pool, 100);
    await completeRuns(pool, 100);
    await completeJobs(pool, 100);
    await reopenJobs(pool, 100);
  }

  private async send(): Promise<void> {
    const { pool } = this.store.db;
    if (performance.now() < this.rest.senders) return;
    // In no order: wake-ups come as they come.
    const { rows } = await pool.query<{ id: number }>(
      `SELECT id FROM batches WHERE open AND due_at <= carillon_now() AND lease_until IS NULL AND paused_at IS NULL
       ORDER BY random() LIMIT 3`,
    );
    for (const { id } of rows) {
      const batch = await leaseBatch(pool, { accountId: this.store.account.accountId, batchId: id }, LEASE);
      if (batch === undefined) continue;
      await this.hesitate();
      if (!(await this.sendBatch(batch))) continue;
      await releaseBatch(pool, batch);
    }
  }

  /** Between lease and claim a job may be stopped or changed. */
  private async hesitate(): Promise<void> {
    const ms = this.isSlow ? 40 + this.random() * 60 : this.random() < 0.3 ? this.random() * 20 : 0;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** @returns whether the sender is still alive */
  private async sendBatch(batch: LeasedBatch): Promise<boolean> {
    const { pool } = this.store.db;
    const claimed =
      batch.single && this.without === undefined && this.random() < 0.5
        ? await claimSingles(pool, [batch], 500)
        : await claimDeliveries(pool, batch, { fromNumber: 1, limit: 10, neededLeaseMs: 500, without: this.without });
    if (claimed.length === 0) return true;
    const { rows } = await pool.query<{ key: string }>('SELECT occurrence_key AS key FROM runs WHERE id = $1', [
      batch.runId,
    ]);
    const key = rows[0]?.key ?? 'gone';
    for (const row of claimed) {
      if (row.withheld) continue;
      const { contentVersion, sendingAtMs: atMs } = row;
      const to = String(row.recipientId);
      const { runId, jobId, channel } = batch;
      this.sent.push({ jobId, runId, key, to, try: row.try, channel, contentVersion, atMs });
      const fate = this.fate(batch.channel);
      if (fate === 'died') return false;
      const changes = {
        accepted: {},
        rejected: { state: 'failed', word: 'rejected', code: 'refused' },
        retry: { state: 'scheduled', word: 'retry', code: 'busy', retryInMs: 1_000 },
      } as const;
      const { number } = row;
      const made = outcome(
        this.store,
        { batchId: batch.id, number, try: row.try },
        { day: batch.day, ...changes[fate] },
      );
      const late = await settleOutcomes(pool, [made], batch.day);
      if (late.length > 0) await settleLateOutcomes(pool, late, batch.day);
    }
    return true;
  }

  private fate(channel: string): Fate {
    const chance = this.random();
    const fate = FATES.find(([, upTo]) => chance < upTo)?.[0] ?? 'accepted';
    // What became of a payment is looked up, which nobody does here.
    return fate === 'died' && channel === 'payment' ? 'accepted' : fate;
  }
}
