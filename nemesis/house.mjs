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
import { flagsOf } from './clocks.mjs';
import { MARKED_BY } from './judge/ending.mjs';
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
 * @param options.clocks how wrong the clock of each process is, ms by name
 * @param options.control what is switched off, as `circumstancesOf` has it; nothing without it
 */
export async function openHouse({ say, tell, clockAheadMs, clocks = {}, control = {} }) {
  const counts = { ...COUNTS, ...control.counts };
  const sandbox = openSandbox(say);
  const stack = await startStack({ say });
  const lines = new Map();
  const processes = new Map();
  /** Each time that a process ran: from when it was ready, and when and how it ended. */
  const lives = [];
  const closers = [() => sandbox.close()];
  const marked = { [MARKED_BY]: sandbox.mark };
  const line = async (name, target) => {
    const proxy = await startProxy({ target });
    lines.set(name, proxy);
    closers.push(() => proxy.close());
    return proxy;
  };
  const supervised = (name, start) => {
    const process = supervise({ name, tell, start: async () => kept(lives, name, await start()) });
    processes.set(name, process);
    return process;
  };
  const closeAll = async () => {
    for (const process of processes.values()) void process.close();
    for (const close of closers.splice(0).reverse()) await close();
  };
  atEnd(closeAll);

  await moveClock(stack.pool, { aheadMs: clockAheadMs, speed: 1 });
  const ports = { http: await freePort(), smtp: await freePort(), dns: await freePort() };
  const simulator = supervised('simulator', () =>
    stack.startSimulator({
      ...marked,
      SIMULATOR_PORT: String(ports.http),
      SIMULATOR_SMTP_PORT: String(ports.smtp),
      SIMULATOR_DNS_PORT: String(ports.dns),
    }),
  );
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
      const env = {
        ...{ ...marked, ...SETTINGS[name], ...control.env?.[name] },
        ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url },
      };
      if (name === 'executor') env.SCRIPT_PATH = sandbox.searchPath;
      if (name === 'api') {
        env.API_PORT = String(await freePort());
        const front = await line(`${place}/front`, `http://127.0.0.1:${env.API_PORT}`);
        fronts.push({ place, url: withoutSlash(front.url) });
      }
      const process = supervised(place, () => stack.start(name, env, flagsOf(clocks[place])));
      // One after the other: together they would keep two cores from answering in time.
      await process.running();
      if (process.ready.off !== undefined) throw new Explained(`scripts cannot be run here: ${process.ready.off}`);
    }
  }
  const house = {
    ...{ stack, pool: stack.pool, postgres: stack.postgres, redis: stack.redis, secret: stack.secret },
    ...{ processes, lives, counts, lines, simulatorUrl, called, urls, fronts, clockAheadMs },
    ...{ mailPort: mails.port, mark: sandbox.mark },
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
    /** Asks everything but Postgres and Redis to end. @returns how each process ended that was running */
    async stop() {
      return await Promise.all(
        [...processes.values()].map(async (process) => ({ process: process.name, exit: await process.close() })),
      );
    },
    /** Ends whatever is left. */
    async close() {
      await closeAll();
      await stack.stop();
    },
  };
  await house.calm();
  await control.prepare?.(stack.pool);
  return house;
}

/** Keeps when a process that is ready now begins and ends. @returns the process */
function kept(lives, name, service) {
  const life = { name, pid: service.pid, readyMs: Date.now(), endedMs: undefined, exit: undefined };
  lives.push(life);
  void service.exited.then((exit) => Object.assign(life, { exit, endedMs: Date.now() }));
  return service;
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
