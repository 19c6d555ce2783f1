/** Jobs that come again, over HTTP: created, refused, shown, previewed, changed, and run by hand. */
import { planSchedules } from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

const json = { 'Content-Type': 'application/json' };
const get = (path: string): Promise<Answer> => send(api.url, 'GET', path, { key: api.first.key });
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  send(api.url, 'POST', path, {
    key: api.first.key,
    headers: { ...json, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const patch = (path: string, body: unknown): Promise<Answer> =>
  send(api.url, 'PATCH', path, { key: api.first.key, headers: json, body: JSON.stringify(body) });
const create = (trigger: object, parts: object = {}) => postJob(api.url, api.first, jobBody({ trigger, ...parts }));
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

const CRON = { type: 'cron', expression: '0 9 * * MON-FRI', zone: 'Europe/Berlin' };

describe('a job that comes again', () => {
  test('is stored with every rule, and waits for its next moment', async () => {
    const { status, body } = await create(CRON);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'active', run: null, plannedAt: null, nextRunAt: expect.any(String) });
    expect(body.trigger).toEqual({
      ...CRON,
      gap: 'later',
      repeated: 'first',
      missed: 'once',
      missedLimit: 100,
      overlap: 'allow',
      jitter: 0,
    });
    expect((await get(`/v1/jobs/${body.id}`)).body).toEqual(body);
    expect(Date.parse(body.nextRunAt)).toBeGreaterThan(Date.now());
    expect(new Date(body.nextRunAt).getUTCMinutes()).toBe(0);
  });

  test('keeps what was asked for', async () => {
    const trigger = {
      type: 'every',
      interval: 'P1M',
      zone: 'Asia/Tokyo',
      gap: 'skip',
      repeated: 'second',
      startsAt: '2030-01-31T00:00:00.000Z',
      endsAt: '2031-01-31T00:00:00.000Z',
      maxOccurrences: 5,
      missed: 'all',
      missedLimit: 7,
      overlap: 'queue',
      jitter: 'PT5M',
    };
    const { body } = await create(trigger);
    expect(body.trigger).toEqual({ ...trigger, anchor: trigger.startsAt, jitter: 300 });
    // The beginning is itself a moment, and the jitter is later by five minutes at most.
    const lateMs = Date.parse(body.nextRunAt) - Date.parse(trigger.startsAt);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThanOrEqual(300_000);
  });

  test('follows the passing of time where its hour is any', async () => {
    const { body } = await create({ type: 'cron', expression: '*/30 * * * *' });
    expect(body.trigger).toMatchObject({ gap: 'skip', repeated: 'both', zone: expect.any(String) });
  });

  test('is no announcement that others are compared with', async () => {
    const parts = { content: { text: 'The same again and again.' } };
    for (let count = 0; count < 2; count += 1) {
      const body = jobBody({ trigger: CRON, ...parts });
      const { status } = await postJob(api.url, api.first, { ...body, allowSimilar: false });
      expect(status).toBe(201);
    }
  });

  test.each([
    [{ ...CRON, expression: '60 9 * * *' }, 'invalid_cron', 'trigger.expression', 'is no minute: it takes 0 to 59'],
    [{ ...CRON, expression: '0 0 30 2 *' }, 'invalid_cron', 'trigger.expression', 'never comes true'],
    [{ ...CRON, zone: 'Mars/Olympus' }, 'invalid_zone', 'trigger.zone', 'IANA'],
    [{ ...CRON, missed: 'never' }, 'validation_failed', 'trigger.missed', ''],
    [{ ...CRON, endsAt: 'tomorrow' }, 'invalid_instant', 'trigger.endsAt', '2026-11-21'],
    [
      { ...CRON, startsAt: '2030-01-01T00:00:00Z', endsAt: '2029-01-01T00:00:00Z' },
      'validation_failed',
      'trigger.endsAt',
      'before startsAt',
    ],
    [{ ...CRON, endsAt: '2025-01-01T00:00:00Z' }, 'no_occurrence', 'trigger', 'Correct startsAt'],
    [{ ...CRON, jitter: 'P2D' }, 'invalid_duration', 'trigger.jitter', 'up to a day'],
    [{ ...CRON, missedLimit: 0 }, 'validation_failed', 'trigger.missedLimit', ''],
    [{ type: 'every', interval: 0.5 }, 'invalid_duration', 'trigger.interval', 'whole seconds'],
    [{ type: 'every', interval: 'P11Y' }, 'invalid_duration', 'trigger.interval', 'ten years'],
    [{ type: 'every' }, 'validation_failed', 'trigger.interval', ''],
  ])('%j is refused with %s at %s', async (trigger, code, field, words) => {
    const { status, body } = await create(trigger);
    expect({ status, code: body.code, field: body.field ?? body.errors?.[0]?.field }).toEqual({
      status: 400,
      code,
      field,
    });
    expect(JSON.stringify(body)).toContain(words);
  });
});

test('a preview tells the next ten moments, in UTC and by the clock of the zone', async () => {
  const trigger = { ...CRON, expression: '30 2 28 3 *', startsAt: '2027-01-01T00:00:00Z' };
  const { status, body } = await post('/v1/jobs/preview', jobBody({ trigger }));
  expect(status).toBe(200);
  expect(body.moments).toHaveLength(10);
  // 2027 is the year in which the clocks of Berlin skip it.
  expect(body.moments.slice(0, 2)).toEqual([
    { at: '2027-03-28T01:30:00.000Z', wallTime: '2027-03-28T03:30:00', zone: 'Europe/Berlin' },
    { at: '2028-03-28T00:30:00.000Z', wallTime: '2028-03-28T02:30:00', zone: 'Europe/Berlin' },
  ]);
  const bounded = jobBody({ trigger: { type: 'every', interval: 60, maxOccurrences: 3 } });
  expect((await post('/v1/jobs/preview', bounded)).body.moments).toHaveLength(3);
});

test('and of a job without recipients as well', async () => {
  const webhook = { url: 'https://example.com/hook' };
  const { status, body } = await post('/v1/jobs/preview', { kind: 'webhook', name: 'Ping', webhook, trigger: CRON });
  expect(status).toBe(200);
  expect(body).toMatchObject({ people: 0, deliveries: 0, samples: [], warnings: [] });
  expect(body.moments).toHaveLength(10);
  expect(body.moments.every(({ wallTime }: { wallTime: string }) => wallTime.endsWith('T09:00:00'))).toBe(true);
});

describe('a change', () => {
  test('from a moment to a schedule, of the schedule, and back', async () => {
    const { body: job } = await create({ type: 'at', at: inMs(3_600_000) });
    const changed = await patch(`/v1/jobs/${job.id}`, { version: 1, trigger: CRON });
    expect(changed.body).toMatchObject({ version: 2, trigger: { type: 'cron' }, plannedAt: null, run: null });
    const startsAt = inMs(7_200_000);
    const again = await patch(`/v1/jobs/${job.id}`, { version: 2, trigger: { type: 'every', interval: 60, startsAt } });
    expect(again.body).toMatchObject({ version: 3, nextRunAt: startsAt });
    const back = await patch(`/v1/jobs/${job.id}`, { version: 3, trigger: { type: 'at', at: startsAt } });
    expect(back.body).toMatchObject({ version: 4, nextRunAt: startsAt, plannedAt: startsAt, trigger: { type: 'at' } });
    expect((await patch(`/v1/jobs/${job.id}`, { version: 4, trigger: { ...CRON, expression: 'x' } })).body.code).toBe(
      'invalid_cron',
    );
    expect((await get(`/v1/jobs/${job.id}`)).body.version).toBe(4);
  });
});

describe('a run by hand', () => {
  test('is made once for a key, beside the schedule, and listed', async () => {
    const { body: job } = await create({ type: 'every', interval: 3_600 });
    const key = { 'Idempotency-Key': 'run-by-hand' };
    const first = await post(`/v1/jobs/${job.id}/run`, undefined, key);
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      run: expect.stringMatching(/^run_\d+$/),
      job: job.id,
      occurrence: expect.stringMatching(/^manual:\d+$/),
    });
    expect((await post(`/v1/jobs/${job.id}/run`, undefined, key)).body).toEqual(first.body);
    const runs = (await get(`/v1/jobs/${job.id}/runs`)).body.data;
    expect(runs).toMatchObject([{ id: first.body.run, occurrence: first.body.occurrence, leftOut: null }]);
    expect((await get(`/v1/jobs/${job.id}`)).body.nextRunAt).toBe(job.nextRunAt);
  });

  test('is made as the job is created, by runNow', async () => {
    const { status, body } = await create(CRON, { runNow: true });
    expect(status).toBe(201);
    expect(body.run).toMatchObject({ occurrence: expect.stringMatching(/^manual:/) });
    const refused = await create({ type: 'now' }, { runNow: true });
    expect(refused.body).toMatchObject({ code: 'validation_failed' });
    expect(JSON.stringify(refused.body)).toContain('runNow');
  });

  test('is refused of what is paused, of dates, and of what is not there', async () => {
    const run = (id: string) => post(`/v1/jobs/${id}/run`, undefined, { 'Idempotency-Key': `key-${id}` });
    const { body: paused } = await create(CRON);
    await post(`/v1/jobs/${paused.id}/pause`, {});
    expect((await run(paused.id)).body.code).toBe('invalid_state');
    const { body: dated } = await create(
      { type: 'date', date: 'birthday', at: '09:00', repeat: 'yearly' },
      { audience: { everyone: true } },
    );
    expect((await run(dated.id)).body.code).toBe('invalid_state');
    expect((await run('job_999999')).status).toBe(404);
    const foreign = await send(api.url, 'POST', `/v1/jobs/${paused.id}/run`, {
      key: api.second.key,
      headers: { ...json, 'Idempotency-Key': 'foreign' },
    });
    expect(foreign.status).toBe(404);
  });
});

test('what was left out is listed with its reason', async () => {
  const { body: job } = await create({ type: 'cron', expression: '* * * * *', missed: 'skip' });
  await api.direct.pool.query(
    `UPDATE jobs SET next_occurrence_at = next_occurrence_at - interval '1 hour', next_run_at = next_run_at - interval '1 hour' WHERE id = $1`,
    [Number(job.id.slice(4))],
  );
  await planSchedules(api.direct.pool, { aheadMs: 0, missedAfterMs: 60_000, limit: 100 });
  const runs = (await get(`/v1/jobs/${job.id}/runs`)).body.data;
  expect(runs.at(-1)).toMatchObject({
    state: 'completed',
    deliveries: 0,
    leftOut: { reason: 'missed', moments: expect.any(Number), until: expect.any(String) },
  });
  expect(runs.at(-1).leftOut.moments).toBeGreaterThan(50);
});
