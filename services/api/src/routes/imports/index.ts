/**
 * Imports: POST streams a file of recipients in and answers with its report; the report and its bad lines can be read
 * again later. Everything that can be told from the request's head and the file's first line is checked before anything
 * is written.
 */
import {
  type ImportAnswer,
  type ImportFormat,
  type ImportState,
  importErrorSchema,
  importQuerySchema,
  importSchema,
} from '@carillon/contracts';
import { ApiError, formatId, isPhoneCountry, type PhoneCountry } from '@carillon/core';
import {
  type ImportChunk,
  type ImportWriter,
  listImportErrors,
  openImportWriter,
  readImport,
  type StoredImport,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { type Answer, type Call, defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { type ImportEnd, Importer, isUnpackingError, readHead, readRest } from './importer.ts';
import { openUpload, type Upload } from './upload.ts';

/** Imports at once in one process: each holds a connection for each of its lanes and a share of the processor. */
const IMPORTS_AT_ONCE = 2;
/** How long a client may send nothing before its import is given up. */
const STALL_MS = 60_000;
const BUSY_RETRY_AFTER_SECONDS = 10;

const MEDIA_TYPES: Readonly<Record<ImportFormat, string>> = { csv: 'text/csv', ndjson: 'application/x-ndjson' };

/** For the description. */
const EXAMPLE_FILES = {
  'text/csv': 'externalId,phone,name,zone,audiences\nE-0042,+4915110200034,Dilara Peters,Europe/Berlin,Headquarters\n',
  'application/x-ndjson': '{"externalId":"E-0042","phone":"+4915110200034","audiences":["Headquarters"]}\n',
};

type ImportQuery = z.output<typeof importQuerySchema>;

/** POST /v1/imports, GET one, GET its bad lines. */
export function importRoutes({ database, keys, logger }: ApiDependencies): Route[] {
  let running = 0;

  const report = async (accountId: number, importId: number): Promise<ImportAnswer> => {
    const stored = await readImport(database.pool, accountId, importId);
    if (stored === undefined) throw new ApiError('not_found', { field: 'id' });
    return present(stored);
  };

  /** With the writer's connection in hand: begins the import once for its key, and reads the file. */
  const receive = async (
    call: Call<ImportQuery, undefined>,
    upload: Upload,
    importer: Importer,
    hasMore: boolean,
    writer: ImportWriter,
  ): Promise<Answer> => {
    const { accountId } = call.caller;
    let begun: Awaited<ReturnType<typeof createOnce>>;
    try {
      // The file itself cannot be part of what makes two requests the same: it is not read twice, and not kept.
      begun = await createOnce(
        database,
        call as Call<unknown, unknown>,
        async (client) => ({ status: 201, body: { importId: await writer.begin(client, call.query.format) } }),
        MEDIA_TYPES[call.query.format],
      );
    } catch (error) {
      await writer.discard();
      throw error;
    }
    const { importId } = begun.body as { importId: number };
    if (begun.replayed) {
      await writer.discard();
      return { ...begun, status: 200, body: await report(accountId, importId) };
    }
    const write = (lane: number, chunk: ImportChunk) => writer.write(importId, lane, chunk);
    let end: ImportEnd;
    try {
      end = await readRest(importer, hasMore ? upload.chunks : undefined, write);
    } catch (error) {
      await writer.finish(importId, 'failed');
      throw error;
    }
    await writer.finish(importId, end.kind);
    if (end.kind === 'failed') throw brokenOff(importId, end.cause);
    const answer = await report(accountId, importId);
    logger.info({ import: answer.id, state: answer.state, rows: answer.rowsRead, bad: answer.rowsBad }, 'imported');
    return { status: 201, body: answer, headers: { Location: `/v1/imports/${answer.id}` } };
  };

  const handle = async (call: Call<ImportQuery, undefined>, upload: Upload): Promise<Answer> => {
    if (running > IMPORTS_AT_ONCE) {
      const detail = `${IMPORTS_AT_ONCE} imports are running here; more would only slow each other down.`;
      throw new ApiError('too_many_requests', { detail, retryAfterSeconds: BUSY_RETRY_AFTER_SECONDS });
    }
    const { accountId, country } = call.caller;
    const importer = new Importer(call.query.format, { country: requireCountry(country), pepper: keys.address });
    const hasMore = await readHead(importer, upload.chunks).catch((error: unknown) => {
      if (!isUnpackingError(error)) throw error;
      const detail = 'The body is not packed by gzip, or is damaged.';
      throw new ApiError('validation_failed', { field: 'body', detail, cause: error });
    });
    const audiences = call.query.audience;
    const writer = await openImportWriter(database.pool, { accountId, audiences, actor: actorOf(call.caller) });
    return receive(call, upload, importer, hasMore, writer);
  };

  const create = defineRoute({
    method: 'post',
    path: '/v1/imports',
    tag: 'Imports',
    summary: 'Import recipients from a CSV or NDJSON file',
    description: DESCRIPTION,
    query: importQuerySchema,
    streamBody: { mediaTypes: Object.values(MEDIA_TYPES) },
    examples: { body: EXAMPLE_FILES },
    idempotencyKey: 'required',
    answers: {
      201: { description: 'The report; bad lines are listed at /v1/imports/{id}/errors', schema: importSchema },
      200: { description: 'The report of the import that this key began earlier', schema: importSchema },
    },
    errors: ['unsupported_media_type', 'too_many_requests'],
    handle: async (call: Call<ImportQuery, undefined>) => {
      requireFormat(call);
      const upload = openUpload(call.request, STALL_MS);
      running += 1;
      try {
        const answer = await handle(call, upload);
        await upload.drain();
        // Whoever still sends after that would block the connection.
        const headers = { ...answer.headers, ...(!call.request.complete && { Connection: 'close' }) };
        return { ...answer, headers };
      } catch (error) {
        await upload.drain();
        throw error;
      } finally {
        running -= 1;
      }
    },
  });

  const read = defineRoute({
    method: 'get',
    path: '/v1/imports/:id',
    tag: 'Imports',
    summary: 'Read the report of an import',
    params: { id: 'The import, such as imp_7' },
    answers: { 200: { description: 'The report, so far if it is running', schema: importSchema } },
    errors: ['invalid_id', 'not_found'],
    handle: async ({ caller, params }) => ({
      status: 200,
      body: await report(caller.accountId, requireId('imp', params.id, 'id')),
    }),
  });

  const readErrors = defineRoute({
    method: 'get',
    path: '/v1/imports/:id/errors',
    tag: 'Imports',
    summary: 'List the bad lines of an import',
    params: { id: 'The import, such as imp_7' },
    query: z.strictObject(pagingQuery),
    answers: { 200: { description: 'In the order of the file', schema: pageOf(importErrorSchema) } },
    errors: ['invalid_id', 'invalid_cursor', 'not_found'],
    handle: async ({ caller, params, query: { limit, cursor } }) => {
      const importId = requireId('imp', params.id, 'id');
      const kind = `import_errors:${importId}`;
      const [afterLine] = (decodeCursor(kind, cursor, ['number']) ?? [0]) as [number];
      await report(caller.accountId, importId);
      const wanted = { afterLine, limit: limit + 1 };
      const rows = await listImportErrors(database.pool, caller.accountId, importId, wanted);
      return {
        status: 200,
        body: page(
          rows,
          limit,
          (row) => row,
          (row) => encodeCursor(kind, [row.line]),
        ),
      };
    },
  });

  return [create, read, readErrors];
}

function present(stored: StoredImport): ImportAnswer {
  return {
    id: formatId('imp', stored.id),
    format: stored.format as ImportFormat,
    state: stored.state as ImportState,
    rowsRead: stored.rowsRead,
    rowsKept: stored.rowsKept,
    rowsBad: stored.rowsBad,
    seconds: Math.round(stored.seconds * 1_000) / 1_000,
    createdAt: stored.createdAt.toISOString(),
    finishedAt: stored.finishedAt?.toISOString() ?? null,
  };
}

function requireFormat({ query, request }: Call<ImportQuery, undefined>): void {
  const wanted = MEDIA_TYPES[query.format];
  if (request.is(wanted) === wanted) return;
  throw new ApiError('unsupported_media_type', {
    field: 'Content-Type',
    detail: `The format ${query.format} is sent as ${wanted}.`,
  });
}

function brokenOff(importId: number, cause: unknown): ApiError {
  const detail =
    `Import ${formatId('imp', importId)} broke off. What it kept stays: read its report, ` +
    'and send the file again with a new key.';
  return new ApiError('unknown_outcome', { field: 'body', detail, retryAfterSeconds: 5, cause });
}

function requireCountry(country: string): PhoneCountry {
  if (isPhoneCountry(country)) return country;
  throw new TypeError(`the account's country ${country} is none that phone numbers can be read by`);
}

const DESCRIPTION = `The file is the body, read as a stream; it may be packed (\`Content-Encoding: gzip\`), and may have millions of lines of
at most 64 KiB. Bad lines are reported, each with its reason, and all others are kept.

CSV: UTF-8, separated by commas, first line with the names of the columns. \`externalId\` is needed, and \`phone\` or \`email\` or both;
\`name\`, \`zone\` and \`audiences\` (names separated by semicolons, made where they are missing) may be there; each other column becomes
an attribute, empty values left out. NDJSON: one object a line with the same names; \`audiences\` may be a list; every other name, and what is in an
object \`attributes\`, becomes an attribute.

A line replaces the recipient of its \`externalId\` whole, as PUT does; of several lines the last one counts. Memberships are only added.

The same Idempotency-Key answers with the report of the import that it began, whatever file comes with it. An import that was
interrupted is repeated with a new key: what was kept is only replaced by itself.`;
