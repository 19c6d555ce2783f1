/** Windows of calls with a real sender: no more is claimed than they have room for, and they follow what a provider bears. */
import { eventually, type SpawnedService, seedPeople } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, countsOf, type House, startHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
  await Promise.all([house.start('scheduler'), house.start('sweeper')]);
}, 360_000);
let sender: SpawnedService | undefined;
afterEach(async () => {
  await sender?.stop();
  await house.control('rules', { rules: [] });
});
afterAll(() => house?.stop());

let accounts = 0;
async function accountWith(people: number) {
  const phoneNumberId = String(900 + ++accounts);
  const account = await house.account(`balanced ${accounts}`, { phoneNumberId });
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
  });
  return { ...account, phoneNumberId, target: { audienceIds: [audienceId] } };
}

/** A series of the sender, by how its line begins. */
async function metric(start: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${sender?.ready.healthPort ?? sender?.ready.port}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(start))
      ?.split(' ')
      .at(-1),
  );
}

test.each([
  ['its first window', 32, {}],
  ['its connections, with windows fixed', 64, { WINDOW_FIXED: 'true' }],
])(
  'a sender claims no more at first than %s: %d rows',
  async (_, most, env) => {
    // No call ends while it is looked at.
    await house.control('latency', { fixedMs: 5_000 });
    const account = await accountWith(200);
    sender = await house.start('sender', {
      SEND_CONNECTIONS: '64',
      SEND_HANGING_CONNECTIONS: '0',
      SEND_TIMEOUT_MS: '10000',
      LEASE_MS: '30000',
      ...env,
    });
    const { runId } = await announce(house, account, { target: account.target });
    const seen: number[] = [];
    let untilMs = Number.POSITIVE_INFINITY;
    await eventually(
      async () => {
        const { sending } = await countsOf(house, runId);
        if (performance.now() > untilMs) return true;
        if (sending > 0) untilMs = Math.min(untilMs, performance.now() + 3_000);
        seen.push(sending);
        return false;
      },
      { everyMs: 20, timeoutMs: 120_000 },
    );
    expect(Math.max(...seen)).toBe(most);
    await house.control('latency', { fixedMs: 0 });
    expect(await completed(house, runId)).toMatchObject({ sent: 200 });
  },
  360_000,
);

/** A run for a thousand through a number that bears 100 a second. */
async function throughLittle(env: Record<string, string>): Promise<number> {
  await house.control('latency', { fixedMs: 50 });
  const account = await accountWith(1_000);
  await house.control('capacity', { phoneNumberId: account.phoneNumberId, messagesPerSecond: 100, queue: 10 });
  sender = await house.start('sender', { SEND_CONNECTIONS: '200', ...env });
  return (await announce(house, account, { target: account.target, policy: { attempts: 1 } })).runId;
}

test('a provider that bears little gets little, which the metrics and the log tell', async () => {
  const runId = await throughLittle({});
  expect(await completed(house, runId, 120_000)).toMatchObject({ sent: 1_000, failed: 0 });
  // The beginning overshoots by a window at most.
  expect((await house.ledger.totals(runId)).attempts).toBeLessThan(1_100);
  expect(await metric('carillon_window_changes_total{channel="whatsapp",reason="refused"')).toBeGreaterThan(0);
  expect(sender?.logs()).toMatch(/"reason":"refused".*fewer calls at once to a provider/);
}, 360_000);

test("the provider's own Retry-After binds, and 131056 leaves the window as it is", async () => {
  await house.control('latency', { fixedMs: 0 });
  const account = await accountWith(120);
  const { phoneNumberId } = account;
  await house.control('rules', {
    rules: [
      { match: { phoneNumberId, toSuffix: '0' }, does: { code: 131056 } },
      { match: { phoneNumberId, times: 1 }, does: { code: 130429, retryAfterSeconds: 3 } },
    ],
  });
  sender = await house.start('sender', { SEND_CONNECTIONS: '16' });
  const { runId } = await announce(house, account, { target: account.target });
  await eventually(async () => (await countsOf(house, runId)).sent === 108, { timeoutMs: 120_000 });
  const { rows: claims } = await house.db.pool.query<{ gap: number }>(
    `SELECT max(gap) AS gap FROM (
       SELECT extract(epoch FROM sending_at - lag(sending_at) OVER (ORDER BY sending_at))::float8 AS gap
       FROM deliveries WHERE run_id = $1 AND state IN ('sent', 'delivered')) gaps`,
    [runId],
  );
  expect(claims[0]?.gap).toBeGreaterThan(2.5);
  expect(await metric('carillon_window_changes_total{channel="whatsapp",reason="refused"')).toBeLessThanOrEqual(1);
}, 360_000);

// The last, as it leaves most of its run undone.
test('the negative control: with the window fixed, hundreds are refused', async () => {
  const runId = await throughLittle({ WINDOW_FIXED: 'true' });
  await eventually(
    async () => {
      const { attempts, acceptances } = await house.ledger.totals(runId);
      return attempts - acceptances > 300;
    },
    { timeoutMs: 120_000 },
  );
}, 360_000);
