/**
 * The owner of a job is told of it by every way that was named, once for each cause, with two sweepers at work, and though its server
 * refuses everything, or the mail server is down, for an hour.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey, moveClock, providerSecretKey, putProvider } from '@carillon/db';
import { type AccountSeed, eventually, ledgerReader, type SpawnedService, spawnService } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FLOW_SECRET, type House, startHouse, wrongBatches } from './house.ts';
import { Receiver } from './receiver.ts';
import { Target } from './target.ts';

const HOUR_MS = 3_600_000;

let house: House;
let api: SpawnedService;
let account: AccountSeed;
let key: string;
/** What jobs call. */
const target = new Target();
/** The owner's own server. */
const owner = new Target();
/** The account's endpoint. */
const endpoint = new Receiver();
/** The mail server: a simulator of its own, so that it may be down while messages are taken. */
let mail: SpawnedService;
const mailFolder = mkdtempSync(join(tmpdir(), 'carillon-owners-'));

/** Starts the mail server; after a kill at the same place, with what it remembers. */
async function startMail(): Promise<void> {
  const port = mail ? new URL(mail.baseUrl ?? '').port : '0';
  const smtpPort = mail ? String(mail.ready.smtpPort) : '0';
  mail = await spawnService({
    name: 'simulator',
    env: {
      SIMULATOR_PORT: port,
      SIMULATOR_SMTP_PORT: smtpPort,
      SIMULATOR_DATA_DIR: mailFolder,
      LOG_LEVEL: 'info',
    },
  });
}

beforeAll(async () => {
  house = await startHouse();
  await startMail();
  account = await house.account('owners');
  const from = { address: 'jobs@town.example' };
  await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'email',
    accountId: account.accountId,
    name: 'mail',
    messagesPerSecond: 100,
    settings: {
      host: '127.0.0.1',
      port: Number(mail.ready.smtpPort),
      security: 'none',
      user: '',
      password: '',
      from,
      senders: [],
    },
  });
  key = (await createApiKey(house.db.pool, { accountId: account.accountId, name: 'flow' })).key;
  // What Redis is told ahead comes by its own clock, which no test moves.
  const near = { ENQUEUE_HORIZON_MS: '1000' };
  const quick = { ...near, NOTICES_INTERVAL_MS: '50', NOTICE_BACKOFF_MS: '1000' };
  await Promise.all([target.start(), owner.start(), endpoint.start()]);
  [api] = await Promise.all([
    house.start('api', { API_PORT: '0', ...near }),
    house.start('sender', near),
    house.start('scheduler', near),
    house.start('sweeper', quick),
    house.start('sweeper', quick),
  ]);
  const secrets = (await call('GET', '/v1/call-settings')).secrets.map(({ secret }: { secret: string }) => secret);
  target.secrets = secrets;
  owner.secrets = secrets;
  const events = ['run.failed', 'run.late', 'job.completed'];
  endpoint.secrets.push((await call('POST', '/v1/webhooks', { url: endpoint.url, events })).secret);
}, 360_000);
afterAll(async () => {
  await Promise.all([target.stop(), owner.stop(), endpoint.stop()]);
  await house?.stop();
  rmSync(mailFolder, { recursive: true, force: true });
});
beforeEach(() => {
  target.answer = () => ({ status: 200, body: 'done' });
  owner.answer = () => ({ status: 200, body: '' });
  owner.arrived.length = 0;
});

let counter = 0;
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
async function call(method: string, path: string, body?: unknown): Promise<any> {
  counter += 1;
  const response = await fetch(`${api.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `flow-${counter}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const create = (parts: Record<string, unknown>) =>
  call('POST', '/v1/jobs', {
    kind: 'webhook',
    name: `Nightly ${counter}`,
    webhook: { url: `${target.url}/nightly` },
    trigger: { type: 'now' },
    ...parts,
  });

/** Events that the owner's server was told, in the order of arrival. */
const told = () => owner.arrived.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> });
const toldOf = (job: string) => told().flatMap(({ type, data }) => (data.job === job ? [type] : []));
/** Subjects of what the mail server took for an address. */
const mails = async (address: string): Promise<string[]> => {
  const entries = (await ledgerReader(mail.baseUrl ?? '').export()) as {
    to: string;
    wamid?: string;
    email?: { subject?: string };
  }[];
  return entries.flatMap(({ to, wamid, email }) => (to === address && wamid ? [email?.subject ?? ''] : []));
};
/** Waits until every notice has come to its end. */
const settled = () =>
  eventually(
    async () =>
      (await house.db.pool.query(`SELECT 1 FROM runs WHERE silent AND state <> 'completed'`)).rows.length === 0,
    { timeoutMs: 120_000, what: 'the end of all notices' },
  );

test('a job that failed is told by every way that it names, and to the account, once each', async () => {
  target.answer = () => ({ status: 404, body: 'gone away' });
  const notify = { email: 'ada@town.example', whatsapp: '+49 151 1020 0034', webhook: `${owner.url}/told` };
  const job = await create({ notify });
  expect(job.notify).toEqual({ ...notify, whatsapp: '+4915110200034' });
  await eventually(() => toldOf(job.id).length === 2, { timeoutMs: 120_000, what: 'both events' });
  await eventually(async () => (await mails('ada@town.example')).length === 2, { what: 'both mails' });
  await settled();
  expect(toldOf(job.id).sort()).toEqual(['job.completed', 'run.failed']);
  const failed = told().find(({ type }) => type === 'run.failed');
  expect(failed?.data).toMatchObject({ name: job.name, failed: 1, deliveries: 1, reasons: [{ code: 'http_404' }] });
  expect((await mails('ada@town.example')).sort()).toEqual([`${job.name} failed`, `${job.name} is completed`]);
  const entries = (await house.ledger.export()) as { to: string; wamid?: string }[];
  expect(entries.filter(({ to, wamid }) => to === '4915110200034' && wamid).length).toBe(2);
  expect(
    endpoint.received
      .filter(({ data }) => data.job === job.id)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['job.completed', 'run.failed']);
  const event = (await call('GET', '/v1/events?type=run.failed')).data[0];
  const { notices } = await call('GET', `/v1/events/${event.id}`);
  expect(
    notices
      .map(({ channel, webhook }: { channel: string; webhook: string | null }) => [channel, webhook !== null])
      .sort(),
  ).toEqual([
    ['call', false],
    ['email', false],
    ['webhook', true],
    ['whatsapp', false],
  ]);
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

test("what a job does not say, its user's contact does; an address that is suppressed is not written to", async () => {
  await call('PUT', '/v1/users/u-7/contact', { notify: { webhook: `${owner.url}/seven` } });
  expect((await call('GET', '/v1/users/u-7/contact')).notify).toEqual({ webhook: `${owner.url}/seven` });
  const [mine, other, nobody] = await Promise.all([
    create({ userId: 'u-7' }),
    create({ userId: 'u-8' }),
    create({ userId: 'u-7', notify: { email: 'grace@town.example' } }),
  ]);
  await eventually(() => toldOf(mine.id).length === 1, { timeoutMs: 120_000, what: 'the end' });
  await eventually(async () => (await mails('grace@town.example')).length === 1, { what: 'the mail' });
  await settled();
  expect(toldOf(mine.id)).toEqual(['job.completed']);
  expect([...toldOf(other.id), ...toldOf(nobody.id)]).toEqual([]);
  await call('POST', '/v1/suppressions', { channel: 'email', address: 'grace@town.example', reason: 'manual' });
  const after = await create({ notify: { email: 'grace@town.example' } });
  await endpoint.event(({ data }) => data.job === after.id, 'the end');
  await settled();
  expect(await mails('grace@town.example')).toHaveLength(1);
  await call('DELETE', '/v1/users/u-7/contact');
  await expect(call('GET', '/v1/users/u-7/contact')).rejects.toThrow('404');
}, 360_000);

test('what cannot be told is refused, naming the way, and stores nothing', async () => {
  await expect(create({ notify: {} })).rejects.toThrow('Name at least one way.');
  await expect(create({ notify: { email: 'nobody' } })).rejects.toThrow('notify.email');
  await expect(create({ notify: { whatsapp: '12' } })).rejects.toThrow('notify.whatsapp');
  await expect(call('PUT', '/v1/users/u-9/contact', { notify: { webhook: 'ftp://x' } })).rejects.toThrow(
    'notify.webhook',
  );
  const { rows } = await house.db.pool.query(`SELECT 1 FROM user_contacts WHERE user_id = 'u-9'`);
  expect(rows).toEqual([]);
}, 360_000);

test('a run that is not begun in time is told late, once, and so is its end when it comes', async () => {
  await house.db.pool.query(`INSERT INTO holds (account_id, channel, reason) VALUES ($1, 'call', 'a test')`, [
    account.accountId,
  ]);
  // Held, also what the owner would be told by; so it is told by e-mail.
  const job = await create({ notify: { email: 'late@town.example' }, policy: { lateAfter: 1 } });
  expect(job.policy.lateAfter).toBe(1);
  await eventually(async () => (await mails('late@town.example')).length === 1, {
    timeoutMs: 120_000,
    what: 'the mail',
  });
  await house.db.pool.query('DELETE FROM holds WHERE account_id = $1', [account.accountId]);
  await eventually(async () => (await mails('late@town.example')).length === 2, {
    timeoutMs: 120_000,
    what: 'the end',
  });
  await settled();
  expect(await mails('late@town.example')).toEqual([`${job.name} is late`, `${job.name} is completed`]);
}, 360_000);

/** Goes an hour on from there in four steps, in each of which everything that is due is tried. */
async function anHourFrom(aheadMs: number, afterEach: (quarter: number) => Promise<unknown>): Promise<void> {
  for (const quarter of [1, 2, 3, 4]) {
    await moveClock(house.db.pool, { aheadMs: aheadMs + (quarter * HOUR_MS) / 4, speed: 1 });
    await eventually(
      async () => {
        const { rows } = await house.db.pool.query(
          `SELECT 1 FROM deliveries d JOIN runs r ON r.account_id = d.account_id AND r.id = d.run_id
           WHERE r.silent AND d.state IN ('scheduled', 'sending') AND d.due_at <= carillon_now()`,
        );
        return rows.length === 0;
      },
      { timeoutMs: 120_000, what: `the tries of quarter ${quarter}` },
    );
    await afterEach(quarter);
  }
}

test('an owner whose server refuses everything for an hour is told afterwards, once', async () => {
  owner.answer = () => ({ status: 503, body: '' });
  const job = await create({ notify: { webhook: `${owner.url}/hour` } });
  await eventually(() => owner.arrived.length >= 2, { timeoutMs: 120_000, what: 'two tries' });
  await anHourFrom(0, async () => {});
  owner.arrived.length = 0;
  owner.answer = () => ({ status: 200, body: '' });
  await moveClock(house.db.pool, { aheadMs: 4 * HOUR_MS, speed: 1 });
  await settled();
  expect(toldOf(job.id)).toEqual(['job.completed']);
  expect(owner.arrived.every(({ id }) => id === owner.arrived[0]?.id)).toBe(true);
}, 420_000);

test('an owner is told afterwards, once, when the mail server is down for an hour', async () => {
  const address = 'hour@town.example';
  /** Tries that have ended: one on its way while the clock is moved past its lease would be unknown, as if it had taken an hour. */
  const tries = async (): Promise<number> =>
    (
      await house.db.pool.query<{ tries: number }>(
        `SELECT coalesce(max(try) FILTER (WHERE state = 'scheduled'), 0)::int AS tries
         FROM deliveries WHERE account_id = $1 AND address = $2`,
        [account.accountId, address],
      )
    ).rows[0]?.tries ?? 0;
  mail.kill('SIGKILL');
  await mail.exited;
  const job = await create({ notify: { email: address } });
  await eventually(async () => (await tries()) >= 2, { timeoutMs: 120_000, what: 'two tries' });
  let before = await tries();
  await anHourFrom(4 * HOUR_MS, async () => {
    const now = await tries();
    expect(now).toBeGreaterThan(before);
    before = now;
  });
  await startMail();
  expect(await mails(address)).toEqual([]);
  await moveClock(house.db.pool, { aheadMs: 8 * HOUR_MS, speed: 1 });
  await settled();
  expect(await mails(address)).toEqual([`${job.name} is completed`]);
  expect(await wrongBatches(house)).toEqual([]);
}, 600_000);
