import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskAddress, normalizeEmail } from '../src/index.ts';

describe('accepted', () => {
  test.each([
    ['ana@example.org', 'ana@example.org', 'ana@example.org'],
    ['  Ana.Maria+News@EXAMPLE.Org\n', 'Ana.Maria+News@example.org', 'ana.maria+news@example.org'],
    ["o'neil@example.co.uk", "o'neil@example.co.uk", "o'neil@example.co.uk"],
    ['a@bücher.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['a@BÜCHER.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['a@ｅｘａｍｐｌｅ。org', 'a@example.org', 'a@example.org'],
    ['Jose\u0301@example.org', 'José@example.org', 'josé@example.org'],
    ['用户@example.org', '用户@example.org', '用户@example.org'],
    [`${'x'.repeat(64)}@example.org`, `${'x'.repeat(64)}@example.org`, `${'x'.repeat(64)}@example.org`],
  ])('%j', (text, address, key) => {
    expect(normalizeEmail(text)).toEqual({ ok: true, address, key });
  });
});

describe('refused', () => {
  test.each([
    ['', 'empty'],
    [' \t', 'empty'],
    ['ana', 'no_at_sign'],
    ['@example.org', 'local_part'],
    ['ana@', 'domain'],
    ['ana@localhost', 'domain'],
    ['ana@example..org', 'domain'],
    ['ana@example.org.', 'domain'],
    ['ana@-example.org', 'domain'],
    ['ana@exa_mple.org', 'domain'],
    ['ana@ex%61mple.org', 'domain'],
    ['ana@example.org:25', 'domain'],
    ['ana@example.org/x', 'domain'],
    ['ana@[127.0.0.1]', 'domain'],
    ['ana@127.0.0.1', 'domain'],
    ['ana@2130706433', 'domain'],
    ['ana@0x7f.1', 'domain'],
    ['ana@example.1', 'domain'],
    ['ana@xn--a.org', 'domain'],
    ['.ana@example.org', 'local_part'],
    ['an..a@example.org', 'local_part'],
    ['ana.@example.org', 'local_part'],
    ['a(n)a@example.org', 'local_part'],
    ['a@b@example.org', 'local_part'],
    ['Ana<ana@example.org', 'local_part'],
    ['Ana<ana@example.org>', 'domain'],
    ['ana,b@example.org', 'local_part'],
    ['"an a"@example.org', 'forbidden_character'],
    ['"ana"@example.org', 'quoted'],
    ['an a@example.org', 'forbidden_character'],
    ['ana@example.org\r\nBcc: b@example.org', 'forbidden_character'],
    ['ana\u0000@example.org', 'forbidden_character'],
    ['an\u200ba@example.org', 'forbidden_character'],
    ['an\u202ea@example.org', 'forbidden_character'],
    ['ana@exam\u00adple.org', 'forbidden_character'],
    ['ana\ud800@example.org', 'forbidden_character'],
    [`${'x'.repeat(65)}@example.org`, 'too_long'],
    [`${'é'.repeat(33)}@example.org`, 'too_long'],
    [`a@${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}.example.org`, 'too_long'],
    ['a'.repeat(100_000), 'too_long'],
  ])('%j: %s', (text, reason) => {
    expect(normalizeEmail(text)).toEqual({ ok: false, reason });
  });
});

describe('properties', () => {
  const typed = fc.oneof(
    fc.emailAddress(),
    fc.tuple(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.domain()).map((halves) => halves.join('@')),
    fc
      .tuple(fc.stringMatching(/^[a-zA-Z.+_-]{1,10}$/), fc.constantFrom('BÜCHER.de', 'faß.de', 'Example.ORG', 'ａ.jp'))
      .map((halves) => halves.join('@')),
    fc.string({ unit: 'binary' }),
  );

  test('reading what came out changes nothing', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const result = normalizeEmail(text);
        if (!result.ok) return;
        expect(normalizeEmail(result.address)).toEqual(result);
        const again = normalizeEmail(result.key);
        expect(again.ok && again.key).toBe(result.key);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what came out is fit for a header', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const result = normalizeEmail(text);
        if (!result.ok) return;
        expect(result.address).toMatch(/^[^\p{C}\p{Z}<>,;:"()[\]\\@]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/u);
        expect(Buffer.byteLength(result.address)).toBeLessThanOrEqual(254);
      }),
      { numRuns: 2_000 },
    );
  });

  test('usual addresses are taken, and spellings by case meet', () => {
    const local = fc.stringMatching(/^[a-z0-9]{1,10}([.+_-][a-z0-9]{1,10}){0,3}$/);
    fc.assert(
      fc.property(local, fc.domain(), (name, domain) => {
        fc.pre(domain.length < 200 && !/\.xn--/.test(`.${domain}`));
        const lower = normalizeEmail(`${name}@${domain}`);
        const upper = normalizeEmail(`${name.toUpperCase()}@${domain.toUpperCase()}`);
        expect(lower.ok).toBe(true);
        expect(lower.ok && upper.ok && upper.key === lower.key).toBe(true);
      }),
    );
  });
});

describe('maskAddress of an e-mail address', () => {
  test.each([
    ['ana@example.org', 'a***@example.org'],
    ['josé@xn--bcher-kva.example', 'j***@xn--bcher-kva.example'],
    ['用户@example.org', '用***@example.org'],
    ['a@example.org', '***@example.org'],
    ['a@localhost', '***ost'],
    ['@example.org', '***.org'],
    ['a@b@example.org', '***.org'],
  ])('%s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });

  test('shows of the person one character, and none where there is but one', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const [local = '', domain = ''] = address.split('@');
        expect(maskAddress(address)).toBe(`${local.length > 1 ? local[0] : ''}***@${domain}`);
      }),
    );
  });
});
