import { describe, expect, test } from '@jest/globals';
import { createAppetite, wantsMore } from '../src/appetite.ts';

const OPTIONS = { connections: 50, sources: 4 };
const rows = (remaining: number, waits = false) => ({ remaining, waits });

describe('more is wanted', () => {
  test.each([
    ['when nothing is at hand', 50, [], true],
    ['when what is at hand would not fill the connections', 1, [rows(20), rows(29)], true],
    ['not when it would', 1, [rows(20), rows(30)], false],
    ['not when no connection is free', 0, [], false],
    ['when what is at hand waits for its provider', 10, [rows(1_000, true)], true],
    ['not when there is a lot that waits already', 10, Array.from({ length: 4 }, () => rows(1_000, true)), false],
  ])('%s', (_, free, atHand, expected) => {
    expect(wantsMore(free, atHand, OPTIONS)).toBe(expected);
  });
});

describe('who waits', () => {
  test('is told when more is wanted, and not before', async () => {
    const appetite = createAppetite(OPTIONS);
    let told = 0;
    const both = [appetite.hungry().then(() => told++), appetite.hungry().then(() => told++)];
    appetite.look(10, () => [rows(50)]);
    appetite.look(0, () => []);
    await Promise.resolve();
    expect(told).toBe(0);
    appetite.look(10, () => [rows(49)]);
    await Promise.all(both);
    expect(told).toBe(2);
  });

  test('waits no longer once it has ended', async () => {
    const appetite = createAppetite(OPTIONS);
    const before = appetite.hungry();
    appetite.end();
    await before;
    await appetite.hungry();
  });

  test('costs nothing while nobody waits', () => {
    createAppetite(OPTIONS).look(10, () => {
      throw new Error('counted for nobody');
    });
  });
});
