/** docs/state-machine.md against the table that the product runs by: charts and tables say the same, and say all of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DELIVERY_STATES, DELIVERY_TRANSITIONS, JOB_NEXT, RUN_NEXT } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';

const text = readFileSync(join(import.meta.dirname, '../../docs/state-machine.md'), 'utf8');

/** The part under a heading of the second level. */
function section(title: string): string {
  const found = text.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`docs/state-machine.md has no section "${title}"`);
  return found;
}

/** Arrows of the section's chart as `from>to`; the start and the end of the chart are left out. */
function arrows(title: string): string[] {
  const [, chart = ''] = /```mermaid\n([\s\S]*?)```/.exec(section(title)) ?? [];
  return [...chart.matchAll(/^\s*(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from}>${to}`).sort();
}

const unique = (items: readonly string[]): string[] => [...new Set(items)].sort();

/** Rows of the section's last table, cells without code marks. */
function rows(title: string): string[][] {
  return section(title)
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('`', '').trim()),
    );
}

describe('docs/state-machine.md', () => {
  test('draws every arrow of jobs and runs, and no other', () => {
    const expected = (next: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(next)
        .flatMap(([from, all]) => all.map((to) => `${from}>${to}`))
        .sort();
    expect(arrows('Job')).toEqual(expected(JOB_NEXT));
    expect(arrows('Run')).toEqual(expected(RUN_NEXT));
  });

  test('draws every arrow of deliveries, and no other', () => {
    const expected = unique(DELIVERY_TRANSITIONS.map(({ from, to }) => `${from}>${to}`));
    expect(unique(arrows('Delivery'))).toEqual(expected);
  });

  test('lists every transition of deliveries, and no other', () => {
    const listed = rows('Transitions of a delivery').map(([from, event, to, failedBy]) => ({
      from,
      event,
      to,
      failedBy,
    }));
    const expected = DELIVERY_TRANSITIONS.map(({ from, event, to, failedBy, onlyIfFailedBy }) => ({
      from: onlyIfFailedBy === undefined ? from : `${from} by ${onlyIfFailedBy}`,
      event,
      to,
      failedBy: failedBy ?? '',
    }));
    expect(listed).toEqual(expected);
  });

  test('says of every state of a delivery who moves a row out of it', () => {
    expect(rows('Delivery').map(([state]) => state)).toEqual([...DELIVERY_STATES]);
  });
});
