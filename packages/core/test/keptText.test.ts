/** What is kept of outputs: bounded, whole characters, and fit for Postgres. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keepText } from '../src/index.ts';

const bytesOf = (text: string): number => Buffer.byteLength(text);

describe('keepText', () => {
  test('keeps what fits as it is', () => {
    expect(keepText('Grüße 🔔', 20)).toEqual({ text: 'Grüße 🔔', truncated: false });
    expect(keepText(Buffer.from('Grüße 🔔'), 20)).toEqual({ text: 'Grüße 🔔', truncated: false });
    expect(keepText('', 3)).toEqual({ text: '', truncated: false });
    expect(keepText('\uFEFFa', 10)).toEqual({ text: '\uFEFFa', truncated: false });
  });

  test('cuts between characters, and says so', () => {
    expect(keepText('aü', 2)).toEqual({ text: 'a', truncated: true });
    expect(keepText(Buffer.from('ab🔔'), 5)).toEqual({ text: 'ab', truncated: true });
    expect(keepText('abc', 2)).toEqual({ text: 'ab', truncated: true });
  });

  test('replaces what is no text', () => {
    expect(keepText('a\0b', 10).text).toBe('a\uFFFDb');
    expect(keepText(Uint8Array.of(0x61, 0xff, 0x62), 10).text).toBe('a\uFFFDb');
    expect(keepText('\ud800', 10).text).toBe('\uFFFD');
  });

  test('never keeps more than there is room for, and of text always a beginning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), fc.boolean(), (text, room, asBytes) => {
        const written = text.replaceAll('\0', '_').replaceAll('\uFFFD', '_');
        const kept = keepText(asBytes ? Buffer.from(written) : written, room);
        expect(bytesOf(kept.text)).toBeLessThanOrEqual(room);
        expect(written.startsWith(kept.text)).toBe(true);
        expect(kept.truncated).toBe(kept.text !== written);
      }),
    );
  });

  test('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(40), (bytes, room) => {
        const { text } = keepText(bytes, room);
        expect(bytesOf(text)).toBeLessThanOrEqual(room);
        expect(text).not.toContain('\0');
      }),
    );
  });
});
