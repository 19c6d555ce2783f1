/**
 * What a portal notices of operations: one of two api processes is killed under load, and every service is restarted in
 * turn with a migration in between. Only requests that were open may fail, repeating them by key makes nothing twice, and
 * the ledger has everybody once.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CarillonError, createClient } from '@carillon/client';
import { createApiKey, migrate } from '@carillon/db';
import { eventually, type SpawnedService, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { ADDRESS_PEPPER, type House, startHouse, wrongBatches } from './house.ts';

jest.setTimeout(360_000);

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const API = { API_PORT: '0', REQUESTS_PER_SECOND: '100000' };
const SENDER = { SEND_CONNECTIONS: '32' };
const PEOPLE = 400;
const PORTALS = 16;

let house: House;
let account: { accountId: number; key: string };
let folder: string;
/** Every request that the portals' network saw fail: an api that was not there, or broke off. */
let brokenRequests = 0;
/** The processes of each service; requests go to the apis in turn, as a proxy would send them. */
const running = new Map<string, SpawnedService[]>();
const apis = (): SpawnedService[] => running.get('api') ?? [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-rolling-'));
  house = await startHouse();
  await house.control('latency', { minMs: 1, maxMs: 20 });
  const seeded = await house.account('rolling');
  await seedPeople(house.db.pool, seeded.accountId, { count: PEOPLE, addressPepper: ADDRESS_PEPPER });
  const { key } = await createApiKey(house.db.pool, { accountId: seeded.accountId, name: 'portal' });
  account = { accountId: seeded.accountId, key };
  for (const [name, count, env] of [
    ['api', 2, API],
    ['scheduler', 2, {}],
    ['sweeper', 2, {}],
    ['sender', 2, SENDER],
  ] as const) {
    running.set(name, await Promise.all(Array.from({ length: count }, () => house.start(name, env))));
  }
}, 360_000);
afterAll(async () => {
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let turn = 0;
const client = () =>
  createClient({
    baseUrl: 'http://carillon.invalid',
    apiKey: account.key,
    retries: { limit: 20 },
    fetch: async (input, init) => {
      turn += 1;
      const api = apis()[turn % apis().length] as SpawnedService;
      try {
        return await fetch(String(input).replace('http://carillon.invalid', api.baseUrl as string), init);
      } catch (error) {
        brokenRequests += 1;
        throw error;
      }
    },
  });

/** Portals that each tell one person after another, until everybody was told once or somebody says stop. */
function startPortals(prefix: string): { readonly created: Map<number, string>; done: Promise<void>; stop(): void } {
  const created = new Map<number, string>();
  let next = 1;
  let stopped = false;
  const portal = async (): Promise<void> => {
    const carillon = client();
    while (!stopped && next <= PEOPLE) {
      const n = next;
      next += 1;
      const job = await carillon.post('/v1/jobs', {
        body: {
          kind: 'message',
          channel: 'whatsapp',
          name: `${prefix} ${n}`,
          content: { text: `${prefix}: your shift begins at ${n}.` },
          trigger: { type: 'now' },
          audience: { recipients: [`person-${n}`] },
        },
      });
      created.set(n, job.id);
    }
  };
  const done = Promise.all(Array.from({ length: PORTALS }, portal)).then(() => {});
  return {
    created,
    done,
    stop() {
      stopped = true;
    },
  };
}

/** Every job that was answered exists once and was told once; nothing else exists. */
async function settled(prefix: string, created: ReadonlyMap<number, string>): Promise<void> {
  const { rows } = await house.db.pool.query<{ id: number; run_id: number }>(
    `SELECT j.id, r.id AS run_id FROM jobs j JOIN runs r ON r.account_id = j.account_id AND r.job_id = j.id
     WHERE j.account_id = $1 AND j.name LIKE $2 ORDER BY j.id`,
    [account.accountId, `${prefix} %`],
  );
  expect(rows.map((row) => `job_${row.id}`).sort()).toEqual([...created.values()].sort());
  const told = async (): Promise<number[]> => {
    const runs = new Set(rows.map((row) => String(row.run_id)));
    const lines = (await house.ledger.addresses()).filter((line) => runs.has(line.run));
    return lines.map((line) => line.acceptances);
  };
  await eventually(async () => (await told()).length === rows.length, {
    what: 'everybody to be told',
    timeoutMs: 120_000,
  });
  expect((await told()).filter((times) => times !== 1)).toEqual([]);
  await eventually(async () => (await wrongBatches(house)).length === 0, { what: 'counts that add up' });
}

test('one of two apis killed under load costs only its open requests', async () => {
  const portals = startPortals('killed');
  await eventually(() => portals.created.size > PEOPLE / 4, { what: 'a quarter of the jobs', everyMs: 5 });
  const victim = apis()[0] as SpawnedService;
  victim.kill('SIGKILL');
  await victim.exited;
  // Requests find out by themselves, as long as nobody has taken it out of the proxy.
  await eventually(() => brokenRequests > 0, { what: 'a request that failed', everyMs: 5 });
  running.set('api', [apis()[1] as SpawnedService]);
  const seen = brokenRequests;
  await portals.done;
  // Whoever had been sent there before it was taken out: at most one request of each portal.
  expect(brokenRequests - seen).toBeLessThanOrEqual(PORTALS);
  expect(portals.created.size).toBe(PEOPLE);
  await settled('killed', portals.created);
  running.set('api', [...apis(), await house.start('api', API)]);
});

/** What a next version would bring: a column, an index and a table of accounts, beside all migrations there are. */
function nextMigration(): string {
  const directory = join(folder, 'migrations');
  cpSync(MIGRATIONS, directory, { recursive: true });
  mkdirSync(join(directory, '29991231000000_next'));
  writeFileSync(
    join(directory, '29991231000000_next', 'migration.sql'),
    `ALTER TABLE jobs ADD COLUMN of_the_next_version text NOT NULL DEFAULT 'x';
     ALTER TABLE batches ADD COLUMN of_the_next_version integer;
     ALTER TABLE deliveries ADD COLUMN of_the_next_version boolean;
     ALTER TABLE runs ADD COLUMN of_the_next_version timestamptz;
     CREATE INDEX index_of_the_next_version ON jobs (of_the_next_version, id);
     CREATE TABLE of_the_next_version (account_id integer NOT NULL REFERENCES accounts (id), id bigint GENERATED BY DEFAULT AS IDENTITY,
                                       PRIMARY KEY (account_id, id));
     SELECT protect_table('of_the_next_version');`,
  );
  return directory;
}

test('every service restarted in turn, with a migration in between, loses and doubles nothing', async () => {
  const portals = startPortals('rolled');
  const order = ['api', 'scheduler', 'sweeper', 'sender'];
  const envOf: Record<string, Record<string, string>> = { api: API, sender: SENDER };
  const before = brokenRequests;
  await migrate(house.databaseUrl, nextMigration());
  for (const name of order) {
    for (const old of running.get(name) ?? []) {
      // The new one first, as a rolling update does; then the old one is told to end, and ends by itself.
      const fresh = await house.start(name, envOf[name] ?? {});
      running.set(name, [...(running.get(name) ?? []).filter((one) => one !== old), fresh]);
      expect(await old.stop()).toMatchObject({ code: 0 });
    }
  }
  await portals.done;
  expect(portals.created.size).toBe(PEOPLE);
  await settled('rolled', portals.created);
  // A stopping api answers what it has begun; only a connection that it closes while a request is on its way may break.
  expect(brokenRequests - before).toBeLessThanOrEqual(PORTALS);
});

test('the control: without a key, repeating what broke would tell twice', async () => {
  const [api] = apis() as [SpawnedService];
  const direct = createClient({ baseUrl: api.baseUrl as string, apiKey: account.key });
  const body = {
    kind: 'message' as const,
    channel: 'whatsapp' as const,
    name: 'control 1',
    content: { text: 'control: the same words twice.' },
    trigger: { type: 'now' as const },
    audience: { recipients: ['person-1'] },
  };
  const [first, second] = [await direct.post('/v1/jobs', { body }), await direct.post('/v1/jobs', { body })];
  expect(first.id).not.toBe(second.id);
  const same = { body, idempotencyKey: 'one-key-for-both' };
  const [third, fourth] = [await direct.post('/v1/jobs', same), await direct.post('/v1/jobs', same)];
  expect(third.id).toBe(fourth.id);
  await expect(direct.post('/v1/jobs', { ...same, body: { ...body, name: 'another' } })).rejects.toThrow(CarillonError);
});
