/** Every failpoint that the code marks is in the list, and at every one of the list some suite kills. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILPOINTS } from '@carillon/runtime';
import { expect, it } from '@jest/globals';
import { STRIKES, strikesOf } from './strikes.ts';

const root = join(import.meta.dirname, '../..');
const SUITES = {
  announcements: 'failpoints.long.test.ts',
  email: 'email.test.ts',
  payments: 'payments.long.test.ts',
  checks: 'checks.long.test.ts',
};

/** The TypeScript files of a kind of folder of every package and service. */
function filesIn(folder: 'src' | 'test'): string[] {
  return ['packages', 'services'].flatMap((parent) =>
    readdirSync(join(root, parent)).flatMap((name) => typescriptIn(join(root, parent, name, folder))),
  );
}

function typescriptIn(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(path, name));
  } catch {
    return [];
  }
}

const textOf = (paths: readonly string[]): string => paths.map((path) => readFileSync(path, 'utf8')).join('\n');

it('the list has what the code marks, and nothing else', () => {
  const marked = [...textOf(filesIn('src')).matchAll(/\bfailpoint\('([^']*)'\)/g)].map(([, name]) => name);
  // Each is one place: a name that is met at two says nothing of either.
  expect(marked.sort()).toEqual(Object.values(FAILPOINTS).flat().sort());
});

it('each suite kills by its own table', () => {
  expect(Object.keys(SUITES)).toEqual(Object.keys(STRIKES));
  for (const [suite, file] of Object.entries(SUITES))
    expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(`it.each(strikesOf('${suite}'))`);
});

it('at each of the list some test kills', () => {
  const tables = (Object.keys(STRIKES) as (keyof typeof STRIKES)[]).flatMap((suite) =>
    strikesOf(suite).map(([name]) => name as string),
  );
  const tests = textOf([...typescriptIn(join(root, 'test/flow')), ...filesIn('test')]);
  // Those of packages/runtime and testkit are of the failpoints themselves.
  const killed = (name: string): boolean =>
    FAILPOINTS.worker.some((one) => one === name) ? tables.includes(name) : tests.includes(`${name}=kill`);
  expect(
    Object.values(FAILPOINTS)
      .flat()
      .filter((name) => !killed(name)),
  ).toEqual([]);
});
