/** What the reports of a run attach: kept from the first who made it, so that everybody gets the same; and the account's own run report. */
import { formatDeliveryId } from '@carillon/core';
import { listDeliveries, readRun } from './jobReads.ts';
import type { Queryable } from './pool.ts';

/** Of which run, as its content's version says. */
export interface DocumentKey {
  readonly accountId: number;
  readonly runId: number;
  readonly version: number;
}

export interface RunDocument {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** The document that is kept, if there is one. */
export async function readRunDocument(db: Queryable, key: DocumentKey): Promise<RunDocument | undefined> {
  const { rows } = await db.query<{ media_type: string; bytes: Buffer }>({
    name: 'read_run_document',
    text: `SELECT media_type, bytes FROM run_documents WHERE account_id = $1 AND run_id = $2 AND content_version = $3`,
    values: [key.accountId, key.runId, key.version],
  });
  return rows[0] && { mediaType: rows[0].media_type, bytes: rows[0].bytes };
}

/** Keeps a document; of several who made one the first counts. @returns the one that is kept */
export async function keepRunDocument(
  db: Queryable,
  key: DocumentKey & { readonly day: string },
  made: RunDocument,
): Promise<RunDocument> {
  await db.query(
    `INSERT INTO run_documents (account_id, run_id, content_version, day, media_type, bytes, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, carillon_now()) ON CONFLICT DO NOTHING`,
    [key.accountId, key.runId, key.version, key.day, made.mediaType, made.bytes],
  );
  return (await readRunDocument(db, key)) ?? made;
}

const COLUMNS = [
  'delivery',
  'recipient',
  'address',
  'state',
  'code',
  'tries',
  'dueAt',
  'sendingAt',
  'settledAt',
  'providerMessageId',
];
const PAGE = 1_000;

/** The newest run of a job but the one that asks, if it has one. */
export async function newestRunOf(
  db: Queryable,
  job: { accountId: number; jobId: number },
): Promise<number | undefined> {
  const { rows } = await db.query<{ id: number }>(
    'SELECT id FROM runs WHERE account_id = $1 AND job_id = $2 ORDER BY id DESC LIMIT 1',
    [job.accountId, job.jobId],
  );
  return rows[0]?.id;
}

/**
 * A run's deliveries as CSV (RFC 4180), as they are now.
 * @returns undefined when the account has no such run, or it has more rows than `rowsMax`
 */
export async function renderRunReport(
  db: Queryable,
  run: { readonly accountId: number; readonly runId: number; readonly rowsMax: number },
): Promise<{ readonly kind: 'csv'; readonly text: string } | { readonly kind: 'not_found' | 'too_large' }> {
  const { accountId, runId, rowsMax } = run;
  const found = await readRun(db, accountId, runId);
  if (found === undefined) return { kind: 'not_found' };
  if (found.deliveries > rowsMax) return { kind: 'too_large' };
  let text = lineOf(COLUMNS);
  let after: { batchId: number; number: number } | undefined;
  for (;;) {
    const rows = await listDeliveries(db, accountId, { runId, day: found.day, state: undefined, after, limit: PAGE });
    for (const row of rows) {
      text += lineOf([
        formatDeliveryId({ day: row.day, batchId: row.batch_id, number: row.number }),
        row.external_id ?? '',
        row.address,
        row.state,
        row.code ?? '',
        String(row.try),
        ...[row.due_at_ms, row.sending_at_ms, row.settled_at_ms].map((ms) =>
          ms === null ? '' : new Date(ms).toISOString(),
        ),
        row.provider_message_id ?? '',
      ]);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return { kind: 'csv', text };
    after = { batchId: last.batch_id, number: last.number };
  }
}

/** What a spreadsheet would take for a formula begins with an apostrophe. */
function lineOf(cells: readonly string[]): string {
  const written = cells.map((cell) => {
    const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${written.join(',')}\r\n`;
}
