/** What the provider reports: proven, doubled, shuffled, early, forged, foreign and unreachable. */
import { randomBytes } from 'node:crypto';
import type { Reference } from '@carillon/core';
import { encodeReference } from '@carillon/core';
import { type FaultProxy, startProxy } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Answer,
  type CallbackStatus,
  callbackBody,
  jobBody,
  postCallback,
  postJob,
  send,
  startApi,
  type TestAccount,
  type TestApi,
} from './harness.ts';

let api: TestApi;
let proxy: FaultProxy;
/** The one delivery of a new job, as claimed for its first try. */
let reference: Reference;

beforeAll(async () => {
  api = await startApi(async (target) => {
    proxy = await startProxy({ target });
    return proxy.url;
  });
});
afterAll(async () => {
  await api?.stop();
  await proxy?.close();
});

async function claimedDelivery(account: TestAccount): Promise<Reference> {
  const { body } = await postJob(api.url, account, jobBody({ audience: { recipients: ['person-1'] } }));
  const { rows } = await api.direct.pool.query(
    `WITH batch AS (UPDATE batches SET scheduled = 0, sending = 1 WHERE run_id = $1 RETURNING id, run_id)
     UPDATE deliveries d SET state = 'sending', try = 1, attempts = 1, sending_at = carillon_now()
     FROM batch WHERE d.batch_id = batch.id RETURNING d.batch_id, d.run_id, d.day, d.number`,
    [body.run.id.slice(4)],
  );
  const row = rows[0];
  return { runId: row.run_id, day: row.day, batchId: row.batch_id, number: row.number, try: 1 };
}

beforeEach(async () => {
  reference = await claimedDelivery(api.first);
});

const post = (statuses: readonly CallbackStatus[]): Promise<Answer> =>
  postCallback(api.url, api.first.providerAccountId, callbackBody(statuses));

/** State and counts of the delivery that the reference names, and how many reports are stored. */
async function stateOf({ batchId }: Reference): Promise<{ state: string; reports: number; counted: string }> {
  const { rows } = await api.direct.pool.query(
    `SELECT d.state::text, (SELECT count(*)::int FROM reports r WHERE r.batch_id = b.id) AS reports,
            CASE WHEN b.sending = 1 THEN 'sending' WHEN b.sent = 1 THEN 'sent' WHEN b.delivered = 1 THEN 'delivered'
                 WHEN b.failed = 1 THEN 'failed' END AS counted
     FROM deliveries d JOIN batches b ON b.id = d.batch_id WHERE b.id = $1`,
    [batchId],
  );
  return rows[0];
}

async function ignoredAs(result: string): Promise<number> {
  const text = await api.metricsText();
  const line = text
    .split('\n')
    .find((one) => one.startsWith('carillon_callback_reports_total{') && one.includes(`"${result}"`));
  return Number(line?.split(' ').at(-1) ?? 0);
}

describe('proven reports', () => {
  test('move a delivery whose outcome is not yet written, and are told with it', async () => {
    expect((await post([{ reference, status: 'sent', id: 'wamid.early' }])).status).toBe(200);
    expect(await stateOf(reference)).toEqual({ state: 'sent', reports: 1, counted: 'sent' });
    await post([{ reference, status: 'delivered', id: 'wamid.early' }]);
    expect(await stateOf(reference)).toEqual({ state: 'delivered', reports: 2, counted: 'delivered' });
    const id = `dlv_${reference.day.replaceAll('-', '')}_${reference.batchId}_${reference.number}`;
    const { body } = await send(api.url, 'GET', `/v1/deliveries/${id}`, { key: api.first.key });
    expect(body).toMatchObject({ state: 'delivered', providerMessageId: 'wamid.early' });
    expect(body.tries).toEqual([expect.objectContaining({ try: 1, outcome: 'accepted' })]);
    expect(body.reports.map((report: { status: string }) => report.status)).toEqual(['sent', 'delivered']);
  });

  test('doubled and shuffled, they end where the last of them would', async () => {
    const all: CallbackStatus[] = [
      { reference, status: 'read' },
      { reference, status: 'sent' },
      { reference, status: 'delivered' },
    ];
    const order = [2, 0, 1, 1, 0, 2, 2, 1, 0].map((index) => all[index] as CallbackStatus);
    const answers = await Promise.all(order.map((status) => post([status])));
    expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(200));
    expect(await stateOf(reference)).toEqual({ state: 'delivered', reports: 3, counted: 'delivered' });
  });

  test('an arrival of an earlier try settles what waits for the next', async () => {
    await api.direct.pool.query(
      `WITH freed AS (UPDATE deliveries SET try = 2, state = 'scheduled' WHERE batch_id = $1)
       UPDATE batches SET sending = 0, scheduled = 1 WHERE id = $1`,
      [reference.batchId],
    );
    await post([{ reference, status: 'delivered' }]);
    expect(await stateOf(reference)).toEqual({ state: 'delivered', reports: 1, counted: 'delivered' });
  });

  test('a failure of an earlier try is stored and changes nothing', async () => {
    await api.direct.pool.query('UPDATE deliveries SET try = 2 WHERE batch_id = $1', [reference.batchId]);
    await post([{ reference, status: 'failed', errorCode: 131026 }]);
    expect(await stateOf(reference)).toEqual({ state: 'sending', reports: 1, counted: 'sending' });
  });

  test('a failure keeps its code; a later arrival overrules it', async () => {
    await post([{ reference, status: 'failed', errorCode: 131026 }]);
    const { rows } = await api.direct.pool.query('SELECT code FROM deliveries WHERE batch_id = $1', [
      reference.batchId,
    ]);
    expect(rows).toEqual([{ code: '131026' }]);
    expect((await stateOf(reference)).state).toBe('failed');
    await post([{ reference, status: 'delivered' }]);
    expect(await stateOf(reference)).toEqual({ state: 'delivered', reports: 2, counted: 'delivered' });
  });

  test('many at once of many deliveries are all stored, by few statements', async () => {
    const references: Awaited<ReturnType<typeof claimedDelivery>>[] = [];
    while (references.length < 30) references.push(await claimedDelivery(api.first));
    await Promise.all(
      references.map(async (one) => {
        expect((await post([{ reference: one, status: 'delivered' }])).status).toBe(200);
      }),
    );
    for (const one of references) expect((await stateOf(one)).state).toBe('delivered');
    // Gathered, and not a statement for each: those of one statement have its one moment.
    const { rows } = await api.direct.pool.query<{ moments: number }>(
      `SELECT count(DISTINCT received_at)::int AS moments FROM reports WHERE (batch_id, number) IN (SELECT * FROM unnest($1::bigint[], $2::smallint[]))`,
      [references.map((one) => one.batchId), references.map((one) => one.number)],
    );
    expect(rows[0]?.moments).toBeLessThan(references.length);
  });
});

describe('unproven reports', () => {
  test('a body that was not signed with the account’s secret is refused', async () => {
    const body = callbackBody([{ reference, status: 'delivered' }]);
    const id = api.first.providerAccountId;
    for (const signature of ['', 'sha256=', `sha256=${'0'.repeat(64)}`, `sha1=${'0'.repeat(40)}`]) {
      const answer = await postCallback(api.url, id, body, signature);
      expect([answer.status, answer.body.code]).toEqual([401, 'signature_invalid']);
    }
    const signed = callbackBody([{ reference, status: 'failed' }]);
    const { createHmac } = await import('node:crypto');
    const other = `sha256=${createHmac('sha256', 'seeded-app-secret').update(signed).digest('hex')}`;
    expect((await postCallback(api.url, id, body, other)).status).toBe(401);
    expect(await stateOf(reference)).toEqual({ state: 'sending', reports: 0, counted: 'sending' });
  });

  test('forged, malformed and missing references are counted and passed over; their neighbour is stored', async () => {
    const before = { forged: await ignoredAs('forged'), none: await ignoredAs('no_reference') };
    const forged = encodeReference(reference, randomBytes(32));
    const answer = await post([
      { reference: forged, status: 'failed' },
      { reference: 'not ours', status: 'failed' },
      { reference: '', status: 'failed' },
      { reference, status: 'sent' },
    ]);
    expect([answer.status, answer.body]).toEqual([200, { received: 1 }]);
    expect(await stateOf(reference)).toEqual({ state: 'sent', reports: 1, counted: 'sent' });
    expect(await ignoredAs('forged')).toBe(before.forged + 2);
  });

  test('a reference of another account’s batch changes nothing', async () => {
    const theirs = await claimedDelivery(api.second);
    const before = await ignoredAs('foreign');
    expect((await post([{ reference: theirs, status: 'failed' }])).status).toBe(200);
    expect(await stateOf(theirs)).toEqual({ state: 'sending', reports: 0, counted: 'sending' });
    expect(await ignoredAs('foreign')).toBe(before + 1);
  });

  test('a day without partition, a number that nobody has, a try that was not: ignored', async () => {
    const before = await ignoredAs('day_gone');
    const answer = await post([
      { reference: { ...reference, day: '2020-01-01' }, status: 'delivered' },
      { reference: { ...reference, number: 999 }, status: 'delivered' },
      { reference: { ...reference, number: 99_999 }, status: 'delivered' },
      { reference: { ...reference, try: 7 }, status: 'delivered' },
      { reference, status: 'delivered', id: 'a\0b' },
    ]);
    expect(answer.status).toBe(200);
    expect(await stateOf(reference)).toEqual({ state: 'sending', reports: 0, counted: 'sending' });
    expect(await ignoredAs('day_gone')).toBe(before + 1);
  });

  test('unknown accounts, other bodies and other methods are refused', async () => {
    const body = callbackBody([]);
    expect((await postCallback(api.url, 999_999, body)).body.code).toBe('not_found');
    expect((await postCallback(api.url, 99_999_999_999, body)).body.code).toBe('not_found');
    expect((await postCallback(api.url, api.first.providerAccountId, 'no json')).body.code).toBe('malformed_json');
    expect((await postCallback(api.url, api.first.providerAccountId, '{"entry":7}')).status).toBe(200);
  });
});

test('the handshake answers the challenge to whoever has the verify token', async () => {
  const ask = (token: string, challenge = '1158201444') =>
    send(
      api.url,
      'GET',
      `/v1/provider-accounts/pvd_${api.first.providerAccountId}/callbacks/whatsapp?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=${challenge}`,
    );
  const right = await ask('seeded-verify-token');
  expect([right.status, right.body]).toEqual([200, '1158201444']);
  expect(right.headers.get('Content-Type')).toMatch(/^text\/plain/);
  expect((await ask('wrong')).body.code).toBe('forbidden');
  expect((await ask('seeded-verify-token', '%3Cscript%3E%20')).body.code).toBe('validation_failed');
});

test('while the database is away the provider is told to repeat, and the repetition is stored', async () => {
  proxy.setMode('reset');
  const refused = await post([{ reference, status: 'delivered' }]);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
  proxy.setMode('pass');
  expect((await post([{ reference, status: 'delivered' }])).status).toBe(200);
  expect((await stateOf(reference)).state).toBe('delivered');
});
