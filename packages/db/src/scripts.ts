/** Scripts of jobs: stored once by their content, run through one provider account of channel `script` that is made when first needed. */
import { createHash } from 'node:crypto';
import type { ChannelName, ScriptLanguage } from '@carillon/contracts';
import type { Queryable } from './pool.ts';

const CHANNEL: ChannelName = 'script';
/** Provider accounts are told apart by name; of this channel there is one. */
const NAME = 'scripts';
/** Scripts begun a second of an account: what one machine starts, so that an account's crowd leaves others their turn. */
const SCRIPTS_PER_SECOND = 100;

/** A source, under the hash that names it. */
export interface StoredScript {
  readonly sha256: string;
  readonly language: ScriptLanguage;
  readonly source: string;
}

/** The hash by which a source is stored; the same text in another language is another script. */
function scriptHash(language: ScriptLanguage, source: string): string {
  return createHash('sha256').update(`${language}\n${source}`).digest('hex');
}

/** Stores a source, unless the account has it. @returns its hash */
export async function storeScript(
  client: Queryable,
  accountId: number,
  { language, source }: Pick<StoredScript, 'language' | 'source'>,
): Promise<string> {
  const sha256 = scriptHash(language, source);
  await client.query({
    name: 'store_script',
    text: `INSERT INTO scripts (account_id, sha256, language, source, created_at) VALUES ($1, $2, $3, $4, carillon_now())
           ON CONFLICT (account_id, sha256) DO NOTHING`,
    values: [accountId, sha256, language, source],
  });
  return sha256;
}

/** A source by its hash. */
export async function readScript(db: Queryable, accountId: number, sha256: string): Promise<StoredScript | undefined> {
  const { rows } = await db.query<StoredScript>({
    name: 'read_script',
    text: `SELECT sha256, language, source FROM scripts WHERE account_id = $1 AND sha256 = $2`,
    values: [accountId, sha256],
  });
  return rows[0];
}

/** The account's own way for scripts, made now if there is none. */
export async function ensureScriptAccount(client: Queryable, accountId: number): Promise<number> {
  const read = async (): Promise<number | undefined> => {
    const { rows } = await client.query<{ id: number }>(
      `SELECT id FROM provider_accounts WHERE account_id = $1 AND channel = $2 AND name = $3`,
      [accountId, CHANNEL, NAME],
    );
    return rows[0]?.id;
  };
  const known = await read();
  if (known !== undefined) return known;
  await client.query(
    `INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second, created_at, updated_at)
     VALUES ($1, $2, $3, '{}', $4, carillon_now(), carillon_now())
     ON CONFLICT (account_id, channel, name) DO NOTHING`,
    [accountId, CHANNEL, NAME, SCRIPTS_PER_SECOND],
  );
  // Whoever was first; a second one waited for it.
  return (await read()) as number;
}

/** A batch by its key. */
export interface BatchKey {
  readonly accountId: number;
  readonly batchId: number;
}

/** Which of these batches were cancelled: what runs of them is to be stopped. */
export async function findCancelled(db: Queryable, batches: readonly BatchKey[]): Promise<BatchKey[]> {
  if (batches.length === 0) return [];
  const { rows } = await db.query<{ account_id: number; id: number }>({
    name: 'find_cancelled_batches',
    text: `SELECT b.account_id, b.id FROM unnest($1::int[], $2::bigint[]) AS asked (account_id, id)
           JOIN batches b ON b.account_id = asked.account_id AND b.id = asked.id
           WHERE b.cancelled_at IS NOT NULL`,
    values: [batches.map(({ accountId }) => accountId), batches.map(({ batchId }) => batchId)],
  });
  return rows.map((row) => ({ accountId: row.account_id, batchId: row.id }));
}
