/**
 * Calls become payments, at moments all around the one at which they are due, beside a scheduler and senders at work: each is called or
 * paid, as the answer says, once, and never both nor neither.
 */
import { createApiKey } from '@carillon/db';
import { eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type House, startHouse, wrongBatches } from './house.ts';
import { addPayments, ask } from './portal.ts';
import { Target } from './target.ts';

const JOBS = 60;
/** When those are due whose change may come before or after it; changes come from a second before to a second after. */
const AHEAD_MS = 4_000;
const AROUND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** A third is changed long before, a third about the moment, and a third once it was called. */
const WHEN = ['before', 'about', 'after'] as const;

/** A call whose answer is late is made again, as promised. Here each is counted, so a busy machine must not make one late. */
const PATIENT = { CALL_TIMEOUT_MS: '30000', LEASE_MS: '60000' };

let house: House;
let api: SpawnedService;
let key: string;
const target = new Target();

beforeAll(async () => {
  house = await startHouse();
  const { accountId } = await house.account('kinds');
  await addPayments(house, accountId);
  key = (await createApiKey(house.db.pool, { accountId, name: 'flow' })).key;
  await target.start();
  [api] = await Promise.all([
    house.start('api', { API_PORT: '0' }),
    house.start('sender', PATIENT),
    house.start('sender', PATIENT),
    house.start('scheduler'),
    house.start('sweeper'),
  ]);
  target.secrets = (await call('GET', '/v1/call-settings')).body.secrets.map(
    ({ secret }: { secret: string }) => secret,
  );
}, 360_000);
afterAll(async () => {
  await target.stop();
  await house?.stop();
});

const call = (method: string, path: string, body?: unknown) =>
  ask({ baseUrl: api.baseUrl as string, key }, method, path, body);

/** How often a receiver was paid. */
async function paid(to: string): Promise<number> {
  const response = await fetch(`${house.simulatorUrl}/payments/entries?to=${to}`);
  const { entries } = (await response.json()) as { entries: { id?: string; refused?: string; replayed?: true }[] };
  return entries.filter(({ id, refused, replayed }) => id !== undefined && !refused && !replayed).length;
}

test('it is called or paid, once, as the answer of the change says', async () => {
  const soonMs = Date.now() + AHEAD_MS;
  const made = await Promise.all(
    Array.from({ length: JOBS }, async (_, n) => {
      const when = WHEN[n % WHEN.length] as (typeof WHEN)[number];
      const { status, body } = await call('POST', '/v1/jobs', {
        kind: 'webhook',
        name: `Job ${n}`,
        webhook: { url: `${target.url}/job-${n}` },
        trigger: { type: 'at', at: new Date(when === 'before' ? soonMs + HOUR_MS : soonMs).toISOString() },
      });
      expect([status, body.detail]).toEqual([201, undefined]);
      return { n, when, id: body.id as string, version: body.version as number };
    }),
  );
  const isCalled = (n: number) => target.arrived.some(({ path }) => path === `/job-${n}`);
  const changed = await Promise.all(
    made.map(async ({ n, when, id, version }) => {
      if (when === 'after') await eventually(() => isCalled(n), { timeoutMs: 120_000, what: `the call of ${n}` });
      const momentMs = soonMs + ((n / JOBS) * 2 - 1) * AROUND_MS;
      if (when === 'about') await new Promise((resolve) => setTimeout(resolve, Math.max(0, momentMs - Date.now())));
      const { status, body } = await call('PATCH', `/v1/jobs/${id}`, {
        version,
        kind: 'payment',
        payment: { sender: 'acct_0', receiver: `acct_${n}`, amount: 100, currency: 'EUR' },
        ...(when === 'before' && { trigger: { type: 'now' } }),
      });
      const answer = status === 200 ? 'changed' : (body.code as string);
      expect(['changed', 'run_started', 'invalid_state']).toContain(answer);
      const isPaid = answer === 'changed';
      if (when !== 'about') expect([n, isPaid]).toEqual([n, when === 'before']);
      return { n, isPaid };
    }),
  );
  await eventually(
    async () =>
      (await Promise.all(made.map(async ({ id }) => (await call('GET', `/v1/jobs/${id}`)).body.status))).every(
        (status) => status === 'completed',
      ),
    { timeoutMs: 120_000, what: 'the end of all' },
  );
  for (const { n, isPaid } of changed) {
    const calls = target.arrived.filter(({ path }) => path === `/job-${n}`).length;
    expect({ n, calls, payments: await paid(`acct_${n}`) }).toEqual({
      n,
      calls: isPaid ? 0 : 1,
      payments: isPaid ? 1 : 0,
    });
  }
  expect(await wrongBatches(house)).toEqual([]);
}, 240_000);
