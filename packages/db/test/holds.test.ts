/** Holds that are placed and released at the same moment. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { placeHold, releaseHold } from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const by = { actor: 'test', auditAccountId: undefined };

/** A pool of which one connection does something after its first statement that looks like this. */
function breakingIn(pool: pg.Pool, after: RegExp, act: () => Promise<unknown>): pg.Pool {
  let isDone = false;
  const connect = async () => {
    const client = await pool.connect();
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const watched = async (...given: unknown[]) => {
      const found = await query(...given);
      if (!isDone && after.test(String(given[0]))) {
        isDone = true;
        await act();
      }
      return found;
    };
    return new Proxy(client, {
      get: (target, name) => (name === 'query' ? watched : Reflect.get(target, name, target)),
    });
  };
  return new Proxy(pool, { get: (target, name) => (name === 'connect' ? connect : Reflect.get(target, name, target)) });
}

test('one that is placed again in the moment in which it is released stands anew', async () => {
  const { pool } = store.db;
  const wanted = { accountId: store.account.accountId, channel: 'whatsapp', reason: 'drill' };
  const first = await placeHold(pool, wanted, by);
  const release = () => releaseHold(pool, { id: first.hold.id, accountId: wanted.accountId }, by);
  const second = await placeHold(breakingIn(pool, /INSERT INTO holds/, release), wanted, by);
  expect(second).toMatchObject({ isNew: true, hold: { channel: 'whatsapp' } });
  expect(second.hold.id).not.toBe(first.hold.id);
  const { rows } = await pool.query('SELECT id FROM holds WHERE account_id = $1', [wanted.accountId]);
  expect(rows).toEqual([{ id: second.hold.id }]);
  await releaseHold(pool, { id: second.hold.id, accountId: wanted.accountId }, by);
});
