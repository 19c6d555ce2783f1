/**
 * The product as real processes, made to be broken: servers, simulator, api, scheduler, sweeper and senders with short
 * settings, and an announcement to 5,000 people. What became of it is judged in judge.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveKey } from '@carillon/core';
import { createDatabase, type Database, migrate, providerSecretKey, putProvider } from '@carillon/db';
import {
  type AccountSeed,
  createTestDatabase,
  eventually,
  killSpawnedServices,
  type LedgerReader,
  ledgerReader,
  type PostgresServer,
  type RedisServer,
  SEEDED_PROVIDER,
  type SpawnedService,
  seedAccount,
  seedAnnouncement,
  seedPeople,
  spawnService,
  startPostgres,
  startRedis,
  testRedis,
} from '@carillon/testkit';

export const SECRET = 'a secret of the crash tests, and of nothing else';
export const PEOPLE = 5_000;
/** Connections of each sender, and so calls in the air when it dies. */
export const CONNECTIONS = 64;
export const EMAIL_CONNECTIONS = 16;
/** Fewer, as an e-mail takes several round trips. */
export const EMAIL_PEOPLE = 1_000;
/** Lets an announcement last about two seconds: long enough to be struck in the middle. */
const MESSAGES_PER_SECOND = 2_500;

/** Everything that waits in production waits shortly here; the relations between the times are the same. */
const SENDER = {
  SEND_CONNECTIONS: String(CONNECTIONS),
  // None at the side, so that no more may become unknown than these.
  SEND_HANGING_CONNECTIONS: '0',
  SEND_TIMEOUT_MS: '2000',
  EMAIL_CONNECTIONS: String(EMAIL_CONNECTIONS),
  EMAIL_TIMEOUT_MS: '2000',
  WEBHOOK_TIMEOUT_MS: '2000',
  CALL_TIMEOUT_MS: '2000',
  PAYMENT_CONNECTIONS: '16',
  PAYMENT_TIMEOUT_MS: '2000',
  PAYMENT_LOOKUP_MS: '200',
  SEND_BATCHES: '8',
  LEASE_MS: '4000',
  LEASE_MARGIN_MS: '300',
  ENQUEUE_WINDOW: '2',
  DATABASE_POOL: '6',
};
const VALIDATOR = {
  CHECK_CONNECTIONS: '64',
  CHECK_TIMEOUT_MS: '2000',
  CHECK_LEASE_MS: '4000',
  CHECK_LOOKUP_MS: '200',
  CHECK_REST_MS: '60000',
  CHECK_GREYLIST_MS: '0',
  // Many calls are lost here on purpose, which is no reason to make few at once.
  WINDOW_FIXED: 'true',
  SEND_BATCHES: '8',
  LEASE_MARGIN_MS: '300',
  ENQUEUE_WINDOW: '2',
  DATABASE_POOL: '6',
};
const SCHEDULER = { SCHEDULE_INTERVAL_MS: '100', ENQUEUE_WINDOW: '2', DATABASE_POOL: '4' };
const SWEEPER = {
  SWEEP_INTERVAL_MS: '200',
  MARKER_INTERVAL_MS: '200',
  LOST_AFTER_MS: '3000',
  ENQUEUE_WINDOW: '2',
  DATABASE_POOL: '4',
};

/** The simulator reports what it accepts, soon after it accepted it. */
export const REPORTED = { statuses: ['delivered'], delayMs: 20 };
/** The policy under which nothing stays unknown. Its patience exceeds what a report takes on a machine that is busy with other tests. */
export const RESENT = { unknown: { action: 'resend', afterSeconds: 10 } };

/** How long the simulator takes for an answer. */
export const LATENCY = { minMs: 5, maxMs: 20 };

type Env = Readonly<Record<string, string>>;

export interface StackOptions {
  /** A Postgres of its own, durable and killable; else a database in the shared one. */
  readonly ownPostgres?: boolean;
  /** The programs of another Postgres than the one from npm, for its own. */
  readonly postgresBinaries?: string | undefined;
  /** A Redis of its own, which may be emptied; else a prefix in the shared one. */
  readonly ownRedis?: boolean;
  /** Runs the api, to which the simulator can report. */
  readonly api?: boolean;
  /** How many schedulers and sweepers run from the start. Default 1 each. */
  readonly schedulers?: number;
  readonly sweepers?: number;
  /** Further settings for schedulers and sweepers. */
  readonly env?: Env;
}

export interface AnnounceOptions {
  /** Default `whatsapp`, to `PEOPLE`; `email` goes to `EMAIL_PEOPLE`. */
  readonly channel?: 'whatsapp' | 'email';
  readonly policy?: Record<string, unknown>;
  /** How the simulator reports what it accepts; needs `api`. Without it nothing is reported. */
  readonly callbacks?: Record<string, unknown>;
  readonly messagesPerSecond?: number;
  readonly dueInMs?: number;
}

/** One announcement to people of an account of its own, sent through a phone number or sender's address of its own. */
export interface Announcement {
  readonly channel: 'whatsapp' | 'email';
  /** How many it is to. */
  readonly people: number;
  readonly account: AccountSeed;
  readonly phoneNumberId: string;
  readonly jobId: number;
  readonly runId: number;
}

export interface Stack {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly postgres: PostgresServer | undefined;
  readonly redis: RedisServer | undefined;
  readonly ledger: LedgerReader;
  readonly simulatorUrl: string;
  /** Starts a sender. */
  sender(env?: Env, failpoints?: string): Promise<SpawnedService>;
  /** Starts a validator. */
  validator(env?: Env, failpoints?: string): Promise<SpawnedService>;
  /** Starts a scheduler or sweeper beside those that run. */
  start(name: 'scheduler' | 'sweeper', env?: Env): Promise<SpawnedService>;
  announce(options?: AnnounceOptions): Promise<Announcement>;
  /** Changes how the simulator reports what it accepts from now on. */
  report(announcement: Announcement, callbacks: Record<string, unknown>): Promise<void>;
  /** Waits until the ledger has so many acceptances of the announcement. */
  accepted(announcement: Announcement, count: number): Promise<void>;
  /** Waits until the run is completed: nothing is left to send, and no policy has anything to settle. */
  completed(announcement: Announcement, timeoutMs?: number): Promise<void>;
  /** Kills what the test started and forgets, so that the next one begins with schedulers and sweepers only. */
  endWorkers(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-crash-'));
  const postgres = options.ownPostgres
    ? await startPostgres({
        durable: true,
        database: 'carillon',
        ...(options.postgresBinaries && { binaries: options.postgresBinaries }),
      })
    : undefined;
  const shared = postgres ? undefined : await createTestDatabase();
  const databaseUrl = postgres?.url ?? shared?.url ?? '';
  if (postgres) await migrate(databaseUrl);
  const redis = options.ownRedis ? await startRedis() : undefined;
  const redisAccess = redis ? { url: redis.url, prefix: 'carillon' } : testRedis();
  const database = createDatabase({ url: databaseUrl, max: 4, applicationName: 'carillon-crash-test' });
  const common = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisAccess.url,
    REDIS_PREFIX: redisAccess.prefix,
    CARILLON_SECRET: SECRET,
    LOG_LEVEL: 'info',
  };
  const workers = new Set<SpawnedService>();
  let accounts = 0;

  const start: Stack['start'] = (name, env = {}) => {
    const short = name === 'scheduler' ? SCHEDULER : SWEEPER;
    return spawnService({ name, env: { ...common, ...short, ...options.env, ...env } });
  };
  async function worker(name: 'sender' | 'validator', env: Env, failpoints?: string): Promise<SpawnedService> {
    const service = await spawnService({
      name,
      env: { ...common, ...env },
      ...(failpoints === undefined ? {} : { failpoints }),
    });
    workers.add(service);
    void service.exited.then(() => workers.delete(service));
    return service;
  }
  const [simulator, api] = await Promise.all([
    spawnService({
      name: 'simulator',
      env: { SIMULATOR_PORT: '0', SIMULATOR_DATA_DIR: join(folder, 'simulator'), LOG_LEVEL: 'info' },
    }),
    options.api ? spawnService({ name: 'api', env: { ...common, API_PORT: '0', DATABASE_POOL: '6' } }) : undefined,
    ...Array.from({ length: options.schedulers ?? 1 }, () => start('scheduler')),
    ...Array.from({ length: options.sweepers ?? 1 }, () => start('sweeper')),
  ]);
  const simulatorUrl = simulator.baseUrl ?? '';
  const ledger = ledgerReader(simulatorUrl);
  await control(simulatorUrl, 'latency', LATENCY);

  const report = (to: Pick<Announcement, 'account' | 'phoneNumberId'>, callbacks: Record<string, unknown>) =>
    control(simulatorUrl, 'callbacks', {
      phoneNumberId: to.phoneNumberId,
      url: `${api?.baseUrl}/v1/provider-accounts/pvd_${to.account.providerAccountId}/callbacks/whatsapp`,
      appSecret: SEEDED_PROVIDER.appSecret,
      ...callbacks,
    });

  return {
    database,
    report,
    databaseUrl,
    postgres,
    redis,
    ledger,
    simulatorUrl,
    start,
    sender: (env, failpoints) => worker('sender', { ...SENDER, ...env }, failpoints),
    validator: (env, failpoints) => worker('validator', { ...VALIDATOR, ...env }, failpoints),
    async announce({ channel = 'whatsapp', policy, callbacks, messagesPerSecond = MESSAGES_PER_SECOND, dueInMs } = {}) {
      accounts += 1;
      const phoneNumberId = `100200${accounts}`;
      const people = channel === 'email' ? EMAIL_PEOPLE : PEOPLE;
      const byPhone = await seedAccount(database.pool, `employer ${accounts}`, {
        baseUrl: simulatorUrl,
        phoneNumberId,
        messagesPerSecond,
      });
      const account =
        channel === 'email'
          ? await addMailServer(database, byPhone.accountId, Number(simulator.ready.smtpPort))
          : byPhone;
      const { audienceId } = await seedPeople(database.pool, account.accountId, {
        count: people,
        addressPepper: deriveKey(SECRET, 'address'),
        emails: channel === 'email',
      });
      if (callbacks !== undefined) await report({ account, phoneNumberId }, callbacks);
      const { jobId, runId } = await seedAnnouncement(database.pool, account, {
        audienceId,
        ...(channel === 'email' ? { channel, content: EMAIL } : {}),
        ...(policy === undefined ? {} : { policy }),
        ...(dueInMs === undefined ? {} : { dueInMs }),
      });
      return { channel, people, account, phoneNumberId, jobId, runId };
    },
    async accepted({ runId }, count) {
      const what = `${count} acceptances`;
      await eventually(async () => (await ledger.totals(runId)).acceptances >= count || undefined, {
        what,
        timeoutMs: 120_000,
        everyMs: 20,
      });
    },
    async completed({ runId }, timeoutMs = 120_000) {
      await eventually(
        async () => {
          const { rows } = await database.pool.query<{ state: string; open: string }>(
            `SELECT state, (SELECT json_agg(b) FROM batches b WHERE run_id = r.id AND (open OR settle_at IS NOT NULL)) AS open
             FROM runs r WHERE id = $1`,
            [runId],
          );
          if (rows[0]?.state !== 'completed') throw new Error(JSON.stringify(rows[0]));
          return true;
        },
        { what: `the end of run ${runId}`, timeoutMs },
      );
    },
    async endWorkers() {
      await Promise.all(
        [...workers].map((service) => {
          service.kill('SIGKILL');
          return service.exited;
        }),
      );
    },
    async stop() {
      await killSpawnedServices();
      await database.close();
      await shared?.drop();
      await redis?.stop();
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Lets a sender stand still, by default between a claim and its calls, until another has done all the work that may be
 * done without it; what happens when it goes on shows whether it still believes in its lease.
 */
export async function stopPastLease(
  stack: Stack,
  { env, at = 'after_claim=stop:15', ...announced }: AnnounceOptions & { env?: Env; at?: string } = {},
): Promise<{ announcement: Announcement; sleeper: SpawnedService }> {
  const announcement = await stack.announce(announced);
  const sleeper = await stack.sender(env, at);
  await eventually(() => sleeper.logs().includes('"action":"stop"'), { what: 'the stop' });
  await stack.sender();
  await stack.completed(announcement);
  return { announcement, sleeper };
}

const EMAIL = {
  type: 'email',
  subject: 'The canteen',
  text: 'It opens at eleven today.',
  html: '<p>It opens at eleven.</p>',
};

/** Gives an account a mail server to send by: the simulator's. */
async function addMailServer(database: Database, accountId: number, port: number): Promise<AccountSeed> {
  const providerAccountId = await putProvider(database.pool, providerSecretKey(SECRET), {
    channel: 'email',
    accountId,
    name: 'mail',
    messagesPerSecond: 1_000_000,
    settings: {
      host: '127.0.0.1',
      port,
      security: 'none',
      user: '',
      password: '',
      from: { address: `canteen-${accountId}@town.example` },
      senders: [],
    },
  });
  return { accountId, providerAccountId };
}

/** Tells the simulator how to behave. */
export async function control(simulatorUrl: string, what: string, body: unknown): Promise<void> {
  const response = await fetch(`${simulatorUrl}/control/${what}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`PUT /control/${what}: ${response.status} ${await response.text()}`);
}
