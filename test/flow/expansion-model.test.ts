/**
 * Who is told? Random audiences that overlap, exclusions, people without an address and one address in many spellings, on
 * both channels, with suppressions, missing variables, quiet hours and gaps: expanded by the real statements, previewed, and
 * compared with a model that does it by hand, one person after the other.
 */

import { beginExpansions, createDatabase, type Database, expandStep, inTransaction, previewTarget } from '@carillon/db';
import { createTestDatabase, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Case, cases, type Fate, MECHANISMS, type Mechanism, model, store } from './peopleModel.ts';

let own: TestDatabase;
let db: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 6, applicationName: 'expansion-model' });
});
afterAll(async () => {
  await db?.close();
  await own?.drop();
});

let accounts = 0;

/** What the statements make of a case. */
async function expanded(one: Case) {
  const stored = await store(db, one, `model-${++accounts}`);
  const { account, ids, runId } = stored;
  const preview = await previewed(stored);
  await Promise.all(
    Array.from({ length: one.expanders }, async () => {
      await beginExpansions(db.pool, 1);
      while (await expandStep(db.pool)) {
        // The next one.
      }
    }),
  );
  const run = await db.pool.query<Record<string, number> & { state: string; due_ms: number }>(
    `SELECT state::text, people, duplicates, unreachable, suppressed, incomplete,
            extract(epoch FROM due_at)::float8 * 1000 AS due_ms
     FROM runs WHERE id = $1`,
    [runId],
  );
  const { rows } = await db.pool.query<{
    recipient_id: number;
    address: string;
    code: string | null;
    state: string;
    due_ms: number;
    keyed: boolean;
  }>(
    `SELECT d.recipient_id, d.address, d.code, d.state::text, extract(epoch FROM d.due_at)::float8 * 1000 AS due_ms,
            coalesce(d.address_key, d.dedupe_key) IN (r.whatsapp_key, r.email_key)
              AND (d.address_key IS NOT NULL) = $3 AS keyed
     FROM deliveries d JOIN recipients r ON r.account_id = d.account_id AND r.id = d.recipient_id
     WHERE d.account_id = $1 AND d.run_id = $2 ORDER BY d.recipient_id`,
    [account.accountId, runId, one.byRecipient],
  );
  const batches = await db.pool.query<{ size: number; scheduled: number; skipped: number }>(
    `SELECT coalesce(sum(size), 0) AS size, coalesce(sum(scheduled), 0) AS scheduled, coalesce(sum(skipped), 0) AS skipped
     FROM batches WHERE account_id = $1 AND run_id = $2`,
    [account.accountId, runId],
  );
  const { state, due_ms, ...counts } = run.rows[0] as { state: string; due_ms: number } & Record<string, number>;
  expect(state).toBe('sending');
  // Skipped if and only if there is a reason; the key that suppressions know is there, whatever counts as the same person.
  expect(rows.filter((row) => (row.state === 'skipped') !== (row.code !== null) || !row.keyed)).toEqual([]);
  const skipped = rows.filter((row) => row.code !== null).length;
  expect(batches.rows[0]).toEqual({ size: rows.length, scheduled: rows.length - skipped, skipped });
  const fates: Fate[] = rows.map((row) => ({
    place: ids.indexOf(row.recipient_id),
    address: row.address,
    code: row.code,
    dueAtMs: row.due_ms,
  }));
  return { runDueMs: due_ms, counts, fates, preview };
}

/** The preview of the job as it is stored, as of the run's moment, which is what an `at` would ask for. */
async function previewed({ account, jobId, runId }: Awaited<ReturnType<typeof store>>) {
  const { rows } = await db.pool.query(
    `SELECT j.*, c.body, extract(epoch FROM r.due_at)::float8 * 1000 AS due_ms
     FROM jobs j JOIN contents c ON c.account_id = j.account_id AND c.job_id = j.id
     JOIN runs r ON r.account_id = j.account_id AND r.id = $3 WHERE j.account_id = $1 AND j.id = $2`,
    [account.accountId, jobId, runId],
  );
  const { trigger, audience, policy, channel, body, due_ms } = rows[0];
  const job = {
    accountId: account.accountId,
    channel,
    trigger: trigger.type === 'now' ? { type: 'at', instantMs: due_ms } : { repeated: 'first', ...trigger },
    target: audience,
    policy,
  };
  return await inTransaction(db.pool, async (client) => {
    await client.query('SET TRANSACTION READ ONLY');
    return await previewTarget(client, { job, content: body });
  });
}

function rounded(fates: readonly Fate[]): Fate[] {
  return fates.map((fate) => ({ ...fate, dueAtMs: Math.floor(fate.dueAtMs) }));
}

/** Mechanisms whose lack would have been noticed. */
const noticed = new Set<Mechanism>();

test('counts, moments, reasons and who is chosen are as the model has them, in the run and in its preview', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const { runDueMs, counts, fates, preview } = await expanded(one);
      const { fates: wanted, inGap, ...wantedCounts } = model(one, runDueMs);
      expect(rounded(fates)).toEqual(rounded(wanted));
      expect(counts).toEqual(wantedCounts);

      const free = wanted.filter((fate) => fate.code === null);
      const moments = free.map((fate) => fate.dueAtMs);
      const { duplicates, ...otherCounts } = wantedCounts;
      expect(preview).toMatchObject({
        ...otherCounts,
        duplicates: { sameAddress: duplicates },
        inGap,
        deliveries: free.length,
        earliestMs: moments.length === 0 ? null : expect.closeTo(Math.min(...moments), 0),
        latestMs: moments.length === 0 ? null : expect.closeTo(Math.max(...moments), 0),
      });
      expect(preview.people).toBe(
        preview.unreachable + duplicates + preview.suppressed + preview.incomplete + inGap + preview.deliveries,
      );
      for (const mechanism of MECHANISMS) {
        const blind = model(one, runDueMs, mechanism);
        if (JSON.stringify(rounded(blind.fates)) !== JSON.stringify(rounded(wanted))) noticed.add(mechanism);
      }
    }),
    { numRuns: 120, endOnFailure: true },
  );
}, 360_000);

test('each mechanism decided something in these cases: a model without it disagrees', () => {
  expect([...noticed].sort()).toEqual([...MECHANISMS].sort());
});
