/**
 * The whole product under one supervisor: Postgres and Redis (found or started), the migrations, the demo account, and
 * every service as a process of its own. Services are children with an IPC channel, so that they end with the supervisor
 * even if it is killed.
 */
import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createApiKey, createDatabase, migrate, providerSecretKey, putWhatsAppProvider } from '@carillon/db';
import { startPostgres, startRedis } from '@carillon/testkit/servers';
import { Explained, root } from '../bootstrap.mjs';
import { choosePort, dataFolder, rememberedSecrets } from './settings.mjs';

const ACCOUNT = 'Demo employer';
const READY_TIMEOUT_MS = 30_000;
/** Services get this long to drain, so that everything has ended within ten seconds of Ctrl-C. */
const DRAIN_MS = 6_000;
const SEND_TIMEOUT_MS = 4_000;
/** Last started, first stopped: nothing is taken in any more while what is in the air ends. */
const STOP_ORDER = ['dashboard', 'api', 'sender', 'scheduler', 'sweeper', 'simulator'];

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
      LEASE_MS: process.env.LEASE_MS || '15000',
      LEASE_MARGIN_MS: process.env.LEASE_MARGIN_MS || '1000',
      DASHBOARD_PASSWORD: secrets.dashboardPassword,
      DASHBOARD_API_DOCS_URL: `${url(ports.api)}/docs`,
      DASHBOARD_LEDGER_URL: `${url(ports.simulator)}/`,
      SIMULATOR_DATA_DIR: join(folder, 'simulator'),
      API_PORT: String(ports.api),
      DASHBOARD_PORT: String(ports.dashboard),
      SIMULATOR_PORT: String(ports.simulator),
    };
    const account = await setUpAccount(databaseUrl, secrets, url(ports.simulator));
    say('starting simulator, api, scheduler, sender, sweeper and dashboard');
    const start = (name) => startService(name, { ...common }, folder, services, product, say);
    await Promise.all(['simulator', 'api', 'scheduler', 'sender', 'sweeper', 'dashboard'].map(start));
    return Object.assign(product, {
      account,
      databaseUrl,
      apiUrl: url(ports.api),
      dashboardUrl: url(ports.dashboard),
      simulatorUrl: url(ports.simulator),
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

/** The demo's account, its access to the simulator, and its API key, which is shown once and so kept beside the data. */
async function setUpAccount(databaseUrl, secrets, simulatorUrl) {
  const database = createDatabase({ url: databaseUrl, max: 2, applicationName: 'carillon-start' });
  try {
    const { rows } = await database.pool.query(
      `INSERT INTO accounts (name, zone, country) VALUES ($1, 'Europe/Berlin', 'DE')
       ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`,
      [ACCOUNT],
    );
    const accountId = rows[0].id;
    const providerAccountId = await putWhatsAppProvider(database.pool, providerSecretKey(secrets.secret), {
      accountId,
      name: 'simulator',
      baseUrl: process.env.WHATSAPP_BASE_URL || simulatorUrl,
      apiVersion: 'v23.0',
      phoneNumberId: '100000000000001',
      accessToken: secrets.accessToken,
      appSecret: secrets.appSecret,
      verifyToken: secrets.verifyToken,
      messagesPerSecond: Number(process.env.DEMO_MESSAGES_PER_SECOND || 250),
    });
    const { rows: keys } = await database.pool.query(
      `SELECT 1 FROM api_keys WHERE account_id = $1 AND revoked_at IS NULL AND hash = sha256(convert_to($2, 'UTF8'))`,
      [accountId, secrets.apiKey ?? ''],
    );
    const apiKey =
      keys.length > 0 ? secrets.apiKey : (await createApiKey(database.pool, { accountId, name: 'npm start' })).key;
    secrets.save(apiKey);
    return { accountId, providerAccountId, apiKey };
  } finally {
    await database.close();
  }
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
  for (const group of [STOP_ORDER.slice(0, 5), STOP_ORDER.slice(5)]) {
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
