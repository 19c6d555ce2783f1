/** The metrics that the code registers, and what an expression of Prometheus names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '@carillon/runtime';

const root = join(import.meta.dirname, '../..');

/** Metrics that the code registers, by name, with their type. */
export const registered = new Map<string, string>();
for (const folder of ['packages', 'services'].flatMap((parent) =>
  readdirSync(join(root, parent)).map((name) => join(root, parent, name, 'src')),
))
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.parentPath.includes('generated')) continue;
    const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, hot, plain, name] of source.matchAll(
      /\.(?:hot(Counter|Gauge|Histogram)|(counter|gauge|histogram))\(\s*'([a-z0-9_]+)'/g,
    ))
      registered.set(name as string, (hot ?? plain ?? '').toLowerCase());
    for (const [, type, name] of source.matchAll(/new (Gauge|Counter|Histogram)\(\{\s*name: '([a-z0-9_]+)'/g))
      registered.set(name as string, (type as string).toLowerCase());
  }
export const ours = new Set(registered.keys());
for (const { name, type } of createMetrics({ service: 'test' }).registry.getMetricsAsArray())
  registered.set(name, String(type));

/** The series that Prometheus makes of them, beside those of its own. */
export const series = new Set(['up', 'ALERTS']);
for (const [name, type] of registered)
  for (const suffix of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) series.add(name + suffix);

/** What an expression names, without its label matchers, groupings, functions and texts. */
export function seriesOf(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(?:by|on|without|ignoring)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/\b([A-Za-z_][A-Za-z0-9_]*)\b(?!\s*\()/g)]
    .map(([, name = '']) => name)
    .filter((name) => !['by', 'on', 'or', 'and', 'unless', 'offset', 'sum', 'max', 'min', 'avg'].includes(name));
}
