import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressKey, deriveKey, readUnsubscribeToken, unsubscribeToken } from '../src/index.ts';

const key = deriveKey('a secret of the tests of links', 'unsubscribe');
const ada = {
  accountId: 7,
  channel: 'email',
  addressKey: addressKey(deriveKey('a secret of the tests of links', 'address'), 'email', 'ada@people.example'),
  runId: 123_456,
};

describe('a token that ends messages', () => {
  test('says what it was made of, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1 }),
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.uuid(),
        fc.constantFrom('whatsapp', 'email', 'webhook'),
        (accountId, runId, uuid, channel) => {
          const named = { accountId, runId, channel, addressKey: uuid };
          const token = unsubscribeToken(named, key);
          expect(encodeURIComponent(token)).toBe(token);
          expect(readUnsubscribeToken(token, key)).toEqual({ ok: true, ...named });
        },
      ),
    );
  });

  test('does not hold for anybody else, in any place', () => {
    const token = unsubscribeToken(ada, key);
    for (let at = 0; at < token.length; at++) {
      for (const other of ['A', 'b', '2', '.']) {
        const forged = token.slice(0, at) + other + token.slice(at + 1);
        // The last character of 22 holds bits that 16 bytes do not have; one that says the same bytes is the same token.
        const read = readUnsubscribeToken(forged, key);
        if (read.ok) expect(read).toEqual({ ok: true, ...ada });
        else expect(['malformed', 'bad_mac']).toContain(read.reason);
      }
    }
    expect(readUnsubscribeToken(token, deriveKey('another secret of some length', 'unsubscribe'))).toEqual({
      ok: false,
      reason: 'bad_mac',
    });
  });

  test('is nothing that looks otherwise', () => {
    const others = [
      '',
      'u1',
      'u2.7.email.2n9c.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA',
      'u1.0.email.1.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA',
      `u1.7.email.1.${'A'.repeat(10_000)}.AAAAAAAAAAAAAAAAAAAAAA`,
    ];
    for (const text of others) expect(readUnsubscribeToken(text, key)).toEqual({ ok: false, reason: 'malformed' });
  });

  test.each([
    [{ ...ada, accountId: 0 }],
    [{ ...ada, runId: 1.5 }],
    [{ ...ada, channel: 'E-Mail' }],
    [{ ...ada, addressKey: 'ada@people.example' }],
  ])('is not made of %j', (named) => {
    expect(() => unsubscribeToken(named, key)).toThrow(RangeError);
  });
});
