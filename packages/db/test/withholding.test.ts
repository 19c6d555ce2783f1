/**
 * Who is not sent to though their delivery was planned: suppressed addresses, which the claim itself passes over, and rows
 * that a sender finds it cannot send. And what a refusal by the provider means for later deliveries.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  claimDeliveries,
  claimSingles,
  createDatabase,
  disableEndpoint,
  leaseSingles,
  readClaim,
  readRecipientValues,
  releaseBatch,
  releaseSingles,
  settleLateOutcomes,
  settleOutcomes,
  suppressRefused,
} from '../src/index.ts';
import { statement } from '../src/statements.ts';
import {
  batchRow,
  countsAgree,
  DAY,
  deliveriesOf,
  leaseOf,
  openStore,
  outcome,
  seedBatch,
  type TestStore,
} from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());
beforeEach(() => store.db.pool.query('DELETE FROM suppressions'));

const claim = { fromNumber: 1, limit: 10, neededLeaseMs: 1_000 };

/** Suppresses the addresses of these rows of a batch. */
async function suppress(batchId: number, numbers: readonly number[], channel = 'whatsapp'): Promise<void> {
  await store.db.pool.query(
    `INSERT INTO suppressions (account_id, channel, address_key, reason, source)
     SELECT account_id, $3, coalesce(address_key, dedupe_key), 'unsubscribed', 'link' FROM deliveries
     WHERE batch_id = $1 AND number = ANY($2::int[])`,
    [batchId, numbers, channel],
  );
}

const numbersOf = (rows: readonly { number: number }[]): number[] => rows.map(({ number }) => number).sort();

describe('a claim', () => {
  test('skips suppressed addresses, says so, and counts them', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}, {}, {}, {}] });
    await suppress(batchId, [2, 4]);
    // Suppressed for e-mail only; and what another account suppressed is not ours.
    await suppress(batchId, [1], 'email');
    const batch = await leaseOf(store, batchId);
    const rows = await claimDeliveries(store.db.pool, batch, claim);
    expect(numbersOf(rows.filter((row) => !row.withheld))).toEqual([1, 3, 5]);
    expect(numbersOf(rows.filter((row) => row.withheld))).toEqual([2, 4]);
    const states = (await deliveriesOf(store, batchId)).map(({ state, code, try: tries }) => [state, code, tries]);
    expect(states).toEqual([
      ['sending', null, 1],
      ['skipped', 'suppressed', 0],
      ['sending', null, 1],
      ['skipped', 'suppressed', 0],
      ['sending', null, 1],
    ]);
    const { rows: settled } = await store.db.pool.query<{ settled: boolean }>(
      'SELECT settled_at IS NOT NULL AS settled FROM deliveries WHERE batch_id = $1 ORDER BY number',
      [batchId],
    );
    expect(settled.map((row) => row.settled)).toEqual([false, true, false, true, false]);
    expect(await countsAgree(store, batchId)).toBe(true);
    // What is read back after a lost answer is what may be sent, and no other.
    expect(numbersOf(await readClaim(store.db.pool, batch))).toEqual([1, 3, 5]);
  });

  test('goes by the key of the address where people are counted instead of addresses', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}] });
    await store.db.pool.query(
      'UPDATE deliveries SET address_key = gen_random_uuid() WHERE batch_id = $1 AND number = 2',
      [batchId],
    );
    await suppress(batchId, [2]);
    const batch = await leaseOf(store, batchId);
    const rows = await claimDeliveries(store.db.pool, batch, { ...claim, addressKeys: true });
    const { rows: keys } = await store.db.pool.query<{
      number: number;
      dedupe_key: string;
      address_key: string | null;
    }>('SELECT number, dedupe_key, address_key FROM deliveries WHERE batch_id = $1 ORDER BY number', [batchId]);
    const claimed = rows.toSorted((a, b) => a.number - b.number);
    expect(claimed.map(({ withheld, addressKey }) => ({ withheld, addressKey }))).toEqual([
      { withheld: false, addressKey: keys[0]?.dedupe_key },
      { withheld: true, addressKey: keys[1]?.address_key },
    ]);
    // Not asked for, they stay where they are.
    expect((await readClaim(store.db.pool, batch))[0]?.addressKey).toBeNull();
    expect((await readClaim(store.db.pool, batch, true))[0]?.addressKey).toBe(keys[0]?.dedupe_key);
  });

  test('ends the lease of a batch with the last row that it skips', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}] });
    await suppress(batchId, [1, 2]);
    const batch = await leaseOf(store, batchId);
    expect((await claimDeliveries(store.db.pool, batch, claim)).map((row) => row.withheld)).toEqual([true, true]);
    expect(await batchRow(store, batchId)).toMatchObject({ open: false, skipped: 2, lease_until: null });
    expect(await releaseBatch(store.db.pool, batch)).toMatchObject({ kind: 'released', open: false });
  });

  test('denies no send that may have been: a row that was unknown before is unknown again', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ try: 1 }, { try: 1 }] });
    await store.db.pool.query(
      `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, ended_at)
       SELECT account_id, batch_id, number, 1, day, CASE number WHEN 1 THEN 'unknown' ELSE 'retry' END, now()
       FROM deliveries WHERE batch_id = $1`,
      [batchId],
    );
    await suppress(batchId, [1, 2]);
    const rows = await claimDeliveries(store.db.pool, await leaseOf(store, batchId), claim);
    expect(rows.map((row) => row.withheld)).toEqual([true, true]);
    expect((await deliveriesOf(store, batchId)).map(({ state, try: tries }) => [state, tries])).toEqual([
      ['unknown', 1],
      ['skipped', 1],
    ]);
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('of single deliveries does the same', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 4; n++) ids.push((await seedBatch(store, { rows: [{}], single: true })).batchId);
    for (const id of ids.slice(0, 2)) await suppress(id, [1]);
    await store.db.pool.query('UPDATE batches SET enqueued_at = carillon_now() WHERE id = ANY($1::bigint[])', [ids]);
    const wanted = { channel: 'whatsapp', limit: 100, leaseMs: 60_000, owner: 'test' };
    const mine = (await leaseSingles(store.db.pool, wanted)).filter((batch) => ids.includes(batch.id));
    expect(mine).toHaveLength(4);
    const rows = await claimSingles(store.db.pool, mine, 1_000, true);
    expect(rows.filter((row) => row.withheld).map((row) => row.batchId)).toEqual(ids.slice(0, 2));
    expect(rows.every((row) => row.addressKey !== null)).toBe(true);
    for (const [index, id] of ids.entries()) {
      expect(await countsAgree(store, id)).toBe(true);
      expect(await batchRow(store, id)).toMatchObject({ open: index >= 2, skipped: index < 2 ? 1 : 0 });
      expect((await batchRow(store, id)).lease_until === null).toBe(index < 2);
    }
    expect(await releaseSingles(store.db.pool, mine)).toEqual({ open: 0, sending: 2 });
  });

  test('of single deliveries takes none that is held', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}], single: true });
    const batch = await leaseOf(store, batchId);
    const { rows: holds } = await store.db.pool.query<{ id: number }>(
      `INSERT INTO holds (account_id, channel, reason) VALUES ($1, 'whatsapp', 'test') RETURNING id`,
      [store.account.accountId],
    );
    expect(await claimSingles(store.db.pool, [batch], 1_000)).toEqual([]);
    await store.db.pool.query('DELETE FROM holds WHERE id = $1', [holds[0]?.id]);
    expect(await claimSingles(store.db.pool, [batch], 1_000)).toHaveLength(1);
  });

  test.each([
    ['claim', 0],
    ['claim_singles', 0],
    ['claim', 20_000],
    ['claim_singles', 20_000],
  ])('asks for suppressions by the index that has the channel (%s, %i in another channel)', async (name, others) => {
    await store.db.pool.query(
      `INSERT INTO suppressions (account_id, channel, address_key, reason, source)
       SELECT $1, 'email', gen_random_uuid(), 'refused', 'provider' FROM generate_series(1, $2)`,
      [store.account.accountId, others],
    );
    await store.db.pool.query('ANALYZE suppressions');
    const hot = createDatabase({ url: store.url, max: 1, applicationName: 'plan', hotPath: true });
    const client = await hot.pool.connect();
    try {
      await client.query(`PREPARE asked AS ${statement(name, DAY).text}`);
      const values =
        name === 'claim' ? '1, 1, 1, 1, 1, 100, true, 1, NULL' : `'{1}', '{1}', '{1}', '${DAY}', 1, true, 1, NULL`;
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE asked (${values})`);
      const plan = rows.map((row) => row['QUERY PLAN']);
      const scans = plan.filter(
        (line) =>
          / on (suppressions|attempts|reports|deliveries|occasions|recipient_dates|account_verdicts|address_verdicts)/.test(
            line,
          ) && !line.includes('Update on'),
      );
      const own = scans.filter((line) => line.includes('suppressions'));
      expect(own).toHaveLength(2);
      expect(scans.filter((line) => / on (occasions|recipient_dates|.*_verdicts)/.test(line))).toHaveLength(4);
      expect(own.filter((line) => !line.includes('suppressions_account_id_channel_address_key_key'))).toEqual([]);
      expect(scans.filter((line) => !/Index (Only )?Scan|Tid Scan/.test(line))).toEqual([]);
      // A hash of all suppressions would be kept as the plan when there are millions.
      expect(plan.filter((line) => line.includes('hashed'))).toEqual([]);
      // And what a row's tries are known to have come to is read in its own day.
      const daily = scans.filter((line) => / on (attempts|reports|deliveries)/.test(line));
      expect(daily.filter((line) => line.includes(' on reports'))).toHaveLength(2);
      expect(daily.filter((line) => !/ on \w+_20\d{6} /.test(line) || !line.includes(DAY.replaceAll('-', '')))).toEqual(
        [],
      );
    } finally {
      client.release();
      await hot.close();
    }
  });
});

describe('a row that its sender withholds', () => {
  const withheld = { state: 'skipped', word: 'not_sent', code: 'missing_variable', burnsAttempt: false } as const;

  test('is skipped, with the attempt that tells why', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sending', try: 1 }] });
    const message = 'the recipient has no city';
    const one = outcome(store, { batchId, number: 1, try: 1 }, { ...withheld, message, providerMessageId: null });
    expect(await settleOutcomes(store.db.pool, [one], DAY)).toEqual([]);
    expect(await deliveriesOf(store, batchId)).toMatchObject([
      { state: 'skipped', code: 'missing_variable', attempts: 0 },
    ]);
    const { rows } = await store.db.pool.query('SELECT outcome, code, message FROM attempts WHERE batch_id = $1', [
      batchId,
    ]);
    expect(rows).toEqual([{ outcome: 'not_sent', code: 'missing_variable', message }]);
    expect(await batchRow(store, batchId)).toMatchObject({ open: false, skipped: 1 });
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test.each([
    ['sending', 'unknown'],
    ['unknown', 'unknown'],
  ] as const)('is unknown when an earlier try was, and it is %s', async (state, ends) => {
    const { batchId } = await seedBatch(store, { rows: [{ state, try: 2 }] });
    await store.db.pool.query(
      `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, ended_at) VALUES ($1, $2, 1, 1, $3, 'unknown', now())`,
      [store.account.accountId, batchId, DAY],
    );
    const one = outcome(store, { batchId, number: 1, try: 2 }, { ...withheld, providerMessageId: null });
    await settleLateOutcomes(store.db.pool, await settleOutcomes(store.db.pool, [one], DAY), DAY);
    expect(await deliveriesOf(store, batchId)).toMatchObject([{ state: ends, try: 2 }]);
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('is skipped though its lease had run out, for the truth about that try is that nothing was sent', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'unknown', try: 2 }] });
    await store.db.pool.query(
      `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, ended_at) VALUES ($1, $2, 1, 2, $3, 'unknown', now())`,
      [store.account.accountId, batchId, DAY],
    );
    const one = outcome(store, { batchId, number: 1, try: 2 }, { ...withheld, providerMessageId: null });
    await settleLateOutcomes(store.db.pool, await settleOutcomes(store.db.pool, [one], DAY), DAY);
    expect(await deliveriesOf(store, batchId)).toMatchObject([{ state: 'skipped' }]);
    expect(await countsAgree(store, batchId)).toBe(true);
  });
});

describe('a refusal', () => {
  test('of the address suppresses it, once, and keeps an older reason', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}, {}] });
    await suppress(batchId, [1]);
    const refused = [1, 2].map((number) => ({ accountId: store.account.accountId, batchId, number }));
    expect(await suppressRefused(store.db.pool, refused, DAY)).toBe(1);
    expect(await suppressRefused(store.db.pool, refused, DAY)).toBe(0);
    expect(await suppressRefused(store.db.pool, [], DAY)).toBe(0);
    const { rows } = await store.db.pool.query(
      `SELECT d.number, s.channel, s.reason, s.source FROM suppressions s JOIN deliveries d ON d.dedupe_key = s.address_key
       ORDER BY d.number`,
    );
    expect(rows).toEqual([
      { number: 1, channel: 'whatsapp', reason: 'unsubscribed', source: 'link' },
      { number: 2, channel: 'whatsapp', reason: 'refused', source: 'provider' },
    ]);
  });

  test('of an endpoint switches it off, once, with an audit entry; nothing else is', async () => {
    const { accountId, providerAccountId } = store.account;
    const { rows } = await store.db.pool.query<{ id: number }>(
      `INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second)
       VALUES ($1, 'webhook', 'hook', '{}', 10) RETURNING id`,
      [accountId],
    );
    const endpoint = rows[0]?.id as number;
    const asked = { accountId, providerAccountId: endpoint, reason: 'gone', actor: 'sender' };
    expect(await disableEndpoint(store.db.pool, { ...asked, accountId: accountId + 1 })).toBe(false);
    expect(await disableEndpoint(store.db.pool, { ...asked, providerAccountId })).toBe(false);
    expect(await disableEndpoint(store.db.pool, asked)).toBe(true);
    expect(await disableEndpoint(store.db.pool, asked)).toBe(false);
    const { rows: found } = await store.db.pool.query(
      'SELECT id, disabled_reason FROM provider_accounts WHERE disabled_at IS NOT NULL',
    );
    expect(found).toEqual([{ id: endpoint, disabled_reason: 'gone' }]);
    const { rows: audit } = await store.db.pool.query(
      `SELECT account_id, actor, subject, detail FROM audit_entries WHERE action = 'provider.disable'`,
    );
    expect(audit).toEqual([
      { account_id: accountId, actor: 'sender', subject: `pvd_${endpoint}`, detail: { reason: 'gone' } },
    ]);
  });
});

test("recipients' values are read together, of one account, without those that were deleted", async () => {
  const { accountId } = store.account;
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO recipients (account_id, external_id, name, attributes, deleted_at)
     SELECT $1, 'values-' || n, CASE n WHEN 1 THEN 'Ada' END, '{"city":"Delft","floor":3}', CASE n WHEN 3 THEN now() END
     FROM generate_series(1, 3) n RETURNING id`,
    [accountId],
  );
  const ids = rows.map((row) => row.id) as [number, number, number];
  const values = await readRecipientValues(store.db.pool, accountId, [...ids, ids[0]]);
  expect(values.get(ids[0])).toEqual({ name: 'Ada', externalId: 'values-1', attributes: { city: 'Delft', floor: 3 } });
  expect([...values.keys()].sort((a, b) => a - b)).toEqual([ids[0], ids[1]]);
  expect((await readRecipientValues(store.db.pool, accountId + 1, ids)).size).toBe(0);
});
