/** The figures of docs/benchmarks.md are those of the result files that they name, and of the newest one among them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { filesNamedBy, missedOf, plotsOf, withFigures } from '../../bench/lib/figures.mjs';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const document = read('docs/benchmarks.md');
const recorded = existsSync(join(root, 'bench/results'))
  ? readdirSync(join(root, 'bench/results')).filter((name) => !/^(quick|partial)-/.test(name))
  : [];

test('the figures are of the newest result', () => {
  const newest = recorded.sort().at(-1);
  expect(filesNamedBy(document)).toEqual(
    newest === undefined ? [] : expect.arrayContaining([`bench/results/${newest}`]),
  );
});

test('figures and plots are what the command makes of the files that they name', () => {
  const files = filesNamedBy(document).map((name: string) => ({ name, result: JSON.parse(read(name)) }));
  if (files.length === 0) return;
  expect(document).toBe(withFigures(document, files));
  for (const [name, svg] of Object.entries(plotsOf(files))) expect(read(`docs/benchmarks/${name}`)).toBe(svg);
});

const machine = { processor: 'one', cores: 2, memoryGb: 4, system: 'any', node: '20', postgres: '18', redis: '7' };
const PLACE =
  'before\n<!-- figures: made by `npm run bench -- all`, not by hand -->\nold\n<!-- end of the figures -->\nafter\n';
const resultOf = (results: Record<string, unknown>) => ({
  startedAt: '2026-12-01T08:00:00.000Z',
  quick: false,
  machine,
  results,
});
const sizes = [
  { rows: 100_000, cpuMicros: 100, wallMicros: 200, cpu: { postgres: 60, sender: 40 } },
  { rows: 10_000_000, cpuMicros: 150, wallMicros: 210, cpu: { postgres: 100, sender: 50 } },
];

test('a result becomes goals, tables and plots, and the last of several counts', () => {
  const first = resultOf({
    growth: { seconds: 9, stolenPercent: 0, answer: { sizes, ratio: 1.5 } },
    import: { seconds: 1, error: 'it ended with 1' },
  });
  const second = resultOf({
    import: { seconds: 2, stolenPercent: 3, answer: { rowsPerSecond: 30_000, peakRssMb: 200 } },
  });
  const files = [
    { name: 'bench/results/a.json', result: first },
    { name: 'bench/results/b.json', result: second },
  ];
  const text = withFigures(PLACE, files);
  expect(text).toMatch(/^before\n[\s\S]*after\n$/);
  expect(text).not.toContain('old');
  expect(text).toContain(
    '| cost of a delivery at ten million rows, against 100 thousand | 1.3 × |  | 1.5 × | **missed** | `growth` |',
  );
  expect(text).toContain(
    '| importing recipients | 20,000 rows/s | 50,000 rows/s | 30,000 rows/s | floor reached, 1.67 × from the aim | `import` |',
  );
  expect(text).toContain('| durable sending, against a bare loop | 0.75 × | 0.9 × | not measured |  | `send` |');
  expect(text).toContain('| 10,000,000 | 150 | 210 | 100 | 50 |');
  expect(text).toContain('![growth](benchmarks/growth.svg)');
  expect(filesNamedBy(text)).toEqual(files.map(({ name }) => name));
  expect(withFigures(text, files)).toBe(text);
  expect(Object.keys(plotsOf(files))).toEqual(['growth.svg']);
  expect(withFigures(PLACE, [files[0]])).toContain('It failed: it ended with 1');
  expect(missedOf({ ...first.results, ...second.results })).toEqual([
    {
      name: 'growth',
      what: 'cost of a delivery at ten million rows, against 100 thousand',
      floor: '1.3 ×',
      measured: '1.5 ×',
    },
  ]);
});
