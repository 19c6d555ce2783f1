/** What stands between a claim and a channel: contents for each recipient, and the table of channels. */
import { parseConfig } from '@carillon/runtime';
import { describe, expect, test } from '@jest/globals';
import { createChannels } from '../src/channels.ts';
import { configSchema } from '../src/config.ts';
import { renderFor } from '../src/personal.ts';

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
    const all = createChannels(config({ EMAIL_CONNECTIONS: '7', WEBHOOK_TIMEOUT_MS: '1234' }));
    expect(all.map(({ name, channel }) => [name, channel.name])).toEqual([
      ['whatsapp', 'whatsapp'],
      ['email', 'email'],
      ['webhook', 'webhook'],
    ]);
    expect(all.map(({ connections, timeoutMs, toPeople }) => [connections, timeoutMs, toPeople])).toEqual([
      [256, 10_000, true],
      [7, 15_000, true],
      [64, 1_234, false],
    ]);
    const one = createChannels(config({ SEND_CHANNELS: 'email' }));
    expect(one.map(({ name }) => name)).toEqual(['email']);
    await Promise.all([...all, ...one].map(({ channel }) => channel.close()));
  });
});

describe('a content for a recipient', () => {
  const content = { type: 'text', text: '{{name}} {{city}} {{unsubscribe_url}}', defaults: { city: 'here' } } as const;
  const ada = { name: 'Ada', externalId: 'a-1', attributes: { city: 'Delft', name: 'not this' } };

  test('has the values of the recipient, and the link', () => {
    expect(renderFor(content, ada, 'https://x/u')).toMatchObject({
      kind: 'content',
      content: { text: 'Ada Delft https://x/u' },
    });
  });

  test('names what is missing, for somebody who was deleted too', () => {
    expect(renderFor(content, ada, undefined)).toEqual({ kind: 'missing', names: ['unsubscribe_url'] });
    expect(renderFor(content, undefined, 'https://x/u')).toEqual({ kind: 'missing', names: ['name'] });
  });
});
