import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSimilar, normalizeForSimilarity, trigramSimilarity, trigramsOf } from '../src/index.ts';

const SAME: readonly (readonly [string, string])[] = [
  [
    'The office in Hamburg stays closed on Friday because of the storm. Please work from home.',
    'The office in Hamburg stays closed this Friday because of the storm. Please work from home!',
  ],
  [
    'Reminder: please hand in your time sheets for October by Wednesday evening.',
    'REMINDER! Please hand in your timesheets for October by Wednesday evening.',
  ],
  [
    'Our summer party takes place on 12 July at 18:00 in the courtyard. Bring your families!',
    'Our summer party takes place on 12 July at 18:00 in the courtyard - bring your family!',
  ],
  [
    'The canteen is closed next week. Vouchers for the bistro can be had at the reception.',
    'Hello everybody, the canteen is closed next week. Vouchers for the bistro can be had at the reception.',
  ],
  [
    'Fire drill tomorrow at 10:00. Leave the building by the nearest exit and gather in the car park.',
    'Fire drill tomorrow at 10:30. Leave the building by the nearest exit and gather in the car park.',
  ],
  [
    'Die Kantine bleibt am Montag wegen Renovierung geschlossen. Bitte bringt euch etwas zu essen mit.',
    'Die Kantine bleibt am Montag wegen der Renovierung geschlossen. Bitte bringt Euch etwas zum Essen mit.',
  ],
  [
    'Parking level B is being repainted from Monday. Please use levels C and D until Thursday.',
    'Please use levels C and D until Thursday: parking level B is being repainted from Monday.',
  ],
  [
    'Free flu vaccinations on 4 November, 9:00 to 12:00, medical room. Sign up at https://portal.example.org/flu',
    'Free flu vaccinations on 4 November, 9:00-12:00, medical room. Sign up: https://portal.example.org/flu.',
  ],
  [
    'Dear {{name}}, your payslip for September is ready in the portal under Documents.',
    'Dear {{name}}, the payslip for September is ready in the portal under Documents.',
  ],
  [
    'Network maintenance tonight from 22:00 to 02:00. E-mail and telephones will not be available.',
    'Network maintenance tonight from 22:00 to 02:00. E-mail and telephone will not be available. IT support',
  ],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  [
    'The office in Hamburg stays closed on Friday because of the storm. Please work from home.',
    'The office in Munich opens again on Monday. Please come in as usual.',
  ],
  [
    'Reminder: please hand in your time sheets for October by Wednesday evening.',
    'Reminder: please hand in your travel expenses for October by Friday noon.',
  ],
  [
    'Our summer party takes place on 12 July at 18:00 in the courtyard. Bring your families!',
    'Our winter party takes place on 9 December at 19:00 in the great hall. Bring good spirits!',
  ],
  [
    'The canteen is closed next week. Vouchers for the bistro can be had at the reception.',
    'The gym is closed next week. Lockers must be emptied by Sunday.',
  ],
  [
    'Fire drill tomorrow at 10:00 in building A. Everybody leaves by the nearest exit.',
    'Fire drill on Thursday at 14:30 in building C. Everybody leaves by the nearest exit.',
  ],
  [
    'Die Kantine bleibt am Montag wegen Renovierung geschlossen. Bitte bringt euch etwas zu essen mit.',
    'Die Kantine öffnet am Montag nach der Renovierung wieder. Bitte bringt gute Laune und Hunger mit.',
  ],
  [
    'Parking level B is being repainted from Monday. Please use levels C and D until Thursday.',
    'The repainting of parking level B is finished. You may use it again from today.',
  ],
  [
    'Free flu vaccinations on 4 November, 9:00 to 12:00, medical room.',
    'Free eye tests on 18 November, 13:00 to 16:00, room 204.',
  ],
  [
    'Your payslip for September is ready in the portal under Documents.',
    'Your tax certificate for 2025 is ready in the portal under Documents.',
  ],
  [
    'Network maintenance tonight from 22:00 to 02:00. E-mail and telephones will not be available.',
    'Network maintenance is over. E-mail and telephones are available again.',
  ],
];

describe('announcements at a threshold of 0.8', () => {
  test.each(SAME)('%s = %s', (one, other) => {
    expect(trigramSimilarity(one, other)).toBeGreaterThanOrEqual(0.8);
    expect(isSimilar(one, other, 0.8)).toBe(true);
  });

  test.each(DIFFERENT)('%s ≠ %s', (one, other) => {
    expect(trigramSimilarity(one, other)).toBeLessThan(0.8);
    expect(isSimilar(one, other, 0.8)).toBe(false);
  });
});

describe('as pg_trgm has it', () => {
  test('the trigrams of a word', () => {
    expect([...trigramsOf('cat')].sort()).toEqual(['  c', ' ca', 'at ', 'cat']);
    expect([...trigramsOf('foo|bar')].sort()).toEqual(['  b', '  f', ' ba', ' fo', 'ar ', 'bar', 'foo', 'oo ']);
  });

  // The first figure is in PostgreSQL's own manual.
  test.each([
    ['word', 'two words', 4 / 11],
    ['a', 'a b', 2 / 4],
    ['abc', 'xyz', 0],
    ['', 'abc', 0],
    ['', '', 1],
  ])('%j and %j: %f', (one, other, expected) => {
    expect(trigramSimilarity(one, other)).toBeCloseTo(expected, 10);
  });
});

describe('normalizing', () => {
  test.each([
    ['  Tea,\n at\tFOUR!!  ', 'tea at four'],
    ['ＦＵＬＬ　ｗｉｄｔｈ ﬁne ²', 'full width fine 2'],
    ['Cafe\u0301', 'café'],
    ['https://x.org/a?b=1', 'https x org a b 1'],
    ['{{name}}, 12:00', 'name 12 00'],
    ['Tea 🍵 at four', 'tea at four'],
    [' 🍵  🍰 ', '🍵 🍰'],
    ['?!', '?!'],
    ['', ''],
  ])('%j is %j', (text, expected) => {
    expect(normalizeForSimilarity(text)).toBe(expected);
  });

  test('texts of pictures alone are told apart', () => {
    expect(isSimilar('🍵', '🍰', 0.8)).toBe(false);
    expect(isSimilar('🍵', ' 🍵 ', 0.8)).toBe(true);
  });
});

describe('properties', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'É', 'İ', '.', '1') }),
  );

  test('0 to 1, the same both ways round', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const similarity = trigramSimilarity(one, other);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(trigramSimilarity(other, one)).toBe(similarity);
        expect(isSimilar(other, one, 0.8)).toBe(isSimilar(one, other, 0.8));
      }),
      { numRuns: 500 },
    );
  });

  test('1 for what is equal but for case, punctuation and space', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9äöü]{1,8}$/), { minLength: 1 }), (words) => {
        const other = `¡${words.map((word) => word.toUpperCase()).join(' -- ')}!`;
        expect(trigramSimilarity(words.join(' '), other)).toBe(1);
      }),
    );
  });

  test('normalizing twice changes nothing', () => {
    fc.assert(
      fc.property(text, (one) => {
        const normalized = normalizeForSimilarity(one);
        expect(normalizeForSimilarity(normalized)).toBe(normalized);
        expect(isSimilar(one, normalized, 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
