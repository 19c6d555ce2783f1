import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDeliveryId, formatId, ID_PREFIXES, parseDeliveryId, parseId } from '../src/index.ts';

const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const days = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('public ids', () => {
  test('come back as they went, and only with their own prefix', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ID_PREFIXES), fc.constantFrom(...ID_PREFIXES), ids, (prefix, other, id) => {
        expect(parseId(prefix, formatId(prefix, id))).toBe(id);
        if (other !== prefix) expect(parseId(other, formatId(prefix, id))).toBeUndefined();
      }),
    );
    expect(formatId('job', 42)).toBe('job_42');
  });

  test.each([
    '',
    'job_',
    'job_0',
    'job_042',
    'job_-1',
    'job_+1',
    'job_1.0',
    'job_1e3',
    'job_0x1',
    'job_ 1',
    ' job_1',
    'job_1 ',
    'job_1\n',
    'JOB_1',
    'job-1',
    'job_٤',
    'job_9007199254740992',
    'job_99999999999999999',
    '42',
  ])('%j is no job', (text) => {
    expect(parseId('job', text)).toBeUndefined();
  });

  test('have one spelling: what is read is written the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'job_0123456789 .'), maxLength: 24 }), (tail) => {
        for (const text of [tail, `job_${tail}`]) {
          const id = parseId('job', text);
          if (id !== undefined) expect(formatId('job', id)).toBe(text);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('are not made of %d', (id) => {
    expect(() => formatId('job', id)).toThrow(RangeError);
  });
});

describe('delivery ids', () => {
  test('come back as they went', () => {
    fc.assert(
      fc.property(days, ids, ids, (day, batchId, number) => {
        expect(parseDeliveryId(formatDeliveryId({ day, batchId, number }))).toEqual({ day, batchId, number });
      }),
    );
    expect(formatDeliveryId({ day: '2026-11-21', batchId: 7, number: 12 })).toBe('dlv_20261121_7_12');
  });

  test.each([
    '',
    'dlv_20261121_7',
    'dlv_20261121_7_0',
    'dlv_20261121_07_1',
    'dlv_20260230_7_1',
    'dlv_20261321_7_1',
    'dlv_2026-11-21_7_1',
    'dlv_20261121_7_12 ',
    'dlv_20261121_7_9007199254740992',
    'job_20261121_7_12',
  ])('%j is no delivery', (text) => {
    expect(parseDeliveryId(text)).toBeUndefined();
  });

  test('are not made of days that do not exist', () => {
    for (const day of ['2026-02-30', '20261121', '2026-11-21T00:00']) {
      expect(() => formatDeliveryId({ day, batchId: 1, number: 1 })).toThrow(RangeError);
    }
  });
});
