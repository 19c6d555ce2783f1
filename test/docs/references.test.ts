/** What the documents point at is there: files, headings, and the tests that they name as proof. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The anchor that a heading gets where Markdown is shown. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const anchorsOf = (path: string): string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => anchorOf(text));

/** Links out of fenced code, as (target relative to the root, anchor, what follows on the line). */
function linksOf(document: string): { path: string; anchor: string; rest: string }[] {
  const prose = read(document).replace(/```[\s\S]*?```/g, '');
  return [...prose.matchAll(/\]\(([^)\s#]*)(?:#([^)\s]+))?\)(.*)/g)]
    .filter(([, target = '']) => !/^[a-z]+:/.test(target))
    .map(([, target = '', anchor = '', rest = '']) => ({
      path: target === '' ? document : relative(root, join(root, dirname(document), target)),
      anchor,
      rest,
    }));
}

describe.each(documents)('%s', (document) => {
  test('links to what is there', () => {
    const broken = linksOf(document).filter(
      ({ path, anchor }) => !existsSync(join(root, path)) || (anchor !== '' && !anchorsOf(path).includes(anchor)),
    );
    expect(broken).toEqual([]);
  });

  test('names tests that there are', () => {
    const missing = linksOf(document)
      .filter(({ path, rest }) => path.endsWith('.test.ts') && rest.startsWith(': "') && existsSync(join(root, path)))
      .flatMap(({ path, rest }) => {
        const source = read(path);
        const titles = [...rest.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title);
        return titles.filter((title) => !source.includes(title)).map((title) => `${path}: ${title}`);
      });
    expect(missing).toEqual([]);
  });
});

test('the proofs are found at all', () => {
  const named = documents
    .flatMap(linksOf)
    .filter(({ path, rest }) => path.endsWith('.test.ts') && rest.startsWith(': "'));
  expect(named.length).toBeGreaterThan(20);
});
