/** Lines and CSV records out of bytes: in any chunks, beside any damage, and against csv-parse. */
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvReader, RECORD_MAX_LINES } from '../src/routes/imports/csv.ts';
import { LINE_MAX_BYTES, LineReader } from '../src/routes/imports/lines.ts';

type Event = readonly [number, string | readonly string[], 'bad'?];

function readLines(chunks: readonly Buffer[]): Event[] {
  const events: Event[] = [];
  const reader = new LineReader({
    line: (text, number) => events.push([number, text]),
    badLine: (code, number) => events.push([number, code, 'bad']),
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return events;
}

function readCsv(text: string): Event[] {
  const events: Event[] = [];
  const csv = new CsvReader({
    record: (fields, line) => events.push([line, fields]),
    badRecord: (_detail, line) => events.push([line, 'malformed_csv', 'bad']),
  });
  const lines = new LineReader({
    line: (line, number) => csv.line(line, number),
    badLine: (code, number) => {
      csv.end();
      events.push([number, code, 'bad']);
    },
  });
  lines.push(Buffer.from(text));
  lines.end();
  csv.end();
  return events;
}

/** Cuts bytes at these places. */
function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

describe('lines', () => {
  test('are the same however the bytes are cut, with broken UTF-8 and long lines among them', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text.replaceAll('\n', ''))),
      fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 ? 0xff : byte)))),
      fc.constant(Buffer.alloc(LINE_MAX_BYTES + 1, 'x')),
      fc.constant(Buffer.alloc(LINE_MAX_BYTES, 'y')),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 10 }),
        fc.boolean(),
        (parts, at, ended) => {
          const bytes = Buffer.concat(
            parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from('\n'), part])),
          );
          const whole = ended ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes;
          expect(readLines(cut(whole, at))).toEqual(readLines([whole]));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('lose their line ends and the byte order mark, and keep their numbers', () => {
    expect(readLines([Buffer.from('\ufeffa\r\n\nb\r\n\ufeffc')])).toEqual([
      [1, 'a'],
      [2, ''],
      [3, 'b'],
      [4, '\ufeffc'],
    ]);
  });

  test('that are not UTF-8 or too long cost only themselves', () => {
    const long = Buffer.alloc(3 * LINE_MAX_BYTES, 'x');
    const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff, 0xfe, 10]), long, Buffer.from('\nb')]);
    expect(readLines([bytes])).toEqual([
      [1, 'a'],
      [2, 'invalid_utf8', 'bad'],
      [3, 'line_too_long', 'bad'],
      [4, 'b'],
    ]);
  });
});

describe('CSV', () => {
  test('agrees with csv-parse on every well-formed file', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'ß', '"', ',', '\n', ' ', ';', '😀') });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const cell = fc
      .tuple(value, fc.boolean())
      .map(([text, force]) => (force || /[",\n]/.test(text) ? quoted(text) : text));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        (records) => {
          const text = records.map((cells) => cells.join(',')).join('\n');
          const expected = parse(text, { relax_column_count: true, skip_empty_lines: true }) as string[][];
          expect(readCsv(text).map(([, fields]) => fields)).toEqual(expected);
        },
      ),
    );
  });

  test('takes up again at the very next line after a quote that is never closed', () => {
    const after = Array.from({ length: RECORD_MAX_LINES + 20 }, (_, index) => `v${index},w`);
    const events = readCsv(`a,"open\n${after.join('\n')}\n`);
    expect(events[0]).toEqual([1, 'malformed_csv', 'bad']);
    expect(events.slice(1)).toEqual(after.map((line, index) => [index + 2, line.split(',')]));
  });

  test.each<[string, Event[]]>([
    [
      'a"b,c\nd,e',
      [
        [1, 'malformed_csv', 'bad'],
        [2, ['d', 'e']],
      ],
    ],
    [
      '"a"b,c\nd,e',
      [
        [1, 'malformed_csv', 'bad'],
        [2, ['d', 'e']],
      ],
    ],
    [
      'a,"b\nc"d\ne,f',
      [
        [1, 'malformed_csv', 'bad'],
        [2, 'malformed_csv', 'bad'],
        [3, ['e', 'f']],
      ],
    ],
    [
      '"a\r\nb",c\nd,e',
      [
        [1, ['a\nb', 'c']],
        [3, ['d', 'e']],
      ],
    ],
    ['a,"b', [[1, 'malformed_csv', 'bad']]],
    [
      'a,"b\nc,d\ne,"f',
      [
        [1, 'malformed_csv', 'bad'],
        [2, ['c', 'd']],
        [3, 'malformed_csv', 'bad'],
      ],
    ],
    [
      ',\n"",""\n\n',
      [
        [1, ['', '']],
        [2, ['', '']],
      ],
    ],
  ])('reads %j', (text, events) => {
    expect(readCsv(text)).toEqual(events);
  });
});
