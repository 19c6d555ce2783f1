/**
 * `.env.example` against what the programs read, both ways: every variable of a service's config.ts and of the scripts is
 * explained there with its true default, and nothing is explained that nobody reads.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '@carillon/runtime';
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { REQUIRED, root, services } from './services.ts';

interface Line {
  readonly name: string;
  readonly value: string;
  /** Whether a comment stands above it, or above the lines that it stands together with. */
  readonly explained: boolean;
}

const lines: Line[] = [];
let above = '';
for (const line of readFileSync(join(root, '.env.example'), 'utf8').split('\n')) {
  const [, name, value = ''] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
  if (name !== undefined) lines.push({ name, value, explained: /^# (?!---)/.test(above) });
  // Lines that stand together share their comment, and an empty line ends it.
  else above = line;
}
const example = new Map(lines.map((line) => [line.name, line.value]));

/** Names that files of a folder read from the environment. */
function namesReadIn(folder: string, extension: string): Set<string> {
  const names = new Set<string>();
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(extension)) continue;
    const text = readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8');
    for (const [, plain, asked] of text.matchAll(/process\.env\.([A-Z][A-Z0-9_]*)|choosePort\('([A-Z_]+)'/g))
      names.add(plain ?? asked ?? '');
  }
  return names;
}

const inScripts = namesReadIn('scripts', '.mjs');
const inTests = namesReadIn('test', '.ts');
const inCompose = new Set(
  [...readFileSync(join(root, 'docker-compose.yml'), 'utf8').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name),
);

/** The defaults that services give a variable; they may differ. */
function defaultsOf(name: string): Set<string> {
  const defaults = new Set<string>();
  for (const schema of services.values()) {
    const field = schema.shape[name] as z.ZodType | undefined;
    const result = field?.safeParse(undefined);
    if (result?.success && result.data !== undefined) defaults.add(String(result.data));
  }
  return defaults;
}

describe('.env.example', () => {
  test('names each variable once, under a comment', () => {
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.map(({ name }) => name).filter((name, at, all) => all.indexOf(name) !== at)).toEqual([]);
    expect(lines.filter(({ explained }) => !explained).map(({ name }) => name)).toEqual([]);
  });

  test.each([...services.keys()])('has every variable of the %s', (folder) => {
    const names = Object.keys(services.get(folder)?.shape ?? {});
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !example.has(name))).toEqual([]);
  });

  test('has every variable of the scripts and of the compose file', () => {
    expect(inScripts.size).toBeGreaterThan(5);
    expect([...inScripts, ...inCompose].filter((name) => name !== undefined && !example.has(name))).toEqual([]);
  });

  test('has none that nobody reads', () => {
    const inServices = new Set([...services.values()].flatMap((schema) => Object.keys(schema.shape)));
    const isRead = (name: string) => [inServices, inScripts, inTests, inCompose].some((names) => names.has(name));
    expect([...example.keys()].filter((name) => !isRead(name))).toEqual([]);
  });

  test('shows the default that the services have, and none where they have none or differ', () => {
    const shown = [...services.values()]
      .flatMap((schema) => Object.keys(schema.shape))
      .map((name) => [name, example.get(name)] as const);
    const expected = shown.map(([name]) => {
      const [first = '', ...others] = defaultsOf(name);
      return [name, others.length === 0 ? first : ''] as const;
    });
    expect(shown).toEqual(expected);
  });

  test.each([...services.keys()])('taken whole, with the secrets filled in, starts the %s', (folder) => {
    const schema = services.get(folder) as z.ZodObject;
    const asShown = parseConfig(folder, schema, {
      ...Object.fromEntries(example),
      ...REQUIRED,
      CARILLON_FAILPOINTS: '',
    });
    expect(asShown).toEqual(parseConfig(folder, schema, REQUIRED));
  });
});
