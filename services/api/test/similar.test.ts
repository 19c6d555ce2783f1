/** Jobs that say nearly the same to the same people about the same time: on which side of the line a pair is, and races. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await api.direct.pool.query(
    `WITH made AS (INSERT INTO audiences (account_id, name) VALUES ($1, 'first half'), ($1, 'second half'), ($1, 'few'), ($1, 'most')
                   RETURNING id, name)
     INSERT INTO audience_members (account_id, audience_id, recipient_id)
     SELECT $1, made.id, r.id FROM made, recipients r
     WHERE r.account_id = $1 AND CASE made.name
       WHEN 'first half' THEN split_part(r.external_id, '-', 2)::int <= 10
       WHEN 'second half' THEN split_part(r.external_id, '-', 2)::int > 10
       WHEN 'few' THEN split_part(r.external_id, '-', 2)::int IN (1, 2, 11, 12, 13, 14)
       ELSE split_part(r.external_id, '-', 2)::int <= 16 END`,
    [api.first.accountId],
  );
});
afterAll(async () => {
  await api?.stop();
});
// Each pair is alone with itself.
beforeEach(async () => {
  await api.direct.pool.query(`UPDATE jobs SET status = 'cancelled', next_run_at = NULL`);
});

const TEXT = 'The canteen opens at eleven today. Please bring your badge, and leave your bags in the lockers.';
const HOUR = 3_600_000;
const START = Date.UTC(2030, 5, 1, 9);
const at = (hours: number) => ({ type: 'at', at: new Date(START + hours * HOUR).toISOString() });

interface Parts {
  readonly content?: unknown;
  readonly text?: string;
  readonly trigger?: unknown;
  readonly audience?: unknown;
  readonly allowSimilar?: boolean;
  readonly channel?: string;
}
const job = ({ text = TEXT, ...parts }: Parts = {}) =>
  jobBody({
    content: { text },
    trigger: at(0),
    audience: { audiences: ['first half'] },
    allowSimilar: false,
    ...parts,
  });
const people = (...numbers: number[]) => ({ recipients: numbers.map((n) => `person-${n}`) });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function pair(one: Parts, other: Parts): Promise<{ first: Answer; second: Answer }> {
  const first = await postJob(api.url, api.first, job(one));
  expect(first.status).toBe(201);
  return { first, second: await postJob(api.url, api.first, job(other)) };
}

describe('too alike', () => {
  const PAIRS: readonly (readonly [string, Parts, Parts])[] = [
    ['the same', {}, {}],
    ['other capitals, spaces and signs', {}, { text: `  ${TEXT.toUpperCase().replaceAll('.', ' !')}` }],
    ['one word changed', {}, { text: TEXT.replace('lockers', 'closets') }],
    ['a greeting before it', {}, { text: `Hello! ${TEXT}` }],
    ['23 hours later', {}, { trigger: at(23) }],
    ['23 hours earlier', {}, { trigger: at(-23) }],
    ['24 hours later to the minute', {}, { trigger: at(24) }],
    ['everyone twice', { audience: { everyone: true } }, { audience: { everyone: true } }],
    [
      'half of the people named one by one',
      { audience: people(...range(1, 10)) },
      { audience: people(...range(6, 15)) },
    ],
    ['most of everyone, then everyone', { audience: { audiences: ['most'] } }, { audience: { everyone: true } }],
    [
      'all of the first are among the second',
      { audience: { audiences: ['few'] } },
      { audience: { audiences: ['most'] } },
    ],
    ['a local moment near an instant', { trigger: { type: 'local', at: '2030-06-01T09:00' } }, { trigger: at(-10) }],
    [
      'the same addresses, named by address',
      { audience: { addresses: [{ address: '+49 1520 0000001' }, { address: '+49 1520 0000002' }] } },
      { audience: { addresses: [{ address: '+4915200000001' }, { address: '+4915200000003' }] } },
    ],
    [
      'the same approved template',
      { content: { template: { name: 'canteen', language: 'de', parameters: ['eleven'] } } },
      { content: { template: { name: 'canteen', language: 'de', parameters: ['eleven'] } } },
    ],
  ];
  test.each(PAIRS)('%s', async (_, one, other) => {
    const { first, second } = await pair(one, other);
    expect([second.status, second.body.code]).toEqual([409, 'similar_job']);
    expect(second.body.similar).toMatchObject({ id: first.body.id, name: 'Canteen', plannedAt: first.body.plannedAt });
    expect(second.body.similar.similarity).toBeGreaterThanOrEqual(0.8);
    const meant = await postJob(api.url, api.first, job({ ...other, allowSimilar: true }));
    expect(meant.status).toBe(201);
  });
});

describe('different enough', () => {
  const PAIRS: readonly (readonly [string, Parts, Parts])[] = [
    ['another text', {}, { text: 'The lift is out of order until noon.' }],
    [
      'half of the words',
      {},
      { text: 'The canteen opens at eleven today. The lift is out of order until noon, take the stairs.' },
    ],
    ['25 hours later', {}, { trigger: at(25) }],
    ['25 hours earlier', {}, { trigger: at(-25) }],
    ['other people', {}, { audience: { audiences: ['second half'] } }],
    ['four of ten people', { audience: people(...range(1, 10)) }, { audience: people(...range(7, 16)) }],
    ['two of ten, and of six', {}, { audience: { audiences: ['few'] } }],
    ['only one person', {}, { audience: people(1) }],
    ['one person twice', { audience: people(1) }, { audience: people(1) }],
    ['excluded are those who are told', {}, { audience: { everyone: true, exclude: { audiences: ['first half'] } } }],
    [
      'other addresses',
      { audience: { addresses: [{ address: '+4915200000001' }, { address: '+4915200000002' }] } },
      { audience: { addresses: [{ address: '+4915200000003' }, { address: '+4915200000004' }] } },
    ],
    [
      'another approved template',
      { content: { template: { name: 'canteen', language: 'de', parameters: ['eleven'] } } },
      { content: { template: { name: 'lift_broken', language: 'de', parameters: ['noon'] } } },
    ],
  ];
  test.each(PAIRS)('%s', async (_, one, other) => {
    expect((await pair(one, other)).second.status).toBe(201);
  });

  test('one that was cancelled, and one of another account', async () => {
    const { body } = await postJob(api.url, api.first, job());
    await send(api.url, 'POST', `/v1/jobs/${body.id}/cancel`, { key: api.first.key });
    expect((await postJob(api.url, api.first, job())).status).toBe(201);
    expect((await postJob(api.url, api.second, job({ audience: { everyone: true } }))).status).toBe(201);
  });
});

describe('at the same moment', () => {
  test('of ten alike one is accepted', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => postJob(api.url, api.first, job())));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  test('of two alike, of which one says that it is meant, the other is refused or came first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const trigger = at(1_000 + round * 100);
      const [asked, meant] = await Promise.all([
        postJob(api.url, api.first, job({ trigger })),
        postJob(api.url, api.first, job({ trigger, allowSimilar: true })),
      ]);
      expect(meant.status).toBe(201);
      const cameFirst = asked.status === 201 && Number(asked.body.id.slice(4)) < Number(meant.body.id.slice(4));
      expect(asked.status === 409 || cameFirst).toBe(true);
    }
  });
});

test('a change that makes a job like another is refused, and one of the job itself is not', async () => {
  const one = await postJob(api.url, api.first, job());
  const other = await postJob(api.url, api.first, job({ text: 'The lift is out of order until noon.' }));
  const patch = (id: string, body: unknown) =>
    send(api.url, 'PATCH', `/v1/jobs/${id}`, {
      key: api.first.key,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const refused = await patch(other.body.id, { version: 1, content: { text: TEXT } });
  expect([refused.status, refused.body.similar?.id]).toEqual([409, one.body.id]);
  expect((await patch(other.body.id, { version: 1, content: { text: TEXT }, allowSimilar: true })).status).toBe(200);
  await send(api.url, 'POST', `/v1/jobs/${other.body.id}/cancel`, { key: api.first.key });
  expect((await patch(one.body.id, { version: 1, content: { text: `${TEXT} Thanks.` } })).status).toBe(200);
});
