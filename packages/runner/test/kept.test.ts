/** What is kept of streams: for any bytes in any pieces it is text that fits, from the right end, and honest about the rest. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keep } from '../src/bubblewrap/kept.ts';
import { KEPT_BYTES } from '../src/index.ts';

function keepAll(which: 'first' | 'last', bytes: Buffer, pieces: readonly number[]) {
  const kept = keep(which);
  let at = 0;
  for (const size of pieces) {
    kept.add(bytes.subarray(at, at + size));
    at += size;
  }
  kept.add(bytes.subarray(at));
  return { ...kept.result(), bytes: kept.bytes };
}

const pieces = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 6 });

describe.each(['first', 'last'] as const)('the %s bytes', (which) => {
  test('whatever was written, it is text that a database takes, and fits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12_000 }), pieces, (array, sizes) => {
        const { text, bytes } = keepAll(which, Buffer.from(array), sizes);
        expect(bytes).toBe(array.length);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(KEPT_BYTES);
        expect(text).not.toContain('\0');
        expect(Buffer.from(text).toString()).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  test('of text it is a part as long as fits, with no half characters, and all of it where that fits', () => {
    const text = fc.array(fc.constantFrom('a', 'é', '€', '😀'), { maxLength: 3_000 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, pieces, (written, sizes) => {
        const { text: kept, truncated } = keepAll(which, Buffer.from(written), sizes);
        const length = Buffer.byteLength(written);
        expect(which === 'first' ? written.startsWith(kept) : written.endsWith(kept)).toBe(true);
        expect(truncated).toBe(length > KEPT_BYTES);
        expect(Buffer.byteLength(kept)).toBeGreaterThan(Math.min(length, KEPT_BYTES) - 4);
        if (!truncated) expect(kept).toBe(written);
      }),
      { numRuns: 200 },
    );
  });
});

test('what grows when it becomes text is cut again, and says so', () => {
  const { text, truncated } = keepAll('first', Buffer.alloc(KEPT_BYTES, 0), []);
  expect(text).toBe('\uFFFD'.repeat(KEPT_BYTES / 3));
  expect(truncated).toBe(true);
});
