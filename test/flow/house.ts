/**
 * The whole house for one test file: a database and a Redis prefix of its own, the simulator, and as many real services as
 * the test asks for. What is judged are the simulator's ledger and the database.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveKey, parseReferenceUnverified } from '@carillon/core';
import { createDatabase, type Database, inTransaction } from '@carillon/db';
import {
  type AccountSeed,
  createTestDatabase,
  eventually,
  findWrongBatches,
  killSpawnedServices,
  type LedgerReader,
  ledgerReader,
  type SpawnedService,
  seedAccount,
  seedAnnouncement,
  spawnService,
  startRedis,
  testRedis,
} from '@carillon/testkit';

/** The installation's secret in these tests. */
export const FLOW_SECRET = 'a secret of the flow tests, and of nothing else';

/** Key of the address hashes, as the services derive it. */
export const ADDRESS_PEPPER = deriveKey(FLOW_SECRET, 'address');

/** Quick rounds, so that a test waits for work and not for intervals. */
export const QUICK: Record<string, string> = {
  SCHEDULE_INTERVAL_MS: '50',
  SWEEP_INTERVAL_MS: '200',
  MARKER_INTERVAL_MS: '100',
  LEASE_MS: '5000',
  SEND_TIMEOUT_MS: '2000',
  EMAIL_TIMEOUT_MS: '2000',
  WEBHOOK_TIMEOUT_MS: '2000',
  CALL_TIMEOUT_MS: '2000',
  PAYMENT_TIMEOUT_MS: '2000',
  PAYMENT_LOOKUP_MS: '200',
  ALLOW_PRIVATE_TARGETS: 'true',
  LEASE_MARGIN_MS: '300',
  AWAIT_VERDICT_MS: '300',
  SCRIPT_TIMEOUT_MS: '10000',
  SCRIPT_LEASE_MS: '24000',
  SCRIPT_CANCEL_MS: '200',
  CHECK_TIMEOUT_MS: '2000',
  CHECK_LEASE_MS: '5000',
  CHECK_LOOKUP_MS: '200',
  CHECK_AGAIN_MS: '200',
  CHECK_BACKOFF_MS: '200',
  CHECK_REST_MS: '300',
  CHECK_GREYLIST_MS: '0',
  LOST_AFTER_MS: '3000',
  DATABASE_POOL: '5',
};

export interface House {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly redis: { readonly url: string; readonly prefix: string };
  /** Empties the house's own Redis. */
  flushRedis(): Promise<void>;
  readonly simulatorUrl: string;
  /** Where the simulator takes e-mail. */
  readonly smtpPort: number;
  readonly ledger: LedgerReader;
  /** Spawns a service with quick intervals, which `env` overrides. */
  start(name: string, env?: Record<string, string>, failpoints?: string): Promise<SpawnedService>;
  /** Tells the simulator: PUT /control/<what>. */
  control(what: 'rules' | 'latency' | 'limits' | 'capacity' | 'checks', body: unknown): Promise<void>;
  /** An account of its own whose provider is the simulator. */
  account(name: string, options?: { messagesPerSecond?: number; phoneNumberId?: string }): Promise<AccountSeed>;
  stop(): Promise<void>;
}

/**
 * Starts database and simulator; `stop` ends everything that was started since.
 * @param options `ownRedis` gives it a server that it may empty; else it has a prefix on the shared one
 */
export async function startHouse(options: { ownRedis?: boolean } = {}): Promise<House> {
  const own = await createTestDatabase();
  const server = options.ownRedis ? await startRedis({}) : undefined;
  const redis = server ? { url: server.url, prefix: 'carillon' } : testRedis();
  const db = createDatabase({ url: own.url, max: 6, applicationName: 'flow-test' });
  const folder = mkdtempSync(join(tmpdir(), 'carillon-flow-'));
  const simulator = await spawnService({
    name: 'simulator',
    env: { SIMULATOR_PORT: '0', SIMULATOR_DATA_DIR: folder, LOG_LEVEL: 'info' },
  });
  const simulatorUrl = simulator.baseUrl as string;
  return {
    db,
    databaseUrl: own.url,
    redis,
    async flushRedis() {
      // The shared one is never emptied: other test files run beside.
      if (!server) throw new Error('this house shares its Redis');
      await server.flushAll();
    },
    simulatorUrl,
    smtpPort: Number(simulator.ready.smtpPort),
    ledger: ledgerReader(simulatorUrl),
    start: (name, env = {}, failpoints) =>
      spawnService({
        name,
        env: {
          DATABASE_URL: own.url,
          REDIS_URL: redis.url,
          REDIS_PREFIX: redis.prefix,
          CARILLON_SECRET: FLOW_SECRET,
          LOG_LEVEL: 'info',
          ...QUICK,
          ...env,
        },
        ...(failpoints === undefined ? {} : { failpoints }),
      }),
    async control(what, body) {
      const response = await fetch(`${simulatorUrl}/control/${what}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`the simulator answered ${response.status}: ${await response.text()}`);
    },
    account: (name, options = {}) => seedAccount(db.pool, name, { baseUrl: simulatorUrl, ...options }),
    async stop() {
      await killSpawnedServices();
      await db.close();
      await server?.stop();
      await own.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * `audiences` further audiences with the same people: a run over all of them is cut into as many steps more, because steps
 * are cut by memberships, and each person is met in every one.
 */
export async function seedOverlaps(
  house: House,
  accountId: number,
  audienceId: number,
  audiences: number,
): Promise<number[]> {
  const { rows } = await house.db.pool.query<{ id: number }>(
    `WITH made AS (
       INSERT INTO audiences (account_id, name) SELECT $1, 'overlap-' || n FROM generate_series(1, $3::int) n RETURNING id
     ), members AS (
       INSERT INTO audience_members (account_id, audience_id, recipient_id)
       SELECT $1, made.id, m.recipient_id FROM made, audience_members m WHERE m.account_id = $1 AND m.audience_id = $2
     )
     SELECT id FROM made`,
    [accountId, audienceId, audiences],
  );
  await house.db.pool.query('ANALYZE audience_members');
  return [audienceId, ...rows.map((row) => row.id)];
}

/** What an announcement may be, beside the defaults. */
export interface Announcement {
  readonly target: Record<string, unknown>;
  readonly trigger?: Record<string, unknown>;
  readonly policy?: Record<string, unknown>;
  readonly channel?: string;
  readonly content?: Record<string, unknown>;
  readonly dueInMs?: number;
}

/** An announcement to any target, whose run is planned and will be expanded by whoever runs a scheduler. */
export async function announceIn(
  db: Database,
  account: AccountSeed,
  options: Announcement,
): Promise<{ jobId: number; runId: number }> {
  return await inTransaction(db.pool, async (client) => {
    const { channel, content, dueInMs, policy } = options;
    const seeded = await seedAnnouncement(client, account, {
      audienceId: 1,
      ...(channel === undefined ? {} : { channel }),
      ...(content === undefined ? {} : { content }),
      ...(dueInMs === undefined ? {} : { dueInMs }),
      ...(policy === undefined ? {} : { policy }),
    });
    await client.query('UPDATE jobs SET audience = $3, trigger = $4 WHERE account_id = $1 AND id = $2', [
      account.accountId,
      seeded.jobId,
      JSON.stringify(options.target),
      JSON.stringify(options.trigger ?? { type: 'now' }),
    ]);
    return seeded;
  });
}

/** The same in the house's database. */
export async function announce(
  house: House,
  account: AccountSeed,
  options: Announcement,
): Promise<{ jobId: number; runId: number }> {
  return await announceIn(house.db, account, options);
}

/** A run's state and the sum of its batches' counts. */
export interface RunCounts {
  readonly state: string;
  readonly expanded: boolean;
  readonly size: number;
  readonly scheduled: number;
  readonly sending: number;
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
  readonly skipped: number;
  readonly cancelled: number;
}

export async function countsOf(house: House, runId: number): Promise<RunCounts> {
  const { rows } = await house.db.pool.query<RunCounts>(
    `SELECT r.state::text, r.expanded_at IS NOT NULL AS expanded, coalesce(sum(b.size), 0) AS size,
            coalesce(sum(b.scheduled), 0) AS scheduled, coalesce(sum(b.sending), 0) AS sending,
            coalesce(sum(b.sent + b.delivered), 0) AS sent, coalesce(sum(b.failed), 0) AS failed,
            coalesce(sum(b.unknown), 0) AS unknown, coalesce(sum(b.skipped), 0) AS skipped,
            coalesce(sum(b.cancelled), 0) AS cancelled
     FROM runs r LEFT JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id
     WHERE r.id = $1 GROUP BY r.account_id, r.id`,
    [runId],
  );
  return rows[0] as RunCounts;
}

/** Waits until the sweeper has completed the run. */
export async function completed(house: House, runId: number, timeoutMs = 120_000): Promise<RunCounts> {
  return await eventually(
    async () => {
      const counts = await countsOf(house, runId);
      return counts.state === 'completed' ? counts : false;
    },
    { timeoutMs, what: `the end of run ${runId}` },
  );
}

/** Batches whose counts do not add up to their size, or are not what their deliveries say; must be none. */
export async function wrongBatches(house: House): Promise<unknown[]> {
  return await findWrongBatches(house.db.pool);
}

/** What arrived of a run: batch, number and try of each acceptance, from its reference. */
export async function arrivalsOf(
  house: House,
  runId: number,
): Promise<{ batchId: number; number: number; try: number }[]> {
  const lines = await house.ledger.export(runId);
  return lines.map((line) => {
    const reference = parseReferenceUnverified(String(line.reference));
    if (!reference) throw new Error(`no reference in ${JSON.stringify(line)}`);
    return { batchId: reference.batchId, number: reference.number, try: reference.try };
  });
}
