/**
 * Imports of recipients. A running import holds one connection and on it an advisory lock of the session. The lock is its
 * heartbeat: it ends with the process or the connection, so whoever finds an import `running` whose lock is free knows
 * that nobody works on it any more, at once and without a time-out.
 */
import type pg from 'pg';
import { ensureAudiences } from './audiences.ts';
import { recordAudit } from './audit.ts';
import { confirmAddresses, type DateToPut, replaceDates } from './dates.ts';
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** An import as it stands. */
export interface StoredImport {
  readonly id: number;
  readonly format: string;
  /** `running`, `completed`, `interrupted` or `failed`. */
  readonly state: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsBad: number;
  readonly seconds: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** One line that was kept; all values checked and normalized. */
export interface ImportRow {
  readonly externalId: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly whatsappKey: string | null;
  readonly email: string | null;
  readonly emailKey: string | null;
  readonly zone: string | null;
  /** JSON text. */
  readonly attributes: string;
  /** All that the recipient has from now on, each name once. */
  readonly dates: readonly DateToPut[];
  /** Whether the owner is known to have confirmed the e-mail address; false says nothing about it. */
  readonly emailConfirmed: boolean;
}

/** One line that was not kept. */
export interface ImportProblem {
  readonly line: number;
  readonly code: string;
  readonly field: string | null;
  readonly detail: string;
}

/** How far an import has come. */
export interface ImportCounts {
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsBad: number;
}

/** What is stored at once. */
export interface ImportChunk {
  /** Each external id once. */
  readonly rows: readonly ImportRow[];
  /** Memberships beside those that every row gets: external id, and name of the audience. */
  readonly memberships: readonly (readonly [externalId: string, audience: string])[];
  readonly problems: readonly ImportProblem[];
  readonly counts: ImportCounts;
}

/** Writes one import over one connection. Not for concurrent use; `finish` or `discard` must end it. */
export interface ImportWriter {
  /**
   * Makes the import, in the transaction that will make it visible, which is another connection's.
   * @returns its id
   */
  begin(transaction: Queryable, format: string): Promise<number>;
  /** Stores a chunk, at once or not at all. */
  write(importId: number, chunk: ImportChunk): Promise<void>;
  /** Sets the final state and gives the connection back. Does not throw when the database is gone. */
  finish(importId: number, state: 'completed' | 'interrupted' | 'failed'): Promise<void>;
  /** Gives the connection back without an import. */
  discard(): Promise<void>;
}

/** SQLSTATEs after which the same statement is worth repeating: deadlock, serialization failure. */
const WORTH_REPEATING = new Set(['40P01', '40001']);
const REPEATS_MAX = 5;

const LOCK_KEY = `hashtextextended(format('carillon.import.%s.%s', $1::int, $2::bigint), 0)`;

/**
 * Takes a connection for an import.
 * @param options.audiences names of audiences that every row joins
 */
export async function openImportWriter(
  pool: pg.Pool,
  options: { readonly accountId: number; readonly audiences: readonly string[]; readonly actor: string },
): Promise<ImportWriter> {
  const { accountId, audiences, actor } = options;
  const client = await pool.connect();
  const ids = new Map<string, number>();
  // A connection that breaks while no statement is under way would otherwise end the process.
  const ignore = () => {};
  client.on('error', ignore);

  const resolve = async (names: Iterable<string>): Promise<void> => {
    const missing = [...new Set(names)].filter((name) => !ids.has(name));
    if (missing.length === 0) return;
    for (const [name, id] of await ensureAudiences(client, accountId, missing, actor)) ids.set(name, id);
  };
  const idsOf = (names: readonly string[]) => names.flatMap((name) => ids.get(name) ?? []);

  const leave = async (): Promise<void> => {
    await giveBack(client);
    client.removeListener('error', ignore);
  };

  return {
    async begin(transaction, format) {
      const { rows } = await transaction.query<{ id: number }>(
        'INSERT INTO imports (account_id, format, created_at) VALUES ($1, $2, carillon_now()) RETURNING id',
        [accountId, format],
      );
      const importId = (rows[0] as { id: number }).id;
      // Before the row can be seen, so that nobody ever sees it running and unlocked while we work on it.
      await client.query(`SELECT pg_advisory_lock(${LOCK_KEY})`, [accountId, importId]);
      await recordAudit(transaction, { accountId, actor, action: 'import.create', subject: `imp_${importId}` });
      return importId;
    },
    async write(importId, { rows, memberships, problems, counts }) {
      await resolve([...audiences, ...memberships.map(([, name]) => name)]);
      const known = memberships.filter(([, name]) => ids.has(name));
      const values = [
        accountId,
        importId,
        rows.map((row) => row.externalId),
        rows.map((row) => row.name),
        rows.map((row) => row.phone),
        rows.map((row) => row.whatsappKey),
        rows.map((row) => row.email),
        rows.map((row) => row.emailKey),
        rows.map((row) => row.zone),
        rows.map((row) => row.attributes),
        idsOf(audiences),
        known.map(([externalId]) => externalId),
        known.map(([, name]) => ids.get(name)),
        problems.map((problem) => problem.line),
        problems.map((problem) => problem.code),
        problems.map((problem) => problem.field),
        problems.map((problem) => problem.detail),
        counts.rowsRead,
        counts.rowsKept,
        counts.rowsBad,
        rows.some((row) => row.dates.length > 0),
      ];
      for (let repeats = 0; ; repeats += 1) {
        try {
          await storeChunk(client, accountId, rows, values);
          return;
        } catch (error) {
          if (!WORTH_REPEATING.has(String((error as { code?: unknown }).code)) || repeats === REPEATS_MAX) throw error;
        }
      }
    },
    async finish(importId, state) {
      // The counts stand as the last chunk that was committed left them.
      const finished = {
        text: `UPDATE imports SET state = $3, finished_at = carillon_now()
               WHERE account_id = $1 AND id = $2 AND state = 'running'`,
        values: [accountId, importId, state],
      };
      try {
        // After a failure the connection may be of no use; another one then says so, or whoever reads the import will.
        await client.query(finished).catch(() => pool.query(finished));
      } catch {
        // The database is gone: the import is found without its lock later, and shown as interrupted.
      } finally {
        await leave();
      }
    },
    discard: leave,
  };
}

/**
 * One transaction: the people, then their dates, then what is known of their addresses, in this order of locks everywhere.
 * @param values of import_chunk.sql
 */
async function storeChunk(
  client: pg.PoolClient,
  accountId: number,
  rows: readonly ImportRow[],
  values: readonly unknown[],
): Promise<void> {
  await client.query('BEGIN');
  try {
    const kept = await client.query<{ id: number; external_id: string; fresh: boolean }>({
      text: statement('import_chunk').text,
      values: values as unknown[],
    });
    const known = kept.rows.flatMap(({ id, fresh }) => (fresh ? [] : [id]));
    const ids = new Map(kept.rows.map(({ id, external_id }) => [external_id, id]));
    const dates = rows.flatMap((row) => {
      const recipientId = ids.get(row.externalId) as number;
      return row.dates.map(({ name, value }) => ({ recipientId, name, value }));
    });
    await replaceDates(client, accountId, { known, dates });
    const confirmed = rows.flatMap(({ emailConfirmed, emailKey }) => (emailConfirmed && emailKey ? [emailKey] : []));
    await confirmAddresses(client, accountId, confirmed, 'import');
    await client.query('COMMIT');
  } catch (error) {
    // When this fails too the connection is of no use, and the next statement on it says so.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** Back to the pool without locks, or closed. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('SELECT pg_advisory_unlock_all()');
    client.release();
  } catch (error) {
    client.release(error as Error);
  }
}

interface StoredImportRow {
  id: number;
  format: string;
  state: string;
  rows_read: number;
  rows_kept: number;
  rows_bad: number;
  seconds: number;
  created_at: Date;
  finished_at: Date | null;
}

/** One import, or undefined. One that is `running` though nobody works on it becomes `interrupted`. */
export async function readImport(
  db: Queryable,
  accountId: number,
  importId: number,
): Promise<StoredImport | undefined> {
  const read = async () => {
    const { rows } = await db.query<StoredImportRow>({
      name: 'read_import',
      text: `SELECT id, format, state, rows_read, rows_kept, rows_bad, created_at, finished_at,
                    extract(epoch FROM coalesce(finished_at, carillon_now()) - created_at)::float8 AS seconds
             FROM imports WHERE account_id = $1 AND id = $2`,
      values: [accountId, importId],
    });
    return rows[0];
  };
  let row = await read();
  if (row?.state === 'running') {
    // The lock is tried in the outer query alone, for this one row, and is given back with the transaction.
    const orphaned = await db.query(
      `UPDATE imports SET state = 'interrupted', finished_at = carillon_now()
       WHERE account_id = $1 AND id = $2 AND state = 'running' AND pg_try_advisory_xact_lock(${LOCK_KEY})`,
      [accountId, importId],
    );
    if (orphaned.rowCount === 1) row = await read();
  }
  if (row === undefined) return undefined;
  return {
    id: row.id,
    format: row.format,
    state: row.state,
    rowsRead: row.rows_read,
    rowsKept: row.rows_kept,
    rowsBad: row.rows_bad,
    seconds: row.seconds,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** Up to `limit` bad lines after a line, in the file's order. */
export async function listImportErrors(
  db: Queryable,
  accountId: number,
  importId: number,
  wanted: { readonly afterLine: number; readonly limit: number },
): Promise<ImportProblem[]> {
  const { rows } = await db.query<ImportProblem>({
    name: 'list_import_errors',
    text: `SELECT line, code, field, detail FROM import_errors
           WHERE account_id = $1 AND import_id = $2 AND line > $3 ORDER BY line LIMIT $4`,
    values: [accountId, importId, wanted.afterLine, wanted.limit],
  });
  return rows;
}
