/** The real api as a process, and a front before it that answers wrongly on purpose. */
import { once } from 'node:events';
import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiKey, createDatabase, type Database } from '@carillon/db';
import { createTestDatabase, killSpawnedServices, seedAccount, spawnService, testRedis } from '@carillon/testkit';

export interface RealApi {
  readonly url: string;
  readonly key: string;
  readonly database: Database;
  stop(): Promise<void>;
}

/** Starts it on a database of its own, with one account that could send. */
export async function startRealApi(): Promise<RealApi> {
  const own = await createTestDatabase();
  const redis = testRedis();
  const database = createDatabase({ url: own.url, max: 2, applicationName: 'client-test' });
  const { accountId } = await seedAccount(database.pool, 'portal', { baseUrl: 'http://127.0.0.1:9' });
  const { key } = await createApiKey(database.pool, { accountId, name: 'client' });
  const service = await spawnService({
    name: 'api',
    env: {
      DATABASE_URL: own.url,
      DATABASE_POOL: '5',
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      CARILLON_SECRET: 'a secret of the tests of the client, and of nothing else',
      API_PORT: '0',
    },
  });
  return {
    url: service.baseUrl as string,
    key,
    database,
    async stop() {
      await killSpawnedServices();
      await database.close();
      await own.drop();
    },
  };
}

/** What the front does with one request: the whole of it, all but giving back the reply, or an answer of its own. */
type Fault = 'pass' | 'lose reply' | { status: number; headers?: Record<string, string>; body?: string };

export interface Front {
  readonly url: string;
  /** What came, in order. */
  readonly requests: { method: string; path: string; headers: IncomingHttpHeaders }[];
  /** Done to the next requests, one each; afterwards everything passes. */
  faults: Fault[];
  stop(): Promise<void>;
}

/** Starts a front before `target`. A reply is lost only once the target has given it: the effect is there. */
export async function startFront(target: string): Promise<Front> {
  const requests: Front['requests'] = [];
  const front = { requests, faults: [] as Fault[] };
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming;
    requests.push({ method, path, headers });
    const fault = front.faults.shift() ?? 'pass';
    if (typeof fault === 'object') {
      incoming.resume().once('end', () => outgoing.writeHead(fault.status, fault.headers).end(fault.body));
      return;
    }
    const inner = forward(`${target}${path}`, { method, headers }, (reply) => {
      if (fault === 'lose reply') {
        reply.resume().once('end', () => incoming.socket.resetAndDestroy());
        return;
      }
      outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(outgoing);
    });
    inner.once('error', () => outgoing.destroy());
    incoming.pipe(inner);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(front, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
