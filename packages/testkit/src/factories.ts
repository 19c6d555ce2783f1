/**
 * Rows to begin with: an account with a provider, people with addresses, and an announcement to them. Written straight
 * into the tables, in states that the product itself would leave behind.
 */
import { createHmac } from 'node:crypto';
import type pg from 'pg';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Access to the simulator, or to whatever stands in for the provider. */
export interface ProviderSeed {
  readonly baseUrl: string;
  readonly messagesPerSecond?: number;
  readonly phoneNumberId?: string;
}

/** An account that can send. */
export interface AccountSeed {
  readonly accountId: number;
  readonly providerAccountId: number;
}

/** The settings of every seeded provider account; status callbacks are signed with its `appSecret`. */
export const SEEDED_PROVIDER = {
  apiVersion: 'v23.0',
  phoneNumberId: '100200300',
  accessToken: 'seeded-token',
  appSecret: 'seeded-app-secret',
  verifyToken: 'seeded-verify-token',
} as const;

/** Creates an account with one WhatsApp provider account. */
export async function seedAccount(db: Queryable, name: string, provider: ProviderSeed): Promise<AccountSeed> {
  const { rows } = await db.query<{ account_id: number; id: number }>(
    `WITH account AS (INSERT INTO accounts (name, country) VALUES ($1, 'DE') RETURNING id)
     INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second)
     SELECT id, 'whatsapp', 'main', $2, $3 FROM account RETURNING account_id, id`,
    [
      name,
      JSON.stringify({
        ...SEEDED_PROVIDER,
        baseUrl: provider.baseUrl,
        phoneNumberId: provider.phoneNumberId ?? SEEDED_PROVIDER.phoneNumberId,
      }),
      provider.messagesPerSecond ?? 1_000_000,
    ],
  );
  const row = rows[0];
  if (!row) throw new Error('the account was not created');
  return { accountId: row.account_id, providerAccountId: row.id };
}

/** The address of the n-th seeded person: a German mobile number, in E.164 digits. */
export function seededPhone(n: number): string {
  return `4915${String(200_000_000 + n)}`;
}

/** The e-mail address of the n-th seeded person, where they have one. */
export function seededEmail(n: number): string {
  return `person-${n}@people.example`;
}

/**
 * Creates people 1 to `count`, all with addresses of their own, and one audience of them all.
 * @param options `emails`: e-mail addresses too, `seededEmail`
 * @param addressPepper key of the address hashes, as the services derive it
 */
export async function seedPeople(
  db: Queryable,
  accountId: number,
  options: { count: number; addressPepper: Uint8Array; zone?: string; audience?: string; emails?: boolean },
): Promise<{ audienceId: number }> {
  const chunk = 20_000;
  for (let from = 1; from <= options.count; from += chunk) {
    const numbers = Array.from({ length: Math.min(chunk, options.count - from + 1) }, (_, index) => from + index);
    await db.query(
      `INSERT INTO recipients (account_id, external_id, name, phone, whatsapp_key, zone, email, email_key)
       SELECT $1, 'person-' || n, 'Person ' || n, phone, key, $5, email, email_key
       FROM unnest($2::int[], $3::text[], $4::uuid[], $6::text[], $7::uuid[]) AS p (n, phone, key, email, email_key)`,
      [
        accountId,
        numbers,
        numbers.map(seededPhone),
        numbers.map((n) => keyOf(options.addressPepper, 'whatsapp', seededPhone(n))),
        options.zone ?? null,
        numbers.map((n) => (options.emails ? seededEmail(n) : null)),
        numbers.map((n) => (options.emails ? keyOf(options.addressPepper, 'email', seededEmail(n)) : null)),
      ],
    );
  }
  const { rows } = await db.query<{ id: number }>(
    `WITH audience AS (INSERT INTO audiences (account_id, name) VALUES ($1, $2) RETURNING id), members AS (
       INSERT INTO audience_members (account_id, audience_id, recipient_id)
       SELECT $1, audience.id, r.id FROM audience, recipients r WHERE r.account_id = $1)
     SELECT id::int FROM audience`,
    [accountId, options.audience ?? 'everybody'],
  );
  await db.query('ANALYZE recipients, audience_members');
  return { audienceId: rows[0]?.id ?? 0 };
}

/** The same hash as core's `addressKey`, which the testkit must not import to stay below everything. */
function keyOf(pepper: Uint8Array, channel: string, address: string): string {
  const hex = createHmac('sha256', pepper).update(`address\0${channel}\0${address}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** An announcement as the API would store it. */
export interface AnnouncementSeed {
  readonly jobId: number;
  readonly runId: number;
}

/** Creates a job of trigger `now` for an audience, with its planned run. */
export async function seedAnnouncement(
  db: Queryable,
  account: AccountSeed,
  options: {
    audienceId: number;
    channel?: string;
    policy?: Record<string, unknown>;
    content?: Record<string, unknown>;
    text?: string;
    dueInMs?: number;
  },
): Promise<AnnouncementSeed> {
  const { rows } = await db.query<{ job_id: number; run_id: number }>(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
       VALUES ($1, 'announcement', 'message', $7, $2, '{"type":"now"}', $3, $4) RETURNING id
     ), content AS (
       INSERT INTO contents (account_id, job_id, version, body) SELECT $1, id, 1, $5 FROM job
     )
     INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at)
     SELECT $1, job.id, 'once', (carillon_now() AT TIME ZONE 'UTC')::date, carillon_now() + $6::float8 * interval '1 millisecond'
     FROM job RETURNING job_id::int, id::int AS run_id`,
    [
      account.accountId,
      account.providerAccountId,
      JSON.stringify({ audienceIds: [options.audienceId] }),
      JSON.stringify(options.policy ?? {}),
      JSON.stringify(options.content ?? { type: 'text', text: options.text ?? 'The canteen opens at eleven today.' }),
      options.dueInMs ?? 0,
      options.channel ?? 'whatsapp',
    ],
  );
  const row = rows[0];
  if (!row) throw new Error('the announcement was not created');
  await db.query(`SELECT ensure_partitions((carillon_now() AT TIME ZONE 'UTC')::date)`);
  return { jobId: row.job_id, runId: row.run_id };
}
