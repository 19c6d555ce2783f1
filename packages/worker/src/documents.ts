/**
 * What reports attach: made once for a run, by whichever sender needs it first, and kept in Postgres, so that everybody gets the same at
 * every try. A few are remembered, as the rows of a run come one after the other.
 */
import type { DocumentFetcher, FetchedDocument } from '@carillon/channels';
import type { Attachment, ReportContent, SendOutcome } from '@carillon/contracts';
import type { Monotonic } from '@carillon/core';
import {
  type Database,
  keepRunDocument,
  type LeasedBatch,
  newestRunOf,
  readRunDocument,
  renderRunReport,
} from '@carillon/db';

/** An attachment, or the outcome of a row that has none. */
export type DocumentResult =
  | { readonly kind: 'attachment'; readonly attachment: Attachment }
  | { readonly kind: 'outcome'; readonly outcome: SendOutcome };

export interface Documents {
  /** Rejects only when the database does. */
  of(batch: LeasedBatch, version: number, content: ReportContent): Promise<DocumentResult>;
}

/** Bounds memory: documents are a few megabytes each. */
const REMEMBERED = 16;
/** So long the rows of a run share a failure, and do not each ask again. */
const FAILURE_MS = 1_000;
const ROWS_MAX = 50_000;

interface Entry {
  readonly made: Promise<FetchedDocument>;
  endsAtMs: number;
}

export function createDocuments(options: {
  readonly db: Database['pool'];
  readonly fetcher: DocumentFetcher;
  readonly monotonic: Monotonic;
}): Documents {
  const { db, fetcher, monotonic } = options;
  const entries = new Map<string, Entry>();

  async function make({ accountId }: LeasedBatch, { source }: ReportContent): Promise<FetchedDocument> {
    if (source.type === 'url') return await fetcher.fetch(source.url);
    const runId = source.type === 'run' ? source.runId : await newestRunOf(db, { accountId, jobId: source.jobId });
    const report = runId === undefined ? undefined : await renderRunReport(db, { accountId, runId, rowsMax: ROWS_MAX });
    if (report?.kind === 'csv') return { kind: 'document', mediaType: 'text/csv', bytes: Buffer.from(report.text) };
    return report?.kind === 'too_large'
      ? { kind: 'rejected', code: 'document_too_large', message: `the run has more than ${ROWS_MAX} deliveries` }
      : { kind: 'rejected', code: 'document_refused', message: 'there is no run to report on' };
  }

  async function readOrMake(batch: LeasedBatch, version: number, content: ReportContent): Promise<FetchedDocument> {
    const { accountId, runId, day } = batch;
    const key = { accountId, runId, version };
    const kept = await readRunDocument(db, key);
    if (kept) return { kind: 'document', ...kept };
    const made = await make(batch, content);
    return made.kind === 'document'
      ? { kind: 'document', ...(await keepRunDocument(db, { ...key, day }, made)) }
      : made;
  }

  function remembered(batch: LeasedBatch, version: number, content: ReportContent): Promise<FetchedDocument> {
    const key = `${batch.accountId}.${batch.runId}.${version}`;
    const known = entries.get(key);
    if (known && monotonic.now() < known.endsAtMs) return known.made;
    if (entries.size >= REMEMBERED) entries.delete(entries.keys().next().value as string);
    const entry: Entry = { made: readOrMake(batch, version, content), endsAtMs: Number.POSITIVE_INFINITY };
    entries.delete(key);
    entries.set(key, entry);
    const fail = (): void => {
      entry.endsAtMs = monotonic.now() + FAILURE_MS;
    };
    entry.made.then((document) => document.kind !== 'document' && fail(), fail);
    return entry.made;
  }

  return {
    async of(batch, version, content) {
      const document = await remembered(batch, version, content);
      if (document.kind !== 'document') return { kind: 'outcome', outcome: document };
      const { mediaType, bytes } = document;
      return { kind: 'attachment', attachment: { fileName: content.fileName, mediaType, bytes } };
    },
  };
}
