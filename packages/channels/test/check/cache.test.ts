/** What is remembered of names and domains: for how long, how much of it, and that it is asked for once. */
import { describe, expect, test } from '@jest/globals';
import { NameCache } from '../../src/check/cache.ts';
import { Domains } from '../../src/check/domains.ts';
import { startDnsServer } from './dns-server.ts';
import { afterwards } from './harness.ts';

describe('a cache', () => {
  test('is bounded: what was not asked for longest goes first', async () => {
    const cache = new NameCache<string>({ max: 3, ttlMs: () => 1_000, nowMs: () => 1 });
    const learnt: string[] = [];
    const get = (name: string) =>
      cache.get(name, async () => {
        learnt.push(name);
        return name;
      });
    for (const name of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) expect(await get(name)).toBe(name);
    expect(learnt).toEqual(['a', 'b', 'c', 'd', 'b']);
    expect(cache.size).toBe(3);
    for (let number = 0; number < 10_000; number += 1) await get(`x${number}`);
    expect(cache.size).toBe(3);
  });

  test('believes each thing for its own time', async () => {
    let now = 1_000;
    let learnt = 0;
    const cache = new NameCache<{ ttl: number }>({ max: 10, ttlMs: ({ ttl }) => ttl, nowMs: () => now });
    const get = (ttl: number) =>
      cache.get(String(ttl), async () => {
        learnt += 1;
        return { ttl };
      });
    const counted = async () => {
      for (const ttl of [100, 1_000, 0]) await get(ttl);
      return learnt;
    };
    expect(await counted()).toBe(3);
    expect(await counted()).toBe(4);
    now += 200;
    expect(await counted()).toBe(6);
    now += 1_000;
    expect(await counted()).toBe(9);
  });

  test('is learnt once by all who ask meanwhile', async () => {
    let learnt = 0;
    const cache = new NameCache<string>({ max: 10, ttlMs: () => 1_000, nowMs: () => 1 });
    const learn = async () => {
      learnt += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      return 'known';
    };
    await Promise.all(Array.from({ length: 50 }, () => cache.get('name', learn)));
    expect(learnt).toBe(1);
  });
});

describe('domains', () => {
  const start = async (max: number, nowMs = () => 1) => {
    const dns = afterwards(
      await startDnsServer({
        'town.example': {
          mx: [
            [20, 'b.example'],
            [10, 'A.example'],
            [30, '.'],
          ],
        },
        'six.example': { aaaa: ['::1'] },
        'null.example': { mx: [[0, '.']] },
      }),
    );
    const domains = afterwards(
      new Domains({ resolvers: [`127.0.0.1:${dns.port}`], timeoutMs: 1_000, max, random: () => 0.5, nowMs }),
    );
    return { dns, domains };
  };

  test('have their servers in order of preference, and their addresses', async () => {
    const { domains } = await start(10);
    expect(await domains.find('town.example')).toEqual({ kind: 'mail', hosts: ['a.example', 'b.example'] });
    expect(await domains.find('six.example')).toEqual({ kind: 'mail', hosts: ['six.example'] });
    expect(await domains.addressesOf('six.example')).toEqual(['::1']);
    expect(await domains.addressesOf('none.example')).toEqual([]);
    expect(await domains.addressesOf('192.0.2.1')).toEqual(['192.0.2.1']);
  });

  test('are asked for once, also those that take no mail, until their time is over', async () => {
    let now = 1_000;
    const { dns, domains } = await start(10, () => now);
    const round = async () => {
      for (const name of ['town.example', 'null.example', 'nowhere.example']) await domains.find(name);
      return dns.questions.length;
    };
    expect([await round(), await round()]).toEqual([3, 3]);
    now += 11 * 60_000;
    expect(await round()).toBe(5);
    now += 31 * 60_000;
    expect(await round()).toBe(8);
  });

  test('are bounded', async () => {
    const { domains } = await start(5);
    for (let number = 0; number < 40; number += 1) await domains.find(`d${number}.example`);
    expect(domains.size).toBe(5);
  });
});
