/** The table of channels. */
import { parseConfig } from '@carillon/runtime';
import { describe, expect, test } from '@jest/globals';
import { createChannels } from '../src/channels.ts';
import { configSchema } from '../src/config.ts';

const config = (environment: Record<string, string> = {}) =>
  parseConfig('sender', configSchema, {
    DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/carillon',
    REDIS_URL: 'redis://127.0.0.1:6379',
    CARILLON_SECRET: 'a'.repeat(32),
    CARILLON_ENV: 'test',
    ...environment,
  });

describe('the table of channels', () => {
  test('opens each that is served with its own window, and no other', async () => {
    const all = createChannels(
      config({ EMAIL_CONNECTIONS: '7', WEBHOOK_TIMEOUT_MS: '1234', PUBLIC_URL: 'https://carillon.example.com/' }),
    );
    expect(all.map(({ name, channel }) => [name, channel.name])).toEqual([
      ['whatsapp', 'whatsapp'],
      ['email', 'email'],
      ['webhook', 'webhook'],
      ['call', 'call'],
      ['payment', 'payment'],
    ]);
    expect(all.map((one) => [one.connections, one.timeoutMs, one.unsubscribeUrl !== undefined])).toEqual([
      [256, 10_000, true],
      [7, 15_000, true],
      [64, 1_234, false],
      [256, 15_000, false],
      [32, 15_000, false],
    ]);
    const one = createChannels(config({ SEND_CHANNELS: 'email' }));
    expect(one.map(({ name }) => name)).toEqual(['email']);
    await Promise.all([...all, ...one].map(({ channel }) => channel.close()));
  });
});
