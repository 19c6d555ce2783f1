/** What portals do in tests of flows: ask the API with a key, and pay through the simulator's provider. */
import { randomUUID } from 'node:crypto';
import { providerSecretKey, putProvider } from '@carillon/db';
import { FLOW_SECRET, type House } from './house.ts';

/** Asks the API; every request has an idempotency key of its own. */
export async function ask(
  api: { readonly baseUrl: string; readonly key: string },
  method: string,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
): Promise<{ readonly status: number; readonly body: any }> {
  const response = await fetch(`${api.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${api.key}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Gives an account the simulator's payment provider. */
export async function addPayments(house: House, accountId: number): Promise<void> {
  await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'payment',
    accountId,
    name: 'pay',
    messagesPerSecond: 1_000,
    settings: { baseUrl: house.simulatorUrl, apiKey: 'any', keyValidSeconds: 86_400 },
  });
}
