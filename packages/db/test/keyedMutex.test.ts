/** Whoever repeats a request waits without a connection, for its turn and no longer than it may. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDatabase, type Database, onceForKey } from '../src/index.ts';
import { withKeyedMutex } from '../src/keyedMutex.ts';
import { openStore, type TestStore } from './rows.ts';

/** A promise that the test ends when it likes. */
function held<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('a keyed mutex', () => {
  test('lets one after another for the same key, and others beside it', async () => {
    const owner = {};
    const seen: string[] = [];
    const first = held<void>();
    const work =
      (name: string, wait: Promise<void> = Promise.resolve()) =>
      async () => {
        seen.push(`${name} begins`);
        await wait;
        seen.push(`${name} ends`);
        return name;
      };
    const all = [
      withKeyedMutex(owner, 'same', 60_000, work('first', first.promise)),
      withKeyedMutex(owner, 'same', 60_000, work('second')),
      withKeyedMutex(owner, 'same', 60_000, work('third')),
      withKeyedMutex(owner, 'other', 60_000, work('other')),
      withKeyedMutex({}, 'same', 60_000, work('elsewhere')),
    ];
    await Promise.all(all.slice(3));
    expect(seen.filter((what) => /second|third/.test(what))).toEqual([]);
    first.resolve();
    expect(await Promise.all(all)).toEqual(['first', 'second', 'third', 'other', 'elsewhere']);
    expect(seen.filter((what) => /first|second|third/.test(what))).toEqual(
      ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  test('goes on after a failure, and tells it only to whom it belongs', async () => {
    const owner = {};
    const failing = withKeyedMutex(owner, 'key', 60_000, () => Promise.reject(new Error('no')));
    const next = withKeyedMutex(owner, 'key', 60_000, async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  test('ends for whoever waited too long, who then has done nothing', async () => {
    const owner = {};
    const first = held<string>();
    const ahead = withKeyedMutex(owner, 'key', 60_000, () => first.promise);
    let begun = false;
    const late = await withKeyedMutex(owner, 'key', 1, async () => {
      begun = true;
    });
    expect({ late, begun }).toEqual({ late: undefined, begun: false });
    first.resolve('done');
    expect(await ahead).toBe('done');
  });
});

describe('requests under one key', () => {
  let store: TestStore;
  let few: Database;
  beforeAll(async () => {
    store = await openStore();
    few = createDatabase({ url: store.url, max: 2, applicationName: 'few-connections' });
  });
  afterAll(async () => {
    await few?.close();
    await store?.close();
  });

  test('that come as a crowd leave connections to others, and all get the one answer', async () => {
    const request = { accountId: store.account.accountId, key: 'crowd', requestHash: Buffer.alloc(32) };
    const end = held<void>();
    let works = 0;
    const crowd = Array.from({ length: 10 }, () =>
      onceForKey(few.pool, request, async () => {
        works += 1;
        await end.promise;
        return { status: 201, body: { works } };
      }),
    );
    // The one that works holds a connection; without the mutex another one would wait in Postgres with the second.
    expect((await few.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    end.resolve();
    const results = await Promise.all(crowd);
    expect(works).toBe(1);
    expect(results.map((result) => result.kind === 'done' && result.answer.body)).toEqual(Array(10).fill({ works: 1 }));
    expect(results.filter((result) => result.kind === 'done' && !result.replayed)).toHaveLength(1);
  });
});
