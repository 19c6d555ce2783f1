import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressKey, deriveKey, recipientKey } from '../src/index.ts';

const pepper = deriveKey('a secret of the tests', 'address');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('addressKey', () => {
  test('is the first half of the HMAC, spelled as a uuid', () => {
    const hex = createHmac('sha256', pepper).update('address\0whatsapp\x004915112345678').digest('hex');
    const key = addressKey(pepper, 'whatsapp', '4915112345678');
    expect(key).toMatch(UUID);
    expect(key.replaceAll('-', '')).toBe(hex.slice(0, 32));
  });

  test('stays the same in every release, because stored keys must go on meeting', () => {
    expect(addressKey(new Uint8Array(32), 'whatsapp', '4915112345678')).toBe('2ac223b4-1f20-55f2-fc55-d3b7b7a4d322');
    expect(recipientKey(new Uint8Array(32), 42)).toBe('54160709-c7e7-50cf-ee49-a2e85c581fc7');
  });

  test('is that of createHmac for keys and texts of every length', () => {
    const ofKey = fc.uint8Array({ minLength: 0, maxLength: 130 });
    fc.assert(
      fc.property(ofKey, fc.string({ unit: 'grapheme', maxLength: 1_500, size: 'max' }), (key, text) => {
        const hex = createHmac('sha256', key).update(`address\0email\0${text}`).digest('hex');
        expect(addressKey(key, 'email', text).replaceAll('-', '')).toBe(hex.slice(0, 32));
      }),
    );
  });

  test('differs by address, channel, pepper, and from every recipient', () => {
    const other = deriveKey('another secret of the tests', 'address');
    const keys = [
      addressKey(pepper, 'whatsapp', '4915112345678'),
      addressKey(pepper, 'whatsapp', '4915112345679'),
      addressKey(pepper, 'email', '4915112345678'),
      addressKey(other, 'whatsapp', '4915112345678'),
      recipientKey(pepper, 4915112345678),
      recipientKey(pepper, 1),
      recipientKey(other, 1),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(UUID);
  });

  test('is a function of its address', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        expect(addressKey(pepper, 'whatsapp', one) === addressKey(pepper, 'whatsapp', two)).toBe(
          Buffer.from(one).equals(Buffer.from(two)),
        );
      }),
    );
  });
});

describe('deriveKey', () => {
  test('is HKDF-SHA256 with the label, from text or bytes alike', () => {
    const secret = 'sixteen bytes ok';
    const expected = new Uint8Array(hkdfSync('sha256', Buffer.from(secret), '', 'carillon/address', 32));
    expect(deriveKey(secret, 'address')).toEqual(expected);
    expect(deriveKey(new TextEncoder().encode(secret), 'address')).toEqual(expected);
    expect(deriveKey(secret, 'reference')).not.toEqual(expected);
  });

  test('refuses short secrets and no label', () => {
    expect(() => deriveKey('fifteen bytes..', 'address')).toThrow(RangeError);
    expect(() => deriveKey('', 'address')).toThrow(RangeError);
    expect(() => deriveKey('sixteen bytes ok', '')).toThrow(RangeError);
  });
});
