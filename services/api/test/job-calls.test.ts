/** Jobs of kind `webhook` over HTTP: what is taken and refused, by name; what is shown; changes; and what signs the calls. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, freshKey, send, startApi, type TestAccount, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(undefined, { targets: { allowPrivate: false, allowHttp: false } });
});
afterAll(async () => {
  await api?.stop();
});

const call = (method: string, path: string, body?: unknown, account: TestAccount = api.first): Promise<Answer> =>
  send(api.url, method, path, {
    key: account.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey() },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const webhook = { url: 'https://example.com/nightly?team=1', body: { n: 1 } };
const later = { type: 'at', at: '2030-01-01T09:00:00Z' };
const create = (parts: Record<string, unknown> = {}, account: TestAccount = api.first): Promise<Answer> =>
  call('POST', '/v1/jobs', { kind: 'webhook', name: 'Nightly', webhook, trigger: later, ...parts }, account);
const jobsThere = async (): Promise<number> => {
  const { rows } = await api.direct.pool.query<{ count: number }>('SELECT count(*) AS count FROM jobs');
  return rows[0]?.count ?? 0;
};

describe('a job', () => {
  test('is stored, read and listed with what it calls, and never shows the values of its headers', async () => {
    const headers = { Authorization: 'Bearer a-secret-of-the-service' };
    const made = await create({ webhook: { ...webhook, headers }, userId: 'u-7', tags: ['a', 'b', 'a'] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      kind: 'webhook',
      channel: 'call',
      userId: 'u-7',
      tags: ['a', 'b'],
      content: {},
      webhook: { ...webhook, method: 'POST', headerNames: ['authorization'] },
      audience: { everyone: false, audiences: [], recipients: [] },
      policy: { attempts: 5, unknown: { action: 'resend', after: 1 }, quietHours: 'ignore', addressCheck: null },
    });
    const read = await call('GET', `/v1/jobs/${made.body.id}`);
    expect(read.body).toEqual(made.body);
    expect((await call('GET', '/v1/jobs?kind=webhook')).body.data).toEqual([made.body]);
    expect((await call('GET', '/v1/jobs')).body.data).toEqual([made.body]);
    expect((await call('GET', '/v1/jobs?kind=message')).body.data).toEqual([]);
    expect(JSON.stringify([made.body, read.body])).not.toContain('a-secret');
    expect((await call('GET', `/v1/jobs/${made.body.id}`, undefined, api.second)).status).toBe(404);
  });

  test('that is due soon has its run and its delivery at once, without a recipient', async () => {
    const { body } = await create({ trigger: { type: 'now' } });
    const [run] = (await call('GET', `/v1/jobs/${body.id}/runs`)).body.data;
    expect(run).toMatchObject({ state: 'sending', deliveries: 1, attempt: 0, result: null });
    const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).body.data;
    // The path and its query may hold a secret.
    expect(delivery).toMatchObject({ recipient: null, address: 'https://example.com', state: 'scheduled' });
    expect(api.woken).toContain('call');
  });

  const named = (tags: unknown) => ({ tags });
  test.each<[string, Record<string, unknown>, string, string]>([
    ['of another kind', { kind: 'fax' }, 'kind', 'validation_failed'],
    ['with an audience', { audience: { everyone: true } }, 'audience', 'validation_failed'],
    ['with a channel', { channel: 'email' }, 'channel', 'validation_failed'],
    ['without what it calls', { webhook: undefined }, 'webhook', 'validation_failed'],
    ['to no URL', { webhook: { url: 'nightly' } }, 'webhook.url', 'validation_failed'],
    ['by plain HTTP', { webhook: { url: 'http://example.com/' } }, 'webhook.url', 'validation_failed'],
    ['into a private network', { webhook: { url: 'https://169.254.169.254/' } }, 'webhook.url', 'private_target'],
    ['to a private name', { webhook: { url: 'https://db.internal/' } }, 'webhook.url', 'private_target'],
    ['with a user in its URL', { webhook: { url: 'https://a:b@example.com/' } }, 'webhook.url', 'validation_failed'],
    ['by another method', { webhook: { ...webhook, method: 'TRACE' } }, 'webhook.method', 'validation_failed'],
    ['by GET with a body', { webhook: { ...webhook, method: 'GET' } }, 'webhook.body', 'validation_failed'],
    [
      'with too long a body',
      { webhook: { ...webhook, body: 'x'.repeat(32_767) } },
      'webhook.body',
      'validation_failed',
    ],
    [
      'with a header of ours',
      { webhook: { ...webhook, headers: { 'Webhook-Id': 'x' } } },
      'webhook.headers.Webhook-Id',
      'validation_failed',
    ],
    [
      'with a broken header',
      { webhook: { ...webhook, headers: { 'x-a': 'a\r\nb: c' } } },
      'webhook.headers.x-a',
      'validation_failed',
    ],
    [
      'at a time of recipients',
      { trigger: { type: 'local', at: '2030-01-01T09:00' } },
      'trigger.type',
      'validation_failed',
    ],
    ['with quiet hours', { policy: { quietHours: 'respect' } }, 'policy.quietHours', 'validation_failed'],
    ['with checks', { policy: { addressCheck: {} } }, 'policy.addressCheck', 'validation_failed'],
    ['that holds unknowns', { policy: { unknown: { action: 'hold' } } }, 'policy.unknown', 'validation_failed'],
    ['with too many tags', named(Array.from({ length: 21 }, (_, n) => `t${n}`)), 'tags', 'validation_failed'],
    ['with a tag of two lines', named(['a\nb']), 'tags[0]', 'validation_failed'],
    ['of a user without a name', { userId: '' }, 'userId', 'validation_failed'],
  ])('%s is refused by name, and nothing is stored', async (_, parts, field, code) => {
    const before = await jobsThere();
    const answer = await create(parts);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, code, field]);
    expect(await jobsThere()).toBe(before);
  });
});

describe('a change', () => {
  test('replaces what is called, tags and policy, and refuses what the kind does not have', async () => {
    const { id, version } = (await create()).body;
    const change = (parts: Record<string, unknown>) => call('PATCH', `/v1/jobs/${id}`, { version, ...parts });
    for (const [parts, field] of [
      [{ content: { text: 'Hello' } }, 'content'],
      [{ audience: { everyone: true } }, 'audience'],
      [{ policy: { unknown: { action: 'fail' } } }, 'policy.unknown'],
      [{ trigger: { type: 'local', at: '2030-01-01T09:00' } }, 'trigger.type'],
      [{ webhook: { url: 'https://10.0.0.1/' } }, 'webhook.url'],
    ] as const) {
      const answer = await change(parts);
      expect([answer.status >= 400, answer.body.field]).toEqual([true, field]);
    }
    const changed = await change({
      webhook: { url: 'https://example.com/other' },
      tags: ['x'],
      policy: { attempts: 2 },
    });
    expect(changed.body).toMatchObject({
      version: version + 1,
      contentVersion: 2,
      tags: ['x'],
      webhook: { url: 'https://example.com/other', body: null },
      policy: { attempts: 2, unknown: { action: 'resend' }, quietHours: 'ignore' },
    });
    const message = await call('PATCH', `/v1/jobs/${id}`, { version: version + 1, content: { text: 'x' } });
    expect(message.body.field).toBe('content');
  });

  test('of what is planned but not begun plans it anew, to the new target', async () => {
    const { id, version } = (await create({ trigger: { type: 'now' } })).body;
    const changed = await call('PATCH', `/v1/jobs/${id}`, { version, webhook: { url: 'https://example.org/a' } });
    expect(changed.status).toBe(200);
    const [run] = (await call('GET', `/v1/jobs/${id}/runs`)).body.data;
    expect(run).toMatchObject({ state: 'sending', deliveries: 1, counts: { scheduled: 1 } });
    const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).body.data;
    expect(delivery).toMatchObject({ address: 'https://example.org', contentVersion: 2 });
  });

  test('of a message takes no webhook', async () => {
    const body = { kind: 'message', channel: 'whatsapp', name: 'Canteen', content: { text: 'It opens at eleven.' } };
    const made = await call('POST', '/v1/jobs', {
      ...body,
      trigger: later,
      audience: { everyone: true },
      userId: 'u-1',
    });
    expect(made.body).toMatchObject({ userId: 'u-1', tags: [], policy: { attempts: 5, unknown: { action: 'hold' } } });
    const answer = await call('PATCH', `/v1/jobs/${made.body.id}`, { version: 1, webhook });
    expect([answer.status, answer.body.field]).toEqual([400, 'webhook']);
  });
});

describe('what signs calls', () => {
  test('is made once, however many ask at once, is the account’s own, and can be rotated', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => call('GET', '/v1/call-settings', undefined, api.second)),
    );
    const secrets = answers.map(({ body }) => body.secrets[0].secret);
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^whsec_/);
    const other = await call('GET', '/v1/call-settings');
    expect(other.body.secrets[0].secret).not.toBe(secrets[0]);
    const rotated = await call('POST', '/v1/call-settings/rotate', { overlapSeconds: 60 }, api.second);
    expect(rotated.body.secrets.map((one: { until: string | null }) => one.until !== null)).toEqual([false, true]);
    expect(rotated.body.secrets[1].secret).toBe(secrets[0]);
    const ended = await call('POST', '/v1/call-settings/rotate', { overlapSeconds: 0 }, api.second);
    expect(ended.body.secrets).toHaveLength(1);
    for (let n = 0; n < 4; n++) await call('POST', '/v1/call-settings/rotate', {}, api.second);
    const tooMany = await call('POST', '/v1/call-settings/rotate', {}, api.second);
    expect([tooMany.status, tooMany.body.code]).toEqual([409, 'invalid_state']);
    const { rows } = await api.direct.pool.query(
      `SELECT settings::text AS text FROM provider_accounts WHERE channel = 'call'`,
    );
    for (const secret of [secrets[0], ended.body.secrets[0].secret]) {
      expect(rows.map((row) => row.text).join()).not.toContain(secret.slice(6, 30));
    }
  });

  test('has a limit that can be changed', async () => {
    expect((await call('PATCH', '/v1/call-settings', { requestsPerSecond: 7 })).body.requestsPerSecond).toBe(7);
    expect((await call('GET', '/v1/call-settings')).body.requestsPerSecond).toBe(7);
    expect((await call('PATCH', '/v1/call-settings', { requestsPerSecond: 0 })).status).toBe(400);
  });
});
