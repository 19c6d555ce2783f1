/**
 * Reads a stream of bytes and stores its rows. Writing is what takes long, so it goes by lanes, each with chunks of its own: one is
 * written while the next is read, and nothing is read while a lane has two, so that the sender of the file feels the
 * database's pace and memory stays flat. All lines of a person go by the same lane, one after the other.
 */
import { setImmediate } from 'node:timers/promises';
import type { ImportFormat } from '@carillon/contracts';
import { ApiError, type PhoneCountry } from '@carillon/core';
import { IMPORT_LANES, type ImportChunk, type ImportProblem, type ImportRow } from '@carillon/db';
import { CsvReader } from './csv.ts';
import { LineReader } from './lines.ts';
import { createRowChecker, type RowChecker, type RowProblem, type RowResult, readHeader } from './rows.ts';

/** Lines stored at once: enough to make a statement worth its while, few enough to be nothing in memory. */
const CHUNK_LINES = 2_000;
/** Lines may be long; then fewer of them. */
const CHUNK_CHARACTERS = 500_000;
/** About what a date is. */
const DATE_CHARACTERS = 64;
/** What is parsed between two looks at whether a chunk is full. */
const SLICE_BYTES = 16_384;

const LINE_DETAILS = {
  line_too_long: 'The line is longer than 64 KiB.',
  invalid_utf8: 'The line is not valid UTF-8.',
} as const;

/** What waits to be written by one lane. */
class Lane {
  rows = new Map<string, ImportRow>();
  memberships: [string, string][] = [];
  problems: ImportProblem[] = [];
  characters = 0;
  kept = 0;

  /** Whether a chunk is worth writing. */
  get isFull(): boolean {
    return (
      this.rows.size + this.problems.length >= CHUNK_LINES ||
      this.memberships.length >= 5 * CHUNK_LINES ||
      this.characters >= CHUNK_CHARACTERS
    );
  }

  /** What has come together. */
  get chunk(): ImportChunk {
    const { rows, memberships, problems, kept } = this;
    return {
      rows: [...rows.values()],
      memberships,
      problems,
      counts: { rowsRead: kept + problems.length, rowsKept: kept, rowsBad: problems.length },
    };
  }
}

/** Reads an import's lines. First `push` until `isBegun`, which says that the file's head is sound; then the rest. */
export class Importer {
  readonly #format: ImportFormat;
  readonly #rules: { readonly country: PhoneCountry; readonly pepper: Uint8Array };
  readonly #lines: LineReader;
  readonly #csv: CsvReader;
  #checker: RowChecker | undefined;
  readonly #lanes = Array.from({ length: IMPORT_LANES }, () => new Lane());
  #lastLine = 0;

  constructor(format: ImportFormat, rules: { readonly country: PhoneCountry; readonly pepper: Uint8Array }) {
    this.#format = format;
    this.#rules = rules;
    this.#csv = new CsvReader({
      record: (fields, line) => this.#record(fields, line),
      badRecord: (detail, line) => this.#problem({ code: 'malformed_csv', field: null, detail }, line),
    });
    this.#lines = new LineReader({
      line: (text, number) => this.#line(text, number),
      badLine: (code, number) => {
        if (format === 'csv') this.#csv.end();
        this.#problem({ code, field: null, detail: LINE_DETAILS[code] }, number);
      },
    });
    if (format === 'ndjson') this.#checker = createRowChecker(rules);
  }

  /** Whether the header was read (CSV), or a line was (NDJSON). */
  get isBegun(): boolean {
    return this.#format === 'csv' ? this.#checker !== undefined : this.#hasRead;
  }

  get #hasRead(): boolean {
    return this.#lanes.some(({ kept, problems }) => kept + problems.length > 0);
  }

  /** The lanes with a chunk that is worth writing. */
  get fullLanes(): number[] {
    return this.#lanes.flatMap((lane, place) => (lane.isFull ? [place] : []));
  }

  /** @throws ApiError `validation_failed` for a header that is not one */
  push(bytes: Buffer): void {
    this.#lines.push(bytes);
  }

  /** The file has ended. @throws ApiError `validation_failed` when nothing was in it */
  end(): void {
    this.#lines.end();
    this.#csv.end();
    if (!this.isBegun) throw new ApiError('validation_failed', { field: 'body', detail: 'The file is empty.' });
  }

  /** The upload cannot be unpacked any further. */
  damaged(): void {
    const detail = 'The compressed upload is damaged or ends too early.';
    this.#problem({ code: 'invalid_compression', field: null, detail }, this.#lastLine + 1);
  }

  /** What has come together in a lane since the last call. */
  takeChunk(lane: number): ImportChunk {
    const { chunk } = this.#lanes[lane] as Lane;
    this.#lanes[lane] = new Lane();
    return chunk;
  }

  #line(text: string, number: number): void {
    this.#lastLine = number;
    if (this.#format === 'csv') this.#csv.line(text, number);
    else if (text.trim() !== '') this.#result((this.#checker as RowChecker).json(text), number);
  }

  #record(fields: string[], line: number): void {
    if (this.#checker !== undefined) {
      this.#result(this.#checker.record(fields), line);
      return;
    }
    const header = readHeader(fields);
    if (!header.ok) {
      throw new ApiError('validation_failed', { field: header.problem.field || 'body', detail: header.problem.detail });
    }
    this.#checker = createRowChecker({ ...this.#rules, columns: header.columns });
  }

  #result(result: RowResult, line: number): void {
    if (!result.ok) {
      this.#problem(result.problem, line);
      return;
    }
    const { row, audiences } = result;
    const lane = this.#lanes[laneOf(row.externalId)] as Lane;
    lane.kept += 1;
    // A later line of the same person replaces the earlier one, here as between chunks; memberships only add up.
    lane.rows.set(row.externalId, row);
    lane.characters += row.externalId.length + (row.name?.length ?? 0) + row.attributes.length;
    lane.characters += row.dates.length * DATE_CHARACTERS;
    for (const audience of audiences) lane.memberships.push([row.externalId, audience]);
  }

  #problem({ code, field, detail }: RowProblem, line: number): void {
    this.#lastLine = Math.max(this.#lastLine, line);
    if (this.#checker === undefined) {
      throw new ApiError('validation_failed', { field: 'body', detail: `The first line is no header. ${detail}` });
    }
    (this.#lanes[0] as Lane).problems.push({ line, code, field, detail });
  }
}

/** Spreads people evenly, whatever their ids have in common (FNV-1a). */
function laneOf(externalId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < externalId.length; at += 1) hash = Math.imul(hash ^ externalId.charCodeAt(at), 0x01000193);
  return (hash >>> 16) % IMPORT_LANES;
}

/** How a file came to its end. */
export type ImportEnd =
  | { readonly kind: 'completed' }
  /** The upload broke off, or could not be unpacked. */
  | { readonly kind: 'interrupted' }
  /** The database refused. */
  | { readonly kind: 'failed'; readonly cause: unknown };

/** Reads until the file's head is known to be sound. Returns false when that was all of it. */
export async function readHead(importer: Importer, source: AsyncIterator<Buffer>): Promise<boolean> {
  while (!importer.isBegun) {
    const next = await source.next();
    if (next.done === true) {
      importer.end();
      return false;
    }
    importer.push(next.value);
  }
  return true;
}

/**
 * Reads the rest and writes it all.
 * @param source of bytes; when it throws, what is complete is still written
 * @param write stores one chunk of a lane; is never called before the last call for the same lane has resolved
 */
export async function readRest(
  importer: Importer,
  source: AsyncIterator<Buffer> | undefined,
  write: (lane: number, chunk: ImportChunk) => Promise<void>,
): Promise<ImportEnd> {
  let failure: { cause: unknown } | undefined;
  const writing = Array.from({ length: IMPORT_LANES }, () => Promise.resolve());
  const flush = async (lane: number): Promise<void> => {
    await writing[lane];
    if (failure !== undefined) return;
    const chunk = importer.takeChunk(lane);
    if (chunk.counts.rowsRead === 0) return;
    // Its failure is kept instead of thrown: nobody may be waiting for it at that moment.
    writing[lane] = write(lane, chunk).catch((cause: unknown) => {
      failure ??= { cause };
    });
  };

  let kind: 'completed' | 'interrupted' = 'completed';
  try {
    while (source !== undefined && failure === undefined) {
      const next = await source.next();
      if (next.done === true) break;
      for (let start = 0; start < next.value.length; start += SLICE_BYTES) {
        importer.push(next.value.subarray(start, start + SLICE_BYTES));
        for (const lane of importer.fullLanes) await flush(lane);
      }
      // Buffered bytes come without a turn of the event loop; other requests want theirs.
      await setImmediate();
    }
    if (failure === undefined) importer.end();
  } catch (error) {
    kind = 'interrupted';
    if (isUnpackingError(error)) importer.damaged();
    else if (!isUploadError(error)) throw error;
  }
  for (const lane of writing.keys()) await flush(lane);
  await Promise.all(writing);
  return failure === undefined ? { kind } : { kind: 'failed', cause: failure.cause };
}

/** zlib's errors have codes such as `Z_DATA_ERROR`. */
export function isUnpackingError(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith('Z_');
}

/** The client went away, or stood still for too long. */
export function isUploadError(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code);
  return ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE', 'ABORT_ERR', 'UPLOAD_STALLED'].includes(code);
}
