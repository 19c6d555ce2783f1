/**
 * The whole product as real processes, with two or more of each service, made to be broken: every process reaches Postgres and Redis, and
 * every provider is reached, by a line that can be cut. Everything ends with this process, whatever becomes of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { moveClock } from '@carillon/db';
import { freePort, startProxy } from '@carillon/testkit';
import { atEnd } from '../bench/lib/ending.mjs';
import { tellSimulator } from '../bench/lib/simulator.mjs';
import { startStack } from '../bench/lib/stack.mjs';
import { startCalled } from '../bench/lib/steady/calls.mjs';
import { Explained } from '../scripts/bootstrap.mjs';
import { COUNTS } from './kinds.mjs';
import { openSandbox } from './sandbox.mjs';
import { KEY_VALID_SECONDS, LATENCY, PRICE_MICROS, SETTINGS } from './settings.mjs';
import { supervise } from './supervised.mjs';

const INSIST_TRIES = 100;
const INSIST_EVERY_MS = 200;

/** What the simulator is told of payments, and of checks: what always holds, and `more`. */
export const paymentsOf = (more = {}) => ({ latency: LATENCY, keyValidSeconds: KEY_VALID_SECONDS, ...more });
export const checksOf = (more = {}) => ({ latency: LATENCY, priceMicros: PRICE_MICROS, ...more });

/**
 * @param options.clockAheadMs by how much the database's clock is ahead of everybody's
 * @param options.control what is switched off, of `CONTROLS`; nothing without it
 */
export async function openHouse({ say, tell, clockAheadMs, control = {} }) {
  const counts = { ...COUNTS, ...control.counts };
  const sandbox = openSandbox(say);
  const stack = await startStack({ say });
  const lines = new Map();
  const processes = new Map();
  const closers = [() => sandbox.close()];
  const line = async (name, target) => {
    const proxy = await startProxy({ target });
    lines.set(name, proxy);
    closers.push(() => proxy.close());
    return proxy;
  };
  const closeAll = async () => {
    for (const process of processes.values()) void process.close();
    for (const close of closers.splice(0).reverse()) await close();
  };
  atEnd(closeAll);

  await moveClock(stack.pool, { aheadMs: clockAheadMs, speed: 1 });
  const ports = { http: await freePort(), smtp: await freePort(), dns: await freePort() };
  const simulator = supervise({
    name: 'simulator',
    tell,
    start: () =>
      stack.startSimulator({
        SIMULATOR_PORT: String(ports.http),
        SIMULATOR_SMTP_PORT: String(ports.smtp),
        SIMULATOR_DNS_PORT: String(ports.dns),
      }),
  });
  processes.set('simulator', simulator);
  await simulator.running();
  const simulatorUrl = `http://127.0.0.1:${ports.http}`;
  const called = await startCalled(LATENCY);
  closers.push(() => called.close());
  const urls = {};
  for (const name of ['messages', 'checks', 'payments']) {
    urls[name] = withoutSlash((await line(`provider/${name}`, simulatorUrl)).url);
  }
  const mails = await line('provider/mails', `http://127.0.0.1:${ports.smtp}`);
  urls.calls = (await line('provider/calls', called.url)).url;

  const fronts = [];
  for (const [name, count] of Object.entries(counts)) {
    for (let n = 1; n <= count; n += 1) {
      const place = `${name}.${n}`;
      const postgres = await line(`${place}/postgres`, stack.postgres.url);
      const redis = await line(`${place}/redis`, stack.redis.url);
      const env = { ...SETTINGS[name], ...control.env?.[name], DATABASE_URL: postgres.url, REDIS_URL: redis.url };
      if (name === 'executor') env.SCRIPT_PATH = sandbox.searchPath;
      if (name === 'api') {
        env.API_PORT = String(await freePort());
        const front = await line(`${place}/front`, `http://127.0.0.1:${env.API_PORT}`);
        fronts.push({ place, url: withoutSlash(front.url) });
      }
      const process = supervise({ name: place, tell, start: () => stack.start(name, env) });
      processes.set(place, process);
      // One after the other: together they would keep two cores from answering in time.
      await process.running();
      if (process.ready.off !== undefined) throw new Explained(`scripts cannot be run here: ${process.ready.off}`);
    }
  }
  const house = {
    ...{ stack, pool: stack.pool, postgres: stack.postgres, redis: stack.redis, secret: stack.secret },
    ...{ processes, counts, lines, simulatorUrl, called, urls, fronts, clockAheadMs },
    mailPort: mails.port,
    /** What every start of a script was given. */
    scriptsStarted: () => sandbox.read(),
    control: (what, body) => insist(() => tellSimulator({ baseUrl: simulatorUrl }, what, body)),
    /** Epoch ms by the database's clock. */
    nowMs: () => Date.now() + clockAheadMs,
    async calm() {
      await house.control('rules', { rules: [] });
      await house.control('latency', LATENCY);
      await house.control('payments', paymentsOf());
      await house.control('checks', checksOf());
      called.behave(undefined);
    },
    /** Ends everything, and says how each process ended that was asked to. */
    async close() {
      const exits = await Promise.all(
        [...processes.values()].map(async (process) => ({ process: process.name, exit: await process.close() })),
      );
      await closeAll();
      await stack.stop();
      return exits;
    },
  };
  await house.calm();
  await control.prepare?.(stack.pool);
  return house;
}

/** The simulator may be away, and comes back. */
async function insist(tell) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tell();
    } catch (error) {
      if (tries === INSIST_TRIES || !(error instanceof TypeError)) throw error;
      await pause(INSIST_EVERY_MS);
    }
  }
}

function withoutSlash(url) {
  return url.replace(/\/+$/, '');
}
