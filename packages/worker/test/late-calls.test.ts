/**
 * The engine between a claim and its calls: how late a call may begin where the provider's keys count, and what becomes of rows with
 * which something goes wrong before. With a real database, and leases that are really renewed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '@carillon/channels';
import type { Content, PaymentProvider, SendOutcome } from '@carillon/contracts';
import { deriveKey, systemMonotonic, systemRandom } from '@carillon/core';
import { beginExpansions, createDatabase, type Database, expandStep, leaseBatch } from '@carillon/db';
import { createLogger } from '@carillon/runtime';
import {
  type AccountSeed,
  createTestDatabase,
  eventually,
  seedAccount,
  seedAnnouncement,
  seedPeople,
  type TestDatabase,
} from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createBalancer } from '../src/balancer.ts';
import type { Loaded } from '../src/context.ts';
import { createEngine } from '../src/engine.ts';
import type { EngineOptions } from '../src/engineOptions.ts';
import { createLeaseKeeper, type LeaseKeeper } from '../src/leaseKeeper.ts';
import { batchSource, type GivenBack, type Source } from '../src/source.ts';

const PEOPLE = 3;
const LEASE_MS = 2_000;
/** A call may begin until 1,700 ms after its claim. */
const [TIMEOUT_MS, MARGIN_MS] = [200, 100];
/** Longer than a lease, which is renewed three times meanwhile. */
const SLOW_MS = 2_300;
const HOUR = 3_600_000;

const logger = createLogger({ service: 'sender', level: 'silent' });
const referenceKey = deriveKey('a secret of the tests of late calls', 'reference');
const provider = { id: 1, channel: 'payment', disabled: false } as unknown as PaymentProvider;

let own: TestDatabase;
let db: Database;
let account: AccountSeed;
let audienceId: number;
let asked: { accountId: number; batchId: number };
let leases: LeaseKeeper;
let calls: string[];
/** For how long after its first try a row in doubt may be tried again. */
let keyUsableMs: number | undefined;
/** How long the next read of a job takes. */
let movedAtMs: number | undefined;
let loadMs: number;
let content: Content;
let withoutLink: string | undefined;

beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 5, applicationName: 'late-calls' });
  account = await seedAccount(db.pool, 'late-calls', { baseUrl: 'http://127.0.0.1:9' });
  const addressPepper = deriveKey('a secret of the tests of late calls', 'address');
  ({ audienceId } = await seedPeople(db.pool, account.accountId, { count: PEOPLE, addressPepper }));
});
afterAll(async () => {
  await db?.close();
  await own?.drop();
});

beforeEach(async () => {
  calls = [];
  keyUsableMs = HOUR;
  movedAtMs = undefined;
  loadMs = 0;
  content = { type: 'text', text: 'Hello' };
  withoutLink = undefined;
  leases = createLeaseKeeper({ db: db.pool, leaseMs: LEASE_MS, monotonic: systemMonotonic, logger });
  const { runId } = await seedAnnouncement(db.pool, account, { audienceId });
  await beginExpansions(db.pool, 5);
  while (await expandStep(db.pool)) {
    // The next one.
  }
  const { rows } = await db.pool.query<{ id: number }>('SELECT id FROM batches WHERE run_id = $1', [runId]);
  asked = { accountId: account.accountId, batchId: (rows[0] as { id: number }).id };
});
afterEach(() => leases.stop());

/** All of the batch were tried ten minutes ago, and nobody knows what became of it. */
async function putInDoubt(): Promise<void> {
  await db.pool.query('UPDATE deliveries SET try = 1 WHERE batch_id = $1', [asked.batchId]);
  await db.pool.query(
    `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, started_at, ended_at)
     SELECT account_id, batch_id, number, 1, day, 'unknown', carillon_now() - interval '10 minutes', carillon_now()
     FROM deliveries WHERE batch_id = $1`,
    [asked.batchId],
  );
}

/** A channel that keeps to when a call may begin. */
const channel = {
  name: 'payment',
  send: (message, _, startBefore = Number.POSITIVE_INFINITY): Promise<SendOutcome> => {
    if (systemMonotonic.now() >= startBefore) {
      return Promise.resolve({ kind: 'retry', code: 'too_late', message: 'no time is left' });
    }
    calls.push(message.address);
    return Promise.resolve({ kind: 'accepted', providerMessageId: `p.${calls.length}` });
  },
} as Channel;

async function load(): Promise<Loaded> {
  const waitMs = loadMs;
  loadMs = 0;
  await pause(waitMs);
  const policy = { attempts: 5, backoff: { baseMs: 1, maxMs: 1 } } as unknown as Loaded['policy'];
  return {
    content,
    personal: content.type === 'text' && content.text.includes('{{'),
    traceparent: null,
    policy,
    provider: movedAtMs === undefined ? provider : { ...provider, movedAtMs },
  };
}

function engineOf() {
  return createEngine({
    db: db.pool,
    channel,
    context: { provider: async () => provider, loaded: () => undefined, load, loadAll: async () => {} },
    limits: { take: async (_, wanted) => ({ tokens: wanted, waitMs: 0 }), block() {} },
    balancer: createBalancer({
      bounds: { floor: 10, ceiling: 10, initial: 10 },
      now: systemMonotonic.now,
      onChange() {},
      logger,
      channel: 'payment',
    }),
    leases,
    metrics: { observeCall() {} },
    statistics: { observe() {} },
    tracer: { on: false } as EngineOptions['tracer'],
    logger,
    monotonic: systemMonotonic,
    random: systemRandom,
    referenceKey,
    connections: 10,
    hanging: 0,
    ahead: 0,
    sources: 2,
    claimRows: 10,
    gatherMs: 0,
    timeoutMs: TIMEOUT_MS,
    leaseMarginMs: MARGIN_MS,
    leaseMs: LEASE_MS,
    keyUsableMs: () => keyUsableMs,
    onAccountThrottled() {},
    onEndpointRefused() {},
    onJobRefused: async () => {},
    unsubscribeUrl(_, addressKey) {
      if (addressKey === withoutLink) throw new Error('no link for this one');
      return 'https://carillon.example/u';
    },
  } satisfies EngineOptions);
}

/** Leases the batch once it is due, and works it off. */
async function work(change: (source: Source) => Source = (source) => source): Promise<GivenBack> {
  const askedAtMs = systemMonotonic.now();
  const batch = await eventually(() => leaseBatch(db.pool, asked, { leaseMs: LEASE_MS, owner: 'test' }));
  if (!batch) throw new Error('no lease');
  const source = change(batchSource(batch, { addressKeys: true }));
  leases.keep(source, askedAtMs);
  return await engineOf().run(source, () => {});
}

async function rows(): Promise<{ state: string; code: string | null; key: string }[]> {
  const { rows: found } = await db.pool.query<{ state: string; code: string | null; key: string }>(
    `SELECT state, code, coalesce(address_key, dedupe_key) AS key FROM deliveries WHERE batch_id = $1 ORDER BY number`,
    [asked.batchId],
  );
  return found;
}

async function outcomesOfTry(tried: number): Promise<(string | null)[]> {
  const { rows: found } = await db.pool.query<{ code: string | null }>(
    'SELECT code FROM attempts WHERE batch_id = $1 AND try = $2 ORDER BY number',
    [asked.batchId, tried],
  );
  return found.map(({ code }) => code);
}

test('what was claimed as its provider moved is given back, and not asked of whoever answers at the new address', async () => {
  await putInDoubt();
  movedAtMs = Date.now();
  expect(await work()).toEqual({ kind: 'released', open: true });
  expect(calls).toEqual([]);
  expect(await rows()).toMatchObject(Array(PEOPLE).fill({ state: 'scheduled', code: 'too_late' }));
});

describe('what is ready for its call later than a lease after its claim, though the lease was renewed,', () => {
  test.each<[string, number, string, number]>([
    ['and sent by the next claim while the key is valid', HOUR, 'sent', PEOPLE],
    ['and unknown, and never sent, when the key is too old by then', 60_000, 'unknown', 0],
  ])('is given back where keys count, %s', async (_, laterMs, state, count) => {
    await putInDoubt();
    loadMs = SLOW_MS;
    expect(await work()).toEqual({ kind: 'released', open: true });
    expect(calls).toEqual([]);
    expect(await rows()).toMatchObject(Array(PEOPLE).fill({ state: 'scheduled', code: 'too_late' }));

    keyUsableMs = laterMs;
    await work();
    expect((await rows()).map((row) => row.state)).toEqual(Array(PEOPLE).fill(state));
    expect(calls).toHaveLength(count);
  });

  test('is sent where there are no keys', async () => {
    keyUsableMs = undefined;
    loadMs = SLOW_MS;
    await work();
    expect((await rows()).map((row) => row.state)).toEqual(Array(PEOPLE).fill('sent'));
    expect(calls).toHaveLength(PEOPLE);
  });

  test.each<[string, number, string | null]>([
    ['given back when that was long ago', SLOW_MS, 'too_late'],
    ['sent when it was not', 0, null],
  ])('of a claim whose answer was lost is %s', async (_, lostAfterMs, code) => {
    await putInDoubt();
    let claims = 0;
    await work((source) => ({
      ...source,
      get remaining() {
        return source.remaining;
      },
      async claim(...wanted) {
        const claimed = await source.claim(...wanted);
        claims += 1;
        if (claims > 1) return claimed;
        await pause(lostAfterMs);
        throw new Error('the answer was lost');
      },
    }));
    expect(await outcomesOfTry(2)).toEqual(Array(PEOPLE).fill(code));
    // By a claim of its own, if there was one already.
    const sent = (await rows()).filter((row) => row.state === 'sent').length;
    expect(calls).toHaveLength(sent);
    if (code === null) expect(sent).toBe(PEOPLE);
  });
});

test.each<[string, string]>([
  ['the same for all', 'Hello'],
  ['rendered for each', 'Hello {{name}}'],
])(
  'a row with which something goes wrong before its call keeps no other and no lease, where the content is %s',
  async (_, text) => {
    content = { type: 'text', text };
    withoutLink = (await rows())[1]?.key;
    expect(await work()).toEqual({ kind: 'released', open: true });
    expect(await rows()).toMatchObject([
      { state: 'sent' },
      { state: 'scheduled', code: 'not_prepared' },
      { state: 'sent' },
    ]);
    expect(calls).toHaveLength(PEOPLE - 1);
  },
);
