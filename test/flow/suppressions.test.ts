/**
 * Opt-outs are honoured by a run that is already sending: by link, by reply, by API and by a provider's refusal. The judge is
 * the simulator's ledger: whoever is in it must have been claimed before the opt-out was answered, because an answered one is
 * committed, and a claim that begins later sees it.
 */
import { addressKey, deriveKey, unsubscribeToken } from '@carillon/core';
import { createApiKey, providerSecretKey, putProvider, readDatabaseTime } from '@carillon/db';
import {
  type AccountSeed,
  eventually,
  SEEDED_PROVIDER,
  seedAnnouncement,
  seededEmail,
  seededPhone,
  seededRandom,
  seedPeople,
} from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  ADDRESS_PEPPER,
  announce,
  completed,
  countsOf,
  FLOW_SECRET,
  type House,
  startHouse,
  wrongBatches,
} from './house.ts';

const seed = Number(process.env.FLOW_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(seed);
/** People who opt out in each of the ways, few enough that most are heard in time on a busy machine. */
const PER_WAY = 60;
/** Opt-outs that are under way at once. */
const AT_ONCE = 8;
const SENDER = { SEND_CONNECTIONS: '32' };

let house: House;
let apiUrl: string;
let senders: { stop(): Promise<unknown> }[] = [];
beforeAll(async () => {
  house = await startHouse();
  const [api] = await Promise.all([
    house.start('api', { API_PORT: '0' }),
    house.start('scheduler'),
    house.start('sweeper'),
  ]);
  apiUrl = api.baseUrl as string;
}, 360_000);
afterEach(async () => {
  await Promise.all(senders.map((sender) => sender.stop()));
  senders = [];
  await house.control('rules', { rules: [] });
});
afterAll(() => house?.stop());

async function startSenders(count: number, env: Record<string, string> = {}): Promise<void> {
  const more = Array.from({ length: count }, () => house.start('sender', { ...SENDER, ...env }));
  senders.push(...(await Promise.all(more)));
}

let accounts = 0;
/** An account whose number reports and tells of replies to the api. */
async function accountWith(people: number, options: { messagesPerSecond: number; emails?: boolean }) {
  const phoneNumberId = String(900 + ++accounts);
  const { messagesPerSecond, emails = false } = options;
  const account = await house.account(`account ${accounts}`, { phoneNumberId, messagesPerSecond });
  const { accountId, providerAccountId } = account;
  const { audienceId } = await seedPeople(house.db.pool, accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
    emails,
  });
  const { key } = await createApiKey(house.db.pool, { accountId, name: 'portal' });
  await simulator('PUT', '/control/callbacks', {
    phoneNumberId,
    url: `${apiUrl}/v1/provider-accounts/pvd_${providerAccountId}/callbacks/whatsapp`,
    appSecret: SEEDED_PROVIDER.appSecret,
  });
  return { ...account, audienceId, key, phoneNumberId };
}
type Account = Awaited<ReturnType<typeof accountWith>>;

async function simulator(method: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(house.simulatorUrl + path, { method, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

/** The ways in which somebody opts out; each resolves when the opt-out was answered, and not otherwise. */
const WAYS: Record<string, (account: Account, phone: string) => Promise<void>> = {
  async link({ accountId }, phone) {
    // Of an earlier message: whoever is still to be told has none of this run.
    const key = addressKey(ADDRESS_PEPPER, 'whatsapp', phone);
    const named = { accountId, channel: 'whatsapp', addressKey: key, runId: 1 };
    const token = unsubscribeToken(named, deriveKey(FLOW_SECRET, 'unsubscribe'));
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const response = await fetch(`${apiUrl}/v1/unsubscribe/${token}`, { method: 'POST', body });
    await response.text();
    expect(response.status).toBe(200);
  },
  async reply({ phoneNumberId }, phone) {
    const reply = { phoneNumberId, from: phone, text: 'Stop!', copies: 2 };
    expect(await simulator('POST', '/control/replies', reply)).toEqual({ taken: 2 });
  },
  async api({ key }, phone) {
    const response = await fetch(`${apiUrl}/v1/suppressions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ channel: 'whatsapp', address: `+${phone}` }),
    });
    await response.text();
    expect(response.status).toBe(201);
  },
};

interface OptOut {
  readonly way: string;
  readonly phone: string;
  /** By the database's clock, when it had been answered. */
  readonly answeredMs: number;
}

/** Lets people of the run who are not told yet opt out, at random, `perWay` in each of the ways. */
async function optOut(account: Account, runId: number, perWay: number): Promise<OptOut[]> {
  const { rows } = await house.db.pool.query<{ address: string }>(
    `SELECT address FROM deliveries WHERE account_id = $1 AND run_id = $2 AND state = 'scheduled' ORDER BY address`,
    [account.accountId, runId],
  );
  const waiting = rows.map(({ address }) => address);
  const ways = Object.keys(WAYS);
  expect(waiting.length).toBeGreaterThan(3 * perWay * ways.length);
  const planned = Array.from({ length: perWay * ways.length }, (_, index) => ({
    way: ways[index % ways.length] as string,
    phone: waiting.splice(Math.floor(random() * waiting.length), 1)[0] as string,
  }));
  const answered: OptOut[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = planned.pop(); next !== undefined; next = planned.pop()) {
        await WAYS[next.way]?.(account, next.phone);
        answered.push({ ...next, answeredMs: await readDatabaseTime(house.db.pool) });
      }
    }),
  );
  return answered;
}

interface Verdict {
  /** In the ledger, and claimed after the opt-out was answered. */
  readonly toldAfter: string[];
  /** Neither in the ledger nor skipped as suppressed. */
  readonly lost: string[];
  /** Those who opted out in time, by way. */
  readonly spared: Record<string, number>;
}

/** What became of those who opted out of a run that has ended. */
async function judge(runId: number, optOuts: readonly OptOut[]): Promise<Verdict> {
  const told = new Set((await house.ledger.addresses(runId)).filter((one) => one.acceptances > 0).map((one) => one.to));
  const { rows } = await house.db.pool.query<{
    address: string;
    state: string;
    code: string | null;
    ms: number | null;
  }>(
    `SELECT address, state::text, code, extract(epoch FROM sending_at)::float8 * 1000 AS ms FROM deliveries WHERE run_id = $1`,
    [runId],
  );
  const rowOf = new Map(rows.map((row) => [row.address, row]));
  const verdict: Verdict = { toldAfter: [], lost: [], spared: {} };
  for (const { way, phone, answeredMs } of optOuts) {
    const row = rowOf.get(phone);
    if (told.has(phone)) {
      if ((row?.ms ?? Number.POSITIVE_INFINITY) > answeredMs) verdict.toldAfter.push(phone);
    } else if (row?.state === 'skipped' && row.code === 'suppressed') {
      verdict.spared[way] = (verdict.spared[way] ?? 0) + 1;
    } else {
      verdict.lost.push(phone);
    }
  }
  return verdict;
}

test('by link, by reply and by API, of 5,000 people while they are being told', async () => {
  const account = await accountWith(5_000, { messagesPerSecond: 300 });
  await startSenders(2);
  const { runId } = await announce(house, account, { target: { audienceIds: [account.audienceId] } });
  await eventually(async () => (await countsOf(house, runId)).sent > 300, { everyMs: 10, what: 'a run under way' });
  const optOuts = await optOut(account, runId, PER_WAY);

  const counts = await completed(house, runId, 120_000);
  const { toldAfter, lost, spared } = await judge(runId, optOuts);
  expect([`seed ${seed}`, toldAfter, lost]).toEqual([`seed ${seed}`, [], []]);
  // Enough of each that somebody would have been told, had one of the ways not been heard.
  for (const way of Object.keys(WAYS)) expect([way, spared[way]]).toEqual([way, expect.any(Number)]);
  for (const number of Object.values(spared)) expect(number).toBeGreaterThan(PER_WAY / 4);
  const skipped = Object.values(spared).reduce((sum, number) => sum + number, 0);
  expect(counts).toMatchObject({ size: 5_000, sent: 5_000 - skipped, skipped, failed: 0, unknown: 0 });
  expect(await house.ledger.totals(runId)).toMatchObject({ acceptances: 5_000 - skipped, duplicates: 0 });
  expect(await wrongBatches(house)).toEqual([]);

  const { rows } = await house.db.pool.query(
    `SELECT source, reason, count(*)::int AS n FROM suppressions WHERE account_id = $1 GROUP BY 1, 2 ORDER BY 1`,
    [account.accountId],
  );
  expect(rows).toEqual([
    { source: 'api', reason: 'manual', n: PER_WAY },
    { source: 'link', reason: 'unsubscribed', n: PER_WAY },
    { source: 'reply', reason: 'unsubscribed', n: PER_WAY },
  ]);
}, 360_000);

test('and the next run skips all of them while it is expanded, until a reply takes one back', async () => {
  const account = await accountWith(40, { messagesPerSecond: 1_000 });
  await startSenders(1);
  const phones = [1, 2, 3].map((n) => seededPhone(n));
  await Promise.all(Object.values(WAYS).map((way, index) => way(account, phones[index] as string)));
  const target = { audienceIds: [account.audienceId] };
  const first = await announce(house, account, { target });
  expect(await completed(house, first.runId)).toMatchObject({ sent: 37, skipped: 3 });

  // By the provider's whole seconds, a word of the same second would not be later.
  const saidAtMs = Date.now() + 2_000;
  for (const from of phones) {
    await simulator('POST', '/control/replies', {
      phoneNumberId: account.phoneNumberId,
      from,
      text: 'start',
      saidAtMs,
    });
  }
  const second = await announce(house, account, { target });
  expect(await completed(house, second.runId)).toMatchObject({ sent: 38, skipped: 2 });
  const told = (await house.ledger.addresses(second.runId)).map(({ to }) => to);
  expect(phones.map((phone) => told.includes(phone))).toEqual([false, true, false]);
}, 360_000);

/** The simulator's mail server as a provider of the account. */
async function mailServerOf({ accountId }: AccountSeed, name: string, messagesPerSecond: number): Promise<AccountSeed> {
  const { port } = (await (await fetch(`${house.simulatorUrl}/smtp`)).json()) as { port: number };
  const from = { address: 'council@town.example' };
  const settings = { host: '127.0.0.1', port, security: 'none', user: '', password: '', from, senders: [] } as const;
  const providerAccountId = await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'email',
    accountId,
    name,
    messagesPerSecond,
    settings,
  });
  return { accountId, providerAccountId };
}

/** Both jobs in one account: a slow one that is being sent, and a quick one that finds out whose address does not exist. */
test('by a permanent refusal of one job, of another that is being sent', async () => {
  const people = 300;
  const account = await accountWith(people, { messagesPerSecond: 1_000, emails: true });
  const email = { type: 'email', subject: 'Tea', text: 'At four.' };
  const job = (provider: AccountSeed) =>
    seedAnnouncement(house.db.pool, provider, { audienceId: account.audienceId, channel: 'email', content: email });
  // Once for each address: whoever writes to it again is let in, and stands in the ledger.
  const nobody = { match: { share: { from: 0, below: 0.3 }, timesPerAddress: 1 }, does: { status: 550 } };
  await house.control('rules', { rules: [nobody] });
  await startSenders(2);
  const slow = await job(await mailServerOf(account, 'slow', 30));
  await eventually(async () => (await countsOf(house, slow.runId)).sent > 15, { everyMs: 10 });
  const quick = await job(await mailServerOf(account, 'quick', 1_000));
  await completed(house, quick.runId);
  const open = (await countsOf(house, slow.runId)).scheduled;
  expect(open).toBeGreaterThan(people / 3);
  const counts = await completed(house, slow.runId, 60_000);

  const { rows } = await house.db.pool.query<{
    address: string;
    run_id: number;
    state: string;
    code: string | null;
    claimed: number | null;
    settled: number;
  }>(
    `SELECT address, run_id, state::text, code, extract(epoch FROM sending_at)::float8 AS claimed,
            extract(epoch FROM settled_at)::float8 AS settled
     FROM deliveries WHERE account_id = $1 ORDER BY address`,
    [account.accountId],
  );
  const refused = new Map(rows.filter(({ state }) => state === 'failed').map((row) => [row.address, row]));
  expect(refused.size).toBeGreaterThan(people / 6);
  const later = rows.filter((row) => row.state !== 'failed' && refused.has(row.address));
  // The suppression is written before the refusal is, so nothing that is claimed after that may go out.
  const toldAfter = later.filter(
    (row) => row.state !== 'skipped' && (row.claimed ?? 0) > (refused.get(row.address)?.settled ?? 0),
  );
  expect(toldAfter).toEqual([]);
  const skipped = later.filter(({ state, code }) => state === 'skipped' && code === 'suppressed');
  expect(skipped.filter((row) => row.run_id === slow.runId).length).toBeGreaterThan(people / 12);
  const told = new Set((await house.ledger.export(slow.runId)).map(({ to }) => String(to)));
  expect(skipped.filter((row) => row.run_id === slow.runId && told.has(row.address))).toEqual([]);
  expect(told.size).toBe(counts.sent);
  expect(told.has(seededEmail(people))).toBe(!refused.has(seededEmail(people)));
}, 360_000);

test('the judge finds those who were told all the same, when the claim does not look', async () => {
  const account = await accountWith(1_500, { messagesPerSecond: 250 });
  await startSenders(1, { NEGATIVE_CONTROL: 'no_suppression' });
  const { runId } = await announce(house, account, { target: { audienceIds: [account.audienceId] } });
  await eventually(async () => (await countsOf(house, runId)).sent > 50, { everyMs: 10 });
  const optOuts = await optOut(account, runId, 20);
  await completed(house, runId, 120_000);
  const { toldAfter, spared } = await judge(runId, optOuts);
  expect(toldAfter.length).toBeGreaterThan(20);
  expect(spared).toEqual({});
}, 360_000);
