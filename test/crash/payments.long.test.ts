/**
 * Payments under everything that can go wrong: a sender killed at every place, answers that are lost, doubled or late, a provider that
 * restarts, and a pause that outlives the key. The judge is the provider's ledger, a file of a separate process: nobody is paid twice,
 * and every payment is settled as the ledger has it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  insertJob,
  inTransaction,
  pauseJob,
  planRun,
  providerSecretKey,
  putProvider,
  resumeJob,
  settleUnknownsByHand,
} from '@carillon/db';
import { eventually, type SpawnedService, seedAccount, spawnService } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { control, SECRET, type Stack, startStack } from './stack.ts';
import { strikesOf } from './strikes.ts';

jest.setTimeout(360_000);
const PAYMENTS = 300;
/** Quick for the provider, and slow enough that a kill finds many payments in the air. */
const LATENCY = { minMs: 20, maxMs: 120 };
const SENDER = { SEND_CHANNELS: 'payment', WINDOW_FIXED: 'true' };

let stack: Stack;
let folder: string;
let provider: SpawnedService;
let port = '0';
let accounts = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-payments-'));
  stack = await startStack();
  await startProvider();
});
beforeEach(() => service());
afterEach(() => stack?.endWorkers());
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The provider, at the same place with the same memory each time. */
async function startProvider(): Promise<void> {
  provider = await spawnService({
    name: 'simulator',
    env: { SIMULATOR_PORT: port, SIMULATOR_DATA_DIR: folder, LOG_LEVEL: 'info' },
  });
  port = new URL(provider.baseUrl ?? '').port;
}

const url = (): string => `http://127.0.0.1:${port}`;
const service = (settings: Record<string, unknown> = {}) =>
  control(url(), 'payments', { latency: LATENCY, ...settings });

interface Due {
  readonly accountId: number;
  readonly jobIds: readonly number[];
  readonly receivers: readonly string[];
}

/** So many payments of an account of its own, each a job of its own, due now. */
async function due(): Promise<Due> {
  accounts += 1;
  const { pool } = stack.database;
  const { accountId } = await seedAccount(pool, `payer ${accounts}`, { baseUrl: stack.simulatorUrl });
  const providerAccountId = await putProvider(pool, providerSecretKey(SECRET), {
    channel: 'payment',
    accountId,
    name: 'pay',
    messagesPerSecond: 1_000_000,
    settings: { baseUrl: url(), apiKey: 'any', keyValidSeconds: 86_400 },
  });
  const receivers = Array.from({ length: PAYMENTS }, (_, n) => `acct_${n}@account-${accountId}.example`);
  const target = {
    everyone: false,
    audienceIds: [],
    recipientIds: [],
    excludedAudienceIds: [],
    excludedRecipientIds: [],
  };
  const asked = { everyone: false, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } };
  const policy = {
    attempts: 10,
    backoff: { initialMs: 200, factor: 1, maxMs: 200 },
    expireAfterMs: null,
    unknown: { action: 'hold', afterSeconds: 3_600 },
    dedupeBy: 'address',
    quietHours: 'ignore',
  } as const;
  const trigger = { type: 'now' } as const;
  const jobIds = await inTransaction(pool, async (client) => {
    const ids: number[] = [];
    for (const receiver of receivers) {
      const content = { type: 'payment', sender: 'acct_0', receiver, amountMinor: 100, currency: 'EUR' } as const;
      const job = { accountId, channel: 'payment', providerAccountId, trigger, target, policy };
      const jobId = await insertJob(client, {
        ...{ ...job, name: receiver, kind: 'payment', asked, content, nextRunAtMs: null, actor: 'test' },
      });
      await planRun(client, { ...job, jobId, contentVersion: 1 }, { occurrenceKey: 'once', dueAtMs: null });
      ids.push(jobId);
    }
    return ids;
  });
  return { accountId, jobIds, receivers };
}

/** Troubles of the provider, each for a part of the receivers; those that would go on for ever, once for each. */
const TROUBLES = [
  { from: 0, below: 0.06, does: { fault: 'accept_and_reset' } },
  { from: 0.06, below: 0.1, does: { fault: 'accept_and_hang' } },
  { from: 0.1, below: 0.14, does: { fault: 'accept_and_500' } },
  { from: 0.14, below: 0.2, does: { fault: 'answer_twice' } },
  { from: 0.2, below: 0.24, does: { latencyMs: 2_600 } },
  { from: 0.24, below: 0.28, does: { fault: 'reset_before_accept' }, once: true },
  { from: 0.28, below: 0.31, does: { fault: 'hang' }, once: true },
  { from: 0.31, below: 0.34, does: { status: 503 }, once: true },
  { from: 0.34, below: 0.37, does: { status: 429 }, once: true },
  { from: 0.37, below: 0.41, does: { refuse: 'insufficient_funds' } },
  { from: 0.41, below: 0.44, does: { refuse: 'unauthorized', fault: 'accept_and_reset' } },
];
const RULES = TROUBLES.map(({ from, below, does, once }) => ({
  match: { share: { from, below }, ...(once ? { timesPerAddress: 1 } : {}) },
  does,
}));

/** Waits until no payment of the account is open or unknown any more. */
async function over({ accountId }: Due): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await stack.database.pool.query<{ left: number }>(
        `SELECT coalesce(sum(scheduled + sending + unknown), 0)::int AS left FROM batches WHERE account_id = $1`,
        [accountId],
      );
      if (rows[0]?.left !== 0) throw new Error(`${rows[0]?.left} payments are left`);
      return true;
    },
    { what: 'the end of the payments', timeoutMs: 120_000 },
  );
}

interface Entry {
  readonly receiver: string;
  readonly key: string;
  readonly body: string;
  readonly id?: string;
  readonly refused?: string;
  readonly replayed?: true;
}

async function entriesOf({ receivers }: Due): Promise<Entry[]> {
  const response = await fetch(`${url()}/payments/entries`);
  const { entries } = (await response.json()) as { entries: Entry[] };
  const own = new Set(receivers);
  return entries.filter(({ receiver }) => own.has(receiver));
}

/** What the ledger and the database say, which must agree. */
async function judge(payments: Due) {
  const entries = await entriesOf(payments);
  const { rows } = await stack.database.pool.query<{ address: string; state: string; job: string; told: number }>(
    `SELECT d.address, d.state::text, j.status::text AS job,
            (SELECT count(*)::int FROM events e WHERE e.account_id = j.account_id AND e.type = 'payment.refused'
             AND e.data ->> 'job' = 'job_' || j.id) AS told
     FROM deliveries d JOIN runs r ON r.account_id = d.account_id AND r.id = d.run_id
     JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id WHERE d.account_id = $1`,
    [payments.accountId],
  );
  const known = new Map(rows.map((row) => [row.address, row]));
  const wrong = { paidTwice: 0, unpaid: 0, disagree: 0, severalKeys: 0, otherBytes: 0, notTold: 0 };
  for (const receiver of payments.receivers) {
    const own = entries.filter((entry) => entry.receiver === receiver);
    const decided = own.filter(({ id, replayed }) => id !== undefined && !replayed);
    const paid = decided.filter(({ refused }) => refused === undefined).length;
    const isRefused = paid === 0 && decided.length > 0;
    const row = known.get(receiver);
    if (paid > 1) wrong.paidTwice += 1;
    if (paid === 0 && !isRefused) wrong.unpaid += 1;
    if (row?.state !== (isRefused ? 'failed' : 'sent')) wrong.disagree += 1;
    if (new Set(own.map(({ key }) => key)).size > 1) wrong.severalKeys += 1;
    if (new Set(own.map(({ body }) => body)).size > 1) wrong.otherBytes += 1;
    if (row?.told !== (isRefused ? 1 : 0) || (isRefused && row.job !== 'cancelled')) wrong.notTold += 1;
  }
  return { ...wrong, payments: rows.length };
}

const KEPT = { paidTwice: 0, unpaid: 0, disagree: 0, severalKeys: 0, otherBytes: 0, notTold: 0, payments: PAYMENTS };

describe('pays nobody twice and forgets nobody when a sender is killed', () => {
  it.each(strikesOf('payments'))('%s', async (name, armed) => {
    // Without a trouble nothing is lost, and nothing looked up.
    if (name === 'after_lookup') await service({ rules: RULES });
    const payments = await due();
    const doomed = await stack.sender(SENDER, armed);
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await stack.sender(SENDER);
    await over(payments);
    expect(await judge(payments)).toEqual(KEPT);
  });

  it('in the middle of every trouble', async () => {
    await service({ rules: RULES });
    const payments = await due();
    const doomed = await stack.sender(SENDER, 'before_settle=kill:20');
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await stack.sender(SENDER);
    await over(payments);
    expect(await judge(payments)).toEqual(KEPT);
  });
});

it('settles what was lost, doubled, late or refused, each as the ledger has it', async () => {
  await service({ rules: RULES });
  const payments = await due();
  await Promise.all([stack.sender(SENDER), stack.sender(SENDER)]);
  await over(payments);
  expect(await judge(payments)).toEqual(KEPT);
});

it('pays once whatever is in the air when the provider is killed and comes back, again and again', async () => {
  const payments = await due();
  await stack.sender(SENDER);
  for (let kill = 0; kill < 3; kill++) {
    const before = (await entriesOf(payments)).length;
    await eventually(async () => (await entriesOf(payments)).length > before + 20, { what: 'progress' });
    provider.kill('SIGKILL');
    await provider.exited;
    await startProvider();
  }
  await over(payments);
  expect(await judge(payments)).toEqual(KEPT);
});

/**
 * Leaves payments in doubt that the provider has, frees them by hand for another try, and lets two days pass in a pause: the provider
 * has forgotten their keys.
 */
async function outlived(): Promise<Due> {
  const payments = await due();
  const { accountId } = payments;
  const doomed = await stack.sender(SENDER, 'before_settle=kill:8');
  await doomed.exited;
  const { pool } = stack.database;
  const doubts = async (state: string) => {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM deliveries WHERE account_id = $1 AND try > 0 AND state = $2::delivery_state`,
      [accountId, state],
    );
    return rows[0]?.count ?? 0;
  };
  await eventually(async () => (await doubts('sending')) === 0, { what: 'the rescue', timeoutMs: 120_000 });
  expect(await doubts('unknown')).toBeGreaterThan(0);
  for (const jobId of payments.jobIds) await pauseJob(pool, { accountId, jobId, actor: 'test' });
  await settleUnknownsByHand(pool, {
    ...{ accountId, as: 'resend', filter: {}, dryRun: false, note: undefined, actor: 'test' },
  });
  expect(await doubts('scheduled')).toBeGreaterThan(0);
  await pool.query(`UPDATE attempts SET started_at = started_at - interval '2 days' WHERE account_id = $1`, [
    accountId,
  ]);
  await service({ keyValidSeconds: 0 });
  for (const jobId of payments.jobIds) await resumeJob(pool, { accountId, jobId, actor: 'test' });
  return payments;
}

it('does not trust a key that a pause has outlived, but looks the payment up', async () => {
  const payments = await outlived();
  await stack.sender(SENDER);
  await over(payments);
  expect(await judge(payments)).toEqual(KEPT);
});

describe('finds receivers who were paid twice when', () => {
  it('a claim does not ask how old the key is', async () => {
    const payments = await outlived();
    await stack.sender({ ...SENDER, NEGATIVE_CONTROL: 'no_key_check' });
    await over(payments);
    expect((await judge(payments)).paidTwice).toBeGreaterThan(0);
  });

  it('a payment that is lost counts as one that was not made, and its key has ended', async () => {
    const payments = await due();
    const doomed = await stack.sender(SENDER, 'before_settle=kill:8');
    await doomed.exited;
    await service({ keyValidSeconds: 0 });
    await stack.sender({ ...SENDER, NEGATIVE_CONTROL: 'blind_recheck' });
    await over(payments);
    expect((await judge(payments)).paidTwice).toBeGreaterThan(0);
  });

  it('an answer that is lost counts as one that may be tried again, at a provider that remembers no keys', async () => {
    const rules = [
      { match: { share: { from: 0, below: 0.06 }, timesPerAddress: 1 }, does: { fault: 'accept_and_reset' } },
    ];
    await service({ keyValidSeconds: 0, rules });
    const payments = await due();
    await stack.sender({ ...SENDER, NEGATIVE_CONTROL: 'retry_unknown' });
    await over(payments);
    expect((await judge(payments)).paidTwice).toBeGreaterThan(0);
  });
});
