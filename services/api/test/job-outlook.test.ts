/** What a job would come to, tests of a job, and lists of jobs by what people look for. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, countRows, freshKey, jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  const { pool } = api.direct;
  await pool.query('UPDATE provider_accounts SET messages_per_second = 2, daily_limit = 10 WHERE account_id = $1', [
    api.first.accountId,
  ]);
  await pool.query(
    `UPDATE recipients SET attributes = '{"city": "Ulm"}' WHERE account_id = $1 AND external_id <> 'person-5'`,
    [api.first.accountId],
  );
  await pool.query(
    `UPDATE recipients SET phone = NULL, whatsapp_key = NULL WHERE account_id = $1 AND external_id = 'person-6'`,
    [api.first.accountId],
  );
  await pool.query(
    `INSERT INTO suppressions (account_id, channel, address_key, reason, source)
     SELECT $1, 'whatsapp', whatsapp_key, 'manual', 'test' FROM recipients WHERE account_id = $1 AND external_id = 'person-7'`,
    [api.first.accountId],
  );
});
afterAll(async () => {
  await api?.stop();
});

const get = (path: string): Promise<Answer> => send(api.url, 'GET', path, { key: api.first.key });
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  send(api.url, 'POST', path, {
    key: api.first.key,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const keyed = (path: string, body: unknown, key: string = freshKey()) => post(path, body, { 'Idempotency-Key': key });

describe('a preview', () => {
  test('counts who is told, who is not and why, shows three messages, and writes nothing', async () => {
    const before = await countRows(api.direct);
    const { rows } = await api.direct.pool.query(
      `SELECT phone FROM recipients WHERE account_id = $1 AND external_id = 'person-1'`,
      [api.first.accountId],
    );
    const content = { text: 'Dear {{name}} in {{city}}' };
    const audience = {
      everyone: true,
      addresses: [
        { address: '+4915201234567', name: 'Ana', attributes: { city: 'Bonn' } },
        { address: `+${rows[0].phone}`, name: 'The first again', attributes: { city: 'Bonn' } },
      ],
    };
    const { status, body } = await post('/v1/jobs/preview', jobBody({ content, audience }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      people: 22,
      deliveries: 18,
      duplicates: { sameAddress: 1 },
      unreachable: 1,
      suppressed: 1,
      incomplete: 1,
      missing: [{ name: 'city', people: 1 }],
    });
    expect(body.samples).toHaveLength(3);
    for (const sample of body.samples) {
      expect(sample.address).toMatch(/^\*{3}\d{4}$/);
      expect(sample.content.text).toMatch(/^Dear .+ in (?:Ulm|Bonn)$/);
    }
    expect(body.warnings.map(({ code }: { code: string }) => code)).toEqual(['missing_variables', 'daily_limit']);
    // 18 at two a second.
    expect(Date.parse(body.estimatedEndAt) - Date.parse(body.earliestAt)).toBeGreaterThanOrEqual(8_500);
    expect(await countRows(api.direct)).toEqual(before);
  });

  test('warns of a job that is alike, and of nobody', async () => {
    const text = 'The lift is out of order until noon, please take the stairs.';
    const body = jobBody({ content: { text }, trigger: { type: 'at', at: '2030-01-01T09:00:00Z' } });
    await postJob(api.url, api.first, body);
    const codes = async (parts: object) =>
      (await post('/v1/jobs/preview', { ...body, ...parts })).body.warnings.map(({ code }: { code: string }) => code);
    expect(await codes({})).toEqual(['daily_limit', 'similar_job']);
    expect(await codes({ audience: { recipients: ['person-6'] } })).toEqual(['nobody']);
  });

  test('is refused like the job would be', async () => {
    const { status, body } = await post('/v1/jobs/preview', jobBody({ audience: { recipients: ['who'] } }));
    expect([status, body.code]).toEqual([422, 'unknown_recipient']);
  });
});

describe('a test of a job', () => {
  const content = { text: 'Dear {{name}} in {{city}}' };

  test('goes to the given addresses, once per key, and is none of the job’s runs', async () => {
    const { body: job } = await postJob(
      api.url,
      api.first,
      jobBody({ content, trigger: { type: 'at', at: '2031-01-01T09:00:00Z' } }),
    );
    const key = freshKey();
    const asked = { addresses: ['+4915201234567', '+49 1520 7654321', '+4915207654321'], as: 'person-1' };
    const { status, body } = await keyed(`/v1/jobs/${job.id}/test`, asked, key);
    expect(status).toBe(202);
    expect(body.deliveries.map((one: { address: string; state: string }) => [one.address, one.state])).toEqual([
      ['4915201234567', 'scheduled'],
      ['4915207654321', 'scheduled'],
    ]);
    expect((await keyed(`/v1/jobs/${job.id}/test`, asked, key)).body).toEqual(body);
    expect((await get(`/v1/deliveries/${body.deliveries[0].id}`)).body).toMatchObject({
      job: body.job,
      recipient: null,
    });
    expect((await get(`/v1/jobs/${body.job}`)).body).toMatchObject({
      kind: 'test',
      content,
      policy: { quietHours: 'ignore' },
    });
    expect((await get(`/v1/jobs/${job.id}/runs`)).body.data).toEqual([]);
    const listed = async (query: string) =>
      (await get(`/v1/jobs${query}`)).body.data.map(({ id }: { id: string }) => id);
    expect(await listed('')).not.toContain(body.job);
    expect(await listed('?kind=test')).toEqual([body.job]);
    expect((await get(`/v1/jobs/${job.id}`)).body).toEqual(job);
  });

  test('skips suppressed addresses and missing variables, and is refused what is no address', async () => {
    const { body: job } = await postJob(api.url, api.first, jobBody({ content }));
    const { rows } = await api.direct.pool.query(
      `SELECT phone FROM recipients WHERE account_id = $1 AND external_id = 'person-7'`,
      [api.first.accountId],
    );
    const suppressed = await keyed(`/v1/jobs/${job.id}/test`, { addresses: [`+${rows[0].phone}`], as: 'person-1' });
    expect(suppressed.body.deliveries).toMatchObject([{ state: 'skipped', code: 'suppressed' }]);
    const nameless = await keyed(`/v1/jobs/${job.id}/test`, { addresses: ['+4915201234567'] });
    expect(nameless.body.deliveries).toMatchObject([{ state: 'skipped', code: 'missing_variable' }]);
    const refused = async (id: string, body: unknown) => {
      const before = await countRows(api.direct);
      const answer = await keyed(`/v1/jobs/${id}/test`, body);
      expect(await countRows(api.direct)).toEqual(before);
      return [answer.status, answer.body.code, answer.body.field];
    };
    expect(await refused(job.id, { addresses: ['+4915201234567', 'x'] })).toEqual([
      400,
      'invalid_phone',
      'addresses[1]',
    ]);
    expect(await refused(job.id, { addresses: [] })).toEqual([400, 'validation_failed', 'addresses']);
    expect(await refused(job.id, { addresses: ['+4915201234567'], as: 'who' })).toEqual([
      422,
      'unknown_recipient',
      'as',
    ]);
    expect(await refused('job_999999', { addresses: ['+4915201234567'] })).toEqual([404, 'not_found', 'id']);
    const open = await post(`/v1/jobs/${job.id}/test`, { addresses: ['+4915201234567'] });
    expect(open.body.code).toBe('idempotency_key_required');
  });
});

describe('the list of jobs', () => {
  test('by name, status, channel, audience and moments, newest first and page by page', async () => {
    const make = async (name: string, parts: Record<string, unknown> = {}) =>
      (await postJob(api.url, api.first, jobBody({ name, ...parts }))).body;
    const from = new Date().toISOString();
    const one = await make('List 1', { trigger: { type: 'at', at: '2032-01-01T00:00:00Z' } });
    const two = await make('List 2', { audience: { audiences: ['everybody'] } });
    const three = await make('list 3', { trigger: { type: 'at', at: '2033-01-01T00:00:00Z' } });
    await send(api.url, 'POST', `/v1/jobs/${three.id}/cancel`, { key: api.first.key });
    const ids = async (query: string) => (await get(`/v1/jobs?${query}`)).body.data.map(({ id }: { id: string }) => id);
    expect(await ids(`createdAfter=${from}`)).toEqual([three.id, two.id, one.id]);
    expect(await ids('name=List')).toEqual([two.id, one.id]);
    expect(await ids('name=List&status=active&channel=whatsapp')).toEqual([two.id, one.id]);
    expect(await ids('channel=email')).toEqual([]);
    expect(await ids(`createdAfter=${from}&status=cancelled`)).toEqual([three.id]);
    expect(await ids(`audience=aud_${api.first.audienceId}`)).toEqual([two.id]);
    expect(await ids('plannedAfter=2032-01-01T00:00:00Z')).toEqual([three.id, one.id]);
    expect(await ids('plannedAfter=2032-01-01T00:00:00Z&plannedBefore=2033-01-01T00:00:00Z')).toEqual([one.id]);
    expect(await ids(`createdBefore=${from}&name=List`)).toEqual([]);
    const first = (await get(`/v1/jobs?createdAfter=${from}&limit=2`)).body;
    expect(first.data).toHaveLength(2);
    const rest = (await get(`/v1/jobs?createdAfter=${from}&limit=2&cursor=${first.nextCursor}`)).body;
    expect([rest.data.map(({ id }: { id: string }) => id), rest.nextCursor]).toEqual([[one.id], null]);
    expect((await get(`/v1/jobs?limit=2&cursor=${first.nextCursor}`)).body.code).toBe('invalid_cursor');
  });

  test.each([
    ['status=done', 'validation_failed', 'status'],
    ['kind=notice', 'validation_failed', 'kind'],
    ['audience=7', 'invalid_id', 'audience'],
    ['createdAfter=yesterday', 'invalid_instant', 'createdAfter'],
    ['plannedBefore=2026-02-30T00:00:00Z', 'invalid_instant', 'plannedBefore'],
    ['channel=fax', 'validation_failed', 'channel'],
  ])('refuses %s', async (query, code, field) => {
    const { status, body } = await get(`/v1/jobs?${query}`);
    expect([status, body.code, body.field]).toEqual([400, code, field]);
  });
});
