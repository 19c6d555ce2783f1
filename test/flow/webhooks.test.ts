/** Webhooks from the run to somebody's own server: real services, a real receiver, and the reference library that verifies. */
import { createApiKey } from '@carillon/db';
import { type AccountSeed, eventually, type SpawnedService, seededPhone, seedPeople } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, completed, type House, startHouse, wrongBatches } from './house.ts';
import { Receiver } from './receiver.ts';

const PEOPLE = 40;

let house: House;
let api: SpawnedService;
let sender: SpawnedService;
let account: AccountSeed;
let key: string;
let receiver: Receiver;
const receivers: Receiver[] = [];

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('webhooks');
  await seedPeople(house.db.pool, account.accountId, { count: PEOPLE, addressPepper: ADDRESS_PEPPER });
  key = (await createApiKey(house.db.pool, { accountId: account.accountId, name: 'flow' })).key;
  const quick = { NOTICES_INTERVAL_MS: '50', NOTICE_BACKOFF_MS: '100', NOTICE_GATHER_MS: '200' };
  [api, sender] = await Promise.all([
    house.start('api', { API_PORT: '0', ALLOW_PRIVATE_TARGETS: 'true' }),
    house.start('sender', { ALLOW_PRIVATE_TARGETS: 'true' }),
    house.start('scheduler'),
    house.start('sweeper', quick),
    house.start('sweeper', quick),
  ]);
}, 360_000);
afterAll(() => house?.stop());

beforeEach(async () => {
  receiver = await newReceiver();
});
afterEach(async () => {
  for (const one of receivers) {
    await one.stop();
    expect(one.refused).toEqual([]);
  }
  receivers.length = 0;
  for (const { id } of (await call('GET', '/v1/webhooks')).data) await call('DELETE', `/v1/webhooks/${id}`);
});

async function newReceiver(): Promise<Receiver> {
  const made = new Receiver();
  await made.start();
  receivers.push(made);
  return made;
}

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

/** An endpoint at the receiver, which is told its secret. */
async function endpoint(events: string[] = ['*'], at: Receiver = receiver): Promise<string> {
  const made = await call('POST', '/v1/webhooks', { url: at.url, events });
  at.secrets.push(made.secret);
  return made.id;
}

/** An announcement to everybody; its ids as the API gives them. */
async function announce(): Promise<{ job: string; run: string; runId: number }> {
  counter += 1;
  const text = `The canteen opens at eleven today, says number ${counter} of ${Math.random()}.`;
  const body = { kind: 'message', channel: 'whatsapp', name: `Canteen ${counter}`, content: { text } };
  const target = { trigger: { type: 'now' }, audience: { everyone: true }, allowSimilar: true };
  const job = await call('POST', '/v1/jobs', { ...body, ...target });
  const runId = await eventually(
    async () => {
      const { rows } = await house.db.pool.query<{ id: number }>('SELECT id FROM runs WHERE job_id = $1', [
        Number(job.id.slice(4)),
      ]);
      return rows[0]?.id ?? false;
    },
    { what: `the run of ${job.id}` },
  );
  return { job: job.id, run: `run_${runId}`, runId };
}

const failThree = () =>
  house.control('rules', {
    rules: [1, 2, 3].map((n) => ({ match: { to: seededPhone(n) }, does: { code: 131026 } })),
  });

test('a run tells its start, its failures and its end, with the counts that it has; notices tell nothing', async () => {
  await failThree();
  await endpoint();
  const { job, run, runId } = await announce();
  const counts = await completed(house, runId);
  const end = await receiver.event(({ type }) => type === 'run.completed', 'the end');
  await eventually(() => receiver.events.length >= 3, { what: 'all three' });
  expect(end.data).toMatchObject({ run, job, people: PEOPLE, deliveries: PEOPLE, revision: 1, cancelled: false });
  expect(end.data.counts).toMatchObject({ failed: 3, unknown: 0, skipped: 0, scheduled: 0, sending: 0 });
  expect(end.data.counts.sent + end.data.counts.delivered).toBe(counts.sent);
  expect(end.data.reasons).toEqual([{ state: 'failed', code: '131026', count: 3 }]);
  const answer = await call('GET', `/v1/runs/${run}`);
  expect(answer.counts.failed).toBe(end.data.counts.failed);
  // Notices of one pass are sent at once, so the end may arrive before the last failure that was told with it.
  await receiver.event(({ type, data }) => type === 'run.failures' && data.failed === 3, 'the last failure');
  await receiver.event(({ type }) => type === 'job.completed', 'the end of the job');
  // Each notice had an end of its own by now; none of them is an event.
  await eventually(
    async () => {
      const { rows } = await house.db.pool.query(`SELECT 1 FROM runs WHERE silent AND state <> 'completed'`);
      return rows.length === 0;
    },
    { timeoutMs: 120_000, what: 'the end of all notices' },
  );
  const { data } = await call('GET', '/v1/events');
  expect(new Set(data.map((event: { subject: string }) => event.subject))).toEqual(new Set([run, job]));
  expect(receiver.received.length).toBe(data.length);
  expect(await wrongBatches(house)).toEqual([]);
  const detail = await call('GET', `/v1/events/${end.id}`);
  expect(detail.notices).toMatchObject([{ state: 'sent', try: 1, code: null }]);
  await house.control('rules', { rules: [] });
}, 360_000);

test('an endpoint that fails is tried again, with the same id and the same bytes', async () => {
  let refusals = 0;
  receiver.answer = () => {
    refusals += 1;
    return { status: refusals <= 2 ? 500 : 204 };
  };
  await endpoint(['run.completed']);
  const { run } = await announce();
  const taken = await receiver.event(({ data }) => data.run === run, 'the notice');
  expect(receiver.received.map(({ id, status }) => [id, status])).toEqual([
    [taken.id, 500],
    [taken.id, 500],
    [taken.id, 204],
  ]);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  const detail = await eventually(
    async () => {
      const event = await call('GET', `/v1/events/${taken.id}`);
      return event.notices[0].state === 'sent' ? event : false;
    },
    { what: 'the outcome' },
  );
  expect(detail.notices).toMatchObject([{ try: 3, attempts: 3 }]);
}, 360_000);

test('a receiver that was killed gets its notices when it is back, and a replay repeats them', async () => {
  const id = await endpoint(['run.completed']);
  await receiver.stop();
  const { run, runId } = await announce();
  await completed(house, runId);
  const waiting = await eventually(
    async () => {
      const { data } = await call('GET', `/v1/events?subject=${run}`);
      const event = data[0] && (await call('GET', `/v1/events/${data[0].id}`));
      return event?.notices[0]?.try >= 2 ? event : false;
    },
    { timeoutMs: 120_000, what: 'two tries in vain' },
  );
  expect(waiting.notices[0].code).toMatch(/^(not_connected|connection_lost)$/);
  await receiver.start();
  const taken = await receiver.event(({ data }) => data.run === run, 'the notice after all');
  const replayed = await call('POST', `/v1/events/${taken.id}/replay`, { endpoint: id });
  expect(replayed).toEqual({ event: taken.id, webhooks: [id] });
  await eventually(() => receiver.received.length === 2, { timeoutMs: 120_000, what: 'the replay' });
  expect(receiver.received[1]).toMatchObject({ id: taken.id, body: taken.body });
  // Who goes by the id has it once.
  expect(receiver.events).toHaveLength(1);
}, 360_000);

test('a secret is rotated without a notice that cannot be verified', async () => {
  const id = await endpoint(['run.completed']);
  const first = receiver.secrets[0] as string;
  const testNotice = async (): Promise<void> => {
    const { event } = await call('POST', `/v1/webhooks/${id}/test`);
    await receiver.event((notice) => notice.id === event, `the test ${event}`);
  };
  await testNotice();
  expect(receiver.received.at(-1)?.signatures).toBe(1);
  const second = (await call('POST', `/v1/webhooks/${id}/rotate`, { overlapSeconds: 3_600 })).secret;
  // The receiver knows the old one only; whatever comes now verifies with it.
  await eventually(
    async () => {
      await testNotice();
      return receiver.received.at(-1)?.signatures === 2;
    },
    { timeoutMs: 120_000, what: 'both to sign' },
  );
  receiver.secrets = [second];
  await testNotice();
  expect(receiver.received.at(-1)?.signatures).toBe(2);
  const third = (await call('POST', `/v1/webhooks/${id}/rotate`, { overlapSeconds: 0 })).secret;
  receiver.secrets = [second, third];
  await eventually(
    async () => {
      await testNotice();
      return receiver.received.at(-1)?.signatures === 1;
    },
    { timeoutMs: 120_000, what: 'the new one alone' },
  );
  receiver.secrets = [third];
  await testNotice();
  expect([first, second, third].every((secret) => secret.startsWith('whsec_'))).toBe(true);
}, 360_000);

test('410 switches the endpoint off, and others go on', async () => {
  const other = await newReceiver();
  receiver.answer = () => ({ status: 410 });
  const gone = await endpoint(['run.completed']);
  const kept = await endpoint(['run.completed'], other);
  const first = await announce();
  await other.event(({ data }) => data.run === first.run, 'the notice of the other');
  const off = await eventually(
    async () => {
      const answer = await call('GET', `/v1/webhooks/${gone}`);
      return answer.enabled ? false : answer;
    },
    { timeoutMs: 120_000, what: 'the end of the endpoint' },
  );
  expect(off.disabledReason).toContain('gone');
  const second = await announce();
  const told = await other.event(({ data }) => data.run === second.run, 'the next notice of the other');
  expect(receiver.received).toHaveLength(1);
  const { notices } = await call('GET', `/v1/events/${told.id}`);
  expect(notices.map((notice: { webhook: string }) => notice.webhook)).toEqual([kept]);
  // Switched on again, it can be told what it missed.
  receiver.answer = () => ({ status: 204 });
  expect((await call('PATCH', `/v1/webhooks/${gone}`, { enabled: true })).enabled).toBe(true);
  await eventually(
    async () => {
      await call('POST', `/v1/events/${told.id}/replay`, { endpoint: gone });
      return receiver.events.some(({ id }) => id === told.id);
    },
    { timeoutMs: 120_000, what: 'the replay' },
  );
}, 360_000);

test('redirects are not followed, wherever they lead', async () => {
  const inside = await newReceiver();
  receiver.answer = () => ({ status: 302, headers: { location: inside.url } });
  await endpoint(['run.completed']);
  const { run } = await announce();
  const event = await eventually(
    async () => {
      const { data } = await call('GET', `/v1/events?subject=${run}`);
      const found = data[0] && (await call('GET', `/v1/events/${data[0].id}`));
      return found?.notices[0]?.code === 'redirect_refused' ? found : false;
    },
    { timeoutMs: 120_000, what: 'the refusal' },
  );
  expect(event.notices[0].state).toBe('scheduled');
  expect(inside.received).toEqual([]);
}, 360_000);

test('a cancelled job is told of', async () => {
  await endpoint(['job.cancelled']);
  const at = new Date(Date.now() + 86_400_000).toISOString();
  const body = { kind: 'message', channel: 'whatsapp', name: 'Later', content: { text: 'A fire drill.' } };
  const job = await call('POST', '/v1/jobs', { ...body, trigger: { type: 'at', at }, audience: { everyone: true } });
  await call('POST', `/v1/jobs/${job.id}/cancel`);
  const { data } = await receiver.event(({ type }) => type === 'job.cancelled', 'the notice');
  expect(data).toMatchObject({ job: job.id, name: 'Later', channel: 'whatsapp' });
}, 360_000);

test('an address of a private network is refused at the connection, whatever was stored', async () => {
  await sender.stop();
  sender = await house.start('sender', { ALLOW_PRIVATE_TARGETS: 'false' });
  const id = await endpoint(['run.completed']);
  // The row is there, as if the rules had been others when it was stored; a name that is bound anew meets the same guard.
  await house.db.pool.query(
    `UPDATE provider_accounts SET settings = settings || jsonb_build_object('url', $2::text) WHERE id = $1`,
    [Number(id.slice(4)), receiver.url.replace('http:', 'https:')],
  );
  const { event } = await call('POST', `/v1/webhooks/${id}/test`);
  const refused = await eventually(
    async () => {
      const [notice] = (await call('GET', `/v1/events/${event}`)).notices;
      return notice.code === null ? false : notice;
    },
    { timeoutMs: 120_000, what: 'the refusal' },
  );
  expect(refused).toMatchObject({ state: 'scheduled', code: 'private_address' });
  expect(receiver.received).toEqual([]);
}, 360_000);
