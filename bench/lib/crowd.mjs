/** Many people and runs for them: made by set-based statements, so that a million is there within a minute. */
import { setTimeout as pause } from 'node:timers/promises';
import { seedAnnouncement } from '@carillon/testkit';
import { watchProgress } from './progress.mjs';

const CHUNK = 100_000;
const LOOK_MS = 250;

/**
 * Creates people 1 to `count` with phone numbers as `seededPhone` has them and keys as if hashed, in so many audiences of equal size.
 * @returns the ids of the audiences
 */
export async function seedCrowd(pool, accountId, { count, audiences = 1 }) {
  for (let from = 1; from <= count; from += CHUNK) {
    await pool.query(
      `INSERT INTO recipients (account_id, external_id, name, phone, whatsapp_key)
       SELECT $1, 'person-' || n, 'Person ' || n, '4915' || (200000000 + n), md5('address ' || n)::uuid
       FROM generate_series($2::int, $3::int) n`,
      [accountId, from, Math.min(from + CHUNK - 1, count)],
    );
  }
  const { rows } = await pool.query(
    `WITH audience AS (
       INSERT INTO audiences (account_id, name) SELECT $1, 'part ' || n FROM generate_series(0, $2::int - 1) n RETURNING id, name
     ), members AS (
       INSERT INTO audience_members (account_id, audience_id, recipient_id)
       SELECT $1, audience.id, r.id
       FROM recipients r JOIN audience ON audience.name = 'part ' || substr(r.external_id, 8)::int % $2
       WHERE r.account_id = $1
     )
     SELECT id::int FROM audience ORDER BY id`,
    [accountId, audiences],
  );
  await pool.query('VACUUM (ANALYZE) recipients, audience_members');
  return rows.map(({ id }) => id);
}

/**
 * Creates an announcement with its planned run.
 * @param target as a job has it: `{ audienceIds }` or `{ everyone: true }`
 * @param options as of `seedAnnouncement`
 */
export async function announce(pool, account, target, options = {}) {
  const client = await pool.connect();
  try {
    // Whom it is for is there as soon as a scheduler sees the run.
    await client.query('BEGIN');
    const seeded = await seedAnnouncement(client, account, { ...options, audienceId: 0 });
    await client.query('UPDATE jobs SET audience = $3 WHERE account_id = $1 AND id = $2', [
      account.accountId,
      seeded.jobId,
      JSON.stringify(target),
    ]);
    await client.query('COMMIT');
    return seeded;
  } finally {
    client.release();
  }
}

/** Deliveries of runs by state, summed over their batches; `total` is all of them. */
export async function countsOf(pool, runIds) {
  const { rows } = await pool.query(
    `SELECT coalesce(sum(size), 0)::int AS total, coalesce(sum(scheduled), 0)::int AS scheduled,
            coalesce(sum(sending), 0)::int AS sending, coalesce(sum(sent), 0)::int AS sent,
            coalesce(sum(delivered), 0)::int AS delivered, coalesce(sum(failed), 0)::int AS failed,
            coalesce(sum(unknown), 0)::int AS unknown
     FROM batches WHERE run_id = ANY ($1::bigint[])`,
    [runIds],
  );
  return rows[0];
}

/**
 * Looks at the counts of runs until they are as wanted.
 * @param isDone given the counts
 * @param onLook told of the counts at each look, for progress
 * @returns the last counts
 * @throws Error when nothing changed for two minutes
 */
export async function waitForCounts(pool, runIds, isDone, { everyMs = LOOK_MS, onLook = () => {} } = {}) {
  const goesOn = watchProgress();
  for (;;) {
    const counts = await countsOf(pool, runIds);
    onLook(counts);
    if (isDone(counts)) return counts;
    goesOn(counts);
    await pause(everyMs);
  }
}

/**
 * Waits until runs are expanded to so many deliveries in all.
 * @throws Error when they come to another number
 */
export async function waitUntilExpanded(pool, runIds, wanted) {
  const { total } = await waitForCounts(pool, runIds, ({ total }) => total >= wanted);
  if (total !== wanted) throw new Error(`there are ${total} deliveries, and not ${wanted}`);
  for (;;) {
    const { rows } = await pool.query(
      `SELECT count(*)::int AS open FROM runs WHERE id = ANY ($1::bigint[]) AND expanded_at IS NULL`,
      [runIds],
    );
    if (rows[0].open === 0) return;
    await pause(LOOK_MS);
  }
}
