/**
 * By what an account's calls go: one provider account of channel `call`, made with a secret when it is first needed, because a call
 * needs nothing but an URL. Its secrets sign every call; its limit is that of all the account's calls together.
 */
import type { ChannelName } from '@carillon/contracts';
import { formatId } from '@carillon/core';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { openSettings, rotatedSecrets, sealSettings, secretsInForce, type WebhookSecret } from './providerSettings.ts';
import { preparedText } from './statements.ts';

type Pool = Parameters<typeof inTransaction>[0];

/** Calls a second of an account, unless it says otherwise: what a sender can do, so that a crowd due at once starts at once. */
const CALLS_PER_SECOND = 5_000;
const CHANNEL: ChannelName = 'call';
/** Provider accounts are told apart by name; of this channel there is one. */
const NAME = 'calls';

/** What there is to show, secrets in force in the clear: the account itself verifies by them. */
export interface StoredCallSettings {
  readonly id: number;
  readonly requestsPerSecond: number;
  readonly secrets: readonly WebhookSecret[];
}

interface Row {
  id: number;
  settings: unknown;
  messages_per_second: number;
  now_ms: number;
}

const COLUMNS = `id, settings, messages_per_second, extract(epoch FROM carillon_now())::float8 * 1000 AS now_ms`;

/**
 * The account's own, made now if there is none.
 * @param key of `providerSecretKey`
 * @param newSecret makes a `whsec_` secret; called only where one is made
 */
export async function ensureCallAccount(
  client: Queryable,
  key: Uint8Array,
  accountId: number,
  newSecret: () => string,
): Promise<number> {
  const known = await readRow(client, accountId, '');
  if (known !== undefined) return known.id;
  const settings = JSON.stringify(
    sealSettings(key, accountId, { channel: 'call', settings: { secrets: [{ secret: newSecret() }] } }),
  );
  await client.query(
    `INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second, created_at, updated_at)
     VALUES ($1, $2, $3, $4::jsonb, $5, carillon_now(), carillon_now())
     ON CONFLICT (account_id, channel, name) DO NOTHING`,
    [accountId, CHANNEL, NAME, settings, CALLS_PER_SECOND],
  );
  // Whoever was first; a second one waited for it.
  return ((await readRow(client, accountId, '')) as Row).id;
}

/** The settings as they are; made now if there are none. */
export async function readCallSettings(
  pool: Pool,
  key: Uint8Array,
  accountId: number,
  newSecret: () => string,
): Promise<StoredCallSettings> {
  return await inTransaction(pool, async (client) => {
    await ensureCallAccount(client, key, accountId, newSecret);
    return toStored(key, accountId, (await readRow(client, accountId, '')) as Row);
  });
}

/** Changes the limit, with its audit entry. */
export async function changeCallSettings(
  pool: Pool,
  key: Uint8Array,
  wanted: { readonly accountId: number; readonly requestsPerSecond: number; readonly newSecret: () => string },
  actor: string,
): Promise<StoredCallSettings> {
  const { accountId, requestsPerSecond } = wanted;
  return await inTransaction(pool, async (client) => {
    const id = await ensureCallAccount(client, key, accountId, wanted.newSecret);
    await client.query(
      `UPDATE provider_accounts SET messages_per_second = $3, updated_at = carillon_now() WHERE account_id = $1 AND id = $2`,
      [accountId, id, requestsPerSecond],
    );
    await recordAudit(client, {
      accountId,
      actor,
      action: 'call_settings.change',
      subject: formatId('pvd', id),
      detail: { requestsPerSecond },
    });
    return toStored(key, accountId, (await readRow(client, accountId, '')) as Row);
  });
}

/**
 * Gives the account's calls a new secret; those in force go on signing beside it for the overlap, at most as long as they would have.
 * @returns undefined when too many would sign at once
 */
export async function rotateCallSecret(
  pool: Pool,
  key: Uint8Array,
  rotation: { readonly accountId: number; readonly newSecret: () => string; readonly overlapSeconds: number },
  actor: string,
): Promise<StoredCallSettings | undefined> {
  const { accountId, newSecret, overlapSeconds } = rotation;
  return await inTransaction(pool, async (client) => {
    await ensureCallAccount(client, key, accountId, newSecret);
    const row = (await readRow(client, accountId, 'FOR UPDATE')) as Row;
    const { secrets } = openSettings(key, { accountId, id: row.id, channel: 'call', settings: row.settings });
    const rotated = rotatedSecrets(secrets, { secret: newSecret(), overlapSeconds }, row.now_ms);
    if (rotated === undefined) return undefined;
    await client.query(
      `UPDATE provider_accounts SET settings = $3::jsonb, updated_at = carillon_now() WHERE account_id = $1 AND id = $2`,
      [
        accountId,
        row.id,
        JSON.stringify(sealSettings(key, accountId, { channel: 'call', settings: { secrets: rotated } })),
      ],
    );
    await recordAudit(client, {
      accountId,
      actor,
      action: 'call_settings.rotate',
      subject: formatId('pvd', row.id),
      detail: { overlapSeconds },
    });
    return toStored(key, accountId, (await readRow(client, accountId, '')) as Row);
  });
}

async function readRow(client: Queryable, accountId: number, lock: '' | 'FOR UPDATE'): Promise<Row | undefined> {
  const { rows } = await client.query<Row>({
    ...preparedText(
      `SELECT ${COLUMNS} FROM provider_accounts WHERE account_id = $1 AND channel = $2 AND name = $3 ${lock}`,
    ),
    values: [accountId, CHANNEL, NAME],
  });
  return rows[0];
}

function toStored(key: Uint8Array, accountId: number, row: Row): StoredCallSettings {
  const opened = openSettings(key, { accountId, id: row.id, channel: 'call', settings: row.settings });
  const inForce = new Set(secretsInForce(opened.secrets, row.now_ms));
  const secrets = opened.secrets.filter(({ secret }) => inForce.has(secret));
  return { id: row.id, requestsPerSecond: row.messages_per_second, secrets };
}
