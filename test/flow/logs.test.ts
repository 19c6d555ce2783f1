/** The logs of real services: a delivery that went wrong, and a request, can be found by their ids; addresses cannot be read. */
import { createApiKey } from '@carillon/db';
import { eventually, type SpawnedService, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, type House, startHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 360_000);
afterAll(() => house?.stop());

type Line = Record<string, unknown>;

/** The lines of the log with this text. */
function linesOf(service: SpawnedService, text: string): Line[] {
  const lines = service.logs().split('\n');
  const found = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
  return found.filter((line) => line.msg === text);
}

test('an outcome that nobody knows is a warning; a refusal is told where somebody looks', async () => {
  const account = await house.account('logs');
  const people = await seedPeople(house.db.pool, account.accountId, { count: 2, addressPepper: ADDRESS_PEPPER });
  const { rows } = await house.db.pool.query<{ phone: string }>(
    'SELECT phone FROM recipients WHERE account_id = $1 ORDER BY id',
    [account.accountId],
  );
  const [refused = '', lost = ''] = rows.map(({ phone }) => phone.replace(/\D/g, ''));
  await house.control('rules', {
    rules: [
      { match: { to: refused }, does: { code: 131026 } },
      { match: { to: lost }, does: { fault: 'accept_and_reset' } },
    ],
  });
  const [sender] = await Promise.all([
    house.start('sender', { LOG_LEVEL: 'debug' }),
    house.start('scheduler'),
    house.start('sweeper'),
  ]);
  const { jobId, runId } = await announce(house, account, { target: { audienceIds: [people.audienceId] } });
  await completed(house, runId);
  const ids = { account: account.accountId, job: jobId, run: runId, try: 1, channel: 'whatsapp' };
  const delivery = expect.stringMatching(/^dlv_\d{8}_\d+_\d+$/);
  const [unknown] = await eventually(() => {
    const found = linesOf(sender, 'nobody knows whether a delivery arrived');
    return found.length > 0 ? found : false;
  });
  expect(unknown).toMatchObject({ ...ids, level: 'warn', state: 'unknown', delivery, address: `***${lost.slice(-4)}` });
  expect(linesOf(sender, 'a delivery was not sent')).toMatchObject([
    { ...ids, level: 'debug', state: 'failed', code: '131026', delivery, address: `***${refused.slice(-4)}` },
  ]);
  for (const number of [refused, lost]) expect(sender.logs()).not.toContain(number);
});

test('a request is found by the id that its caller was given', async () => {
  const { accountId } = await house.account('requests');
  const { key } = await createApiKey(house.db.pool, { accountId, name: 'portal' });
  const api = await house.start('api', { API_PORT: '0', LOG_LEVEL: 'debug' });
  const answer = await fetch(`${api.baseUrl}/v1/recipients/person-7?`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(404);
  const [line] = await eventually(() => {
    const found = linesOf(api, 'a request was answered');
    return found.length > 0 ? found : false;
  });
  const requestId = answer.headers.get('x-request-id');
  expect(line).toMatchObject({ requestId, account: accountId, method: 'GET', status: '404', level: 'debug' });
  expect(line?.route).toBe('/v1/recipients/:externalId');
  expect(api.logs()).not.toContain(key);
});
