/** A job whose row is held for long, be it by a process that stands still: who changes it waits, and nobody else does. */
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

/** More than the api has connections. */
const CROWD = 40;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

test('others are served while many want to change one job, and these when it is free', async () => {
  const { body: job } = await postJob(
    api.url,
    api.first,
    jobBody({ name: 'held', trigger: { type: 'at', at: '2031-01-01T00:00:00Z' } }),
  );
  const holder = await api.direct.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [Number(String(job.id).slice(4))]);
    const changes = Array.from({ length: CROWD }, (_, n) =>
      send(api.url, 'POST', `/v1/jobs/${job.id}/${n % 2 === 0 ? 'pause' : 'resume'}`, { key: api.first.key }),
    );
    await eventually(async () => {
      const { rows } = await api.direct.pool.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
      return rows.length > 0;
    });
    const others = await Promise.all(
      Array.from({ length: 5 }, (_, n) => postJob(api.url, api.first, jobBody({ name: `other ${n}` }))),
    );
    expect(others.map(({ status }) => status)).toEqual(Array(5).fill(201));
    await holder.query('ROLLBACK');
    const answers = await Promise.all(changes);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  } finally {
    holder.release();
  }
});
