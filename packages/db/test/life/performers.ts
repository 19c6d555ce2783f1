/** How each kind of step is done: the product's own functions and statements, for many worlds at once. */
import {
  applyReports,
  cancelJob,
  completeRuns,
  createWakeSource,
  dropEndedRows,
  findLongEnqueued,
  freeAllEnqueued,
  freeLostBatches,
  pauseJob,
  placeHold,
  releaseHold,
  rescueLeases,
  resumeJob,
  settleUnknowns,
  settleUnknownsByHand,
} from '../../src/index.ts';
import { DAY } from '../rows.ts';
import { arrive } from './calls.ts';
import type { House } from './house.ts';
import { amongRuns } from './loops.ts';
import { senderPerformers } from './senders.ts';
import type { Step } from './step.ts';
import { ALL, grouped, type Kind, type Lack, owners, type Performer, runsOf, type Turn } from './turn.ts';
import { type BatchView, GRACE_SECONDS, type Wake, type World } from './world.ts';

const HORIZON_MS = 300_000;
const BY = { actor: 'model', auditAccountId: undefined } as const;

const endOf = (step: Step | undefined) => (step?.do === 'enqueue' ? step.ends : undefined);

function addWake(world: World, batch: number, view: BatchView, lack: Lack | undefined): void {
  // Singles share their wake-ups, which have ids of their own; a batch's is made of its generation.
  const generation = lack === 'generation' ? 0 : view.generation;
  const id = world.spec.single ? `s${world.trace.length}` : `b${batch}-g${generation}`;
  const wake: Wake = { id, batch, dueAtSeconds: world.seconds + Math.max(0, Math.ceil(view.dueInMs / 1000)) };
  // An id that Redis knows in any state is ignored without an error.
  if (world.queue.has(id) || world.orphans.has(id)) return;
  world.queue.set(id, wake);
  world.past.push(wake);
}

const enqueue: Performer = async ({ pool }, turns, lack) => {
  const taken = await amongRuns(pool, runsOf(turns), (db) =>
    createWakeSource(db, { window: ALL, horizonMs: HORIZON_MS }).take('whatsapp'),
  );
  const ownerOf = owners(turns);
  const back = taken.batches.filter(({ batchId }) => endOf(ownerOf.get(batchId)?.step) === 'given_back');
  if (back.length > 0)
    await createWakeSource(pool, { window: ALL, horizonMs: HORIZON_MS }).giveBack('whatsapp', {
      batches: back,
      singles: [],
    });
  return (world, step, before) => {
    if (step.do !== 'enqueue' || step.ends !== 'added') return;
    world.batches.forEach((view, index) => {
      if (view.enqueued && !before[index]?.enqueued) addWake(world, index, view, lack);
    });
  };
};

const report: Performer = async ({ pool, accountId }, turns) => {
  const reports = (turns as Turn<Kind<'report'>>[]).map(({ world, step }) => ({
    day: DAY,
    batchId: (world.batches[step.batch] as BatchView).id,
    number: step.number,
    try: step.try,
    status: step.status,
    code: step.status === 'failed' ? '131026' : null,
    providerMessageId: 'w',
    reportedAtMs: 1e12,
  }));
  await applyReports(pool, accountId, reports, DAY);
  return undefined;
};

/** Time passes in these worlds: all that they have in Postgres happened, and will happen, so much earlier. */
const pass: Performer = async ({ pool, accountId }, turns) => {
  const passing = turns as Turn<Kind<'pass'>>[];
  const values = [accountId, DAY, runsOf(turns), passing.map(({ step }) => step.seconds)];
  const moved = (columns: readonly string[]): string =>
    columns.map((column) => `${column} = t.${column} - p.seconds * interval '1 second'`).join(', ');
  await pool.query({
    name: 'pass_time',
    text: `WITH p AS MATERIALIZED (SELECT * FROM unnest($3::bigint[], $4::int[]) AS p (run_id, seconds)),
      batch AS (
        UPDATE batches t SET ${moved(['due_at', 'expires_at', 'enqueued_at', 'lease_until', 'settle_at'])}
        FROM p WHERE t.run_id = p.run_id RETURNING t.id, p.seconds
      ), delivery AS (
        UPDATE deliveries t SET ${moved(['due_at', 'sending_at', 'settled_at'])}
        FROM batch p WHERE t.account_id = $1 AND t.batch_id = p.id AND t.day = $2
      )
      UPDATE attempts t SET ${moved(['started_at', 'ended_at'])}
      FROM batch p WHERE t.account_id = $1 AND t.batch_id = p.id AND t.day = $2`,
    values,
  });
  for (const { world, step } of passing) {
    world.seconds += step.seconds;
    for (const call of world.calls)
      if (call.arrivesBySeconds !== undefined && call.arrivesBySeconds <= world.seconds) arrive(world, call);
  }
  return undefined;
};

/** A pass of the sweeper over the chosen worlds. */
const sweep =
  (work: (db: House['pool']) => Promise<unknown>): Performer =>
  async ({ pool }, turns) => {
    await amongRuns(pool, runsOf(turns), work);
    return undefined;
  };

const free: Performer = async ({ pool }, turns) => {
  const found = await amongRuns(pool, runsOf(turns), (db) =>
    findLongEnqueued(db, { graceMs: GRACE_SECONDS * 1000, limit: ALL, withoutSinglesOf: [] }),
  );
  const ownerOf = owners(turns);
  const gone = found.filter(({ batchId, single }) => {
    const { world, batch } = ownerOf.get(batchId) as { world: World; batch: number };
    return single || ![...world.queue.values()].some((wake) => wake.batch === batch);
  });
  await freeLostBatches(pool, gone);
  return undefined;
};

const notice: Performer = async ({ pool }, turns) => {
  const lost = turns.filter(({ world }) => world.redisLost);
  for (const { world } of lost) world.redisLost = false;
  if (lost.length > 0) await amongRuns(pool, runsOf(lost), freeAllEnqueued);
  return undefined;
};

/** A person's word about a job, for all worlds of it. */
const control =
  (act: typeof pauseJob, stands: { paused?: boolean; cancelled?: boolean }): Performer =>
  async ({ pool, accountId }, turns) => {
    const jobs = [...grouped(turns, ({ world }) => world.jobId)];
    await Promise.all(
      jobs.map(async ([jobId, of]) => {
        const result = await act(pool, { accountId, jobId, actor: 'model' });
        if (result.kind === 'ok') for (const { world } of of) Object.assign(world, stands);
      }),
    );
    return undefined;
  };

const hand: Performer = async ({ pool, accountId }, turns) => {
  const byWord = grouped(turns as Turn<Kind<'hand'>>[], ({ step }) => step.as);
  await Promise.all(
    [...byWord].map(([as, of]) =>
      settleUnknownsByHand(pool, {
        accountId,
        as,
        filter: {
          deliveries: of.map(({ world, step }) => ({
            batchId: (world.batches[step.batch] as BatchView).id,
            number: step.number,
          })),
        },
        dryRun: false,
        note: undefined,
        actor: 'model',
      }),
    ),
  );
  return undefined;
};

const hold: Performer = async ({ pool, accountId }, turns) => {
  await placeHold(pool, { accountId, channel: null, reason: 'model' }, BY);
  for (const { world } of turns) world.held = true;
  return undefined;
};

const unhold: Performer = async ({ pool, accountId }, turns) => {
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM holds');
  for (const { id } of rows) await releaseHold(pool, { id, accountId }, BY);
  for (const { world } of turns) world.held = false;
  return undefined;
};

/** Somebody plans the rows of a run once more, because the answer to the first time was lost: the unique key must refuse it. */
const replan: Performer = async ({ pool }, turns) => {
  await pool.query(
    `DO $$ DECLARE run bigint; BEGIN
       FOREACH run IN ARRAY '{${runsOf(turns).join(',')}}'::bigint[] LOOP
         BEGIN
           WITH again AS (
             INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, due_at)
             SELECT account_id, run_id, job_id, day, channel, provider_account_id, single, size, size, due_at
             FROM (SELECT * FROM batches WHERE run_id = run ORDER BY id LIMIT 1) first RETURNING id, run_id
           )
           INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address)
           SELECT again.id, d.run_id, d.due_at, d.dedupe_key, d.account_id, d.day, 1, d.number, d.address
           FROM again JOIN deliveries d ON d.run_id = again.run_id AND d.day = '${DAY}'
             AND d.batch_id = (SELECT min(id) FROM batches WHERE run_id = run);
         EXCEPTION WHEN unique_violation THEN NULL;
         END;
       END LOOP;
     END $$`,
  );
  return undefined;
};

/** By kind; the others need no Postgres. */
export const performers = {
  enqueue,
  ...senderPerformers,
  report,
  pass,
  free,
  notice,
  rescue: sweep((db) => rescueLeases(db, ALL)),
  policies: sweep((db) => settleUnknowns(db, ALL)),
  drop: sweep((db) => dropEndedRows(db, ALL)),
  complete: sweep((db) => completeRuns(db, ALL)),
  pause: control(pauseJob, { paused: true }),
  resume: control(resumeJob, { paused: false }),
  cancel: control(cancelJob, { cancelled: true }),
  hand,
  hold,
  unhold,
  replan,
} as const satisfies Partial<Record<Step['do'], Performer>>;
