/** Jobs that follow a date of their recipients, over HTTP: created, refused, shown, previewed and changed. */

import { passDueDates } from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

const json = { 'Content-Type': 'application/json' };
const get = (path: string): Promise<Answer> => send(api.url, 'GET', path, { key: api.first.key });
const post = (path: string, body: unknown = {}): Promise<Answer> =>
  send(api.url, 'POST', path, { key: api.first.key, headers: json, body: JSON.stringify(body) });
const patch = (path: string, body: unknown): Promise<Answer> =>
  send(api.url, 'PATCH', path, { key: api.first.key, headers: json, body: JSON.stringify(body) });

const TRIGGER = { type: 'date', date: 'birthday', at: '09:00', repeat: 'yearly' };
const dated = (trigger: object = {}, parts: object = {}) =>
  jobBody({ audience: { everyone: true }, trigger: { ...TRIGGER, ...trigger }, ...parts });

/** The day so many days from today, in UTC. */
const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function setBirthday(person: number, value: string, name = 'birthday'): Promise<void> {
  const { status } = await send(api.url, 'PUT', `/v1/recipients/person-${person}/dates/${name}`, {
    key: api.first.key,
    headers: json,
    body: JSON.stringify({ value }),
  });
  expect(status).toBeLessThan(300);
}

const pass = () => passDueDates(api.direct.pool, { aheadMs: 3 * 86_400_000, intervalMs: 3_600_000, pageSize: 1_000 });

describe('a job of dates', () => {
  test('is stored with every rule, and waits for its first pass', async () => {
    const { status, body } = await postJob(api.url, api.first, dated());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'active',
      run: null,
      plannedAt: null,
      nextRunAt: expect.any(String),
      policy: { dedupeBy: 'recipient' },
    });
    expect(body.trigger).toEqual({
      ...TRIGGER,
      offsets: ['P0D'],
      zone: 'recipient',
      feb29: 'feb28',
      gap: 'later',
      repeated: 'first',
      missingZone: expect.any(String),
      lateness: 'send',
    });
    expect((await get(`/v1/jobs/${body.id}`)).body).toEqual(body);
    await post(`/v1/jobs/${body.id}/cancel`);
  });

  test('keeps what was asked for', async () => {
    const trigger = {
      offsets: ['-P3D', 'P1W', '-P1D'],
      zone: 'Asia/Tokyo',
      repeat: 'once',
      feb29: 'mar1',
      gap: 'skip',
      repeated: 'second',
      missingZone: 'Europe/Berlin',
      lateness: { within: 'PT2H' },
    };
    const { body } = await postJob(api.url, api.first, dated(trigger, { policy: { dedupeBy: 'address' } }));
    expect(body.trigger).toMatchObject({ ...trigger, offsets: ['-P3D', 'P7D', '-P1D'], lateness: { within: 7200 } });
    expect(body.policy.dedupeBy).toBe('address');
    await post(`/v1/jobs/${body.id}/cancel`);
  });

  test.each([
    ['a month', { offsets: ['-P1M'] }, 'trigger.offsets[0]', 'invalid_duration'],
    ['hours', { offsets: ['P0D', 'PT3H'] }, 'trigger.offsets[1]', 'invalid_duration'],
    ['too far', { offsets: ['P400D'] }, 'trigger.offsets[0]', 'invalid_duration'],
    ['twice the same', { offsets: ['P7D', 'P1W'] }, 'trigger.offsets[1]', 'validation_failed'],
    ['none', { offsets: [] }, 'trigger.offsets', 'validation_failed'],
    ['no time of day', { at: '9:00' }, 'trigger.at', 'invalid_wall_time'],
    ['24:00', { at: '24:00' }, 'trigger.at', 'invalid_wall_time'],
    ['no zone', { zone: 'Berlin' }, 'trigger.zone', 'invalid_zone'],
    ['a name', { date: 'Birth day' }, 'trigger.date', 'validation_failed'],
    ['an end before the time', { lateness: { until: '09:00' } }, 'trigger.lateness.until', 'validation_failed'],
    ['a lateness of months', { lateness: { within: 'P1M' } }, 'trigger.lateness.within', 'invalid_duration'],
    ['a lateness of years', { lateness: { within: 'P60D' } }, 'trigger.lateness.within', 'validation_failed'],
  ])('is refused for %s', async (_, trigger, field, code) => {
    const { status, body } = await postJob(api.url, api.first, dated(trigger));
    expect([status, body.code]).toEqual([400, code]);
    expect(body.field).toBe(field);
  });

  test('is refused for people who have no dates', async () => {
    const audience = { addresses: [{ address: '+4915201234567' }] };
    const { status, body } = await postJob(api.url, api.first, dated({}, { audience }));
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.field).toBe('audience.addresses');
  });

  test('is compared with no other, as each occasion is another day', async () => {
    const text = 'All the best for your birthday from all of us.';
    const one = await postJob(api.url, api.first, dated({}, { content: { text } }));
    const other = await postJob(api.url, api.first, dated({}, { content: { text } }));
    expect([one.status, other.status]).toEqual([201, 201]);
    for (const { body } of [one, other]) await post(`/v1/jobs/${body.id}/cancel`);
  });

  test('shows the next of its runs, and lists them all', async () => {
    await setBirthday(1, `1990${dayIn(2).slice(4)}`);
    await setBirthday(2, `-${dayIn(1).slice(4)}`);
    const { body: job } = await postJob(api.url, api.first, dated({ at: '12:00', zone: 'UTC' }));
    expect(await pass()).toMatchObject({ kind: 'passed', deliveries: 2 });
    const { body } = await get(`/v1/jobs/${job.id}`);
    expect(body.run).toMatchObject({
      occurrence: `date:0:${dayIn(1)}`,
      state: 'sending',
      dueAt: `${dayIn(1)}T12:00:00.000Z`,
    });
    const runs = (await get(`/v1/jobs/${job.id}/runs`)).body.data;
    expect(runs.map((run: { occurrence: string; people: number }) => [run.occurrence, run.people]).sort()).toEqual([
      [`date:0:${dayIn(1)}`, 1],
      [`date:0:${dayIn(2)}`, 1],
    ]);
    const { body: paused } = await post(`/v1/jobs/${job.id}/pause`);
    expect(paused.status).toBe('paused');
    const { body: cancelled } = await post(`/v1/jobs/${job.id}/cancel`);
    expect(cancelled).toMatchObject({ status: 'cancelling', inTheAir: 0 });
  });
});

describe('a preview', () => {
  test('tells who has the date, who has not, and how many are due on the next days', async () => {
    for (const [person, days] of [3, 3, 4, 40].entries())
      await setBirthday(10 + person, `1980${dayIn(days).slice(4)}`, 'founded');
    const trigger = { date: 'founded', at: '12:00', zone: 'UTC', offsets: ['P0D', '-P1D'] };
    const { status, body } = await post('/v1/jobs/preview', dated(trigger, { content: { text: 'Dear {{name}}' } }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ people: 4, deliveries: 4, estimatedEndAt: null });
    expect(body.dates).toMatchObject({ withDate: 4, withoutDate: 16 });
    const upcoming = body.dates.upcoming.map((one: { offset: string; day: string; people: number }) => [
      one.offset,
      one.day,
      one.people,
    ]);
    expect(upcoming.sort()).toEqual(
      [
        ['-P1D', dayIn(2), 2],
        ['-P1D', dayIn(3), 1],
        ['P0D', dayIn(3), 2],
        ['P0D', dayIn(4), 1],
      ].sort(),
    );
    expect([body.earliestAt, body.latestAt]).toEqual([`${dayIn(2)}T12:00:00.000Z`, `${dayIn(4)}T12:00:00.000Z`]);
    expect(body.samples).toHaveLength(3);
    expect(body.samples[0]).toMatchObject({ dueAt: `${dayIn(2)}T12:00:00.000Z` });
    expect((await post('/v1/jobs/preview', jobBody())).body.dates).toBeNull();
  });

  test('warns when nobody has the date', async () => {
    const { body } = await post('/v1/jobs/preview', dated({ date: 'nothing' }));
    expect(body.dates).toEqual({ withDate: 0, withoutDate: 20, upcoming: [] });
    expect(body.warnings.map(({ code }: { code: string }) => code)).toContain('nobody');
  });
});

describe('a change', () => {
  test('of the time plans anew what was not begun', async () => {
    await setBirthday(4, `1990${dayIn(1).slice(4)}`, 'hired');
    const { body: job } = await postJob(api.url, api.first, dated({ date: 'hired', at: '12:00', zone: 'UTC' }));
    await pass();
    const changed = await patch(`/v1/jobs/${job.id}`, {
      version: job.version,
      trigger: { ...TRIGGER, date: 'hired', at: '13:00', zone: 'UTC' },
    });
    expect([changed.status, changed.body.trigger.at]).toEqual([200, '13:00']);
    await pass();
    const { body } = await get(`/v1/jobs/${job.id}`);
    const { body: deliveries } = await get(`/v1/runs/${body.run.id}/deliveries`);
    expect(deliveries.data).toMatchObject([{ recipient: 'person-4', dueAt: `${dayIn(1)}T13:00:00.000Z` }]);
    expect((await get(`/v1/runs/${body.run.id}`)).body).toMatchObject({ people: 1, deliveries: 1 });
    await post(`/v1/jobs/${job.id}/cancel`);
  });

  test('from or to another kind of trigger is refused', async () => {
    const { body: job } = await postJob(api.url, api.first, dated({ date: 'hired' }));
    const away = await patch(`/v1/jobs/${job.id}`, { version: job.version, trigger: { type: 'now' } });
    expect([away.status, away.body.code, away.body.field]).toEqual([400, 'validation_failed', 'trigger.type']);
    await post(`/v1/jobs/${job.id}/cancel`);
  });
});
