/** Changing a job: what moves, what follows, what is refused, and that a refused change leaves everything as it was. */
import { beginExpansions, expandStep, planDueJobs } from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, jobBody, postJob, send, startApi, type TestAccount, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

const get = async (path: string) => (await send(api.url, 'GET', path, { key: api.first.key })).body;
const patch = (id: string, body: unknown, account: TestAccount = api.first): Promise<Answer> =>
  send(api.url, 'PATCH', `/v1/jobs/${id}`, {
    key: account.key,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ allowSimilar: true, ...(body as object) }),
  });
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const at = (ms: number) => ({ type: 'at', at: inMs(ms) });
const create = async (parts: Record<string, unknown>) => (await postJob(api.url, api.first, jobBody(parts))).body;
const rowsOf = async (text: string, ...values: unknown[]) => (await api.direct.pool.query(text, values)).rows;
const number = (id: string) => Number(id.slice(4));

/** Expands all that is planned, as a scheduler would. */
async function expandAll(): Promise<void> {
  await planDueJobs(api.direct.pool, { horizonMs: 300_000, limit: 100 });
  await beginExpansions(api.direct.pool, 100);
  while ((await expandStep(api.direct.pool)) !== undefined);
}

/** As if a sender had claimed one delivery of the run, and given it back after a failure. */
async function claimOne(runId: string): Promise<void> {
  await api.direct.pool.query('UPDATE batches SET fence = fence + 1 WHERE run_id = $1', [number(runId)]);
  await api.direct.pool.query(
    `UPDATE deliveries SET try = 1 WHERE (account_id, batch_id, number, day) IN (
       SELECT account_id, batch_id, number, day FROM deliveries WHERE run_id = $1 LIMIT 1)`,
    [number(runId)],
  );
}

describe('the version', () => {
  test('grows with each change, and of changes at once based on one version one is accepted', async () => {
    const job = await create({ trigger: at(3_600_000) });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => patch(job.id, { version: 1, name: `Name ${n}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'version_conflict', version: 2 });
    expect((await get(`/v1/jobs/${job.id}`)).version).toBe(2);
    const audit = await rowsOf(`SELECT detail FROM audit_entries WHERE subject = $1 AND action = 'job.change'`, job.id);
    expect(audit).toEqual([{ detail: { name: { from: 'Canteen', to: expect.stringMatching(/^Name/) } } }]);
  });
});

describe('the content', () => {
  test('of a run of which nothing was begun is another for all of its rows', async () => {
    const job = await create({});
    await expandAll();
    const { status, body } = await patch(job.id, { version: 1, content: { text: 'Closed today.' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 2,
      contentVersion: 2,
      content: { text: 'Closed today.' },
      run: job.run.id && { id: job.run.id },
    });
    const rows = await rowsOf('SELECT DISTINCT content_version FROM deliveries WHERE run_id = $1', number(job.run.id));
    expect(rows).toEqual([{ content_version: 2 }]);
  });

  test('of a run that was begun stays with what was planned', async () => {
    const job = await create({});
    await expandAll();
    await claimOne(job.run.id);
    expect((await patch(job.id, { version: 1, content: { text: 'Closed today.' } })).body.contentVersion).toBe(2);
    const rows = await rowsOf('SELECT DISTINCT content_version FROM deliveries WHERE run_id = $1', number(job.run.id));
    expect(rows).toEqual([{ content_version: 1 }]);
  });

  test('with other variables asks anew who has them', async () => {
    const job = await create({});
    await expandAll();
    expect((await get(`/v1/runs/${job.run.id}`)).counts).toMatchObject({ scheduled: 20, skipped: 0 });
    await patch(job.id, { version: 1, content: { text: 'Dear {{nickname}}' } });
    expect(await get(`/v1/runs/${job.run.id}`)).toMatchObject({ state: 'planned', deliveries: 0 });
    await expandAll();
    expect((await get(`/v1/runs/${job.run.id}`)).counts).toMatchObject({ scheduled: 0, skipped: 20 });
    expect((await get(`/v1/runs/${job.run.id}/reasons`)).reasons).toEqual([
      { state: 'skipped', code: 'missing_variable', count: 20 },
    ]);
    await patch(job.id, { version: 2, content: { text: 'Dear {{nickname}}', defaults: { nickname: 'all' } } });
    await expandAll();
    expect((await get(`/v1/runs/${job.run.id}`)).counts).toMatchObject({ scheduled: 20, skipped: 0 });
  });

  test('must fit the channel of the job', async () => {
    const job = await create({});
    const refused = await patch(job.id, { version: 1, content: { subject: 'a', text: 'b' } });
    expect([refused.status, refused.body.field]).toEqual([400, 'content.subject']);
    const faulty = await patch(job.id, { version: 1, content: { text: 'Dear {{' } });
    expect([faulty.status, faulty.body.field]).toEqual([400, 'content.text']);
  });
});

describe('the trigger', () => {
  test('moves a run within the horizon: the same run, planned anew', async () => {
    const job = await create({});
    await expandAll();
    const trigger = at(120_000);
    const { status, body } = await patch(job.id, { version: 1, trigger });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      plannedAt: trigger.at,
      nextRunAt: null,
      run: { id: job.run.id, state: 'planned', dueAt: trigger.at },
    });
    expect(await rowsOf('SELECT 1 FROM batches WHERE run_id = $1', number(job.run.id))).toEqual([]);
    await expandAll();
    const due = await rowsOf('SELECT DISTINCT due_at FROM deliveries WHERE run_id = $1', number(job.run.id));
    expect(due).toEqual([{ due_at: new Date(trigger.at) }]);
  });

  test('moves a run beyond the horizon and back: never two', async () => {
    const job = await create({ audience: { recipients: ['person-1'] } });
    const far = at(86_400_000);
    const moved = (await patch(job.id, { version: 1, trigger: far })).body;
    expect(moved).toMatchObject({ run: null, nextRunAt: far.at, plannedAt: far.at });
    expect(await rowsOf('SELECT 1 FROM deliveries WHERE run_id = $1', number(job.run.id))).toEqual([]);
    const back = (await patch(job.id, { version: 2, trigger: { type: 'now' } })).body;
    expect(back).toMatchObject({ nextRunAt: null, run: { occurrence: 'once', state: 'sending' } });
    expect(await rowsOf('SELECT 1 FROM runs WHERE job_id = $1', number(job.id))).toHaveLength(1);
  });

  test('of a paused job is planned when it is resumed', async () => {
    const job = await create({ trigger: at(86_400_000) });
    await send(api.url, 'POST', `/v1/jobs/${job.id}/pause`, { key: api.first.key });
    const { body } = await patch(job.id, { version: 2, trigger: { type: 'now' } });
    expect(body).toMatchObject({ status: 'paused', run: null });
    await send(api.url, 'POST', `/v1/jobs/${job.id}/resume`, { key: api.first.key });
    await expandAll();
    expect((await get(`/v1/jobs/${job.id}`)).run).toMatchObject({ occurrence: 'once' });
  });

  test('and audience are fixed once something was begun; what stays the same is no change', async () => {
    const job = await create({});
    await expandAll();
    await claimOne(job.run.id);
    const before = await get(`/v1/jobs/${job.id}`);
    for (const change of [
      { trigger: at(60_000) },
      { audience: { recipients: ['person-1'] } },
      { policy: { dedupeBy: 'recipient' } },
    ]) {
      const { status, body } = await patch(job.id, { version: 1, ...change });
      expect([status, body.code, body.field]).toEqual([409, 'run_started', Object.keys(change)[0]]);
    }
    expect(await get(`/v1/jobs/${job.id}`)).toEqual(before);
    const same = await patch(job.id, {
      version: 1,
      trigger: { type: 'now' },
      audience: { everyone: true },
      name: 'Other',
    });
    expect([same.status, same.body.name]).toEqual([200, 'Other']);
  });
});

describe('the audience', () => {
  test('is another: other people, other lists', async () => {
    const job = await create({ audience: { audiences: ['everybody'] } });
    await expandAll();
    const audience = { recipients: ['person-1', 'person-2'], addresses: [{ address: '+4915201234567' }] };
    const { body } = await patch(job.id, { version: 1, audience });
    expect(body.audience).toMatchObject({ audiences: [], recipients: audience.recipients, inlineAddresses: 1 });
    await expandAll();
    expect((await get(`/v1/runs/${job.run.id}`)).deliveries).toBe(3);
    const listed = await get(`/v1/jobs?audience=aud_${api.first.audienceId}`);
    expect(listed.data.map(({ id }: { id: string }) => id)).not.toContain(job.id);
    await patch(job.id, { version: 2, audience: { recipients: ['person-3'] } });
    expect(await rowsOf('SELECT 1 FROM recipients WHERE inline_job_id = $1', number(job.id))).toEqual([]);
    await expandAll();
    expect((await get(`/v1/runs/${job.run.id}/deliveries`)).data).toMatchObject([{ recipient: 'person-3' }]);
  });

  test('of an unknown name is refused, and nothing is another', async () => {
    const job = await create({});
    const { status, body } = await patch(job.id, { version: 1, name: 'x', audience: { recipients: ['who'] } });
    expect([status, body.code, body.field]).toEqual([422, 'unknown_recipient', 'audience.recipients[0]']);
    expect(await get(`/v1/jobs/${job.id}`)).toEqual(job);
  });
});

test('the policy holds for what is begun from now on', async () => {
  const job = await create({ policy: { expireAfter: 'PT1H' } });
  await expandAll();
  await claimOne(job.run.id);
  const policy = { attempts: 2, expireAfter: 'PT2H', unknown: { action: 'fail', after: 60 } };
  const { status, body } = await patch(job.id, { version: 1, policy });
  expect([status, body.policy.attempts]).toEqual([200, 2]);
  const rows = await rowsOf(
    `SELECT max_attempts, unknown_action, unknown_after_seconds, extract(epoch FROM expires_at - due_at)::int AS lives
     FROM batches WHERE run_id = $1`,
    number(job.run.id),
  );
  expect(rows).toEqual([{ max_attempts: 2, unknown_action: 'fail', unknown_after_seconds: 60, lives: 7_200 }]);
});

describe('refused', () => {
  test.each([
    ['no version', { name: 'x' }, 'version'],
    ['nothing to change', { version: 1 }, 'body'],
    ['another channel', { version: 1, channel: 'email' }, 'channel'],
    ['a version that is none', { version: 0, name: 'x' }, 'version'],
  ])('%s', async (_, body, field) => {
    const job = await create({ trigger: at(3_600_000) });
    const answer = await patch(job.id, body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'validation_failed', field]);
  });

  test('what has ended, what is not there, and what belongs to another account', async () => {
    const job = await create({ trigger: at(3_600_000) });
    const foreign = await patch(job.id, { version: 1, name: 'x' }, api.second);
    const missing = await patch('job_999999', { version: 1, name: 'x' });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found']);
    expect(foreign.body.detail).toBe(missing.body.detail);
    await send(api.url, 'POST', `/v1/jobs/${job.id}/cancel`, { key: api.first.key });
    const ended = await patch(job.id, { version: 2, name: 'x' });
    expect([ended.status, ended.body.code]).toEqual([409, 'invalid_state']);
  });
});
