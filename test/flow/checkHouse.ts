/** What tests of address checks share: accounts that write e-mails, people by their addresses, and the paid service's ledger. */
import { addressKey } from '@carillon/core';
import { providerSecretKey, putProvider } from '@carillon/db';
import type { AccountSeed } from '@carillon/testkit';
import { ADDRESS_PEPPER, announce, FLOW_SECRET, type House } from './house.ts';

/** What one check costs, in the verifier's settings and in the simulator. */
export const PRICE = 4_000;

/** An account that sends e-mails through the simulator. */
export async function mailAccount(house: House, name: string): Promise<AccountSeed> {
  const { accountId } = await house.account(name);
  return { accountId, providerAccountId: await mailServer(house, accountId) };
}

/** A mail server of an account: the simulator. */
export async function mailServer(house: House, accountId: number): Promise<number> {
  return await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'email',
    accountId,
    name: 'mail',
    messagesPerSecond: 1_000_000,
    settings: {
      host: '127.0.0.1',
      port: house.smtpPort,
      security: 'none',
      user: '',
      password: '',
      from: { address: 'shop@town.example' },
      senders: [],
    },
  });
}

/** A verifier of an account: the simulator's paid service. */
export async function verifier(house: House, accountId: number): Promise<number> {
  return await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'email_check',
    accountId,
    name: 'checks',
    messagesPerSecond: 1_000_000,
    settings: {
      verifier: 'http',
      baseUrl: house.simulatorUrl,
      apiKey: 'key',
      priceMicros: PRICE,
      currency: 'EUR',
      validDays: 30,
      skipDns: true,
    },
  });
}

/** People of an account by their addresses; returns their ids. */
export async function people(house: House, accountId: number, addresses: readonly string[]): Promise<number[]> {
  const { rows } = await house.db.pool.query<{ id: number }>(
    `INSERT INTO recipients (account_id, external_id, name, email, email_key)
     SELECT $1, 'person ' || address, 'Somebody', address, key FROM unnest($2::text[], $3::uuid[]) AS p (address, key)
     RETURNING id`,
    [accountId, addresses, addresses.map(keyOf)],
  );
  return rows.map(({ id }) => id);
}

export const keyOf = (address: string): string => addressKey(ADDRESS_PEPPER, 'email', address);

/** An announcement by e-mail to these people, whose addresses are checked. */
export async function mailTo(
  house: House,
  account: AccountSeed,
  recipientIds: readonly number[],
  addressCheck: Record<string, unknown> = {},
): Promise<{ jobId: number; runId: number }> {
  return await announce(house, account, {
    target: { recipientIds },
    channel: 'email',
    content: { type: 'email', subject: 'The shop', text: 'It opens at eleven.' },
    policy: { addressCheck },
  });
}

/** State and code of each delivery of a run, by address. */
export async function outcomesOf(house: House, runId: number): Promise<Record<string, string>> {
  const { rows } = await house.db.pool.query<{ address: string; outcome: string }>(
    `SELECT address, concat_ws(' ', state::text, CASE WHEN state <> 'sent' THEN code END) AS outcome
     FROM deliveries WHERE run_id = $1 ORDER BY address`,
    [runId],
  );
  return Object.fromEntries(rows.map(({ address, outcome }) => [address, outcome]));
}

/** What an account spent, over all days. */
export async function spentBy(house: House, accountId: number): Promise<{ reserved: number; charged: number }> {
  const { rows } = await house.db.pool.query<{ reserved: number; charged: number }>(
    `SELECT coalesce(sum(reserved_micros), 0)::int AS reserved, coalesce(sum(charged_micros), 0)::int AS charged
     FROM check_spend WHERE account_id = $1`,
    [accountId],
  );
  return rows[0] as { reserved: number; charged: number };
}
