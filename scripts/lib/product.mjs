/**
 * The whole product under one supervisor: Postgres and Redis (found or started), the migrations, the accounts of demo and
 * operator, and every service as a process of its own. Services are children with an IPC channel, so that they end with
 * the supervisor even if it is killed.
 */
import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createAccount,
  createDatabase,
  findAccountByName,
  findApiKey,
  hashApiKey,
  issueApiKey,
  migrate,
  providerSecretKey,
  putProvider,
} from '@carillon/db';
import { startPostgres, startRedis } from '@carillon/testkit/servers';
import { Explained, root } from '../bootstrap.mjs';
import { installSandbox } from './debian.mjs';
import { choosePort, dataFolder, rememberedSecrets } from './settings.mjs';

const ACCOUNT = { name: 'Demo employer', zone: 'Europe/Berlin', country: 'DE' };
/** Its keys see and hold the whole installation. */
const OPERATOR = { name: 'operator', operator: true };
const ACTOR = 'npm start';
const READY_TIMEOUT_MS = 60_000;
/** Services get this long to drain, so that everything has ended within ten seconds of Ctrl-C. */
const DRAIN_MS = 6_000;
const SEND_TIMEOUT_MS = 4_000;
/** Last started, first stopped: nothing is taken in any more while what is in the air ends. */
const STOP_ORDER = ['dashboard', 'api', 'sender', 'executor', 'validator', 'scheduler', 'sweeper', 'simulator'];

/** Starts everything. `ended` resolves when it was stopped; `stop` may be called any number of times. */
export async function startProduct({ say }) {
  const folder = dataFolder();
  const secrets = rememberedSecrets(folder);
  const services = new Map();
  const closers = [];
  let stopping;
  let ended = () => {};
  const product = {
    folder,
    secrets,
    ended: new Promise((resolve) => {
      ended = resolve;
    }),
    isStopping: () => stopping !== undefined,
    /** To be closed once the services have ended. */
    onStop: (close) => closers.push(close),
    stop() {
      stopping ??= stopAll(services, closers, say).then(ended);
      return stopping;
    },
  };
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      signals += 1;
      if (signals === 1) say('stopping ...');
      void product.stop().then(() => {
        say('stopped');
        process.exit(signal === 'SIGINT' ? 130 : 143);
      });
    });
  }
  try {
    const taken = new Set();
    const ports = {
      api: await choosePort('API_PORT', 7100, taken),
      dashboard: await choosePort('DASHBOARD_PORT', 7103, taken),
      simulator: await choosePort('SIMULATOR_PORT', 7104, taken),
      smtp: await choosePort('SIMULATOR_SMTP_PORT', 7105, taken),
      postgres: process.env.DATABASE_URL ? undefined : await choosePort('POSTGRES_PORT', undefined, taken),
      redis: process.env.REDIS_URL ? undefined : await choosePort('REDIS_PORT', undefined, taken),
    };
    const databaseUrl = await postgresUrl(folder, ports.postgres, closers, say);
    const redisUrl = await redisUrlOf(folder, ports.redis, closers, say);
    const { applied } = await explain(migrate(databaseUrl), 'the database cannot be migrated');
    say(applied.length === 0 ? 'the database is up to date' : `migrated the database (${applied.join(', ')})`);

    const url = (port) => `http://127.0.0.1:${port}`;
    const common = {
      CARILLON_ENV: process.env.CARILLON_ENV || 'development',
      LOG_LEVEL: process.env.LOG_LEVEL || 'info',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      CARILLON_SECRET: secrets.secret,
      DRAIN_TIMEOUT_MS: process.env.DRAIN_TIMEOUT_MS || String(DRAIN_MS),
      SEND_TIMEOUT_MS: process.env.SEND_TIMEOUT_MS || String(SEND_TIMEOUT_MS),
      EMAIL_TIMEOUT_MS: process.env.EMAIL_TIMEOUT_MS || String(SEND_TIMEOUT_MS),
      WEBHOOK_TIMEOUT_MS: process.env.WEBHOOK_TIMEOUT_MS || String(SEND_TIMEOUT_MS),
      CALL_TIMEOUT_MS: process.env.CALL_TIMEOUT_MS || String(SEND_TIMEOUT_MS),
      PAYMENT_TIMEOUT_MS: process.env.PAYMENT_TIMEOUT_MS || String(SEND_TIMEOUT_MS),
      LEASE_MS: process.env.LEASE_MS || '15000',
      LEASE_MARGIN_MS: process.env.LEASE_MARGIN_MS || '1000',
      // The simulator answers a check within a second, and stopping must not take long.
      CHECK_TIMEOUT_MS: process.env.CHECK_TIMEOUT_MS || String(SEND_TIMEOUT_MS),
      CHECK_LEASE_MS: process.env.CHECK_LEASE_MS || '15000',
      SCRIPT_TIMEOUT_MS: process.env.SCRIPT_TIMEOUT_MS || '10000',
      SCRIPT_LEASE_MS: process.env.SCRIPT_LEASE_MS || '30000',
      // The demo's own receiver of webhooks is on this machine, which an installation for others must not call.
      ALLOW_PRIVATE_TARGETS: process.env.ALLOW_PRIVATE_TARGETS || 'true',
      PUBLIC_URL: process.env.PUBLIC_URL || url(ports.api),
      DASHBOARD_PASSWORD: secrets.dashboardPassword,
      DASHBOARD_API_DOCS_URL: `${url(ports.api)}/docs`,
      DASHBOARD_LEDGER_URL: `${url(ports.simulator)}/`,
      SIMULATOR_DATA_DIR: join(folder, 'simulator'),
      API_PORT: String(ports.api),
      DASHBOARD_PORT: String(ports.dashboard),
      SIMULATOR_PORT: String(ports.simulator),
      SIMULATOR_SMTP_PORT: String(ports.smtp),
    };
    const account = await setUpAccounts(databaseUrl, secrets, { url: url(ports.simulator), smtpPort: ports.smtp });
    say('starting simulator, api, scheduler, sender, executor, validator, sweeper and dashboard');
    // Without what it needs the executor says so, and scripts are refused.
    installSandbox(say);
    const start = (name) => startService(name, { ...common }, folder, services, product, say);
    await Promise.all(
      ['simulator', 'api', 'scheduler', 'sender', 'executor', 'validator', 'sweeper', 'dashboard'].map(start),
    );
    return Object.assign(product, {
      account,
      databaseUrl,
      apiUrl: url(ports.api),
      dashboardUrl: url(ports.dashboard),
      simulatorUrl: url(ports.simulator),
      smtpPort: ports.smtp,
    });
  } catch (error) {
    await product.stop();
    throw error;
  }
}

async function explain(promise, what) {
  try {
    return await promise;
  } catch (error) {
    throw new Explained(`${what}: ${error.message}`, { cause: error });
  }
}

async function postgresUrl(folder, port, closers, say) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  say('starting Postgres');
  const flags = ['max_wal_size=2GB', 'shared_buffers=256MB'];
  const server = await explain(
    startPostgres({ dataDir: join(folder, 'postgres'), port, durable: true, database: 'carillon', flags }),
    'Postgres cannot be started',
  );
  closers.push(() => server.stop());
  return server.url;
}

async function redisUrlOf(folder, port, closers, say) {
  if (process.env.REDIS_URL) return process.env.REDIS_URL;
  say('starting Redis');
  const server = await explain(startRedis({ dataDir: join(folder, 'redis'), port, say }), 'Redis cannot be started');
  closers.push(() => server.stop());
  return server.url;
}

/**
 * The demo's account with its access to the simulator, and the operator's; and a key of each, which is shown once and so
 * kept beside the data.
 */
async function setUpAccounts(databaseUrl, secrets, simulator) {
  const database = createDatabase({ url: databaseUrl, max: 2, applicationName: 'carillon-start', role: 'worker' });
  const { pool } = database;
  try {
    const { accountId, apiKey } = await accountWithKey(pool, ACCOUNT, secrets.apiKey);
    const { apiKey: operatorKey } = await accountWithKey(pool, OPERATOR, secrets.operatorKey);
    secrets.save({ apiKey, operatorKey });
    const sealedBy = providerSecretKey(secrets.secret);
    const common = {
      accountId,
      name: 'simulator',
      messagesPerSecond: Number(process.env.DEMO_MESSAGES_PER_SECOND || 250),
    };
    const providerAccountId = await putProvider(pool, sealedBy, {
      ...common,
      channel: 'whatsapp',
      settings: {
        baseUrl: process.env.WHATSAPP_BASE_URL || simulator.url,
        apiVersion: 'v23.0',
        phoneNumberId: '100000000000001',
        accessToken: secrets.accessToken,
        appSecret: secrets.appSecret,
        verifyToken: secrets.verifyToken,
      },
    });
    await putProvider(pool, sealedBy, {
      ...common,
      channel: 'email',
      settings: {
        host: '127.0.0.1',
        port: simulator.smtpPort,
        security: 'none',
        user: '',
        password: '',
        from: { name: ACCOUNT.name, address: 'news@employer.example' },
        senders: [],
      },
    });
    await putProvider(pool, sealedBy, {
      ...common,
      channel: 'email_check',
      settings: {
        verifier: 'http',
        baseUrl: simulator.url,
        apiKey: secrets.accessToken,
        priceMicros: 8_000,
        currency: 'EUR',
        validDays: 30,
        skipDns: true,
      },
    });
    await putProvider(pool, sealedBy, {
      ...common,
      channel: 'payment',
      settings: { baseUrl: simulator.url, apiKey: secrets.accessToken, keyValidSeconds: 86_400 },
    });
    return { accountId, providerAccountId, apiKey, operatorKey };
  } finally {
    await database.close();
  }
}

/** An account by its name, made if there is none, and the key of it that is remembered if it still counts, else a new one. */
async function accountWithKey(pool, wanted, remembered) {
  const created = await createAccount(pool, { ...wanted, keyName: ACTOR }, { actor: ACTOR });
  if (created !== undefined) return { accountId: created.account.id, apiKey: created.key };
  const { id: accountId } = await findAccountByName(pool, wanted.name);
  const owner = remembered === undefined ? undefined : await findApiKey(pool, hashApiKey(remembered));
  if (owner?.accountId === accountId) return { accountId, apiKey: remembered };
  const { key } = await issueApiKey(pool, { accountId, name: ACTOR, role: 'admin', expiresAt: null }, ACTOR);
  return { accountId, apiKey: key };
}

function startService(name, env, folder, services, product, say) {
  const logFile = join(folder, 'logs', `${name}.log`);
  const log = createWriteStream(logFile, { flags: 'a' });
  const child = fork(join(root, 'services', name, 'dist', 'main.js'), [], {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    execArgv: [],
    // Ctrl-C reaches the whole group; the supervisor alone decides the order in which services stop.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = new Promise((resolve) => child.once('close', resolve));
  services.set(name, { child, exited });
  const last = [];
  let isUp = false;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('was not ready in time'), READY_TIMEOUT_MS);
    const fail = (what) => {
      clearTimeout(timer);
      const said = last.map(readable).filter(Boolean).slice(-4).join('\n  ');
      reject(new Explained(`the ${name} ${what}; ${logFile} tells more${said === '' ? '' : `:\n  ${said}`}`));
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        last.push(line);
        if (last.length > 20) last.shift();
        if (!line.includes('"msg":"ready"')) return;
        clearTimeout(timer);
        isUp = true;
        resolve();
      });
    }
    child.once('close', (code, signal) => {
      log.end();
      services.delete(name);
      fail(`ended (${signal ?? code})`);
      // One that ended by itself after it was up is started again, as any platform would.
      if (isUp && !product.isStopping()) {
        say(`the ${name} ended (${signal ?? code}); starting it again`);
        startService(name, env, folder, services, product, say).catch((error) => say(error.message));
      }
    });
  });
}

/** The message of a JSON log line, or the line itself. */
function readable(line) {
  try {
    return JSON.parse(line).msg;
  } catch {
    return line;
  }
}

async function stopAll(services, closers, say) {
  for (const group of [STOP_ORDER.slice(0, -1), STOP_ORDER.slice(-1)]) {
    await Promise.all(
      group.map(async (name) => {
        const service = services.get(name);
        if (!service) return;
        service.child.kill('SIGTERM');
        const timer = setTimeout(() => {
          say(`the ${name} did not end in time and was killed`);
          service.child.kill('SIGKILL');
        }, DRAIN_MS + 500);
        await service.exited;
        clearTimeout(timer);
      }),
    );
  }
  for (const close of closers.reverse()) await close().catch((error) => say(error.message));
}
