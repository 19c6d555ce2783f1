/** What senders do: leases, claims, and what became of calls, by the product's own statements. */
import {
  claimSingles,
  type DeliveryOutcome,
  type LeasedBatch,
  leaseSingles,
  readClaim,
  releaseSingles,
  renewLeases,
  settleLateOutcomes,
  settleOutcomes,
  unmarkBatch,
} from '../../src/index.ts';
import { DAY } from '../rows.ts';
import type { House } from './house.ts';
import { amongRuns, loop } from './loops.ts';
import { holds } from './steps.ts';
import { ALL, grouped, type Kind, owners, type Performer, runsOf, type Turn } from './turn.ts';
import {
  type Answer,
  type Answered,
  type BatchView,
  type Claimed,
  LEASE_SECONDS,
  type Lease,
  NEEDED_SECONDS,
  newSender,
  type Sender,
  tryKey,
  type World,
} from './world.ts';

const senderOf = (world: World, step: { sender: number }): Sender => world.senders[step.sender] as Sender;
const leaseOf = (world: World, step: { sender: number; batch: number }): Lease | undefined =>
  senderOf(world, step).leases.findLast((lease) => lease.batch === step.batch);

interface LeaseAnswer {
  readonly batch: number;
  readonly run_id: number;
  readonly fence: number;
  readonly scheduled: number;
}

function leased({ accountId, providerAccountId }: House, world: World, answer: LeaseAnswer): LeasedBatch {
  return {
    accountId,
    providerAccountId,
    id: answer.batch,
    runId: answer.run_id,
    jobId: world.jobId,
    day: DAY,
    channel: 'whatsapp',
    single: false,
    fence: answer.fence,
    scheduled: answer.scheduled,
    size: 1,
  };
}

const wake: Performer = async (house, turns) => {
  const ownerOf = owners(turns);
  const keep = (row: LeasedBatch): void => {
    const { world, batch, step } = ownerOf.get(row.id) as { world: World; batch: number; step: Kind<'wake'> };
    senderOf(world, step).leases.push({
      batch,
      row,
      deadlineSeconds: world.seconds + LEASE_SECONDS,
      nextNumber: 1,
      exhausted: false,
      unread: false,
      open: new Set(),
    });
  };
  const bulk = (turns as Turn<Kind<'wake'>>[]).filter(({ world }) => !world.spec.single);
  const singles = turns.filter(({ world }) => world.spec.single);
  if (bulk.length > 0) {
    const ids = bulk.map(({ world, step }) => (world.batches[step.batch] as BatchView).id);
    const answers = await loop<LeaseAnswer>(house.pool, 'lease_batch', [
      house.accountId,
      ids,
      LEASE_SECONDS * 1000,
      'model',
    ]);
    for (const answer of answers) keep(leased(house, (ownerOf.get(answer.batch) as { world: World }).world, answer));
  }
  if (singles.length > 0) {
    const wanted = { channel: 'whatsapp', limit: ALL, leaseMs: LEASE_SECONDS * 1000, owner: 'model' };
    for (const row of await amongRuns(house.pool, runsOf(singles), (db) => leaseSingles(db, wanted))) keep(row);
  }
  // Whoever comes too early goes again, and has the batch enqueued anew.
  const early = bulk.filter(({ world, step }) => {
    const view = world.batches[step.batch] as BatchView;
    return view.open && view.leaseInMs === null && view.dueInMs > 0;
  });
  await Promise.all(
    early.map(({ world, step }) =>
      unmarkBatch(house.pool, {
        accountId: house.accountId,
        batchId: (world.batches[step.batch] as BatchView).id,
      }),
    ),
  );
  for (const { world, step } of turns as Turn<Kind<'wake'>>[]) {
    const woken = [...world.queue.values()].find((each) => each.batch === step.batch);
    if (woken && !step.twice) world.queue.delete(woken.id);
  }
  return undefined;
};

interface ClaimAnswer {
  readonly batch: number;
  readonly number: number;
  readonly try: number;
  readonly attempts: number;
  readonly withheld: boolean;
}

/** A claim whose transaction is taken back after its answer was read: the negative control of "intent before effect". */
async function uncommitted<Result>(house: House, work: (db: House['pool']) => Promise<Result>): Promise<Result> {
  const client = await house.pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client as unknown as House['pool']);
    await client.query('ROLLBACK');
    return result;
  } finally {
    client.release();
  }
}

const claim: Performer = async (house, turns, lack) => {
  const ready = (turns as Turn<Kind<'claim'>>[]).flatMap(({ world, step }) => {
    const lease = leaseOf(world, step);
    return lease && (step.stale || holds(world, lease)) ? [{ world, step, lease }] : [];
  });
  const bulk = ready.filter(({ world }) => !world.spec.single);
  const singles = ready.filter(({ world }) => world.spec.single);
  const work = async (db: House['pool']): Promise<ClaimAnswer[]> => {
    const answers: ClaimAnswer[] = [];
    if (bulk.length > 0) {
      const values = [
        house.accountId,
        bulk.map(({ lease }) => lease.row.id),
        bulk.map(({ lease }) => lease.row.fence),
        NEEDED_SECONDS * 1000,
        bulk.map(({ lease }) => lease.nextNumber),
        bulk.map(({ step }) => step.limit),
        false,
        10_000,
        null,
      ];
      answers.push(...(await loop<ClaimAnswer>(db, 'claim', values)));
    }
    if (singles.length > 0) {
      const rows = singles.map(({ lease }) => lease.row);
      const taken = await claimSingles(db, rows, NEEDED_SECONDS * 1000);
      answers.push(...taken.map((row) => ({ ...row, batch: row.batchId })));
    }
    return answers;
  };
  const answers = lack === 'intent' ? await uncommitted(house, work) : await work(house.pool);
  const byBatch = grouped(answers, (answer) => answer.batch);
  for (const { world, step, lease } of ready) heard(world, step, lease, byBatch.get(lease.row.id) ?? []);
  return undefined;
};

/** What the sender makes of the answer to its claim. */
function heard(world: World, step: Kind<'claim'>, lease: Lease, rows: readonly ClaimAnswer[]): void {
  if (step.reply === 'killed') {
    world.senders[step.sender] = newSender();
    return;
  }
  if (step.reply === 'lost') {
    lease.unread = true;
    return;
  }
  if (world.spec.single || rows.length < step.limit) lease.exhausted = true;
  for (const row of rows) {
    lease.nextNumber = Math.max(lease.nextNumber, row.number + 1);
    if (!row.withheld) take(world, step, lease, row);
  }
}

function take(
  world: World,
  step: { sender: number },
  lease: Lease,
  row: { number: number; try: number; attempts: number },
): void {
  const claimed: Claimed = {
    lease,
    batch: lease.batch,
    number: row.number,
    try: row.try,
    attempts: row.attempts,
  };
  if (lease.open.has(tryKey(claimed))) return;
  lease.open.add(tryKey(claimed));
  senderOf(world, step).claimed.push(claimed);
}

const readBack: Performer = async ({ pool }, turns) => {
  await Promise.all(
    (turns as Turn<Kind<'read_back'>>[]).map(async ({ world, step }) => {
      const lease = leaseOf(world, step);
      if (!lease || !holds(world, lease)) return;
      for (const row of await readClaim(pool, lease.row)) take(world, step, lease, row);
      lease.unread = false;
    }),
  );
  return undefined;
};

const STORED_AS: Readonly<
  Record<Answer, Pick<DeliveryOutcome, 'state' | 'word' | 'burnsAttempt' | 'code' | 'retryInMs'>>
> = {
  accepted: { state: 'sent', word: 'accepted', burnsAttempt: true, code: null, retryInMs: 0 },
  retryable: { state: 'scheduled', word: 'retry', burnsAttempt: true, code: '131000', retryInMs: 3_000 },
  exhausted: { state: 'failed', word: 'exhausted', burnsAttempt: true, code: '131000', retryInMs: 0 },
  throttled: { state: 'scheduled', word: 'throttled', burnsAttempt: false, code: '130429', retryInMs: 2_000 },
  tooLate: { state: 'scheduled', word: 'not_sent', burnsAttempt: false, code: 'too_late', retryInMs: 0 },
  rejected: { state: 'failed', word: 'rejected', burnsAttempt: true, code: '131026', retryInMs: 0 },
  outcomeUnknown: { state: 'unknown', word: 'unknown', burnsAttempt: false, code: 'timeout', retryInMs: 0 },
};

function outcomeOf({ accountId }: House, { lease, number, try: tried, answer }: Answered): DeliveryOutcome {
  return {
    accountId,
    day: DAY,
    batchId: lease.row.id,
    number,
    try: tried,
    message: null,
    providerMessageId: answer === 'accepted' ? 'w' : null,
    ...STORED_AS[answer],
  };
}

function forget(answers: readonly Answered[]): void {
  for (const answer of answers) answer.lease.open.delete(tryKey(answer));
}

const settle: Performer = async (house, turns) => {
  const all = (turns as Turn<Kind<'settle'>>[]).map(({ world, step }) => ({
    world,
    step,
    sender: senderOf(world, step),
  }));
  const outcomes = all.flatMap(({ sender }) => sender.answers.map((answer) => outcomeOf(house, answer)));
  const late = await settleOutcomes(house.pool, outcomes, DAY);
  const missed = new Set(late.map((outcome) => `${outcome.batchId}.${outcome.number}.${outcome.try}`));
  for (const { world, step, sender } of all) {
    if (step.reply === 'killed') world.senders[step.sender] = newSender();
    // What was stored unheard is stored once more, and finds no row that matches.
    if (step.reply !== 'heard') continue;
    const isLate = (answer: Answered): boolean => missed.has(`${answer.lease.row.id}.${answer.number}.${answer.try}`);
    sender.late.push(...sender.answers.filter(isLate));
    forget(sender.answers.filter((answer) => !isLate(answer)));
    sender.answers = [];
  }
  return undefined;
};

const settleLate: Performer = async (house, turns) => {
  const senders = (turns as Turn<Kind<'settle_late'>>[]).map(({ world, step }) => senderOf(world, step));
  const outcomes = senders.flatMap((sender) => sender.late.map((answer) => outcomeOf(house, answer)));
  await settleLateOutcomes(house.pool, outcomes, DAY);
  for (const sender of senders) {
    forget(sender.late);
    sender.late = [];
  }
  return undefined;
};

const release: Performer = async (house, turns) => {
  const leases = (turns as Turn<Kind<'release'>>[]).flatMap(({ world, step }) => {
    const lease = leaseOf(world, step);
    return lease ? [{ world, step, lease }] : [];
  });
  const given = leases.filter(({ world, step, lease }) => step.stale || holds(world, lease));
  const bulk = given.filter(({ world }) => !world.spec.single).map(({ lease }) => lease.row);
  const singles = given.filter(({ world }) => world.spec.single).map(({ lease }) => lease.row);
  const released = new Set<number>();
  if (bulk.length > 0) {
    const values = [house.accountId, bulk.map((row) => row.id), bulk.map((row) => row.fence), DAY];
    for (const { batch } of await loop<{ batch: number }>(house.pool, 'release_batch', values)) released.add(batch);
  }
  if (singles.length > 0) await releaseSingles(house.pool, singles);
  return (world, step) => {
    if (step.do !== 'release') return;
    const lease = leaseOf(world, step);
    if (!lease) return;
    const view = world.batches[step.batch] as BatchView;
    const isOurs = view.leaseInMs !== null && view.fence === lease.row.fence;
    // Refused, and ours: rows are `sending` of which the sender does not know.
    if (holds(world, lease) && isOurs && !released.has(view.id)) lease.unread = true;
    else senderOf(world, step).leases = senderOf(world, step).leases.filter((each) => each !== lease);
  };
};

const renew: Performer = async ({ pool }, turns) => {
  const leases = (turns as Turn<Kind<'renew'>>[]).flatMap(({ world, step }) =>
    senderOf(world, step)
      .leases.filter((lease) => lease.deadlineSeconds > 0)
      .map((lease) => ({ world, lease })),
  );
  const ours = await renewLeases(
    pool,
    leases.map(({ lease }) => lease.row),
    LEASE_SECONDS * 1000,
  );
  for (const { world, lease } of leases)
    lease.deadlineSeconds = ours.has(lease.row) ? world.seconds + LEASE_SECONDS : 0;
  return undefined;
};

/** By kind. */
export const senderPerformers = { wake, claim, read_back: readBack, settle, settle_late: settleLate, release, renew };
