/** Status callbacks: what is read, what is passed over, and whose signature counts. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parseCallback, verifySignature } from '../src/index.ts';

function callback(statuses: unknown[], changes: object = {}): unknown {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550000000', phone_number_id: '1065' },
    statuses,
    ...changes,
  };
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
}

const delivered = {
  id: 'wamid.1',
  status: 'delivered',
  timestamp: '1767225600',
  recipient_id: '15551234567',
  pricing: { billable: true },
  biz_opaque_callback_data: 'c1.x',
};

const parseStatusCallback = (body: unknown) => parseCallback(body).reports;

describe('the statuses of a callback', () => {
  test('a delivered and a failed status', () => {
    const errors = [{ code: 131026, title: 'Message undeliverable', error_data: { details: 'no such user' } }];
    const failed = { ...delivered, id: 'wamid.2', status: 'failed', errors };
    expect(parseStatusCallback(callback([delivered, failed]))).toEqual([
      {
        providerMessageId: 'wamid.1',
        status: 'delivered',
        timestampMs: 1_767_225_600_000,
        phoneNumberId: '1065',
        reference: 'c1.x',
      },
      {
        providerMessageId: 'wamid.2',
        status: 'failed',
        timestampMs: 1_767_225_600_000,
        phoneNumberId: '1065',
        reference: 'c1.x',
        errorCode: '131026',
        errorMessage: 'Message undeliverable',
      },
    ]);
  });

  test('a message that is not ours has no reference', () => {
    const { biz_opaque_callback_data: _, ...foreign } = delivered;
    expect(parseStatusCallback(callback([foreign]))[0]).not.toHaveProperty('reference');
  });

  test.each([
    ['another kind of status', { ...delivered, status: 'deleted' }],
    ['no id', { ...delivered, id: undefined }],
    ['an empty id', { ...delivered, id: '' }],
    ['an endless id', { ...delivered, id: 'x'.repeat(600) }],
    ['a time that is none', { ...delivered, timestamp: 'yesterday' }],
    ['a negative time', { ...delivered, timestamp: '-1' }],
    ['an endless reference', { ...delivered, biz_opaque_callback_data: 'x'.repeat(600) }],
    ['null', null],
  ])('%s costs only itself', (_name, odd) => {
    expect(parseStatusCallback(callback([odd, delivered])).map(({ providerMessageId }) => providerMessageId)).toEqual([
      'wamid.1',
    ]);
  });

  test.each([
    ['null', null],
    ['a text', 'hello'],
    ['an empty object', {}],
    ['entry of another kind', { entry: {} }],
    ['an incoming message', callback([], { statuses: undefined, messages: [{ from: '1' }] })],
    ['another field', { entry: [{ changes: [{ field: 'account_update', value: { statuses: [delivered] } }] }] }],
    ['entries of another kind', { entry: [null, 1, 'x', { changes: [null] }] }],
  ])('%s gives nothing', (_name, body) => {
    expect(parseStatusCallback(body)).toEqual([]);
  });

  test('a flood is cut', () => {
    expect(parseStatusCallback(callback(Array.from({ length: 20_000 }, () => delivered)))).toHaveLength(5_000);
  });
});

describe('the messages of a callback', () => {
  const from = { from: '15551234567', id: 'wamid.in', timestamp: '1767225600' };
  const messagesOf = (...messages: unknown[]) =>
    parseCallback(callback([], { statuses: undefined, messages })).messages;
  const read = (texts: string[]) => ({
    from: '15551234567',
    phoneNumberId: '1065',
    timestampMs: 1_767_225_600_000,
    texts,
  });

  test('a text, a pressed button and a choice, beside statuses', () => {
    expect(
      messagesOf(
        { ...from, type: 'text', text: { body: 'STOP' } },
        { ...from, type: 'button', button: { payload: 'p', text: 'Stop' } },
        { ...from, type: 'button', button: { text: 'Stop' } },
        { ...from, type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'i', title: 't' } } },
      ),
    ).toEqual([read(['STOP']), read(['p', 'Stop']), read(['Stop']), read(['i', 't'])]);
    const both = parseCallback(
      callback([delivered], { messages: [{ ...from, type: 'text', text: { body: 'STOP' } }] }),
    );
    expect([both.reports.length, both.messages.length]).toEqual([1, 1]);
  });

  test.each([
    ['an image', { ...from, type: 'image', image: { id: '1' } }],
    ['a long text', { ...from, type: 'text', text: { body: 'x'.repeat(513) } }],
    ['no number', { ...from, from: 'somebody', type: 'text', text: { body: 'STOP' } }],
    ['a list reply', { ...from, type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'STOP' } } }],
    ['nothing', null],
  ])('%s is passed over', (_name, odd) => {
    expect(messagesOf(odd, { ...from, type: 'text', text: { body: 'STOP' } })).toEqual([read(['STOP'])]);
  });
});

describe('verifySignature', () => {
  const body = Buffer.from('{"entry":"ü"}');
  const sign = (secret: string, of: Buffer) => `sha256=${createHmac('sha256', secret).update(of).digest('hex')}`;

  test('the right one, in either case of hex', () => {
    expect(verifySignature(body, sign('secret', body), 'secret')).toBe(true);
    expect(verifySignature(body, sign('secret', body).toUpperCase().replace('SHA256', 'sha256'), 'secret')).toBe(true);
  });

  test.each([
    ['another secret', sign('other', body)],
    ['another body', sign('secret', Buffer.from('{}'))],
    ['nothing', undefined],
    ['empty', ''],
    ['no prefix', sign('secret', body).slice(7)],
    ['sha1', sign('secret', body).replace('sha256', 'sha1')],
    ['too short', sign('secret', body).slice(0, -2)],
    ['too long', `${sign('secret', body)}00`],
    ['not hex', `sha256=${'z'.repeat(64)}`],
  ])('%s is refused', (_name, header) => {
    expect(verifySignature(body, header, 'secret')).toBe(false);
  });

  test('an empty secret signs nothing', () => {
    expect(verifySignature(body, sign('', body), '')).toBe(false);
  });
});
