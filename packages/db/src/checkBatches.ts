/**
 * Planned messages whose addresses still have to be checked. Their batches say so by themselves (`verify_until`), in the transaction
 * that planned them; nothing else needs to be told, so nothing is forgotten. Each is looked at until everything is known for as long
 * as it needs it: also what was not asked for since the budget was used up, and what a check found nothing out about.
 */
import type pg from 'pg';
import { type CheckBlock, requestChecks, type Standing } from './addressChecks.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { partitionName } from './statements.ts';

/** Whoever took a batch has so long to look at it; then another does. */
const TAKEN_SECONDS = 60;
/** Addresses of one request. */
const ADDRESSES_MAX = 5_000;

/** How a round went. */
export interface CheckRound {
  readonly batches: number;
  readonly asked: number;
  readonly shared: number;
  /** Accounts for which something stayed unasked. */
  readonly blocked: ReadonlyMap<number, CheckBlock>;
}

interface TakenBatch {
  readonly account_id: number;
  readonly id: number;
  readonly day: string;
  readonly verify_until_ms: number;
}

/**
 * Looks at planned batches that wait for verdicts, and asks for what is not known. Any number of schedulers at once.
 * @param wanted.limit batches at most
 * @param wanted.againMs when a batch is looked at again of which something is not known
 */
export async function checkPlanned(
  pool: pg.Pool,
  wanted: { readonly limit: number; readonly againMs: number; readonly backoffMs?: number | undefined },
): Promise<CheckRound> {
  const taken = await takeBatches(pool, wanted.limit);
  const blocked = new Map<number, CheckBlock>();
  let [asked, shared] = [0, 0];
  for (const group of await groups(pool, taken)) {
    const result = await inTransaction(pool, (client) =>
      requestChecks(client, {
        accountId: group.accountId,
        addresses: [...group.addresses].map(([key, address]) => ({ key, address })),
        deadlineMs: Math.max(...group.batches.map(({ batch }) => batch.verify_until_ms)),
        backoffMs: wanted.backoffMs,
      }),
    );
    asked += result.asked;
    shared += result.shared;
    if (result.blocked) blocked.set(group.accountId, result.blocked);
    await noteLooks(pool, group, result, wanted.againMs);
  }
  return { batches: taken.length, asked, shared, blocked };
}

async function takeBatches(pool: pg.Pool, limit: number): Promise<TakenBatch[]> {
  const { rows } = await pool.query<TakenBatch>(
    `UPDATE batches b SET checks_next_at = carillon_now() + $2 * interval '1 second'
     FROM (SELECT account_id, id FROM batches
           WHERE open AND verify_until IS NOT NULL AND NOT checks_done AND checks_next_at <= carillon_now()
             AND paused_at IS NULL AND cancelled_at IS NULL AND verify_until > carillon_now()
           ORDER BY checks_next_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
     WHERE b.account_id = due.account_id AND b.id = due.id
     RETURNING b.account_id, b.id, b.day, extract(epoch FROM b.verify_until)::float8 * 1000 AS verify_until_ms`,
    [limit, TAKEN_SECONDS],
  );
  return rows.sort((a, b) => a.account_id - b.account_id || a.id - b.id);
}

/** Batches of one account that are looked at together, so that few addresses in many batches do not make many small checks. */
interface Group {
  readonly accountId: number;
  readonly batches: { readonly batch: TakenBatch; readonly keys: readonly string[] }[];
  readonly addresses: Map<string, string>;
}

async function groups(pool: pg.Pool, taken: readonly TakenBatch[]): Promise<Group[]> {
  const made: Group[] = [];
  for (const batch of taken) {
    const { rows } = await pool.query<{ key: string; address: string }>(
      `SELECT coalesce(address_key, dedupe_key) AS key, address FROM ${partitionName('deliveries', batch.day)}
       WHERE account_id = $1 AND batch_id = $2 AND day = $3 AND state = 'scheduled'`,
      [batch.account_id, batch.id, batch.day],
    );
    let group = made.at(-1);
    if (group?.accountId !== batch.account_id || group.addresses.size + rows.length > ADDRESSES_MAX) {
      group = { accountId: batch.account_id, batches: [], addresses: new Map() };
      made.push(group);
    }
    for (const { key, address } of rows) group.addresses.set(key, address);
    group.batches.push({ batch, keys: rows.map(({ key }) => key) });
  }
  return made;
}

type Standings = Awaited<ReturnType<typeof requestChecks>>['standings'];

async function noteLooks(
  pool: pg.Pool,
  group: Group,
  { standings, blocked }: { readonly standings: Standings; readonly blocked: CheckBlock | null },
  againMs: number,
): Promise<void> {
  const looks = group.batches.map(({ batch, keys }) => {
    const counts: Partial<Record<Standing, number>> = {};
    let knownUntilMs = Number.POSITIVE_INFINITY;
    for (const key of keys) {
      const { standing, untilMs } = standings.get(key) ?? { standing: 'unasked' as const, untilMs: null };
      counts[standing] = (counts[standing] ?? 0) + 1;
      if (isKnown(standing)) knownUntilMs = Math.min(knownUntilMs, untilMs ?? Number.POSITIVE_INFINITY);
    }
    const allKnown = (Object.keys(counts) as Standing[]).every(isKnown);
    return {
      id: batch.id,
      counts: JSON.stringify(counts),
      blocked: counts.unasked === undefined ? null : blocked,
      done: allKnown && knownUntilMs > batch.verify_until_ms,
      // A verdict that ends before it is needed is asked for again as it does.
      nextMs: allKnown && Number.isFinite(knownUntilMs) ? knownUntilMs : null,
    };
  });
  await pool.query(
    `UPDATE batches b
     SET checks = l.counts::jsonb, checks_blocked = l.blocked, checks_done = l.done,
         checks_next_at = coalesce(to_timestamp(l.next_ms / 1000), carillon_now() + $7 * interval '1 millisecond')
     FROM (SELECT f.* FROM unnest($2::bigint[], $3::text[], $4::text[], $5::boolean[], $6::float8[])
             AS f (id, counts, blocked, done, next_ms)
           JOIN batches USING (id) WHERE account_id = $1 ORDER BY id FOR UPDATE OF batches) l
     WHERE b.account_id = $1 AND b.id = l.id`,
    [
      group.accountId,
      looks.map((look) => look.id),
      looks.map((look) => look.counts),
      looks.map((look) => look.blocked),
      looks.map((look) => look.done),
      looks.map((look) => look.nextMs),
      againMs,
    ],
  );
}

const isKnown = (standing: Standing): boolean =>
  standing === 'confirmed' || standing === 'deliverable' || standing === 'undeliverable' || standing === 'risky';

/** How many addresses of planned messages cannot be checked, by reason; of one account, or of all. */
export async function readBlockedChecks(
  db: Queryable,
  accountId?: number | undefined,
): Promise<Readonly<Record<CheckBlock, number>>> {
  const { rows } = await db.query<{ reason: CheckBlock; addresses: number }>(
    `SELECT checks_blocked AS reason, coalesce(sum((checks ->> 'unasked')::int), 0)::bigint AS addresses FROM batches
     WHERE open AND checks_blocked IS NOT NULL AND ($1::int IS NULL OR account_id = $1) GROUP BY checks_blocked`,
    [accountId ?? null],
  );
  return { budget: 0, no_verifier: 0, ...Object.fromEntries(rows.map((row) => [row.reason, row.addresses])) };
}
