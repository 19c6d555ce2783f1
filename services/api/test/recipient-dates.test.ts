/** Dates of recipients and confirmed addresses over HTTP, on a real Postgres: set whole and one by one, by any number at once. */
import { addressKey, deriveKey } from '@carillon/core';
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PeopleApi, startPeopleApi } from './people.ts';

let api: PeopleApi;
beforeAll(async () => {
  api = await startPeopleApi();
});
afterAll(async () => {
  await api?.stop();
});

const put = (externalId: string, body: unknown) => api.call('PUT', `/v1/recipients/${externalId}`, body);
const putDate = (externalId: string, name: string, value: unknown) =>
  api.call('PUT', `/v1/recipients/${externalId}/dates/${name}`, { value });
const datesOf = async (externalId: string) => (await api.call('GET', `/v1/recipients/${externalId}`)).body.dates;

async function rowsOf(externalId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await api.database.pool.query(
    `SELECT d.name, d.value, d.anniversary, d.on_day, d.at FROM recipient_dates d
     JOIN recipients r ON r.account_id = d.account_id AND r.id = d.recipient_id
     WHERE r.account_id = $1 AND r.external_id = $2 ORDER BY d.name`,
    [api.accountId, externalId],
  );
  return rows;
}

describe('all dates of a recipient', () => {
  test('are put with it, read back in one spelling, and replaced whole', async () => {
    const dates = { renewed: '2027-03-08T00:30:00+02:00', birthday: '1990-03-10', named_after: '--12-06' };
    const created = await put('all', { dates });
    expect(created).toMatchObject({ status: 201, body: { dates: { ...dates, renewed: '2027-03-07T22:30:00.000Z' } } });
    expect((await api.call('GET', '/v1/recipients/all')).body).toEqual(created.body);
    expect((await api.call('GET', '/v1/recipients?limit=1')).body.data).toEqual([created.body]);
    const at = new Date('2027-03-07T22:30:00Z');
    expect(await rowsOf('all')).toEqual([
      {
        name: 'birthday',
        value: '1990-03-10',
        anniversary: '--03-10',
        on_day: '1990-03-10',
        at: null,
      },
      { name: 'named_after', value: '--12-06', anniversary: '--12-06', on_day: null, at: null },
      {
        name: 'renewed',
        value: '2027-03-07T22:30:00.000Z',
        anniversary: '--03-07',
        on_day: '2027-03-07',
        at,
      },
    ]);

    expect((await put('all', { dates: { birthday: '--03-10', opened: '2020-02-29' } })).body.dates).toEqual({
      birthday: '--03-10',
      opened: '2020-02-29',
    });
    expect((await rowsOf('all')).map(({ value, on_day }) => [value, on_day])).toEqual([
      ['--03-10', null],
      ['2020-02-29', '2020-02-29'],
    ]);
    expect((await put('all', { name: 'All' })).body.dates).toEqual({});
    expect(await rowsOf('all')).toEqual([]);
  });

  test('go when it is deleted, and do not come back with it', async () => {
    await put('leaves', { dates: { birthday: '1990-03-10' } });
    expect((await api.call('DELETE', '/v1/recipients/leaves')).status).toBe(204);
    expect(await rowsOf('leaves')).toEqual([]);
    expect((await put('leaves', {})).body.dates).toEqual({});
  });

  test('belong to the account alone', async () => {
    await put('shared', { dates: { birthday: '1990-03-10' } });
    const other = await api.asOther();
    await other.call('PUT', '/v1/recipients/shared', { dates: { birthday: '--01-01' } });
    expect(await datesOf('shared')).toEqual({ birthday: '1990-03-10' });
  });
});

describe('a single date', () => {
  test('is set, replaced and deleted, the others stay, and the trail has it without its value', async () => {
    const { body } = await put('one', { dates: { birthday: '1990-03-10' } });
    expect((await putDate('one', 'expires', '2027-03-08T14:30:00Z')).status).toBe(204);
    expect((await putDate('one', 'birthday', '1990-03-12')).status).toBe(204);
    expect(await datesOf('one')).toEqual({ birthday: '1990-03-12', expires: '2027-03-08T14:30:00.000Z' });
    expect((await api.call('DELETE', '/v1/recipients/one/dates/expires')).status).toBe(204);
    expect(await datesOf('one')).toEqual({ birthday: '1990-03-12' });
    const { rows } = await api.database.pool.query(
      'SELECT action, detail FROM audit_entries WHERE account_id = $1 AND subject = $2 ORDER BY id',
      [api.accountId, body.id],
    );
    expect(rows).toEqual([
      { action: 'recipient.put', detail: {} },
      { action: 'recipient.date.put', detail: { name: 'expires' } },
      { action: 'recipient.date.put', detail: { name: 'birthday' } },
      { action: 'recipient.date.delete', detail: { name: 'expires' } },
    ]);
  });

  test('is one of twenty at most', async () => {
    const dates = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`d${n}`, '--01-01']));
    expect((await put('many', { dates })).status).toBe(201);
    expect(await putDate('many', 'd20', '--01-01')).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', field: 'name', detail: expect.stringContaining('20') },
    });
    expect((await putDate('many', 'd3', '--02-02')).status).toBe(204);
    expect(await datesOf('many')).toEqual({ ...dates, d3: '--02-02' });
  });

  test('is of somebody who exists', async () => {
    await put('erased', {});
    await api.call('DELETE', '/v1/recipients/erased');
    for (const externalId of ['nobody', 'erased']) {
      const answers = [
        await putDate(externalId, 'birthday', '--01-01'),
        await api.call('DELETE', `/v1/recipients/${externalId}/dates/birthday`),
      ];
      for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    await put('dateless', {});
    expect(await api.call('DELETE', '/v1/recipients/dateless/dates/birthday')).toMatchObject({
      status: 404,
      body: { code: 'not_found', field: 'name' },
    });
  });
});

describe('bad input is refused by code and field, and nothing is written', () => {
  const tooMany = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`d${n}`, '--01-01']));
  const path = '/v1/recipients/bad';
  test.each<[string, string, string, unknown, string, string]>([
    ['no day', 'PUT', path, { dates: { birthday: '1990-02-30' } }, 'invalid_date', 'dates.birthday'],
    [
      'a German day',
      'PUT',
      path,
      { dates: { a: '--01-01', birthday: '10.03.1990' } },
      'invalid_date',
      'dates.birthday',
    ],
    ['an instant without offset', 'PUT', path, { dates: { a: '2027-01-01T10:00' } }, 'invalid_date', 'dates.a'],
    ['a number', 'PUT', path, { dates: { birthday: 19900310 } }, 'invalid_date', 'dates.birthday'],
    ['null', 'PUT', path, { dates: { birthday: null } }, 'invalid_date', 'dates.birthday'],
    ['a capital letter', 'PUT', path, { dates: { Birthday: '--01-01' } }, 'validation_failed', 'dates.Birthday'],
    ['an empty name', 'PUT', path, { dates: { '': '--01-01' } }, 'validation_failed', 'dates.'],
    ['a list', 'PUT', path, { dates: ['1990-03-10'] }, 'validation_failed', 'dates'],
    ['too many', 'PUT', path, { dates: tooMany }, 'validation_failed', 'dates'],
    ['no value', 'PUT', `${path}/dates/birthday`, {}, 'invalid_date', 'value'],
    ['a day that does not exist', 'PUT', `${path}/dates/birthday`, { value: '--02-30' }, 'invalid_date', 'value'],
    ['another field', 'PUT', `${path}/dates/a`, { value: '--01-01', zone: 'UTC' }, 'validation_failed', 'zone'],
    ['a bad name', 'PUT', `${path}/dates/A`, { value: '--01-01' }, 'validation_failed', 'name'],
    ['a bad name to delete', 'DELETE', `${path}/dates/A`, undefined, 'validation_failed', 'name'],
    ['confirmed what?', 'PUT', path, { emailConfirmed: true }, 'validation_failed', 'emailConfirmed'],
    ['yes', 'PUT', path, { email: 'a@example.com', emailConfirmed: 'yes' }, 'validation_failed', 'emailConfirmed'],
  ])('%s', async (_name, method, at, body, code, field) => {
    const before = await api.countRows();
    expect(await api.call(method, at, body)).toMatchObject({ status: 400, body: { code, field } });
    expect(await api.countRows()).toEqual(before);
  });
});

describe('a confirmed address', () => {
  const verdicts = async (email: string) => {
    const key = addressKey(deriveKey(api.secret, 'address'), 'email', email);
    const { rows } = await api.database.pool.query(
      'SELECT verdict, reason, source, valid_until FROM account_verdicts WHERE account_id = $1 AND address_key = $2',
      [api.accountId, key],
    );
    return rows;
  };
  const confirmed = [{ verdict: 'confirmed', reason: null, source: 'api', valid_until: null }];

  test('is known by the address and not by the person, and stays', async () => {
    const { body } = await put('c1', { email: 'Ada@Example.com', emailConfirmed: true });
    expect(await verdicts('ada@example.com')).toEqual(confirmed);
    await put('c1', { email: 'ada@example.com' });
    await put('c1', { email: 'ada@example.com', emailConfirmed: false });
    await api.call('DELETE', '/v1/recipients/c1');
    expect(await verdicts('ada@example.com')).toEqual(confirmed);
    const { rows } = await api.database.pool.query(
      `SELECT detail FROM audit_entries WHERE account_id = $1 AND subject = $2 AND action = 'recipient.put' ORDER BY id`,
      [api.accountId, body.id],
    );
    expect(rows.map(({ detail }) => detail)).toEqual([{ emailConfirmed: true }, {}, {}]);
  });

  test('says more than a verdict that was there', async () => {
    const key = addressKey(deriveKey(api.secret, 'address'), 'email', 'late@example.com');
    await api.database.pool.query(
      `INSERT INTO account_verdicts (account_id, address_key, verdict, reason, source, at, valid_until)
       VALUES ($1, $2, 'undeliverable', 'mailbox_unknown', 'import', now(), now())`,
      [api.accountId, key],
    );
    await put('c2', { email: 'late@example.com' });
    expect(await verdicts('late@example.com')).toMatchObject([{ verdict: 'undeliverable' }]);
    await put('c2', { email: 'late@example.com', emailConfirmed: true });
    expect(await verdicts('late@example.com')).toEqual(confirmed);
  });
});

describe('at the same moment', () => {
  /** Lets requests queue up at a recipient's row, in their order, and then go. */
  async function queued(externalId: string, requests: readonly (() => Promise<unknown>)[]): Promise<void> {
    const blocker = await api.database.pool.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('SELECT 1 FROM recipients WHERE account_id = $1 AND external_id = $2 FOR UPDATE', [
        api.accountId,
        externalId,
      ]);
      const answers: Promise<unknown>[] = [];
      for (const request of requests) {
        answers.push(request());
        await eventually(async () => {
          // Not on the blocker's connection: within a transaction the view stands still.
          const { rows } = await api.database.pool.query<{ waiting: number }>(
            `SELECT count(*)::int AS waiting FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return rows[0]?.waiting === answers.length;
        });
      }
      await blocker.query('COMMIT');
      await Promise.all(answers);
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
  }

  test('two that replace a recipient leave the dates of the later one, and not both', async () => {
    await put('race', { dates: { first: '--01-01' } });
    await queued('race', [
      () => put('race', { dates: { second: '--02-02' } }),
      () => put('race', { dates: { third: '--03-03' } }),
    ]);
    expect(await datesOf('race')).toEqual({ third: '--03-03' });
  });

  test('an import leaves its own dates, whatever was put while it waited', async () => {
    await put('race-import', {});
    await queued('race-import', [
      () => put('race-import', { dates: { second: '--02-02' } }),
      () => api.upload('externalId,phone,date.third\nrace-import,,--03-03\n'),
    ]);
    expect(await datesOf('race-import')).toEqual({ third: '--03-03' });
  });

  test('nothing is left of somebody who is erased', async () => {
    await put('race-erased', {});
    await queued('race-erased', [
      () => putDate('race-erased', 'birthday', '1990-03-10'),
      () => api.call('DELETE', '/v1/recipients/race-erased'),
      () => putDate('race-erased', 'birthday', '1990-03-12'),
    ]);
    expect(await rowsOf('race-erased')).toEqual([]);
  });

  test('of ten that set the last free date one does', async () => {
    const dates = Object.fromEntries(Array.from({ length: 19 }, (_, n) => [`d${n}`, '--01-01']));
    await put('race-last', { dates });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => putDate('race-last', `last${n}`, '--12-31')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array.from({ length: 9 }, () => 400)]);
    expect(Object.keys(await datesOf('race-last'))).toHaveLength(20);
  });
});

test('whatever is done one after the other, the dates are what the last word on each was', async () => {
  const name = fc.constantFrom('birthday', 'expires', 'opened');
  const value = fc.constantFrom('1990-03-10', '--02-29', '2027-03-08T14:30:00.000Z');
  const who = fc.constantFrom('m1', 'm2');
  const dates = fc.dictionary(name, value, { noNullPrototype: true });
  const csv = (rows: readonly (readonly [string, Record<string, string>])[]) => {
    const columns = ['birthday', 'expires', 'opened'];
    const lines = rows.map(([id, of]) => [id, '', ...columns.map((column) => of[column] ?? '')].join(','));
    return ['externalId,phone,date.birthday,date.expires,date.opened', ...lines, ''].join('\n');
  };
  const ndjson = (rows: readonly (readonly [string, Record<string, string>])[]) =>
    rows.map(([externalId, of]) => `${JSON.stringify({ externalId, dates: of })}\n`).join('');
  const rows = fc.array(fc.tuple(who, dates), { minLength: 1, maxLength: 3 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), who, dates }),
    fc.record({ kind: fc.constant('date' as const), who, name, value }),
    fc.record({ kind: fc.constant('undate' as const), who, name }),
    fc.record({ kind: fc.constant('csv' as const), rows }),
    fc.record({ kind: fc.constant('ndjson' as const), rows }),
    fc.record({ kind: fc.constant('delete' as const), who }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const model = new Map<string, Record<string, string>>();
      for (const id of ['m1', 'm2']) await api.call('DELETE', `/v1/recipients/${id}`);
      for (const now of steps) {
        if (now.kind === 'put') {
          await put(now.who, { dates: now.dates });
          model.set(now.who, now.dates);
        } else if (now.kind === 'date') {
          const { status } = await putDate(now.who, now.name, now.value);
          const before = model.get(now.who);
          expect(status).toBe(before === undefined ? 404 : 204);
          if (before !== undefined) model.set(now.who, { ...before, [now.name]: now.value });
        } else if (now.kind === 'undate') {
          const { status } = await api.call('DELETE', `/v1/recipients/${now.who}/dates/${now.name}`);
          const { [now.name]: gone, ...others } = model.get(now.who) ?? {};
          expect(status).toBe(gone === undefined ? 404 : 204);
          if (gone !== undefined) model.set(now.who, others);
        } else if (now.kind === 'delete') {
          await api.call('DELETE', `/v1/recipients/${now.who}`);
          model.delete(now.who);
        } else {
          const file = now.kind === 'csv' ? csv(now.rows) : ndjson(now.rows);
          expect((await api.upload(file, { query: `format=${now.kind}` })).body.rowsBad).toBe(0);
          for (const [id, of] of now.rows) model.set(id, of);
        }
      }
      for (const id of ['m1', 'm2']) expect([id, await datesOf(id)]).toEqual([id, model.get(id)]);
    }),
    { numRuns: 40 },
  );
});
