/** Reports from the API to a mailbox: real services, a real mail server, and an attachment that is taken out of what arrived. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiKey, providerSecretKey, putProvider } from '@carillon/db';
import { eventually, type SpawnedService, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { ADDRESS_PEPPER, FLOW_SECRET, type House, startHouse, wrongBatches } from './house.ts';

const PEOPLE = 6;
/** No text at all, so that nothing on the way may take it for some. */
const DOCUMENT = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7 + (n >> 8)) % 256));

let house: House;
let api: SpawnedService;
let key: string;
let accountId: number;
let website: Server;
let mailbox: SMTPServer;
let served = 0;
let answer: () => number = () => 200;
const arrived: Buffer[] = [];
const read = (): Promise<Email[]> => Promise.all(arrived.map((bytes) => PostalMime.parse(bytes)));

beforeAll(async () => {
  website = createServer((_, response) => {
    served += 1;
    const status = answer();
    response
      .writeHead(status, { 'content-type': 'application/pdf; charset=binary' })
      .end(status === 200 ? DOCUMENT : '');
  }).listen(0, '127.0.0.1');
  mailbox = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        // Taken apart only when it is judged: who sends it does not wait for that.
        arrived.push(Buffer.concat(chunks));
        done();
      });
    },
  });
  mailbox.listen(0, '127.0.0.1');
  await Promise.all([once(website, 'listening'), once(mailbox.server, 'listening')]);
  house = await startHouse();
  accountId = (await house.account('reports')).accountId;
  await seedPeople(house.db.pool, accountId, { count: PEOPLE, addressPepper: ADDRESS_PEPPER, emails: true });
  await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'email',
    accountId,
    name: 'mail',
    messagesPerSecond: 1_000,
    settings: {
      host: '127.0.0.1',
      port: (mailbox.server.address() as AddressInfo).port,
      security: 'none',
      user: '',
      password: '',
      from: { address: 'reports@town.example' },
      senders: [],
    },
  });
  key = (await createApiKey(house.db.pool, { accountId, name: 'flow' })).key;
  [api] = await Promise.all([
    house.start('api', { API_PORT: '0' }),
    house.start('sender'),
    house.start('scheduler'),
    house.start('sweeper'),
  ]);
}, 360_000);
afterAll(async () => {
  website?.close();
  website?.closeAllConnections();
  mailbox?.close();
  await house?.stop();
});
beforeEach(() => {
  arrived.length = 0;
  served = 0;
  answer = () => 200;
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
  return JSON.parse(text);
}

const urlOf = (): string => `http://127.0.0.1:${(website.address() as AddressInfo).port}/november.pdf`;

const create = (report: Record<string, unknown>) =>
  call('POST', '/v1/jobs', {
    kind: 'report',
    name: `Report ${counter}`,
    report: { subject: 'Your report', text: 'Dear {{name}}, here it is.', ...report },
    trigger: { type: 'now' },
    audience: { everyone: true },
    policy: { attempts: 3, backoff: { initialSeconds: 0.1 } },
  });

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API
const ended = (job: string): Promise<any> =>
  eventually(
    async () => {
      const [run] = (await call('GET', `/v1/jobs/${job}/runs`)).data;
      return run?.state === 'completed' ? run : false;
    },
    { timeoutMs: 120_000, what: `the end of ${job}` },
  );

const attachmentOf = (mail: Email) => {
  const [attachment, ...more] = mail.attachments;
  expect(more).toEqual([]);
  return { ...attachment, bytes: Buffer.from(attachment?.content as ArrayBuffer) };
};

test('a document of a URL arrives whole with everybody, and is fetched once', async () => {
  const job = await create({ source: { url: urlOf() } });
  expect(job).toMatchObject({
    kind: 'report',
    channel: 'email',
    report: { source: { url: urlOf() }, fileName: 'november.pdf' },
  });
  expect(await ended(job.id)).toMatchObject({ counts: { sent: PEOPLE }, attempt: null });
  const mails = await read();
  expect(mails).toHaveLength(PEOPLE);
  for (const mail of mails) {
    const { filename, mimeType, bytes } = attachmentOf(mail);
    expect([filename, mimeType, bytes.equals(DOCUMENT)]).toEqual(['november.pdf', 'application/pdf', true]);
    expect(mail.text?.trim()).toMatch(/^Dear .+, here it is\.$/);
    expect(mail.text).not.toContain('{{');
  }
  expect(served).toBe(1);
});

test('the account’s own run arrives as CSV that opens, each delivery a line', async () => {
  const before = await create({ source: { url: urlOf() } });
  const run = await ended(before.id);
  arrived.length = 0;
  const job = await create({ source: { run: run.id }, fileName: 'run.csv' });
  await ended(job.id);
  const { filename, mimeType, bytes } = attachmentOf((await read())[0] as Email);
  expect([filename, mimeType]).toEqual(['run.csv', 'text/csv']);
  const [head, ...lines] = bytes.toString().trimEnd().split('\r\n');
  expect(head).toBe('delivery,recipient,address,state,code,tries,dueAt,sendingAt,settledAt,providerMessageId');
  expect(lines).toHaveLength(PEOPLE);
  const deliveries = (await call('GET', `/v1/runs/${run.id}/deliveries`)).data;
  expect(lines.map((line) => line.split(',').slice(0, 4))).toEqual(
    deliveries.map((one: Record<string, string>) => [one.id, one.recipient, one.address, one.state]),
  );
});

test('a document that is not there yet is tried again, and one that never is fails with the reason', async () => {
  let asked = 0;
  answer = () => (++asked === 1 ? 503 : 200);
  expect(await ended((await create({ source: { url: urlOf() } })).id)).toMatchObject({ counts: { sent: PEOPLE } });
  arrived.length = 0;
  answer = () => 404;
  const run = await ended((await create({ source: { url: urlOf() } })).id);
  expect(run).toMatchObject({ counts: { failed: PEOPLE } });
  const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).data;
  expect(delivery.code).toBe('document_refused');
  expect(arrived).toEqual([]);
});

test('who is suppressed gets none, and a run of another account is none', async () => {
  const [person] = (await call('GET', '/v1/recipients')).data;
  await call('POST', '/v1/suppressions', { channel: 'email', address: person.email, reason: 'complained' });
  expect(await ended((await create({ source: { url: urlOf() } })).id)).toMatchObject({
    counts: { sent: PEOPLE - 1, skipped: 1 },
  });
  await expect(create({ source: { run: 'run_999999' } })).rejects.toThrow(/report\.source\.run/);
  await expect(create({ source: { job: 'job_999999' } })).rejects.toThrow(/report\.source\.job/);
});

test('counts add up', async () => {
  expect(await wrongBatches(house)).toEqual([]);
});
