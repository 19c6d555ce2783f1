/**
 * From lines to CSV records (RFC 4180, comma, quotes doubled inside quotes).
 *
 * By hand, because a mistake must cost one line and no more, in a file of millions. Where a quote is never closed, a
 * streaming parser takes the rest of the file for one value, or gives up; this one finds that out within a bounded
 * stretch, reports the line where the record began, and reads on with the very next line. A test holds it against
 * csv-parse on well-formed files.
 */
import { LINE_MAX_BYTES } from './lines.ts';

/** A record over more lines than this is taken for a quote that was never closed. */
export const RECORD_MAX_LINES = 100;

const QUOTE = 34;
const COMMA = 44;

/** Where records go. `line` is where the record begins. */
export interface RecordSink {
  record(fields: string[], line: number): void;
  badRecord(detail: string, line: number): void;
}

interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/** Puts lines together to records. Blank lines are nothing. */
export class CsvReader {
  readonly #sink: RecordSink;
  /** The lines of a record whose quote is still open. */
  #open: NumberedLine[] = [];
  #openText = '';

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  line(text: string, number: number): void {
    if (this.#open.length > 0 || text.includes('"')) this.#readAll([{ text, number }]);
    else if (text !== '') this.#sink.record(text.split(','), number);
  }

  /** The file ended, or a line came that cannot be part of any record. */
  end(): void {
    while (this.#open.length > 0) this.#readAll(this.#giveUp('A quote is opened and never closed.'));
  }

  #readAll(lines: NumberedLine[]): void {
    // Lines that are read anew after a mistake are put back in front; each time at least one is used up.
    const waiting = lines.reverse();
    for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
      const again = this.#read(line);
      for (const earlier of again.reverse()) waiting.push(earlier);
    }
  }

  /** Reads one line; returns those to be read anew. */
  #read(line: NumberedLine): NumberedLine[] {
    const isOpen = this.#open.length > 0;
    if (!isOpen && line.text === '') return [];
    const text = isOpen ? `${this.#openText}\n${line.text}` : line.text;
    const fields = isOpen && !line.text.includes('"') ? 'open' : parseRecord(text);
    if (Array.isArray(fields)) {
      this.#sink.record(fields, (this.#open[0] ?? line).number);
      this.#clear();
      return [];
    }
    this.#open.push(line);
    this.#openText = text;
    if (fields === 'malformed')
      return this.#giveUp('A quote stands inside a value, or something follows a closing quote.');
    if (this.#open.length >= RECORD_MAX_LINES || text.length > LINE_MAX_BYTES) {
      return this.#giveUp(`A quote is opened and not closed within ${RECORD_MAX_LINES} lines or 64 KiB.`);
    }
    return [];
  }

  /** Reports the line where the open record began; returns the lines after it. */
  #giveUp(detail: string): NumberedLine[] {
    const [first, ...rest] = this.#open;
    this.#clear();
    this.#sink.badRecord(detail, (first as NumberedLine).number);
    return rest;
  }

  #clear(): void {
    this.#open = [];
    this.#openText = '';
  }
}

/** The values of a record; `open` when it ends inside quotes. */
function parseRecord(text: string): string[] | 'open' | 'malformed' {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) {
      const comma = text.indexOf(',', at);
      const value = text.slice(at, comma < 0 ? text.length : comma);
      if (value.includes('"')) return 'malformed';
      fields.push(value);
      if (comma < 0) return fields;
      at = comma + 1;
      continue;
    }
    let value = '';
    at += 1;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) return 'open';
      value += text.slice(at, quote);
      at = quote + 1;
      if (text.charCodeAt(at) !== QUOTE) break;
      value += '"';
      at += 1;
    }
    fields.push(value);
    if (at === text.length) return fields;
    if (text.charCodeAt(at) !== COMMA) return 'malformed';
    at += 1;
  }
}
