/** What is stored of a verifier's settings: the paid service's key is sealed, and one without a key has none. */
import { describe, expect, test } from '@jest/globals';
import { openSettings, providerSecretKey, sealSettings } from '../src/providerSettings.ts';

const key = providerSecretKey('a'.repeat(32));
const common = { priceMicros: 8_000, currency: 'EUR', validDays: 90 };
const open = (accountId: number, settings: unknown) =>
  openSettings(key, { id: 1, accountId, channel: 'email_check', settings });

describe('a verifier', () => {
  test('that is paid has its key sealed, for its account alone', () => {
    const settings = { ...common, verifier: 'http', baseUrl: 'https://checks.example', apiKey: 'key-of-it' } as const;
    const stored = sealSettings(key, 7, { channel: 'email_check', settings });
    expect(JSON.stringify(stored)).not.toContain('key-of-it');
    expect(open(7, stored)).toEqual(settings);
    expect(() => open(8, stored)).toThrow(/apiKey of provider account 1 cannot be read/);
  });

  test('that speaks with mail servers has no key', () => {
    const settings = { ...common, verifier: 'smtp', heloName: 'check.example', mailFrom: '', port: 25 } as const;
    const stored = sealSettings(key, 7, { channel: 'email_check', settings });
    expect(stored).toEqual(settings);
    expect(open(7, stored)).toEqual(settings);
  });

  test('without its price is refused', () => {
    const { priceMicros: _, ...rest } = common;
    const settings = { ...rest, verifier: 'http', baseUrl: 'https://checks.example', apiKey: 'k' } as unknown;
    expect(() => sealSettings(key, 7, { channel: 'email_check', settings: settings as never })).toThrow(
      /lack priceMicros/,
    );
  });
});
