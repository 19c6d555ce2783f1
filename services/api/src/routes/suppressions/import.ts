/**
 * A file of suppressions, streamed in: read line by line and written chunk by chunk, one after the other, so that memory
 * stays flat and whoever sends feels the database's pace. What was written stays; the same file again only finds it standing.
 */
import { setImmediate } from 'node:timers/promises';
import {
  SUPPRESSION_IMPORT_ERRORS_SHOWN,
  SUPPRESSION_IMPORT_MAX_LINES,
  type SuppressionImportAnswer,
  type SuppressionImportError,
  suppressionImportSchema,
} from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { type AddressToSuppress, suppressChunk } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { CsvReader } from '../imports/csv.ts';
import { isUnpackingError, isUploadError } from '../imports/importer.ts';
import { LineReader } from '../imports/lines.ts';
import { openUpload } from '../imports/upload.ts';
import { type AddressRules, addressRules } from './address.ts';
import { type LineProblem, type LineResult, readHeader, readJsonLine, readRecord } from './rows.ts';

const CSV = 'text/csv';
const NDJSON = 'application/x-ndjson';
/** Enough to make a statement worth its while, few enough to be nothing in memory. */
const CHUNK_ROWS = 5_000;
/** What is parsed between two turns of the event loop; reading a phone number takes some ten microseconds. */
const SLICE_BYTES = 16_384;
const IMPORTS_AT_ONCE = 2;
const STALL_MS = 60_000;
const BUSY_RETRY_AFTER_SECONDS = 10;

const LINE_DETAILS = {
  line_too_long: 'The line is longer than 64 KiB.',
  invalid_utf8: 'The line is not valid UTF-8.',
} as const;

const EXAMPLE_FILES = {
  [CSV]: 'channel,address,reason\nemail,dilara.peters@example.com,unsubscribed\nwhatsapp,+4915110200034,manual\n',
  [NDJSON]: '{"channel":"email","address":"dilara.peters@example.com","reason":"unsubscribed"}\n',
};

/** Reads the file's bytes into rows that wait to be taken, and counts. */
class SuppressionReader {
  readonly #rules: AddressRules;
  readonly #lines: LineReader;
  readonly #csv: CsvReader | undefined;
  #columns: ReturnType<typeof readHeader> | undefined;
  #rows: AddressToSuppress[] = [];
  readonly errors: SuppressionImportError[] = [];
  read = 0;
  kept = 0;

  constructor(isCsv: boolean, rules: AddressRules) {
    this.#rules = rules;
    this.#csv = isCsv
      ? new CsvReader({
          record: (fields, line) => this.#record(fields, line),
          badRecord: (detail, line) => this.#problem({ code: 'malformed_csv', field: null, detail }, line),
        })
      : undefined;
    this.#lines = new LineReader({
      line: (text, number) => this.#line(text, number),
      badLine: (code, number) => {
        this.#csv?.end();
        this.#problem({ code, field: null, detail: LINE_DETAILS[code] }, number);
      },
    });
  }

  get waiting(): number {
    return this.#rows.length;
  }

  /** @throws ApiError for a header that is not one, and for more lines than a file may have */
  push(bytes: Buffer): void {
    this.#lines.push(bytes);
  }

  /** The file has ended. @throws ApiError as `push`, and when nothing was in it */
  end(): void {
    this.#lines.end();
    this.#csv?.end();
    const isEmpty = this.#csv === undefined ? this.read === 0 : this.#columns === undefined;
    if (isEmpty) throw new ApiError('validation_failed', { field: 'body', detail: 'The file is empty.' });
  }

  take(): AddressToSuppress[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #line(text: string, number: number): void {
    if (this.#csv !== undefined) this.#csv.line(text, number);
    else if (text.trim() !== '') this.#result(readJsonLine(text, this.#rules), number);
  }

  #record(fields: string[], line: number): void {
    if (this.#columns === undefined) this.#columns = readHeader(fields);
    else this.#result(readRecord(fields, this.#columns, this.#rules), line);
  }

  #result(result: LineResult, line: number): void {
    if (!result.ok) {
      this.#problem(result.problem, line);
      return;
    }
    this.#count();
    this.kept += 1;
    this.#rows.push(result.row);
  }

  #problem(problem: LineProblem, line: number): void {
    if (this.#csv !== undefined && this.#columns === undefined) {
      throw new ApiError('validation_failed', {
        field: 'body',
        detail: `The first line is no header. ${problem.detail}`,
      });
    }
    this.#count();
    if (this.errors.length < SUPPRESSION_IMPORT_ERRORS_SHOWN) this.errors.push({ line, ...problem });
  }

  #count(): void {
    if (this.read >= SUPPRESSION_IMPORT_MAX_LINES) {
      const detail = `A file has at most ${SUPPRESSION_IMPORT_MAX_LINES} lines. Those were kept; send the rest by itself.`;
      throw new ApiError('body_too_large', { field: 'body', detail });
    }
    this.read += 1;
  }
}

/** POST /v1/suppressions/import. */
export function importRoute({ database, keys }: ApiDependencies): Route {
  let running = 0;

  async function receive(
    caller: Caller,
    isCsv: boolean,
    chunks: AsyncIterator<Buffer>,
  ): Promise<SuppressionImportAnswer> {
    const reader = new SuppressionReader(isCsv, addressRules(caller.country, keys.address));
    const by = { source: 'import', actor: actorOf(caller) };
    let added = 0;
    const write = async () => {
      added += await suppressChunk(database.pool, caller.accountId, reader.take(), by);
    };
    try {
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
        for (let start = 0; start < next.value.length; start += SLICE_BYTES) {
          reader.push(next.value.subarray(start, start + SLICE_BYTES));
          if (reader.waiting >= CHUNK_ROWS) await write();
          await setImmediate();
        }
      }
      reader.end();
    } catch (error) {
      // What is complete is kept, however the file ended; the same file again finds it standing.
      await write();
      if (!isUnpackingError(error) && !isUploadError(error)) throw error;
      const detail = `${isUnpackingError(error) ? 'The compressed upload is damaged or ends too early' : 'The upload broke off'}. The lines before that were kept.`;
      throw new ApiError('validation_failed', { field: 'body', detail, cause: error });
    }
    await write();
    const { read, kept, errors } = reader;
    return { read, added, standing: kept - added, bad: read - kept, errors };
  }

  return defineRoute({
    method: 'post',
    path: '/v1/suppressions/import',
    tag: 'Suppressions',
    summary: 'Suppress addresses from a CSV or NDJSON file',
    description: `The file is the body, read as a stream; it may be packed (\`Content-Encoding: gzip\`), and may have
${SUPPRESSION_IMPORT_MAX_LINES} lines. CSV: UTF-8, separated by commas, first line with the names of the columns \`channel\`, \`address\` and
perhaps \`reason\`, which is \`manual\` where it is empty. NDJSON: one object a line with the same names. Bad lines are counted, the
first of them named with their reason, and all others kept. An import that broke off is simply sent again: what stands stays as it is.`,
    streamBody: { mediaTypes: [CSV, NDJSON] },
    examples: { body: EXAMPLE_FILES },
    repeatable: true,
    answers: { 200: { description: 'What became of the lines', schema: suppressionImportSchema } },
    errors: ['too_many_requests'],
    async handle({ caller, request }) {
      if (running >= IMPORTS_AT_ONCE) {
        const detail = `${IMPORTS_AT_ONCE} imports are running here; more would only slow each other down.`;
        throw new ApiError('too_many_requests', { detail, retryAfterSeconds: BUSY_RETRY_AFTER_SECONDS });
      }
      const upload = openUpload(request, STALL_MS);
      running += 1;
      try {
        return { status: 200, body: await receive(caller, request.is(CSV) === CSV, upload.chunks) };
      } finally {
        running -= 1;
        await upload.drain();
      }
    },
  });
}
