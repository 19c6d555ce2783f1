/**
 * From bytes to lines, in flat memory whatever comes: a line is bounded, and what exceeds the bound is skipped, not kept.
 * A line that is not UTF-8 costs only itself.
 */
import { isUtf8 } from 'node:buffer';

/** The longest line, and the longest CSV record over several lines, in bytes. */
export const LINE_MAX_BYTES = 65_536;

const LINE_FEED = 10;

/** Where lines go. Numbers count from 1. */
export interface LineSink {
  line(text: string, number: number): void;
  /** A line that cannot be read. */
  badLine(code: 'line_too_long' | 'invalid_utf8', number: number): void;
}

/** Cuts bytes into lines, without their line ends (LF or CRLF) and without a byte order mark before the first. */
export class LineReader {
  readonly #sink: LineSink;
  // One buffer of its own for the unfinished line: a view would hold on to the whole chunk that it is a part of.
  readonly #carry = Buffer.allocUnsafe(LINE_MAX_BYTES);
  #carried = 0;
  #skipping = false;
  #number = 0;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  /** Hands on every line that ends in this chunk. */
  push(chunk: Buffer): void {
    let start = 0;
    if (this.#skipping || this.#carried > 0) {
      const end = chunk.indexOf(LINE_FEED);
      this.#keep(end < 0 ? chunk : chunk.subarray(0, end));
      if (end < 0) return;
      this.#finishCarried();
      start = end + 1;
    }
    const last = chunk.lastIndexOf(LINE_FEED);
    if (last >= start) this.#block(chunk.subarray(start, last));
    this.#keep(chunk.subarray(Math.max(last + 1, start)));
  }

  /** Hands on the last line, if the file did not end with a line end. */
  end(): void {
    if (this.#skipping || this.#carried > 0) this.#finishCarried();
  }

  #keep(part: Buffer): void {
    if (this.#skipping) return;
    if (this.#carried + part.length > LINE_MAX_BYTES) {
      this.#skipping = true;
      this.#carried = 0;
      return;
    }
    part.copy(this.#carry, this.#carried);
    this.#carried += part.length;
  }

  #finishCarried(): void {
    if (this.#skipping) this.#sink.badLine('line_too_long', ++this.#number);
    else this.#bytes(this.#carry.subarray(0, this.#carried));
    this.#skipping = false;
    this.#carried = 0;
  }

  /** Whole lines, without the last one's line feed: decoded in one go where that is possible. */
  #block(block: Buffer): void {
    if (!isUtf8(block)) {
      let start = 0;
      for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, start)) {
        this.#bytes(block.subarray(start, end));
        start = end + 1;
      }
      this.#bytes(block.subarray(start));
      return;
    }
    const text = block.toString('utf8');
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#text(text.slice(start, end));
      start = end + 1;
    }
    this.#text(text.slice(start));
  }

  #bytes(bytes: Buffer): void {
    if (isUtf8(bytes)) this.#text(bytes.toString('utf8'));
    else this.#sink.badLine('invalid_utf8', ++this.#number);
  }

  #text(line: string): void {
    const number = ++this.#number;
    // A character is at most three bytes for each UTF-16 unit; only long lines need counting.
    if (line.length * 3 > LINE_MAX_BYTES && Buffer.byteLength(line) > LINE_MAX_BYTES) {
      this.#sink.badLine('line_too_long', number);
      return;
    }
    const end = line.charCodeAt(line.length - 1) === 13 ? line.length - 1 : line.length;
    const start = number === 1 && line.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.#sink.line(start === 0 && end === line.length ? line : line.slice(start, end), number);
  }
}
