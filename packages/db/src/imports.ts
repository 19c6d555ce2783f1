/**
 * Imports of recipients. A running import holds a connection for each of its lanes, and on the first of them an advisory lock of
 * the session. The lock is its heartbeat: it ends with the process or the connection, so whoever finds an import `running`
 * whose lock is free knows that nobody works on it any more, at once and without a time-out.
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

/**
 * Chunks that an import stores at once, each over a connection of its own. With one, the database stores while the api reads, and both
 * wait for each other; more than two have nothing left to gain from two processors.
 */
export const IMPORT_LANES = 2;

/** How many lines were read, and what became of them. */
interface ImportCounts {
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsBad: number;
}

/** What is stored at once. */
export interface ImportChunk {
  /** Each external id once. */
  readonly rows: readonly ImportRow[];
  /** Memberships beside those that every row gets: external id, and name of the audience; of each line kept, each audience once. */
  readonly memberships: readonly (readonly [externalId: string, audience: string])[];
  readonly problems: readonly ImportProblem[];
  /** Of this chunk. */
  readonly counts: ImportCounts;
}

/**
 * Writes one import. `write` may be under way for all lanes at once, for each lane once; otherwise not for concurrent use. `finish`
 * or `discard` must end it.
 */
export interface ImportWriter {
  /**
   * Makes the import, in the transaction that will make it visible, which is another connection's.
   * @returns its id
   */
  begin(transaction: Queryable, format: string): Promise<number>;
  /**
   * Stores a chunk, at once or not at all.
   * @param lane less than {@link IMPORT_LANES}; all lines of a person go by the same one, so that the last one counts
   */
  write(importId: number, lane: number, chunk: ImportChunk): Promise<void>;
  /** Sets the final state and gives the connections back. Does not throw when the database is gone. */
  finish(importId: number, state: 'completed' | 'interrupted' | 'failed'): Promise<void>;
  /** Gives the connections back without an import. */
  discard(): Promise<void>;
}

/** SQLSTATEs after which the same statement is worth repeating: deadlock, serialization failure. */
const WORTH_REPEATING = new Set(['40P01', '40001']);
const REPEATS_MAX = 5;

const LOCK_KEY = `hashtextextended(format('carillon.import.%s.%s', $1::int, $2::bigint), 0)`;

/**
 * Takes a connection for an import; those of further lanes when there is something for them.
 * @param options.audiences names of audiences that every row joins
 */
export async function openImportWriter(
  pool: pg.Pool,
  options: { readonly accountId: number; readonly audiences: readonly string[]; readonly actor: string },
): Promise<ImportWriter> {
  const { accountId, audiences, actor } = options;
  const ids = new Map<string, number>();
  // A connection that breaks while no statement is under way would otherwise end the process.
  const ignore = () => {};
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    client.on('error', ignore);
    return client;
  };
  const first = await connect();
  const lanes = [first];

  const resolve = async (client: pg.PoolClient, names: Iterable<string>): Promise<void> => {
    const missing = [...new Set(names)].filter((name) => !ids.has(name));
    if (missing.length === 0) return;
    for (const [name, id] of await ensureAudiences(client, accountId, missing, actor)) ids.set(name, id);
  };
  const idsOf = (names: readonly string[]) => names.flatMap((name) => ids.get(name) ?? []);

  const leave = async (): Promise<void> => {
    for (const client of lanes.reverse()) {
      await giveBack(client);
      client.removeListener('error', ignore);
    }
  };

  return {
    async begin(transaction, format) {
      const { rows } = await transaction.query<{ id: number }>(
        'INSERT INTO imports (account_id, format, created_at) VALUES ($1, $2, carillon_now()) RETURNING id',
        [accountId, format],
      );
      const importId = (rows[0] as { id: number }).id;
      // Before the row can be seen, so that nobody ever sees it running and unlocked while we work on it.
      await first.query(`SELECT pg_advisory_lock(${LOCK_KEY})`, [accountId, importId]);
      await recordAudit(transaction, { accountId, actor, action: 'import.create', subject: `imp_${importId}` });
      return importId;
    },
    async write(importId, lane, { rows, memberships, problems, counts }) {
      const client = lanes[lane] ?? (await connect());
      lanes[lane] = client;
      await resolve(client, [...audiences, ...memberships.map(([, name]) => name)]);
      const common = audiencesOfAll(memberships, counts.rowsKept);
      const known = memberships.filter(([, name]) => ids.has(name) && !common.includes(name));
      const values = [
        accountId,
        importId,
        listOf(rows.map((row) => row.externalId)),
        listOf(rows.map((row) => row.name)),
        listOf(rows.map((row) => row.phone)),
        listOf(rows.map((row) => row.whatsappKey)),
        listOf(rows.map((row) => row.email)),
        listOf(rows.map((row) => row.emailKey)),
        listOf(rows.map((row) => row.zone)),
        listOf(rows.map((row) => row.attributes)),
        idsOf([...audiences, ...common]),
        listOf(known.map(([externalId]) => externalId)),
        listOf(known.map(([, name]) => String(ids.get(name)))),
        problems.map((problem) => problem.line),
        problems.map((problem) => problem.code),
        problems.map((problem) => problem.field),
        problems.map((problem) => problem.detail),
        listOf(rows.flatMap(({ externalId, dates }) => dates.map(() => externalId))),
        listOf(rows.flatMap(({ dates }) => dates.map(({ name }) => name))),
        listOf(rows.flatMap(({ dates }) => dates.map(({ value }) => value))),
      ];
      for (let repeats = 0; ; repeats += 1) {
        try {
          await storeChunk(client, { accountId, importId, rows, counts }, values);
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
        await first.query(finished).catch(() => pool.query(finished));
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
 * One transaction: the people, then their dates, then what is known of their addresses, in this order of locks everywhere; and the
 * import's own row last, for which the other lanes wait.
 * @param values of import_chunk.sql
 */
async function storeChunk(
  client: pg.PoolClient,
  chunk: {
    readonly accountId: number;
    readonly importId: number;
    readonly rows: readonly ImportRow[];
    readonly counts: ImportCounts;
  },
  values: readonly unknown[],
): Promise<void> {
  const { accountId, importId, rows, counts } = chunk;
  await client.query('BEGIN');
  try {
    const before = await client.query<{ id: number; external_id: string }>({
      text: statement('import_chunk').text,
      values: values as unknown[],
    });
    await replaceDates(client, accountId, datesOfKnown(before.rows, rows));
    const confirmed = rows.flatMap(({ emailConfirmed, emailKey }) => (emailConfirmed && emailKey ? [emailKey] : []));
    await confirmAddresses(client, accountId, confirmed, 'import');
    const { rowCount } = await client.query({
      name: 'count_import',
      text: `UPDATE imports SET rows_read = rows_read + $3, rows_kept = rows_kept + $4, rows_bad = rows_bad + $5
             WHERE account_id = $1 AND id = $2 AND state = 'running'`,
      values: [accountId, importId, counts.rowsRead, counts.rowsKept, counts.rowsBad],
    });
    // Its lock was lost with the first lane's connection, and somebody has said so: nothing is kept that its report would not tell of.
    if (rowCount === 0) throw new Error(`import ${importId} is no longer running`);
    await client.query('COMMIT');
  } catch (error) {
    // When this fails too the connection is of no use, and the next statement on it says so.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** The dates of those who were there before, of whose old ones some may have to go. */
function datesOfKnown(
  known: readonly { readonly id: number; readonly external_id: string }[],
  rows: readonly ImportRow[],
): Parameters<typeof replaceDates>[2] {
  const ids = new Map(known.map(({ id, external_id }) => [external_id, id]));
  const dates = rows.flatMap((row) => {
    const recipientId = ids.get(row.externalId);
    return recipientId === undefined ? [] : row.dates.map(({ name, value }) => ({ recipientId, name, value }));
  });
  return { known: [...ids.values()], dates };
}

/** The audiences that each of so many lines names: they need no list of who joins them. A line names an audience once. */
function audiencesOfAll(memberships: ImportChunk['memberships'], lines: number): string[] {
  const counts = new Map<string, number>();
  for (const [, name] of memberships) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].flatMap(([name, count]) => (count === lines ? [name] : []));
}

/** Stands between the values of a list. No text that was checked holds it, for it is a control character. */
const SEPARATOR = '\u001f';

/**
 * A list as import_chunk.sql reads it, nulls as nothing.
 * @throws Error for a value that holds the separator: all that follow would belong to others
 */
function listOf(values: readonly (string | null)[]): string {
  const list = values.join(SEPARATOR);
  let separators = 0;
  for (let at = list.indexOf(SEPARATOR); at >= 0; at = list.indexOf(SEPARATOR, at + 1)) separators += 1;
  if (separators !== Math.max(values.length - 1, 0))
    throw new Error('a value of an import holds the separator of lists');
  return list;
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
