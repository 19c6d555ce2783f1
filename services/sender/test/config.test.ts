/** The sender's settings beyond what runtime's own tests show: which channels it serves, and that a lease covers their calls. */
import { ConfigError, parseConfig } from '@carillon/runtime';
import { describe, expect, test } from '@jest/globals';
import { configSchema } from '../src/config.ts';

const good = {
  DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/carillon',
  REDIS_URL: 'redis://127.0.0.1:6379',
  CARILLON_SECRET: 'a'.repeat(32),
};
const parse = (environment: Record<string, string>) => parseConfig('sender', configSchema, { ...good, ...environment });

describe('the channels', () => {
  test.each([
    [undefined, ['whatsapp', 'email', 'webhook', 'call', 'payment']],
    ['email', ['email']],
    [' webhook , whatsapp,webhook', ['webhook', 'whatsapp']],
  ])('of %j', (text, channels) => {
    expect(parse(text === undefined ? {} : { SEND_CHANNELS: text }).SEND_CHANNELS).toEqual(channels);
  });

  test.each(['sms', 'email,', ',', 'EMAIL'])('are refused in %j, with those that there are', (text) => {
    expect(() => parse({ SEND_CHANNELS: text })).toThrow(/SEND_CHANNELS.* whatsapp, email, webhook, call, payment/);
  });
});

describe('a lease', () => {
  test('must cover the longest call of the channels that are served, and of no other', () => {
    const short = { LEASE_MS: '15000', SEND_TIMEOUT_MS: '2000', LEASE_MARGIN_MS: '1000' };
    expect(() => parse(short)).toThrow(ConfigError);
    expect(() => parse({ ...short, SEND_CHANNELS: 'whatsapp,webhook' })).toThrow(ConfigError);
    expect(parse({ ...short, SEND_CHANNELS: 'whatsapp' }).LEASE_MS).toBe(15_000);
    expect(
      parse({
        ...short,
        EMAIL_TIMEOUT_MS: '3000',
        WEBHOOK_TIMEOUT_MS: '3000',
        CALL_TIMEOUT_MS: '3000',
        PAYMENT_TIMEOUT_MS: '3000',
      }).LEASE_MS,
    ).toBe(15_000);
  });
});
