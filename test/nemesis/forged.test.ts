/** Reports that are forged or said again: what is sent is what could do harm, and counts only when somebody heard it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseCallback, verifySignature } from '@carillon/channels';
import { encodeReference } from '@carillon/core';
import { SEEDED_PROVIDER } from '@carillon/testkit';
import { afterEach, expect, test } from '@jest/globals';
import { providerFaults } from '../../nemesis/faults/providers.mjs';
import { judgeFinals } from '../../nemesis/judge/finals.mjs';

const account = { name: 'north', index: 0, accountId: 1, phoneNumberId: '100201', callbackPath: '/callbacks' };
const other = { name: 'south', index: 1, accountId: 2, phoneNumberId: '100202', callbackPath: '/callbacks/of-south' };
const referenceOf = (number: number) =>
  encodeReference({ runId: 8, day: '2026-12-01', batchId: 9, number, try: 1 }, new Uint8Array(32));
const accepted = (number: number, through = account.phoneNumberId) => ({
  ...{ at: 1_796_000_000_000, number: through, to: '4915', reference: referenceOf(number), wamid: `wamid.${number}` },
});

let server: Server | undefined;
afterEach(() => void server?.close());

/** The simulator's ledger and an api in one, which answers callbacks so. @returns what was heard, what of the ledger was `read`, and whether it was done */
async function forge(status: number, ledger = [accepted(1), accepted(2), accepted(3, 'of somebody else')]) {
  const read: (string | undefined)[] = [];
  const heard: { path: string | undefined; isSigned: boolean; body: string }[] = [];
  const own = createServer(async (request: IncomingMessage, response) => {
    if (request.method === 'GET') {
      read.push(request.url);
      return void response.end(ledger.map((line) => JSON.stringify(line)).join('\n'));
    }
    const body = await text(request);
    const signature = String(request.headers['x-hub-signature-256']);
    const isSigned = verifySignature(Buffer.from(body), signature, SEEDED_PROVIDER.appSecret);
    heard.push({ path: request.url, isSigned, body });
    if (status === 0) return void response.destroy();
    response.writeHead(isSigned ? 200 : status).end();
  });
  server = own;
  own.listen(0, '127.0.0.1');
  await once(own, 'listening');
  const url = `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
  const told: { kind: string }[] = [];
  // The second message has arrived by now. Of the other account's run 7 the ledger has nothing.
  const pool = {
    query: async (_sql: string, [accountId]: [number]) => ({
      rows: [{ run_id: accountId === account.accountId ? 8 : 7, batch_id: 9, number: 2, try: 1 }],
    }),
  };
  const house = { fronts: [{ url }], simulatorUrl: url, pool };
  const tell = (violation: { kind: string }) => told.push(violation);
  const done = await providerFaults['reports-forged']({ house, accounts: [account, other], tell });
  return { done, told: told.map(({ kind }) => kind), heard, read };
}
const said = (body: string) =>
  parseCallback(JSON.parse(body)).reports.map(({ status, reference }) => ({ status, reference }));

test('real messages are said to have failed, without the secret and by another account, and, with it, to be sent though they have arrived', async () => {
  const { done, told, heard } = await forge(401);
  expect({ done, told }).toEqual({ done: true, told: [] });
  const failed = [1, 2].map((number) => ({ status: 'failed', reference: referenceOf(number) }));
  expect(heard.map(({ body, ...how }) => ({ ...how, said: said(body) }))).toEqual([
    { path: account.callbackPath, isSigned: false, said: failed },
    { path: other.callbackPath, isSigned: true, said: failed },
    { path: account.callbackPath, isSigned: true, said: [{ status: 'sent', reference: referenceOf(2) }] },
  ]);
});

test('of the ledger the runs that are spoken of are read, each once, and nothing else', async () => {
  expect((await forge(401)).read).toEqual(['/ledger/export?run=8', '/ledger/export?run=7']);
});

test('whoever takes what is not signed is told of', async () => {
  expect((await forge(200)).told).toEqual(['forged_report_taken']);
});

test.each<[string, number, ReturnType<typeof accepted>[]]>([
  ['nobody heard', 0, [accepted(1)]],
  ['nobody could listen to', 503, [accepted(1)]],
  ['is about nothing', 401, []],
])('what %s was not done', async (_what, status, ledger) => {
  expect((await forge(status, ledger)).done).toBe(false);
});

test('a failure that is recorded is one that was forged', () => {
  const report = (status: string) => ({ batch_id: 9, number: 1, try: 1, status });
  const judged = (status: string) => judgeFinals({ deliveryAt: new Map(), reports: [report(status)] }, new Map());
  expect(judged('delivered')).toEqual([]);
  expect(judged('failed')).toMatchObject([{ kind: 'forged_report_taken', who: 'delivery 9.1' }]);
});
