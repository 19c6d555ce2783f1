/**
 * What a real sender does besides calling: it renders for each recipient, passes over whom it must not write to, keeps still
 * while everything is held, and says what it did.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressKey, deriveKey, readUnsubscribeToken } from '@carillon/core';
import { providerSecretKey, putProvider, readDatabaseTime, readSendStatistics } from '@carillon/db';
import { type AccountSeed, eventually, seedAnnouncement, seededEmail, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  ADDRESS_PEPPER,
  announce,
  completed,
  countsOf,
  FLOW_SECRET,
  type House,
  startHouse,
  wrongBatches,
} from './house.ts';

const PUBLIC_URL = 'https://town.example';

let house: House;
beforeAll(async () => {
  house = await startHouse({ ownRedis: true });
  const sender = { PUBLIC_URL, STATISTICS_MS: '200', SEND_CONNECTIONS: '64' };
  await Promise.all([
    house.start('sender', sender),
    house.start('sender', sender),
    house.start('scheduler'),
    house.start('sweeper'),
  ]);
}, 360_000);
afterAll(() => house?.stop());

let accounts = 0;
async function accountWith(people: number, options: { messagesPerSecond?: number; emails?: boolean } = {}) {
  const { emails = false, ...provider } = options;
  const account = await house.account(`account ${++accounts}`, { phoneNumberId: String(800 + accounts), ...provider });
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
    emails,
  });
  return { ...account, audienceId, target: { audienceIds: [audienceId] } };
}

/** The simulator's mail server as the account's provider. */
async function mailServerOf({ accountId }: AccountSeed): Promise<AccountSeed> {
  const { port } = (await (await fetch(`${house.simulatorUrl}/smtp`)).json()) as { port: number };
  const from = { address: 'council@town.example' };
  const settings = { host: '127.0.0.1', port, security: 'none', user: '', password: '', from, senders: [] } as const;
  const providerAccountId = await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'email',
    accountId,
    name: 'mail',
    messagesPerSecond: 1_000,
    settings,
  });
  return { accountId, providerAccountId };
}

/** State and code by external id. */
async function endsOf(runId: number): Promise<Map<string, string>> {
  const { rows } = await house.db.pool.query<{ external_id: string; ends: string }>(
    `SELECT r.external_id, d.state || coalesce(' ' || d.code, '') AS ends FROM deliveries d
     JOIN recipients r ON r.account_id = d.account_id AND r.id = d.recipient_id WHERE d.run_id = $1`,
    [runId],
  );
  return new Map(rows.map((row) => [row.external_id, row.ends]));
}

test('each gets a text of their own, with a link to unsubscribe that is theirs; who lacks a variable by then is skipped', async () => {
  const people = 60;
  const account = await accountWith(people, { emails: true });
  const { accountId } = account;
  await house.db.pool.query(
    `UPDATE recipients SET attributes = jsonb_build_object('city', 'Delft ' || id) WHERE account_id = $1`,
    [accountId],
  );
  const { runId } = await seedAnnouncement(house.db.pool, await mailServerOf(account), {
    audienceId: account.audienceId,
    channel: 'email',
    content: {
      type: 'email',
      subject: '{{name}} in {{city}}, {{title}}',
      text: 'You can leave: {{unsubscribe_url}}',
      defaults: { title: 'citizen' },
    },
    dueInMs: 2_500,
  });
  // They were complete when the run was planned.
  await eventually(async () => (await countsOf(house, runId)).scheduled === people, { what: 'the expansion' });
  await house.db.pool.query(
    `UPDATE recipients SET attributes = '{}' WHERE account_id = $1 AND external_id IN ('person-1', 'person-2')`,
    [accountId],
  );
  await house.db.pool.query(
    `UPDATE recipients SET deleted_at = now() WHERE account_id = $1 AND external_id = 'person-3'`,
    [accountId],
  );
  expect(await completed(house, runId)).toMatchObject({ sent: people - 3, skipped: 3, failed: 0 });

  const ends = await endsOf(runId);
  for (let n = 1; n <= people; n++) expect(ends.get(`person-${n}`)).toBe(n <= 3 ? 'skipped missing_variable' : 'sent');
  const { rows } = await house.db.pool.query<{ external_id: string; id: number }>(
    'SELECT external_id, id FROM recipients WHERE account_id = $1',
    [accountId],
  );
  const idOf = new Map(rows.map((row) => [row.external_id, row.id]));
  const lines = (await house.ledger.export(runId)) as { to: string; email: { subject: string; unsubscribe: string } }[];
  const received = new Map(lines.map((line) => [line.to, line.email]));
  expect(received.size).toBe(people - 3);
  const key = deriveKey(FLOW_SECRET, 'unsubscribe');
  for (let n = 4; n <= people; n++) {
    const mail = received.get(seededEmail(n));
    expect(mail?.subject).toBe(`Person ${n} in Delft ${idOf.get(`person-${n}`)}, citizen`);
    const start = `${PUBLIC_URL}/v1/unsubscribe/`;
    expect(mail?.unsubscribe.startsWith(start)).toBe(true);
    expect(readUnsubscribeToken((mail?.unsubscribe ?? '').slice(start.length), key)).toEqual({
      ok: true,
      accountId,
      channel: 'email',
      addressKey: addressKey(ADDRESS_PEPPER, 'email', seededEmail(n)),
      runId,
    });
  }
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

test('whoever is suppressed while a run is being sent is not sent to from then on', async () => {
  const people = 400;
  const account = await accountWith(people, { messagesPerSecond: 200 });
  const { runId } = await announce(house, account, { target: account.target });
  await eventually(async () => (await countsOf(house, runId)).sent >= 60, { everyMs: 5, what: 'the first' });
  await house.db.pool.query(
    `INSERT INTO suppressions (account_id, channel, address_key, reason, source)
     SELECT account_id, 'whatsapp', whatsapp_key, 'unsubscribed', 'reply' FROM recipients WHERE account_id = $1 AND id % 2 = 0`,
    [account.accountId],
  );
  const suppressedMs = await readDatabaseTime(house.db.pool);
  const counts = await completed(house, runId);
  expect(counts.sent + counts.skipped).toBe(people);
  expect(counts.skipped).toBeGreaterThan(50);
  const { rows } = await house.db.pool.query(
    `SELECT count(*) FILTER (WHERE state = 'sent' AND recipient_id % 2 = 0
                               AND sending_at > to_timestamp($2::float8 / 1000)) AS told,
            count(*) FILTER (WHERE state = 'skipped' AND (code <> 'suppressed' OR recipient_id % 2 = 1 OR try > 0)) AS wrong
     FROM deliveries WHERE run_id = $1`,
    [runId, suppressedMs],
  );
  expect(rows[0]).toEqual({ told: 0, wrong: 0 });
  expect((await house.ledger.totals(runId)).acceptances).toBe(counts.sent);
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

test('a hold on everything stops new sends under full load within two seconds, whatever becomes of Redis', async () => {
  const people = 12_000;
  await house.control('latency', { minMs: 20, maxMs: 60 });
  const account = await accountWith(people);
  const { runId } = await announce(house, account, { target: account.target });
  await eventually(async () => (await house.ledger.totals(runId)).acceptances >= 1_500, { everyMs: 5 });
  const { rows: placed } = await house.db.pool.query<{ id: number }>(
    `INSERT INTO holds (reason) VALUES ('test') RETURNING id`,
  );
  const heldMs = await readDatabaseTime(house.db.pool);
  await eventually(async () => (await countsOf(house, runId)).sending === 0, { what: 'the last answer' });
  const held = await house.ledger.totals(runId);
  expect(held.acceptances).toBeLessThan(people);

  await house.flushRedis();
  await eventually(
    async () => {
      const { rows } = await house.db.pool.query<{ seen: boolean }>(
        'SELECT redis_lost_at >= to_timestamp($1::float8 / 1000) AS seen FROM installation',
        [heldMs],
      );
      return rows[0]?.seen === true;
    },
    { what: 'the sweeper to see the loss' },
  );
  // What senders held they gave back, and what was freed is not taken by anybody.
  await eventually(
    async () => {
      const { rows } = await house.db.pool.query<{ leased: boolean }>(
        'SELECT bool_or(lease_until IS NOT NULL) AS leased FROM batches WHERE run_id = $1 AND open',
        [runId],
      );
      return rows[0]?.leased === false;
    },
    { what: 'the end of all leases' },
  );
  expect(await house.ledger.totals(runId)).toEqual(held);
  const { rows } = await house.db.pool.query<{ last: number }>(
    'SELECT max(extract(epoch FROM sending_at))::float8 * 1000 - $2 AS last FROM deliveries WHERE run_id = $1',
    [runId, heldMs],
  );
  expect(rows[0]?.last).toBeLessThan(2_000);

  await house.db.pool.query('DELETE FROM holds WHERE id = $1', [placed[0]?.id]);
  expect(await completed(house, runId)).toMatchObject({ sent: people });
  expect(await house.ledger.totals(runId)).toMatchObject({ acceptances: people, duplicates: 0 });
}, 360_000);

/** A notice to an endpoint of the account, due now, as the planner would store it. */
async function notice({ accountId, providerAccountId }: AccountSeed, eventId: string): Promise<number> {
  const content = { type: 'notice', eventId, eventType: 'run.completed', body: '{}' };
  const { rows } = await house.db.pool.query<{ run_id: number }>(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
       VALUES ($1, 'notice', 'notice', 'webhook', $2, '{"type":"now"}', '{}', '{}') RETURNING id
     ), content AS (
       INSERT INTO contents (account_id, job_id, version, body) SELECT $1, id, 1, $3 FROM job
     ), run AS (
       INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, expanded_at)
       SELECT $1, id, 'once', (carillon_now() AT TIME ZONE 'UTC')::date, carillon_now(), 'sending', carillon_now() FROM job
       RETURNING id, job_id, day
     ), batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, due_at,
                            max_attempts, unknown_action, unknown_after_seconds)
       SELECT $1, id, job_id, day, 'webhook', $2, true, 1, 1, carillon_now(), 5, 'hold', 0 FROM run RETURNING id, run_id, day
     )
     INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address)
     SELECT id, run_id, carillon_now(), gen_random_uuid(), $1, day, 1, 1, $2::text FROM batch RETURNING run_id`,
    [accountId, providerAccountId, JSON.stringify(content)],
  );
  return (rows[0] as { run_id: number }).run_id;
}

test('an endpoint that says it is gone is switched off, and told nothing more', async () => {
  let calls = 0;
  const receiver = createServer((request, response) => {
    calls += 1;
    request.resume().on('end', () => response.writeHead(410).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  try {
    const { accountId } = await accountWith(1);
    const providerAccountId = await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
      channel: 'webhook',
      accountId,
      name: 'hook',
      messagesPerSecond: 100,
      settings: {
        url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
        secrets: [{ secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}` }],
      },
    });
    const codesOf = async (runId: number) => {
      await completed(house, runId);
      const { rows } = await house.db.pool.query<{ state: string; code: string }>(
        'SELECT state, code FROM deliveries WHERE run_id = $1',
        [runId],
      );
      return rows[0];
    };
    expect(await codesOf(await notice({ accountId, providerAccountId }, 'evt_1'))).toMatchObject({ state: 'failed' });
    await eventually(
      async () => {
        const { rows } = await house.db.pool.query<{ off: boolean; audited: boolean }>(
          `SELECT p.disabled_at IS NOT NULL AS off, EXISTS (
             SELECT FROM audit_entries a WHERE a.account_id = p.account_id AND a.action = 'provider.disable'
               AND a.subject = 'pvd_' || p.id) AS audited
           FROM provider_accounts p WHERE p.id = $1`,
          [providerAccountId],
        );
        return rows[0]?.off && rows[0].audited;
      },
      { what: 'the endpoint to be off' },
    );
    // Either sender may still believe for some seconds that it is on, and would only be told again that it is not.
    await eventually(
      async () =>
        (await codesOf(await notice({ accountId, providerAccountId }, 'evt_2')))?.code === 'endpoint_disabled',
      { what: 'a refusal without a call', everyMs: 500, timeoutMs: 120_000 },
    );
    expect(calls).toBeGreaterThan(0);
    // Nobody was suppressed for it: that is for people.
    const { rows } = await house.db.pool.query('SELECT 1 FROM suppressions WHERE account_id = $1', [accountId]);
    expect(rows).toEqual([]);
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
}, 360_000);

test('what was sent can be read from the statistics, by channel', async () => {
  const before = new Map(
    (await readSendStatistics(house.db.pool, { minutes: 10 })).map((series) => [series.channel, series.total.accepted]),
  );
  expect(before.get('email')).toBe(57);
  const account = await accountWith(150);
  const { runId } = await announce(house, account, { target: account.target });
  await completed(house, runId);
  const series = await eventually(
    async () => {
      const all = await readSendStatistics(house.db.pool, { minutes: 10 });
      const whatsapp = all.find(({ channel }) => channel === 'whatsapp');
      return whatsapp !== undefined && whatsapp.total.accepted === (before.get('whatsapp') ?? 0) + 150 && whatsapp;
    },
    { what: 'the statistics' },
  );
  const { p50Ms, p99Ms } = series.total;
  expect(p50Ms).toBeGreaterThan(0);
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms as number);
}, 360_000);
