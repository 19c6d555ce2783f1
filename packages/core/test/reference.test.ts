import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeReference,
  deriveKey,
  encodeReference,
  parseReferenceUnverified,
  type Reference,
  referenceEncoder,
} from '../src/index.ts';

const key = deriveKey('a secret of the tests', 'reference');
const otherKey = deriveKey('another secret of the tests', 'reference');
const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const references: fc.Arbitrary<Reference> = fc.record({
  runId: ids,
  day: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2039-09-06'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  batchId: ids,
  number: ids,
  try: ids,
});

describe('references', () => {
  test('have the form that the documents promise', () => {
    const text = encodeReference({ runId: 7, day: '2026-11-21', batchId: 42, number: 3, try: 1 }, key);
    expect(text).toMatch(/^c1\.7\.20261121\.42\.3\.1\.[A-Za-z0-9_-]{22}$/);
  });

  test('come back as they went, by either encoder', () => {
    fc.assert(
      fc.property(references, (reference) => {
        const text = encodeReference(reference, key);
        expect(text).toBe(referenceEncoder(reference, key)(reference.number, reference.try));
        expect(decodeReference(text, key)).toEqual({ ok: true, reference });
        expect(parseReferenceUnverified(text)).toEqual(reference);
        // WhatsApp takes 512 characters.
        expect(text.length).toBeLessThanOrEqual(128);
      }),
    );
  });

  test('are refused with another key', () => {
    fc.assert(
      fc.property(references, (reference) => {
        expect(decodeReference(encodeReference(reference, otherKey), key)).toEqual({ ok: false, reason: 'bad_mac' });
      }),
    );
  });

  test('are refused when any one character is another', () => {
    const characters = 'abcXYZ0123456789._-';
    fc.assert(
      fc.property(references, fc.nat(), fc.constantFrom(...characters), (reference, position, character) => {
        const text = encodeReference(reference, key);
        const at = position % text.length;
        fc.pre(text[at] !== character);
        expect(decodeReference(text.slice(0, at) + character + text.slice(at + 1), key).ok).toBe(false);
      }),
    );
  });

  test('cannot be moved to another delivery or try', () => {
    fc.assert(
      fc.property(references, references, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const mac = encodeReference(one, key).split('.').at(-1);
        const body = encodeReference(other, key).split('.').slice(0, -1).join('.');
        expect(decodeReference(`${body}.${mac}`, key)).toEqual({ ok: false, reason: 'bad_mac' });
      }),
    );
  });

  test('are malformed when they are not exactly of the form', () => {
    const good = encodeReference({ runId: 7, day: '2026-11-21', batchId: 42, number: 3, try: 1 }, key);
    const bad = ['', 'c1', ` ${good}`, `${good}\n`, `${good}A`, good.slice(0, -1), good.replace('c1', 'c2')];
    bad.push(good.replace('.7.', '.07.'), good.replace('.7.', '.0.'), good.replace('.7.', '.-7.'));
    bad.push(good.replace('.42.', '.9007199254740993.'), good.replace('.3.', '.3e1.'), 'x'.repeat(100_000));
    for (const text of bad) expect(decodeReference(text, key)).toEqual({ ok: false, reason: 'malformed' });
  });

  test.each([
    { runId: 0 },
    { batchId: 1.5 },
    { number: -1 },
    { try: Number.NaN },
    { runId: 2 ** 53 },
    { day: '20261121' },
  ])('are not made with %j', (fault) => {
    const reference = { runId: 7, day: '2026-11-21', batchId: 42, number: 3, try: 1, ...fault };
    expect(() => encodeReference(reference, key)).toThrow(RangeError);
  });

  test('need a key of 32 bytes', () => {
    const reference = { runId: 7, day: '2026-11-21', batchId: 42, number: 3, try: 1 };
    expect(() => encodeReference(reference, key.subarray(1))).toThrow(RangeError);
  });
});
