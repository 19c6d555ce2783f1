/** Whose turn it is: accounts in turn, the eldest source first within one. */
import { expect, test } from '@jest/globals';
import { createTurns } from '../src/turns.ts';

interface Item {
  readonly account: number;
  readonly name: string;
}
const item = (name: string): Item => ({ account: name.charCodeAt(0), name });
const names = (items: readonly Item[]): string => items.map((one) => one.name).join(' ');

function turnsOf(...all: string[]) {
  const turns = createTurns<Item>((one) => one.account);
  const items = new Map(all.map((name) => [name, item(name)]));
  for (const one of items.values()) turns.add(one);
  return { turns, remove: (name: string) => turns.remove(items.get(name) ?? item(name)) };
}

test('nobody is nobody', () => {
  expect(turnsOf().turns.inTurn()).toEqual([]);
});

test('one account has its sources in the order in which they came, every time', () => {
  const { turns } = turnsOf('a1', 'a2', 'a3');
  for (let call = 0; call < 3; call++) expect(names(turns.inTurn())).toBe('a1 a2 a3');
});

test('accounts take turns, and each call lets another begin', () => {
  const { turns } = turnsOf('a1', 'a2', 'a3', 'b1', 'c1', 'c2');
  expect(names(turns.inTurn())).toBe('a1 b1 c1 a2 c2 a3');
  expect(names(turns.inTurn())).toBe('b1 c1 a1 c2 a2 a3');
  expect(names(turns.inTurn())).toBe('c1 a1 b1 c2 a2 a3');
  expect(names(turns.inTurn())).toBe('a1 b1 c1 a2 c2 a3');
});

test('an account with one source begins as often as one with a hundred', () => {
  const { turns } = turnsOf(...Array.from({ length: 100 }, (_, n) => `a${n}`), 'b0');
  const beginners = Array.from({ length: 100 }, () => turns.inTurn()[0]?.name[0]);
  expect(beginners.filter((name) => name === 'b')).toHaveLength(50);
});

test('what was removed is gone, and so is an account without sources', () => {
  const { turns, remove } = turnsOf('a1', 'a2', 'b1');
  remove('a1');
  remove('b1');
  remove('b1');
  remove('z9');
  expect(names(turns.inTurn())).toBe('a2');
  remove('a2');
  expect(turns.inTurn()).toEqual([]);
});

test('the list may be changed while it is walked', () => {
  const { turns, remove } = turnsOf('a1', 'a2', 'b1');
  const seen: string[] = [];
  for (const one of turns.inTurn()) {
    remove(one.name);
    seen.push(one.name);
  }
  expect(seen).toEqual(['a1', 'b1', 'a2']);
});
