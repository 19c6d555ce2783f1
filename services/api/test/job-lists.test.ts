/** Jobs of users and with tags: lists by every filter, `userId` on every route of a job, and what is done to many at once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, jobBody, postJob, send, startApi, type TestAccount, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

const json = { 'Content-Type': 'application/json' };
const call = (method: string, path: string, body?: unknown, account: TestAccount = api.first): Promise<Answer> =>
  send(api.url, method, path, {
    key: account.key,
    headers: { ...json, 'Idempotency-Key': `key-${Math.random()}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const make = async (parts: object, account: TestAccount = api.first): Promise<string> => {
  const { status, body } = await postJob(
    api.url,
    account,
    jobBody({ trigger: { type: 'every', interval: 3_600 }, ...parts }),
  );
  expect(status).toBe(201);
  return body.id;
};
const ids = async (query: string, account?: TestAccount): Promise<string[]> => {
  const { status, body } = await call('GET', `/v1/jobs?${query}`, undefined, account);
  expect(status).toBe(200);
  return body.data.map(({ id }: { id: string }) => id);
};
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

test('lists by user, tag, time of the next run, and together with all else', async () => {
  const one = await make({ name: 'Filter 1', userId: 'ada', tags: ['red', 'blue'] });
  const two = await make({ name: 'Filter 2', userId: 'ben', tags: ['red'] });
  const three = await make({ name: 'Filter 3', userId: 'ada', trigger: { type: 'at', at: inMs(86_400_000) } });
  await make({ name: 'Filter 1', userId: 'ada', tags: ['red'] }, api.second);
  expect(await ids('userId=ada')).toEqual([three, one]);
  expect(await ids('tag=red')).toEqual([two, one]);
  expect(await ids('tag=red&limit=1')).toEqual([two]);
  expect(await ids('tag=red&userId=ada')).toEqual([one]);
  expect(await ids('tag=green')).toEqual([]);
  expect(await ids(`name=Filter&nextRunAfter=${inMs(7_200_000)}`)).toEqual([three]);
  expect(await ids(`name=Filter&nextRunBefore=${inMs(7_200_000)}`)).toEqual([two, one]);
  expect(await ids('userId=ada&status=active&kind=message&name=Filter')).toEqual([three, one]);
  const page = (await call('GET', '/v1/jobs?tag=red&limit=1')).body;
  expect(await ids(`tag=red&limit=1&cursor=${page.nextCursor}`)).toEqual([one]);
  // A tag that is taken away is gone from the list.
  await call('PATCH', `/v1/jobs/${one}`, { version: 1, tags: ['blue'] });
  expect([await ids('tag=red'), await ids('tag=blue')]).toEqual([[two], [one]]);
});

test('a request that names a user finds nobody else’s job, on every route of a job, a run and a delivery', async () => {
  const job = await make({
    name: 'Scoped',
    userId: 'eve',
    trigger: { type: 'now' },
    audience: { recipients: ['person-1'] },
  });
  const nobodys = await make({ name: 'Scoped' });
  const { run } = (await call('GET', `/v1/jobs/${job}`)).body;
  const delivery = (await call('GET', `/v1/runs/${run.id}/deliveries`)).body.data[0].id;
  const routes: readonly (readonly [string, string, unknown?])[] = [
    ['GET', `/v1/jobs/${job}`],
    ['GET', `/v1/jobs/${job}/runs`],
    ['GET', `/v1/jobs/${job}/missed`],
    ['GET', `/v1/runs/${run.id}`],
    ['GET', `/v1/runs/${run.id}/deliveries`],
    ['GET', `/v1/runs/${run.id}/reasons`],
    ['GET', `/v1/deliveries/${delivery}`],
    ['PATCH', `/v1/jobs/${job}`, { version: 1, name: 'Mine now' }],
    ['POST', `/v1/jobs/${job}/run`],
    ['POST', `/v1/jobs/${job}/pause`],
    ['POST', `/v1/jobs/${job}/resume`],
    ['POST', `/v1/jobs/${job}/resend`, {}],
    ['POST', `/v1/jobs/${job}/test`, { addresses: ['+49 151 1020 0034'] }],
    ['POST', `/v1/jobs/${job}/cancel`],
  ];
  for (const [method, path, body] of routes) {
    const refused = await call(method, `${path}?userId=mallory`, body);
    expect([method, path, refused.status, refused.body.code]).toEqual([method, path, 404, 'not_found']);
  }
  expect((await call('GET', `/v1/jobs/${job}`)).body).toMatchObject({ name: 'Scoped', version: 1 });
  expect((await call('GET', `/v1/jobs/${nobodys}?userId=eve`)).status).toBe(404);
  expect((await call('GET', `/v1/jobs/${job}?userId=eve`, undefined, api.second)).status).toBe(404);
  for (const [method, path, body] of routes) {
    const { status } = await call(method, `${path}?userId=eve`, body);
    // Some are refused for other reasons, and none because it was not found.
    expect([method, path, status === 404]).toEqual([method, path, false]);
  }
});

describe('many at once', () => {
  const bulk = (body: object) => call('POST', '/v1/jobs/bulk', body);

  test('are counted beforehand, and then paused, resumed, changed and cancelled', async () => {
    const jobs = [];
    for (let count = 0; count < 3; count += 1) jobs.push(await make({ name: `Many ${count}`, tags: ['many'] }));
    const other = await make({ name: 'Other' });
    await make({ name: 'Foreign', tags: ['many'] }, api.second);
    const filter = { tag: 'many' };
    expect((await bulk({ action: 'pause', filter, dryRun: true })).body).toEqual({
      matched: 3,
      done: 0,
      refused: [],
      nextCursor: null,
    });
    expect(await ids('status=paused')).toEqual([]);
    expect((await bulk({ action: 'pause', filter })).body).toMatchObject({ matched: 3, done: 3 });
    expect(await ids('status=paused')).toEqual(jobs.toReversed());
    expect((await bulk({ action: 'resume', filter })).body).toMatchObject({ matched: 3, done: 3 });
    const trigger = { type: 'cron', expression: '0 9 * * *' };
    const changed = await bulk({ action: 'change', filter, change: { trigger, policy: { attempts: 2 } } });
    expect(changed.body).toMatchObject({ matched: 3, done: 3, refused: [] });
    expect((await call('GET', `/v1/jobs/${jobs[0]}`)).body).toMatchObject({ trigger, policy: { attempts: 2 } });
    await call('POST', `/v1/jobs/${jobs[1]}/cancel`);
    const rest = await bulk({ action: 'resume', filter });
    expect(rest.body).toMatchObject({
      matched: 3,
      done: 2,
      refused: [{ job: jobs[1], code: 'invalid_state', detail: 'The job is cancelled.' }],
    });
    expect((await bulk({ action: 'cancel', filter })).body).toMatchObject({ matched: 3, done: 3 });
    expect((await call('GET', `/v1/jobs/${other}`)).body.status).toBe('active');
    expect(await ids('status=active&tag=many', api.second)).toHaveLength(1);
  });

  test.each([
    [{ action: 'pause', filter: {} }, 'filter', 'at least one property'],
    [{ action: 'pause' }, 'filter', ''],
    [{ action: 'change', filter: { tag: 'x' } }, 'change', 'Say what is to be changed'],
    [{ action: 'pause', filter: { tag: 'x' }, change: { tags: [] } }, 'change', 'leave it out'],
    [{ action: 'change', filter: { tag: 'x' }, change: {} }, 'change', 'Nothing is to be changed'],
    [{ action: 'erase', filter: { tag: 'x' } }, 'action', ''],
    [{ action: 'pause', filter: { status: 'done' } }, 'filter.status', ''],
  ])('%j is refused at %s', async (body, field, words) => {
    const answer = await bulk(body);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
    expect(JSON.stringify(answer.body)).toContain(words);
  });

  test('a cursor of another filter is refused', async () => {
    const cursor = Buffer.from('["bulk/other",42]').toString('base64url');
    expect((await bulk({ action: 'pause', filter: { tag: 'x' }, cursor })).body.code).toBe('invalid_cursor');
  });
});
