/** Holds and the settling of unknown outcomes by hand, over HTTP. */

import { createApiKey } from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, jobBody, postJob, send, startApi, type TestAccount, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

const json = { 'Content-Type': 'application/json' };
const call = (method: string, path: string, body?: unknown, account: { key: string } = api.first): Promise<Answer> =>
  send(api.url, method, path, {
    key: account.key,
    headers: json,
    body: body === undefined ? undefined : JSON.stringify(body),
  });

describe('holds', () => {
  test('are placed once, listed, audited with their origin, and released', async () => {
    const placed = await call('POST', '/v1/holds', { reason: 'wrong date', channel: 'whatsapp' });
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({ scope: 'account', channel: 'whatsapp', reason: 'wrong date' });
    const again = await call('POST', '/v1/holds', { reason: 'another reason', channel: 'whatsapp' });
    expect([again.status, again.body]).toEqual([200, placed.body]);
    expect((await call('GET', '/v1/holds')).body.data).toEqual([placed.body]);
    const woken = api.woken.length;
    expect((await call('DELETE', `/v1/holds/${placed.body.id}`)).status).toBe(204);
    expect(api.woken.slice(woken)).toEqual(['whatsapp']);
    expect((await call('GET', '/v1/holds')).body.data).toEqual([]);
    const { rows } = await api.direct.pool.query(
      `SELECT action, origin, request_id IS NOT NULL AS requested FROM audit_entries WHERE subject = $1 ORDER BY id`,
      [placed.body.id],
    );
    expect(rows.map((row) => [row.action, row.requested])).toEqual([
      ['hold.place', true],
      ['hold.release', true],
    ]);
    expect(rows[0].origin).toMatch(/127\.0\.0\.1/);
  });

  test("another account's are neither seen nor released", async () => {
    const { body } = await call('POST', '/v1/holds', { reason: 'mine' });
    expect((await call('GET', '/v1/holds', undefined, api.second)).body.data).toEqual([]);
    const foreign = await call('DELETE', `/v1/holds/${body.id}`, undefined, api.second);
    const unknown = await call('DELETE', '/v1/holds/hld_999999', undefined, api.second);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found']);
    expect(unknown.body.detail).toBe(foreign.body.detail);
    expect((await call('DELETE', `/v1/holds/${body.id}`)).status).toBe(204);
  });

  test('of the installation need an operator account, and show everywhere', async () => {
    const refused = await call('POST', '/v1/holds', { scope: 'installation', reason: 'all' });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    await api.direct.pool.query('UPDATE accounts SET operator = true WHERE id = $1', [api.first.accountId]);
    const { key } = await createApiKey(api.direct.pool, { accountId: api.first.accountId, name: 'operator' });
    const placed = await call('POST', '/v1/holds', { scope: 'installation', reason: 'all' }, { key });
    expect(placed.status).toBe(201);
    expect((await call('GET', '/v1/holds', undefined, api.second)).body.data).toEqual([placed.body]);
    expect((await call('DELETE', `/v1/holds/${placed.body.id}`, undefined, api.second)).status).toBe(404);
    expect((await call('DELETE', `/v1/holds/${placed.body.id}`, undefined, { key })).status).toBe(204);
    await api.direct.pool.query('UPDATE accounts SET operator = false WHERE id = $1', [api.first.accountId]);
  });

  test('need the role operate', async () => {
    const { key } = await createApiKey(api.direct.pool, { accountId: api.first.accountId, name: 'w', role: 'write' });
    const refused = await call('POST', '/v1/holds', { reason: 'x' }, { key });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  });
});

describe('settling by hand', () => {
  /** A run of the first account's people whose outcomes are all unknown, as after a lost sender. */
  async function unknownRun(account: TestAccount = api.first): Promise<{ run: string; job: string; runId: number }> {
    const { body } = await postJob(
      api.url,
      account,
      jobBody({ audience: { recipients: ['person-1'] }, name: `u${Math.random()}` }),
    );
    const runId = Number(body.run.id.slice(4));
    await api.direct.pool.query(
      `WITH moved AS (UPDATE deliveries SET state = 'unknown', try = 1, settled_at = carillon_now(), code = 'timeout'
                      WHERE run_id = $1 RETURNING batch_id)
       UPDATE batches SET scheduled = 0, unknown = 1 WHERE id IN (SELECT batch_id FROM moved)`,
      [runId],
    );
    await api.direct.pool.query(`UPDATE runs SET state = 'completed' WHERE id = $1`, [runId]);
    return { run: body.run.id, job: body.id, runId };
  }
  const deliveriesOf = async (run: string) => (await call('GET', `/v1/runs/${run}/deliveries`)).body.data;

  test('counts first, then settles; a second time there is nothing left', async () => {
    const { run } = await unknownRun();
    const filter = { run, code: 'timeout' };
    const counted = await call('POST', '/v1/deliveries/settle', { as: 'sent', filter, dryRun: true });
    expect([counted.status, counted.body]).toEqual([200, { found: 1, settled: 0 }]);
    expect((await deliveriesOf(run))[0].state).toBe('unknown');
    const settled = await call('POST', '/v1/deliveries/settle', { as: 'sent', filter, note: 'seen there' });
    expect(settled.body).toEqual({ found: 1, settled: 1 });
    expect((await deliveriesOf(run))[0]).toMatchObject({ state: 'sent' });
    expect((await call('POST', '/v1/deliveries/settle', { as: 'failed', filter })).body).toEqual({
      found: 0,
      settled: 0,
    });
    expect((await call('GET', `/v1/runs/${run}`)).body.counts).toMatchObject({ sent: 1, unknown: 0 });
  });

  test('a filter that matches nobody changes nothing; one without conditions is refused', async () => {
    const { run } = await unknownRun();
    for (const filter of [
      { run, code: 'other' },
      { run, addresses: ['4915999'] },
      { run, before: '2026-01-01T00:00:00Z' },
    ]) {
      expect((await call('POST', '/v1/deliveries/settle', { as: 'failed', filter })).body).toEqual({
        found: 0,
        settled: 0,
      });
    }
    const empty = await call('POST', '/v1/deliveries/settle', { as: 'failed', filter: {} });
    expect([empty.status, empty.body.field ?? empty.body.errors?.[0]?.field]).toEqual([400, 'filter']);
    expect((await deliveriesOf(run))[0].state).toBe('unknown');
  });

  test('one by one: to be sent again, which opens its run; what is not unknown is refused', async () => {
    const { run } = await unknownRun();
    const [delivery] = await deliveriesOf(run);
    const woken = api.woken.length;
    const settled = await call('POST', `/v1/deliveries/${delivery.id}/settle`, { as: 'resend' });
    expect([settled.status, settled.body]).toEqual([200, { found: 1, settled: 1 }]);
    expect(api.woken.slice(woken)).toEqual(['whatsapp']);
    expect((await deliveriesOf(run))[0].state).toBe('scheduled');
    expect((await call('GET', `/v1/runs/${run}`)).body.state).toBe('sending');
    const again = await call('POST', `/v1/deliveries/${delivery.id}/settle`, { as: 'failed' });
    expect([again.status, again.body.code]).toEqual([409, 'invalid_state']);
  });

  test('what was cancelled is never sent again', async () => {
    const { run, runId } = await unknownRun();
    await api.direct.pool.query('UPDATE batches SET cancelled_at = carillon_now() WHERE run_id = $1', [runId]);
    const [delivery] = await deliveriesOf(run);
    const refused = await call('POST', `/v1/deliveries/${delivery.id}/settle`, { as: 'resend' });
    expect([refused.status, refused.body.code]).toEqual([409, 'invalid_state']);
    expect((await call('POST', `/v1/deliveries/${delivery.id}/settle`, { as: 'failed' })).status).toBe(200);
    expect((await deliveriesOf(run))[0]).toMatchObject({ state: 'failed', code: 'settled_by_operator' });
  });

  test("another account's are not found", async () => {
    const { run } = await unknownRun();
    const [delivery] = await deliveriesOf(run);
    for (const [path, body] of [
      [`/v1/deliveries/${delivery.id}/settle`, { as: 'sent' }],
      ['/v1/deliveries/settle', { as: 'sent', filter: { run } }],
    ] as const) {
      expect((await call('POST', path, body, api.second)).status).toBe(404);
    }
    const mine = await call(
      'POST',
      '/v1/deliveries/settle',
      { as: 'sent', filter: { deliveries: [delivery.id] } },
      api.second,
    );
    expect(mine.body).toEqual({ found: 0, settled: 0 });
    expect((await deliveriesOf(run))[0].state).toBe('unknown');
  });
});
