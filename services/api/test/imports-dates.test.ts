/** Dates and confirmed addresses by import: both formats, bad lines, and what an import leaves of what was there before. */
import { addressKey, deriveKey } from '@carillon/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allPages, type PeopleApi, startPeopleApi } from './people.ts';

let api: PeopleApi;
beforeAll(async () => {
  api = await startPeopleApi();
});
afterAll(async () => {
  await api?.stop();
});

const datesOf = async (externalId: string) => (await api.call('GET', `/v1/recipients/${externalId}`)).body.dates;
const badLines = async (id: string) =>
  (await allPages(api, `/v1/imports/${id}/errors`, 50)).map(({ line, code, field }) => [line, code, field]);

async function verdictOf(email: string): Promise<unknown> {
  const key = addressKey(deriveKey(api.secret, 'address'), 'email', email);
  const { rows } = await api.database.pool.query(
    'SELECT verdict, source, valid_until FROM account_verdicts WHERE account_id = $1 AND address_key = $2',
    [api.accountId, key],
  );
  return rows[0];
}

describe('dates', () => {
  test('are columns of a CSV, each bad one is named with its line, and an empty value is none', async () => {
    const { body } = await api.upload(
      [
        'externalId,phone,date.birthday,city,date.subscription_expires_at',
        'a1,,1990-03-10,Ulm,2027-03-08T14:30:00+01:00',
        'a2,, --02-29 ,,',
        'a3,,1990-02-29,,',
        'a4,,1990-03-10,,tomorrow',
        'a5,,,,',
        '',
      ].join('\n'),
    );
    expect(body).toMatchObject({ state: 'completed', rowsKept: 3, rowsBad: 2 });
    expect(await badLines(body.id)).toEqual([
      [4, 'invalid_date', 'date.birthday'],
      [5, 'invalid_date', 'date.subscription_expires_at'],
    ]);
    expect(await datesOf('a1')).toEqual({
      birthday: '1990-03-10',
      subscription_expires_at: '2027-03-08T13:30:00.000Z',
    });
    expect(await datesOf('a2')).toEqual({ birthday: '--02-29' });
    expect(await datesOf('a5')).toEqual({});
    expect((await api.call('GET', '/v1/recipients/a1')).body.attributes).toEqual({ city: 'Ulm' });
  });

  test('are an object in a line of NDJSON, beside nulls', async () => {
    const lines = [
      { externalId: 'b1', dates: { birthday: '1990-03-10', opened: null } },
      { externalId: 'b2', dates: null },
      { externalId: 'b3', dates: { birthday: '10.03.1990' } },
      { externalId: 'b4', dates: { birthday: 19900310 } },
      { externalId: 'b5', dates: { Birthday: '--03-10' } },
      { externalId: 'b6', dates: ['--03-10'] },
      { externalId: 'b7', dates: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`d${n}`, '--01-01'])) },
    ].map((line) => JSON.stringify(line));
    const file = [...lines, '{"externalId":"b8","dates":{"__proto__":"--01-01"}}', ''].join('\n');
    const { body } = await api.upload(file, { query: 'format=ndjson' });
    expect(body).toMatchObject({ state: 'completed', rowsKept: 2, rowsBad: 6 });
    expect(await badLines(body.id)).toEqual([
      [3, 'invalid_date', 'dates.birthday'],
      [4, 'invalid_date', 'dates.birthday'],
      [5, 'validation_failed', 'dates.Birthday'],
      [6, 'validation_failed', 'dates'],
      [7, 'validation_failed', 'dates'],
      [8, 'validation_failed', 'dates.__proto__'],
    ]);
    expect(await datesOf('b1')).toEqual({ birthday: '1990-03-10' });
    expect(await datesOf('b2')).toEqual({});
  });

  test('are replaced with the person, and those that stay are not written again', async () => {
    const head = 'externalId,phone,date.birthday,date.opened';
    await api.upload(`${head}\nc1,,1990-03-10,2020-01-01\nc2,,--05-05,\nc3,,--06-06,2021-01-01\n`);
    const written = async () => {
      const { rows } = await api.database.pool.query(
        `SELECT r.external_id, d.name, d.xmin::text AS version FROM recipient_dates d
         JOIN recipients r ON r.account_id = d.account_id AND r.id = d.recipient_id
         WHERE r.account_id = $1 AND r.external_id LIKE 'c_' ORDER BY 1, 2`,
        [api.accountId],
      );
      return rows;
    };
    const before = await written();
    await api.upload(`${head}\nc1,,1990-03-10,2020-01-01\nc2,,--05-06,2022-02-02\nc3,,,2021-01-01\nc4,,--07-07,\n`);
    expect(await Promise.all(['c1', 'c2', 'c3', 'c4'].map(datesOf))).toEqual([
      { birthday: '1990-03-10', opened: '2020-01-01' },
      { birthday: '--05-06', opened: '2022-02-02' },
      { opened: '2021-01-01' },
      { birthday: '--07-07' },
    ]);
    const kept = (await written()).filter(({ external_id, name }) => external_id === 'c1' || name === 'opened');
    expect(kept.filter(({ external_id }) => external_id !== 'c2')).toEqual([before[0], before[1], before[4]]);

    // A file without dates brings people without dates, like everything else that it leaves out.
    await api.upload('externalId,phone\nc1,\n');
    expect(await datesOf('c1')).toEqual({});
    expect(await datesOf('c2')).toEqual({ birthday: '--05-06', opened: '2022-02-02' });
  });

  test('are those of the last line of a person, also within a chunk', async () => {
    await api.upload('externalId,phone,date.birthday,date.opened\nd1,,--01-01,--01-02\nd1,,,--01-03\n');
    expect(await datesOf('d1')).toEqual({ opened: '--01-03' });
  });

  test('of many people over many chunks are all there', async () => {
    const lines = Array.from({ length: 9_000 }, (_, n) => `e${n},,19${10 + (n % 90)}-03-10,2027-03-08T14:30:00Z`);
    const { body } = await api.upload(`externalId,phone,date.birthday,date.ends\n${lines.join('\n')}\n`);
    expect(body).toMatchObject({ state: 'completed', rowsKept: 9_000 });
    const { rows } = await api.database.pool.query(
      `SELECT d.name, count(*)::int AS people FROM recipient_dates d JOIN recipients r ON r.id = d.recipient_id
       WHERE r.account_id = $1 AND r.external_id ~ '^e[0-9]+$' GROUP BY 1 ORDER BY 1`,
      [api.accountId],
    );
    expect(rows).toEqual([
      { name: 'birthday', people: 9_000 },
      { name: 'ends', people: 9_000 },
    ]);
  });
});

describe('confirmed addresses', () => {
  const confirmed = { verdict: 'confirmed', source: 'import', valid_until: null };

  test('are a column of true and false, and one bad value costs one line', async () => {
    const { body } = await api.upload(
      [
        'externalId,email,emailConfirmed',
        'f1,F1@Example.com,true',
        'f2,f2@example.com,false',
        'f3,f3@example.com,',
        'f4,f4@example.com,yes',
        'f5,,true',
        // The address of somebody else in the same chunk.
        'f6,f1@example.com,TRUE',
        '',
      ].join('\n'),
    );
    expect(body).toMatchObject({ state: 'completed', rowsKept: 4, rowsBad: 2 });
    expect(await badLines(body.id)).toEqual([
      [5, 'validation_failed', 'emailConfirmed'],
      [6, 'validation_failed', 'emailConfirmed'],
    ]);
    expect(await Promise.all(['f1', 'f2', 'f3', 'f4'].map((name) => verdictOf(`${name}@example.com`)))).toEqual([
      confirmed,
      undefined,
      undefined,
      undefined,
    ]);
    expect((await api.call('GET', '/v1/recipients/f1')).body.attributes).toEqual({});
  });

  test('are a field of NDJSON, and stay when a later file does not say so', async () => {
    const lines = [
      { externalId: 'g1', email: 'g1@example.com', emailConfirmed: true },
      { externalId: 'g2', email: 'g2@example.com', emailConfirmed: null },
      { externalId: 'g3', email: 'g3@example.com', emailConfirmed: 'true' },
    ];
    const file = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const { body } = await api.upload(file, { query: 'format=ndjson' });
    expect(await badLines(body.id)).toEqual([[3, 'validation_failed', 'emailConfirmed']]);
    expect(await verdictOf('g1@example.com')).toEqual(confirmed);
    expect(await verdictOf('g2@example.com')).toBeUndefined();
    await api.upload('externalId,email,emailConfirmed\ng1,g1@example.com,false\n');
    await api.upload('externalId,email\ng1,g1@example.com\n');
    expect(await verdictOf('g1@example.com')).toEqual(confirmed);
  });
});

describe('a header is refused as a whole, with nothing written', () => {
  const dates = Array.from({ length: 21 }, (_, n) => `date.d${n}`).join();
  test.each([
    ['a date without a name', 'externalId,phone,date.\n', 'date.'],
    ['a date with a capital letter', 'externalId,phone,date.Birthday\n', 'date.Birthday'],
    ['a date twice', 'externalId,phone,date.a,date.a\n', 'date.a'],
    ['too many dates', `externalId,phone,${dates}\n`, 'dates'],
  ])('%s', async (_name, file, field) => {
    const before = await api.countRows();
    expect(await api.upload(file)).toMatchObject({ status: 400, body: { code: 'validation_failed', field } });
    expect(await api.countRows()).toEqual(before);
  });
});
