/** Webhooks signed by the public package of Standard Webhooks, as any sender would. */
import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookVerificationError } from '../src/index.ts';

const SECRET = `whsec_${Buffer.from('twenty-four bytes, or so').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another secret of a kind').toString('base64')}`;
const BODY = '{"type":"run.completed","data":{"id":"run_42"}}';

function signed(secret = SECRET, at = new Date()): Record<string, string> {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('msg_1', at, BODY),
  };
}

describe('verifyWebhook', () => {
  test('gives back what was signed, from headers of every form', () => {
    const expected = JSON.parse(BODY) as unknown;
    const headers = signed();
    expect(verifyWebhook(headers, BODY, SECRET)).toEqual(expected);
    expect(verifyWebhook(new Headers(headers), Buffer.from(BODY), SECRET)).toEqual(expected);
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
    expect(verifyWebhook(shouted, BODY, SECRET)).toEqual(expected);
  });

  test('takes either secret while one replaces the other', () => {
    expect(verifyWebhook(signed(OTHER), BODY, [SECRET, OTHER])).toMatchObject({ type: 'run.completed' });
  });

  test.each([
    ['another body', signed(), `${BODY} `, SECRET],
    ['another secret', signed(OTHER), BODY, SECRET],
    ['an old time', signed(SECRET, new Date(Date.now() - 600_000)), BODY, SECRET],
    ['no signature', { ...signed(), 'webhook-signature': '' }, BODY, SECRET],
    ['no secret', signed(), BODY, []],
  ])('refuses %s', (_name, headers, body, secret) => {
    expect(() => verifyWebhook(headers, body, secret)).toThrow(WebhookVerificationError);
  });
});
