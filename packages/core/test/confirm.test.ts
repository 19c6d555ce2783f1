import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressKey, confirmationToken, deriveKey, readConfirmationToken } from '../src/index.ts';

const key = deriveKey('a secret of the tests of links', 'confirm');
const ada = {
  accountId: 7,
  addressKey: addressKey(deriveKey('a secret of the tests of links', 'address'), 'email', 'ada@people.example'),
};

describe('a token that confirms an address', () => {
  test('says what it was made of, whatever that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.uuid(), (accountId, uuid) => {
        const token = confirmationToken({ accountId, addressKey: uuid }, key);
        expect(encodeURIComponent(token)).toBe(token);
        expect(readConfirmationToken(token, key)).toEqual({ ok: true, accountId, addressKey: uuid });
      }),
    );
  });

  test('does not hold for anybody else, in any place', () => {
    const token = confirmationToken(ada, key);
    for (let at = 0; at < token.length; at++) {
      for (const other of ['A', 'b', '2', '.']) {
        const read = readConfirmationToken(token.slice(0, at) + other + token.slice(at + 1), key);
        // The last character of 22 holds bits that 16 bytes do not have; one that says the same bytes is the same token.
        if (read.ok) expect(read).toEqual({ ok: true, ...ada });
        else expect(['malformed', 'bad_mac']).toContain(read.reason);
      }
    }
    // A link to unsubscribe is signed with another key, and is no confirmation.
    expect(readConfirmationToken(token, deriveKey('a secret of the tests of links', 'unsubscribe'))).toEqual({
      ok: false,
      reason: 'bad_mac',
    });
  });

  test('is nothing that looks otherwise', () => {
    const bytes = 'A'.repeat(22);
    for (const text of [
      '',
      'k1',
      `k2.7.${bytes}.${bytes}`,
      `k1.0.${bytes}.${bytes}`,
      `k1.7.${'A'.repeat(10_000)}.${bytes}`,
    ]) {
      expect(readConfirmationToken(text, key)).toEqual({ ok: false, reason: 'malformed' });
    }
  });

  test.each([[{ ...ada, accountId: 0 }], [{ ...ada, accountId: 1.5 }], [{ ...ada, addressKey: 'ada@people.example' }]])(
    'is not made of %j',
    (named) => {
      expect(() => confirmationToken(named, key)).toThrow(RangeError);
    },
  );
});
