import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { isPhoneCountry, maskAddress, normalizePhone } from '../src/index.ts';

describe('normalizePhone', () => {
  test.each([
    '+4915112345678',
    '+49 151 12345678',
    '+49 (0)151 12345678',
    '0049 151 12345678',
    '0151 12345678',
    '0151/123 456-78',
    '(0151) 12345678',
    ' 0151.12345678 ',
    '+49151 12345678',
    '+٤٩١٥١١٢٣٤٥٦٧٨',
  ])('%j is one and the same German number', (spelling) => {
    expect(normalizePhone(spelling, 'DE')).toEqual({ ok: true, e164Digits: '4915112345678' });
  });

  test('reads national numbers by the default country', () => {
    expect(normalizePhone('(212) 555-0123', 'US')).toEqual({ ok: true, e164Digits: '12125550123' });
    expect(normalizePhone('1 212 555 0123', 'US')).toEqual({ ok: true, e164Digits: '12125550123' });
    expect(normalizePhone('12125550123', 'US')).toEqual({ ok: true, e164Digits: '12125550123' });
    expect(normalizePhone('07400 123456', 'GB')).toEqual({ ok: true, e164Digits: '447400123456' });
    expect(normalizePhone('+49 151 12345678', 'US')).toEqual({ ok: true, e164Digits: '4915112345678' });
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['hello', 'not_a_number'],
    ['call 0151 12345678', 'not_a_number'],
    ['1', 'not_a_number'],
    ['someone@example.org', 'not_a_number'],
    ['+49151', 'invalid'],
    ['+999 151 12345678', 'not_a_number'],
    ['0151 12345678 ext. 5', 'extension'],
    ['4915112345678', 'ambiguous'],
    ['49 151 12345678', 'ambiguous'],
    ['9'.repeat(41), 'too_long'],
  ])('refuses %j as %s', (spelling, reason) => {
    expect(normalizePhone(spelling, 'DE')).toEqual({ ok: false, reason });
  });

  test('takes a mobile number of every country, and its own answer again', () => {
    let countries = 0;
    for (const country of getCountries()) {
      const example = getExampleNumber(country, examples);
      if (example === undefined) continue;
      countries += 1;
      const e164Digits = example.number.slice(1);
      expect([country, normalizePhone(example.number, 'DE')]).toEqual([country, { ok: true, e164Digits }]);
      expect([country, normalizePhone(example.formatInternational(), 'US')]).toEqual([
        country,
        { ok: true, e164Digits },
      ]);
      expect([country, normalizePhone(example.formatNational(), country)]).toEqual([country, { ok: true, e164Digits }]);
    }
    expect(countries).toBeGreaterThan(200);
  });

  test('gives its own answer again, whatever was typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'+0123456789 -()/.'), maxLength: 20 }),
      fc.integer({ min: 100_000, max: 99_999_999 }).map((rest) => `+49151${rest}`),
    );
    fc.assert(
      fc.property(typed, (raw) => {
        const result = normalizePhone(raw, 'DE');
        if (!result.ok) return;
        expect(result.e164Digits).toMatch(/^[1-9][0-9]{4,16}$/);
        expect(normalizePhone(`+${result.e164Digits}`, 'FR')).toEqual(result);
      }),
      { numRuns: 1000 },
    );
  });
});

test('isPhoneCountry knows countries', () => {
  expect(['DE', 'US', 'XX', 'de', '', '__proto__', 'toString'].map(isPhoneCountry)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

describe('maskAddress', () => {
  test('shows the end of a number', () => {
    expect(maskAddress('4915112345678')).toBe('***5678');
    expect(maskAddress('')).toBe('***');
  });

  test('never shows more than four characters or a third', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const address = text.replaceAll('@', '');
        const shown = maskAddress(address).slice(3);
        expect(shown.length).toBeLessThanOrEqual(Math.min(4, address.length / 3));
        expect(address.endsWith(shown)).toBe(true);
      }),
    );
  });
});
