/**
 * Jobs for one recipient obey the same gates and moments as an expansion; variables mean the same to the statements as to the
 * rendering; and whom a job names by address alone is met nowhere else.
 */

import { type Content, renderContent, storedPolicySchema, targetSchema } from '@carillon/contracts';
import { addressKey } from '@carillon/core';
import {
  beginExpansions,
  changeMembers,
  createDatabase,
  type Database,
  dropInlineRecipients,
  ensureAudience,
  expandStep,
  insertInlineRecipients,
  inTransaction,
  listRecipients,
  planRun,
  previewTarget,
  recipientVariables,
} from '@carillon/db';
import { createTestDatabase, seedAccount, seedPeople, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ADDRESS_PEPPER, announceIn } from './house.ts';
import { type Case, cases, MECHANISMS, type Mechanism, model, store } from './peopleModel.ts';

let own: TestDatabase;
let db: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 6, applicationName: 'expansion-gates' });
});
afterAll(async () => {
  await db?.close();
  await own?.drop();
});

interface SingleRow {
  readonly id: number;
  readonly address: string;
  readonly code: string | null;
  readonly due_ms: number;
  readonly external_id: string;
  readonly name: string | null;
  readonly attributes: Record<string, string | number | boolean>;
  readonly whole: boolean;
  readonly body: Content;
}

describe('a job for one recipient', () => {
  const noticed = new Set<Mechanism>();
  /** One listed person, at one moment for everybody; a wall time for each is for expansion. */
  const singles = cases.map((one): Case => {
    const own = one.channel === 'email' ? one.people[0]?.mailbox : one.people[0]?.phone;
    // In every other case the person is suppressed, which few are by chance.
    const alsoOwn = typeof own === 'number' && one.dueInMinutes % 2 === 0 ? [own] : [];
    return {
      ...one,
      suppressed: [...new Set([...one.suppressed, ...alsoOwn])],
      people: one.people.slice(0, 3),
      everyone: false,
      included: [],
      listed: [0],
      excluded: [],
      unlisted: [],
      local: false,
    };
  });

  test('is planned as the model has it, and complete if and only if its content can be rendered', async () => {
    let accounts = 0;
    await fc.assert(
      fc.asyncProperty(singles, async (one) => {
        const { account, ids, jobId, runId: announced } = await store(db, one, `single-${++accounts}`);
        const { rows: moments } = await db.pool.query<{ ms: number }>(
          'SELECT extract(epoch FROM due_at)::float8 * 1000 AS ms FROM runs WHERE id = $1',
          [announced],
        );
        const dueAtMs = Math.floor((moments[0] as { ms: number }).ms);
        const { runId } = await inTransaction(db.pool, (client) =>
          planRun(
            client,
            {
              accountId: account.accountId,
              jobId,
              channel: one.channel,
              providerAccountId: account.providerAccountId,
              trigger: { type: 'at', instantMs: dueAtMs },
              target: {
                everyone: false,
                audienceIds: [],
                recipientIds: [ids[0] as number],
                excludedAudienceIds: [],
                excludedRecipientIds: [],
              },
              policy: storedPolicySchema.parse({
                dedupeBy: one.byRecipient ? 'recipient' : 'address',
                quietHours: one.ignoreQuietHours ? 'ignore' : 'respect',
              }),
              contentVersion: 1,
            },
            { occurrenceKey: 'single', dueAtMs },
          ),
        );
        const { rows } = await db.pool.query<SingleRow>(
          `SELECT d.recipient_id AS id, d.address, d.code, extract(epoch FROM d.due_at)::float8 * 1000 AS due_ms,
                  r.external_id, r.name, r.attributes, c.body,
                  b.single AND b.size = 1 AND b.due_at = d.due_at AND b.skipped = (d.code IS NOT NULL)::int
                    AND (d.state = 'skipped') = (d.code IS NOT NULL) AND b.scheduled = 1 - b.skipped
                    AND coalesce(d.address_key, d.dedupe_key) IN (r.whatsapp_key, r.email_key) AS whole
           FROM deliveries d
           JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id
           JOIN recipients r ON r.account_id = d.account_id AND r.id = d.recipient_id
           JOIN contents c ON c.account_id = d.account_id AND c.job_id = $3
           WHERE d.account_id = $1 AND d.run_id = $2`,
          [account.accountId, runId, jobId],
        );
        const wanted = model(one, dueAtMs);
        const planned = rows.map((row) => ({
          place: ids.indexOf(row.id),
          address: row.address,
          code: row.code,
          dueAtMs: row.due_ms,
        }));
        expect(planned).toEqual(wanted.fates);
        const run = await db.pool.query(
          'SELECT unreachable, suppressed, incomplete, state::text FROM runs WHERE id = $1',
          [runId],
        );
        expect(run.rows[0]).toEqual({
          // Nobody to be reached, whether deleted or without an address.
          unreachable: rows.length === 0 ? 1 : 0,
          suppressed: wanted.suppressed,
          incomplete: wanted.incomplete,
          state: 'sending',
        });
        for (const row of rows) {
          expect(row.whole).toBe(true);
          if (row.code === 'suppressed') continue;
          const rendered = renderContent(row.body, {
            ...recipientVariables({ externalId: row.external_id, name: row.name, attributes: row.attributes }),
            unsubscribe_url: 'https://people.example/u',
          });
          expect(rendered.kind).toBe(row.code === null ? 'content' : 'missing');
        }
        for (const mechanism of MECHANISMS) {
          const blind = model(one, dueAtMs, mechanism);
          if (JSON.stringify(blind.fates) !== JSON.stringify(wanted.fates)) noticed.add(mechanism);
        }
      }),
      { numRuns: 200, endOnFailure: true },
    );
  }, 360_000);

  test('each gate decided something in these cases', () => {
    expect([...noticed]).toEqual(
      expect.arrayContaining(['channel', 'suppressions', 'variables', 'order', 'quiet hours']),
    );
  });
});

test('suppressions are met in every step of a run, and in every range of its preview', async () => {
  // The runs of the tests above were never to be expanded.
  await db.pool.query(`UPDATE runs SET state = 'completed'`);
  const account = await seedAccount(db.pool, 'steps', { baseUrl: 'http://127.0.0.1:9' });
  const { accountId } = account;
  const people = { count: 100, addressPepper: ADDRESS_PEPPER, emails: true };
  await seedPeople(db.pool, accountId, people);
  // 300 memberships each: 30,000, which makes three steps and two ranges.
  const { rows: audiences } = await db.pool.query<{ id: number }>(
    `WITH made AS (
       INSERT INTO audiences (account_id, name) SELECT $1, 'all-' || n FROM generate_series(1, 300) n RETURNING id
     ), members AS (
       INSERT INTO audience_members (account_id, audience_id, recipient_id)
       SELECT $1, made.id, r.id FROM made, recipients r WHERE r.account_id = $1
     )
     SELECT id FROM made`,
    [accountId],
  );
  const { rows: suppressed } = await db.pool.query<{ email: string }>(
    `WITH picked AS (SELECT email, email_key FROM recipients WHERE account_id = $1 AND id % 3 = 0), made AS (
       INSERT INTO suppressions (account_id, channel, address_key, reason, source)
       SELECT $1, 'email', email_key, 'manual', 'test' FROM picked)
     SELECT email FROM picked ORDER BY email`,
    [accountId],
  );
  const target = targetSchema.parse({ audienceIds: audiences.map((row) => row.id) });
  const content: Content = { type: 'email', subject: 'Hello {{name}}', text: 'Hello' };
  const job = {
    accountId,
    channel: 'email',
    trigger: { type: 'now' },
    target,
    policy: storedPolicySchema.parse({}),
  } as const;
  expect(await previewTarget(db.pool, { job, content })).toMatchObject({
    people: 100,
    suppressed: suppressed.length,
    deliveries: 100 - suppressed.length,
    samples: [{}, {}, {}],
  });
  const { runId } = await announceIn(db, account, { target, channel: 'email', content: { ...content } });
  await beginExpansions(db.pool, 1);
  while (await expandStep(db.pool)) {
    // The next one.
  }
  const { rows: steps } = await db.pool.query<{ suppressed: number }>(
    'SELECT suppressed FROM expansion_steps WHERE run_id = $1 AND suppressed > 0',
    [runId],
  );
  expect(steps.length).toBe(3);
  const { rows } = await db.pool.query<{ address: string }>(
    `SELECT address FROM deliveries WHERE account_id = $1 AND run_id = $2 AND code = 'suppressed' ORDER BY address`,
    [accountId, runId],
  );
  expect(rows.map((row) => row.address)).toEqual(suppressed.map((row) => row.email));
});

describe('people whom a job names by address alone', () => {
  const inline = (address: string, name?: string) => ({
    address,
    addressKey: addressKey(ADDRESS_PEPPER, 'email', address),
    ...(name === undefined ? {} : { name }),
    attributes: { city: 'Köln' },
  });

  test('come back in order, twice the same address too, and are in no list and no audience', async () => {
    const { accountId } = await seedAccount(db.pool, 'inline', { baseUrl: 'http://127.0.0.1:9' });
    const people = [inline('b@people.example', 'B'), inline('a@people.example'), inline('b@people.example')];
    const { recipientIds: ids } = await insertInlineRecipients(db.pool, {
      accountId,
      jobId: 1,
      channel: 'email',
      people,
    });
    const { recipientIds: others } = await insertInlineRecipients(db.pool, {
      accountId,
      jobId: 2,
      channel: 'email',
      people,
    });
    const { rows } = await db.pool.query(
      `SELECT id, external_id, name, email, phone, attributes, inline_job_id FROM recipients WHERE account_id = $1 AND id = ANY ($2)
       ORDER BY array_position($2::bigint[], id)`,
      [accountId, ids],
    );
    expect(rows.map(({ name, email }) => [name, email])).toEqual([
      ['B', 'b@people.example'],
      [null, 'a@people.example'],
      [null, 'b@people.example'],
    ]);
    expect(rows[0]).toMatchObject({ phone: null, attributes: { city: 'Köln' }, inline_job_id: 1 });
    expect(await listRecipients(db.pool, accountId, { afterId: 0, limit: 10 })).toEqual([]);
    const { audience } = await ensureAudience(db.pool, accountId, 'all', 'test');
    const named = rows.map((row) => row.external_id as string);
    expect(await changeMembers(db.pool, accountId, audience.id, { add: named, remove: [] }, 'test')).toEqual({
      kind: 'unknown_recipients',
      add: [0, 1, 2],
      remove: [],
    });
    // They go with what is known of their job, and not while it is under way.
    const keep = { keepDays: 30, limit: 2 };
    await db.pool.query(
      `INSERT INTO jobs (account_id, id, name, kind, channel, provider_account_id, trigger, audience, policy, updated_at)
       VALUES ($1, 1, 'named by address', 'message', 'email', 1, '{}', '{}', '{}', carillon_now() - interval '31 days')`,
      [accountId],
    );
    expect(await dropInlineRecipients(db.pool, keep)).toBe(0);
    await db.pool.query(`UPDATE jobs SET status = 'completed' WHERE account_id = $1 AND id = 1`, [accountId]);
    expect([await dropInlineRecipients(db.pool, keep), await dropInlineRecipients(db.pool, keep)]).toEqual([2, 1]);
    const left = await db.pool.query<{ id: number }>('SELECT id FROM recipients WHERE account_id = $1 ORDER BY id', [
      accountId,
    ]);
    expect(left.rows.map((row) => row.id)).toEqual(others);
  });

  test('are refused for a channel that reaches nobody', async () => {
    const { accountId } = await seedAccount(db.pool, 'no-channel', { baseUrl: 'http://127.0.0.1:9' });
    await expect(
      insertInlineRecipients(db.pool, { accountId, jobId: 1, channel: 'webhook', people: [inline('x')] }),
    ).rejects.toThrow('no address for the channel webhook');
  });
});
