/** What a message says, by channel, and people named by address alone: what is stored and shown, and what is refused. */
import { putProvider } from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countRows, jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await putProvider(api.direct.pool, new Uint8Array(32), {
    channel: 'email',
    accountId: api.first.accountId,
    name: 'mail',
    messagesPerSecond: 10,
    settings: {
      host: '127.0.0.1',
      port: 9,
      security: 'none',
      user: '',
      password: '',
      from: { address: 'office@ostwerk.example' },
      senders: ['news@ostwerk.example'],
    },
  });
  await api.direct.pool.query(
    `UPDATE recipients SET email = external_id || '@ostwerk.example', email_key = gen_random_uuid() WHERE account_id = $1`,
    [api.first.accountId],
  );
});
afterAll(async () => {
  await api?.stop();
});

const email = (content: unknown, parts: Record<string, unknown> = {}) =>
  jobBody({ channel: 'email', content, audience: { recipients: ['person-1'] }, ...parts });
const mail = { subject: 'Dear {{name}}', text: 'The canteen opens at eleven.', html: '<p>Eleven.</p>' };

describe('e-mail', () => {
  test('is stored with sender and defaults as asked, and its delivery is addressed by e-mail', async () => {
    const content = {
      ...mail,
      sender: { name: 'Ostwerk', address: 'News@OSTWERK.example', replyTo: 'office@ostwerk.example' },
      defaults: { name: 'colleague' },
    };
    const { status, body } = await postJob(api.url, api.first, email(content));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      channel: 'email',
      kind: 'message',
      version: 1,
      contentVersion: 1,
      content: { ...content, sender: { ...content.sender, address: 'News@ostwerk.example' } },
      policy: { quietHours: 'respect' },
    });
    expect((await send(api.url, 'GET', `/v1/jobs/${body.id}`, { key: api.first.key })).body).toEqual(body);
    const list = await send(api.url, 'GET', `/v1/runs/${body.run.id}/deliveries`, { key: api.first.key });
    expect(list.body.data).toMatchObject([{ recipient: 'person-1', address: 'person-1@ostwerk.example' }]);
  });
});

describe('people named by address alone', () => {
  test('belong to the job, are counted and not shown, and their one delivery has their address', async () => {
    const address = '+49 1520 1234567';
    const audience = { addresses: [{ address, name: 'Ana', zone: 'Europe/Berlin', attributes: { floor: 3 } }] };
    const content = { text: 'Dear {{name}} on floor {{floor}}' };
    const { status, body } = await postJob(api.url, api.first, jobBody({ audience, content }));
    expect(status).toBe(201);
    expect(body.audience).toEqual({
      everyone: false,
      audiences: [],
      recipients: [],
      inlineAddresses: 1,
      exclude: { audiences: [], recipients: [] },
    });
    expect(JSON.stringify(body)).not.toContain('1234567');
    const list = await send(api.url, 'GET', `/v1/runs/${body.run.id}/deliveries`, { key: api.first.key });
    expect(list.body.data).toMatchObject([{ recipient: null, address: '4915201234567', state: 'scheduled' }]);
    const recipients = await send(api.url, 'GET', '/v1/recipients?limit=200', { key: api.first.key });
    expect(recipients.body.data).toHaveLength(20);
    const { rows } = await api.direct.pool.query('SELECT audience FROM jobs WHERE id = $1', [body.id.slice(4)]);
    expect(JSON.stringify(rows[0].audience)).not.toContain('1234567');
  });

  test('a thousand, by e-mail', async () => {
    const addresses = Array.from({ length: 1_000 }, (_, n) => ({ address: `guest-${n}@somewhere.example` }));
    const { status, body } = await postJob(api.url, api.first, email(mail, { audience: { addresses } }));
    expect([status, body.audience.inlineAddresses]).toEqual([201, 1_000]);
    const { rows } = await api.direct.pool.query(
      'SELECT count(*)::int AS n FROM recipients WHERE inline_job_id = $1 AND email IS NOT NULL',
      [body.id.slice(4)],
    );
    expect(rows[0].n).toBe(1_000);
  });

  test('each bad one is named', async () => {
    const addresses = ['+4915201234567', '12', 'ana@x.example', '+4915201234568'].map((address) => ({ address }));
    const { status, body } = await postJob(api.url, api.first, jobBody({ audience: { addresses } }));
    expect(status).toBe(400);
    expect(body.errors.map((one: { field: string; code: string }) => [one.field, one.code])).toEqual([
      ['audience.addresses[1].address', 'invalid_phone'],
      ['audience.addresses[2].address', 'invalid_phone'],
    ]);
  });
});

describe('refused, with nothing written', () => {
  const many = Array.from({ length: 1_001 }, (_, n) => ({ address: `${n}@x.example` }));
  const CASES: readonly (readonly [string, number, string, string, Record<string, unknown>])[] = [
    [
      'a subject with a line break',
      400,
      'validation_failed',
      'content.subject',
      email({ ...mail, subject: 'a\r\nBcc: b' }),
    ],
    ['no subject', 400, 'validation_failed', 'content.subject', email({ text: 'a' })],
    ['an empty subject', 400, 'validation_failed', 'content.subject', email({ ...mail, subject: ' ' })],
    ['neither text nor HTML', 400, 'validation_failed', 'content', email({ subject: 'a' })],
    [
      'an approved template by e-mail',
      400,
      'validation_failed',
      'content.template',
      email({ ...mail, template: { name: 'a', language: 'de' } }),
    ],
    [
      'a subject by WhatsApp',
      400,
      'validation_failed',
      'content.subject',
      jobBody({ content: { subject: 'a', text: 'b' } }),
    ],
    ['HTML by WhatsApp', 400, 'validation_failed', 'content.html', jobBody({ content: { text: 'a', html: '<p>' } })],
    [
      'a sender that is no address',
      400,
      'invalid_email',
      'content.sender.address',
      email({ ...mail, sender: { address: 'news' } }),
    ],
    [
      'a sender of somebody else',
      400,
      'validation_failed',
      'content.sender.address',
      email({ ...mail, sender: { address: 'a@b.example' } }),
    ],
    [
      'a sender name with a line break',
      400,
      'validation_failed',
      'content.sender.name',
      email({ ...mail, sender: { name: 'a\nb' } }),
    ],
    [
      'a variable that is not closed',
      400,
      'validation_failed',
      'content.html',
      email({ ...mail, html: '<p>{{name</p>' }),
    ],
    [
      'a variable without a name',
      400,
      'validation_failed',
      'content.subject',
      email({ ...mail, subject: 'Dear {{ }}' }),
    ],
    [
      'a variable with a faulty name in a parameter',
      400,
      'validation_failed',
      'content.template.parameters[1]',
      jobBody({ content: { template: { name: 'a', language: 'de', parameters: ['{{ok}}', '{{1}}'] } } }),
    ],
    [
      'a default with a faulty name',
      400,
      'validation_failed',
      'content.defaults',
      jobBody({ content: { text: 'a', defaults: { '1x': 'b' } } }),
    ],
    [
      'a default that is a number',
      400,
      'validation_failed',
      'content.defaults.a',
      jobBody({ content: { text: 'a', defaults: { a: 1 } } }),
    ],
    [
      'text beside a stored template',
      400,
      'validation_failed',
      'content.text',
      jobBody({ content: { text: 'a', storedTemplate: { name: 'b' } } }),
    ],
    [
      'a stored template by name and id',
      400,
      'validation_failed',
      'content.storedTemplate',
      jobBody({ content: { storedTemplate: { name: 'b', id: 'tpl_1' } } }),
    ],
    [
      'a stored template with a faulty id',
      400,
      'invalid_id',
      'content.storedTemplate.id',
      jobBody({ content: { storedTemplate: { id: 'job_1' } } }),
    ],
    [
      'an unknown rule for quiet hours',
      400,
      'validation_failed',
      'policy.quietHours',
      jobBody({ policy: { quietHours: 'maybe' } }),
    ],
    [
      'an address in no form',
      400,
      'invalid_email',
      'audience.addresses[0].address',
      email(mail, { audience: { addresses: [{ address: 'a@b@c' }] } }),
    ],
    [
      'an address with an unknown zone',
      400,
      'invalid_zone',
      'audience.addresses[0].zone',
      jobBody({ audience: { addresses: [{ address: '+4915201234567', zone: 'Mars/Base' }] } }),
    ],
    [
      'an address with nested attributes',
      400,
      'validation_failed',
      'audience.addresses[0].attributes.a',
      jobBody({ audience: { addresses: [{ address: '+4915201234567', attributes: { a: {} } }] } }),
    ],
    [
      'too many addresses',
      400,
      'validation_failed',
      'audience.addresses',
      email(mail, { audience: { addresses: many } }),
    ],
    [
      'the id of an inline recipient',
      400,
      'validation_failed',
      'audience.recipients[0]',
      jobBody({ audience: { recipients: ['\u00011:1'] } }),
    ],
  ];
  test.each(CASES)('%s', async (_, status, code, field, body) => {
    const before = await countRows(api.direct);
    const answer = await postJob(api.url, api.first, body);
    expect({ status: answer.status, code: answer.body.code, field: answer.body.field }).toEqual({
      status,
      code,
      field,
    });
    expect(await countRows(api.direct)).toEqual(before);
  });

  test('a faulty variable is named with its place', async () => {
    const { body } = await postJob(api.url, api.first, jobBody({ content: { text: 'Dear {{name' } }));
    expect(body.detail).toBe('It has a variable at character 6 that is not closed by }}.');
  });
});
