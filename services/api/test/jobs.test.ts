/** Jobs, runs and deliveries over HTTP, on a real Postgres. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, jobBody, postJob, send, startApi, type TestAccount, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

const get = (path: string, account: TestAccount = api.first): Promise<Answer> =>
  send(api.url, 'GET', path, { key: account.key });
const post = (path: string, account: TestAccount = api.first): Promise<Answer> =>
  send(api.url, 'POST', path, { key: account.key });

/** An instant so many milliseconds from now. */
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('creating', () => {
  test('now: the job, its run, an audit entry and a wake-up', async () => {
    const before = api.woken.length;
    const answer = await postJob(api.url, api.first, jobBody());
    expect(answer.status).toBe(201);
    expect(answer.headers.get('Location')).toBe(`/v1/jobs/${answer.body.id}`);
    expect(answer.body).toMatchObject({
      status: 'active',
      content: { text: 'The canteen opens at eleven today.' },
      trigger: { type: 'now' },
      nextRunAt: null,
      run: { occurrence: 'once', state: 'planned' },
      policy: { attempts: 5, expireAfter: null, unknown: { action: 'hold', after: 3600 }, dedupeBy: 'address' },
    });
    expect((await get(`/v1/jobs/${answer.body.id}`)).body).toEqual(answer.body);
    expect(api.woken.length).toBe(before + 1);
    const { rows } = await api.direct.pool.query('SELECT action, actor FROM audit_entries WHERE subject = $1', [
      answer.body.id,
    ]);
    expect(rows).toEqual([{ action: 'job.create', actor: expect.stringMatching(/^key_\d+$/) }]);
  });

  test('one recipient: its delivery exists when the answer is given', async () => {
    const { body } = await postJob(api.url, api.first, jobBody({ audience: { recipients: ['person-3'] } }));
    const run = await get(`/v1/runs/${body.run.id}`);
    expect(run.body).toMatchObject({
      state: 'sending',
      people: 1,
      deliveries: 1,
      counts: { scheduled: 1, sending: 0 },
    });
    const list = await get(`/v1/runs/${body.run.id}/deliveries`);
    expect(list.body.data).toHaveLength(1);
    const detail = await get(`/v1/deliveries/${list.body.data[0].id}`);
    expect(detail.body).toMatchObject({
      recipient: 'person-3',
      state: 'scheduled',
      job: body.id,
      tries: [],
      reports: [],
    });
  });

  test('at a far moment: no run yet, but the time at which the scheduler looks', async () => {
    const at = inMs(86_400_000);
    const { status, body } = await postJob(api.url, api.first, jobBody({ trigger: { type: 'at', at } }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ nextRunAt: at, run: null, trigger: { type: 'at', at } });
  });

  test('at a near moment, and at one that passed within the last minute: its run at once', async () => {
    for (const at of [inMs(60_000), inMs(-30_000)]) {
      const { status, body } = await postJob(api.url, api.first, jobBody({ trigger: { type: 'at', at } }));
      expect(status).toBe(201);
      expect(body).toMatchObject({ nextRunAt: null, run: { dueAt: at } });
    }
  });

  test('at a wall time with zone, across a change of clocks', async () => {
    const create = async (at: string, rules: Record<string, string> = {}) => {
      const trigger = { type: 'at', at, zone: 'Europe/Berlin', ...rules };
      return (await postJob(api.url, api.first, jobBody({ trigger }))).body.trigger.at;
    };
    // In Berlin clocks skip 02:00 to 03:00 on 2027-03-28 and repeat it on 2027-10-31.
    expect(await create('2027-03-28T02:30')).toBe('2027-03-28T01:30:00.000Z');
    expect(await create('2027-03-28T02:30', { gap: 'earlier' })).toBe('2027-03-28T00:30:00.000Z');
    expect(await create('2027-10-31T02:30')).toBe('2027-10-31T00:30:00.000Z');
    expect(await create('2027-10-31T02:30', { repeated: 'second' })).toBe('2027-10-31T01:30:00.000Z');
  });

  test('local: looked at from when the wall time begins anywhere; missing zones are the account’s', async () => {
    const trigger = { type: 'local', at: '2027-06-01T09:00' };
    const { body } = await postJob(api.url, api.first, jobBody({ trigger }));
    expect(body).toMatchObject({
      nextRunAt: '2027-05-31T19:00:00.000Z',
      run: null,
      trigger: { ...trigger, gap: 'later', repeated: 'first', missingZone: 'UTC' },
    });
  });

  test('a template, audiences by id and name, exclusions and a whole policy are stored as asked', async () => {
    const parts = {
      content: { template: { name: 'canteen', language: 'de_DE', parameters: ['eleven'] } },
      audience: {
        everyone: false,
        audiences: [`aud_${api.first.audienceId}`, 'everybody'],
        recipients: ['person-1'],
        exclude: { audiences: [], recipients: ['person-2'] },
      },
      policy: {
        attempts: 3,
        backoff: { initialSeconds: 1, factor: 3, maxSeconds: 60 },
        expireAfter: 'PT2H',
        unknown: { action: 'resend', after: 'PT10M' },
        dedupeBy: 'recipient',
      },
    };
    const { status, body } = await postJob(api.url, api.first, jobBody(parts));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...parts,
      policy: { ...parts.policy, expireAfter: 7200, unknown: { action: 'resend', after: 600 } },
    });
    const { rows } = await api.direct.pool.query('SELECT audience, policy FROM jobs WHERE id = $1', [body.id.slice(4)]);
    expect(rows[0].audience).toMatchObject({ audienceIds: [api.first.audienceId], recipientIds: [expect.any(Number)] });
    expect(rows[0].policy).toMatchObject({ expireAfterMs: 7_200_000, unknown: { afterSeconds: 600 } });
  });
});

describe('reading', () => {
  test('a run’s counts are those of its batches, and add up', async () => {
    const { body } = await postJob(api.url, api.first, jobBody({ audience: { recipients: ['person-4'] } }));
    const runId = body.run.id.slice(4);
    const [batch] = (await api.direct.pool.query('SELECT id, day FROM batches WHERE run_id = $1', [runId])).rows;
    await api.direct.pool.query(
      `INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, state, content_version, number, try, address,
                               sending_at)
       SELECT $1, $2, carillon_now(), gen_random_uuid(), $3, $4, (ARRAY['sent', 'failed', 'unknown'])[1 + n % 3]::delivery_state,
              1, n, 1, '49' || n, carillon_now()
       FROM generate_series(2, 10) n`,
      [batch.id, runId, api.first.accountId, batch.day],
    );
    await api.direct.pool.query(
      'UPDATE batches SET size = 10, sent = 3, failed = 3, unknown = 3, enqueued_at = carillon_now() WHERE id = $1',
      [batch.id],
    );
    const run = (await get(`/v1/runs/run_${runId}`)).body;
    expect(run.counts).toEqual({
      scheduled: 1,
      sending: 0,
      sent: 3,
      delivered: 0,
      failed: 3,
      unknown: 3,
      skipped: 0,
      cancelled: 0,
    });
    expect(run.deliveries).toBe(10);
    // Begun just now: nine in a few seconds at most, not nine in ten.
    expect(run.ratePerSecond).toBeGreaterThan(0.9);
    expect(run.ratePerSecond).toBeLessThanOrEqual(9);
    expect(Date.parse(run.estimatedEndAt)).toBeGreaterThan(Date.now() - 60_000);

    await api.direct.pool.query(
      `UPDATE runs SET created_at = created_at - interval '1 hour', due_at = due_at - interval '1 hour' WHERE id = $1`,
      [runId],
    );
    expect((await get(`/v1/runs/run_${runId}`)).body.ratePerSecond).toBe(0.9);

    const failed = await get(`/v1/runs/run_${runId}/deliveries?state=failed`);
    expect(failed.body.data.map((delivery: { state: string }) => delivery.state)).toEqual([
      'failed',
      'failed',
      'failed',
    ]);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await get(`/v1/runs/run_${runId}/deliveries?limit=3${cursor}`)).body;
      seen.push(...page.data.map((delivery: { id: string }) => delivery.id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);

    // A first try that was accepted has no attempt row; the delivery tells it.
    const sent = (await get(`/v1/runs/run_${runId}/deliveries?state=sent&limit=1`)).body.data[0];
    const detail = (await get(`/v1/deliveries/${sent.id}`)).body;
    expect(detail.tries).toEqual([expect.objectContaining({ try: 1, outcome: 'accepted', startedAt: sent.sendingAt })]);
  });

  test('lists of jobs go newest first through all pages, and by status', async () => {
    const all: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await get(`/v1/jobs?limit=4${cursor}`)).body;
      all.push(...page.data.map((job: { id: string }) => job.id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    const numbers = all.map((id) => Number(id.slice(4)));
    expect(numbers).toEqual([...numbers].sort((left, right) => right - left));
    expect((await get('/v1/jobs?status=cancelled')).body.data).toEqual([]);
    expect((await get(`/v1/jobs/${all[0]}/runs`)).body.data.length).toBeLessThanOrEqual(1);
  });
});

describe('control', () => {
  test('pause, resume, cancel: at once, with what is in the air, audited, and refused where it is over', async () => {
    const { body: job } = await postJob(api.url, api.first, jobBody({ audience: { recipients: ['person-5'] } }));
    const runId = job.run.id.slice(4);
    await api.direct.pool.query('UPDATE batches SET scheduled = 0, sending = 1 WHERE run_id = $1', [runId]);
    const paused = await post(`/v1/jobs/${job.id}/pause`);
    expect([paused.status, paused.body]).toEqual([202, { id: job.id, status: 'pausing', inTheAir: 1 }]);
    expect((await get(`/v1/jobs/${job.id}`)).body.status).toBe('pausing');
    expect((await get(`/v1/runs/${job.run.id}`)).body.status).toBe('pausing');
    await api.direct.pool.query('UPDATE batches SET scheduled = 1, sending = 0 WHERE run_id = $1', [runId]);
    expect((await get(`/v1/jobs/${job.id}`)).body.status).toBe('paused');
    expect((await get(`/v1/runs/${job.run.id}`)).body.status).toBe('paused');

    expect((await post(`/v1/jobs/${job.id}/resume`)).body.status).toBe('active');
    expect((await get(`/v1/jobs/${job.id}`)).body.status).toBe('active');
    expect((await post(`/v1/jobs/${job.id}/cancel`)).body).toMatchObject({ status: 'cancelling', inTheAir: 0 });
    expect((await post(`/v1/jobs/${job.id}/resume`)).body).toMatchObject({ code: 'invalid_state', status: 409 });
    await api.direct.pool.query('UPDATE batches SET scheduled = 0, cancelled = 1 WHERE run_id = $1', [runId]);
    expect((await get(`/v1/jobs/${job.id}`)).body.status).toBe('cancelled');
    const { rows } = await api.direct.pool.query('SELECT action FROM audit_entries WHERE subject = $1 ORDER BY id', [
      job.id,
    ]);
    expect(rows.map((row) => row.action)).toEqual(['job.create', 'job.pause', 'job.resume', 'job.cancel']);
  });
});

describe('accounts do not see each other', () => {
  test('every path with an id of the other account answers 404, and its names are unknown', async () => {
    const { body: job } = await postJob(api.url, api.first, jobBody({ audience: { recipients: ['person-6'] } }));
    const delivery = (await get(`/v1/runs/${job.run.id}/deliveries`)).body.data[0].id;
    const paths = [`/v1/jobs/${job.id}`, `/v1/jobs/${job.id}/runs`, `/v1/runs/${job.run.id}`];
    for (const path of [...paths, `/v1/runs/${job.run.id}/deliveries`, `/v1/deliveries/${delivery}`]) {
      expect([path, (await get(path)).status]).toEqual([path, 200]);
      expect([path, (await get(path, api.second)).body.code]).toEqual([path, 'not_found']);
    }
    for (const action of ['pause', 'resume', 'cancel']) {
      expect((await post(`/v1/jobs/${job.id}/${action}`, api.second)).body.code).toBe('not_found');
    }
    expect((await get(`/v1/jobs/${job.id}`)).body.status).toBe('active');
    const audience = { audiences: [`aud_${api.first.audienceId}`] };
    expect((await postJob(api.url, api.second, jobBody({ audience }))).body.code).toBe('unknown_audience');
    const named = { recipients: ['person-20'] };
    expect((await postJob(api.url, api.second, jobBody({ audience: named }))).body.code).toBe('unknown_recipient');
    const providerAccount = `pvd_${api.first.providerAccountId}`;
    expect((await postJob(api.url, api.second, jobBody({ providerAccount }))).body.code).toBe('unknown_provider');
    expect((await get('/v1/jobs', api.second)).body.data).toEqual([]);
  });
});

test('a local moment for one recipient is left to the expansion, which knows the zone', async () => {
  const wallTime = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
  const trigger = { type: 'local', at: wallTime };
  const { body } = await postJob(api.url, api.first, jobBody({ trigger, audience: { recipients: ['person-1'] } }));
  expect(body.run).toMatchObject({ state: 'planned' });
  const { rows } = await api.direct.pool.query('SELECT 1 FROM batches WHERE run_id = $1', [body.run.id.slice(4)]);
  expect(rows).toEqual([]);
});
