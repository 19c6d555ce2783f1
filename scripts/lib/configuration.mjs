/**
 * docs/configuration.md, from the schemas by which the services read their environment (what there is, its default, what it
 * may be, whether it is secret) and from .env.example (what it is for). What a schema refuses a wrong value with is what
 * the page says it may be, so that the two cannot differ.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../bootstrap.mjs';

const { z } = await import(pathToFileURL(createRequire(join(root, 'package.json')).resolve('zod')).href);
const { parseConfig, ConfigError } = await import(pathToFileURL(join(root, 'packages/runtime/dist/index.js')).href);

/** A value that no schema takes but free text. */
const WRONG = '\u0000?';

/** The page's text. @param notice who makes it */
export async function configurationPage(notice) {
  const example = readExample();
  const services = await readServices();
  const readers = new Map();
  for (const [service, shape] of services)
    for (const name of Object.keys(shape)) readers.set(name, [...(readers.get(name) ?? []), service]);
  const shared = [...readers].filter(([, list]) => list.length > 1).map(([name]) => name);
  const parts = [
    `<!-- ${notice} -->`,
    '# Configuration',
    'Everything is set by environment variables; nothing needs to be set for `npm start`. Each service checks all of its variables ' +
      'when it starts, and refuses to start with a message that names each wrong one. An empty value counts as not set.',
    'A variable marked *secret* is never printed, and may come from a file: set `NAME_FILE` to its path instead of `NAME`. ' +
      'A name says its unit: `_MS` milliseconds, `_SECONDS`, `_HOURS`, `_DAYS`, `_PERCENT`.',
    '## Shared by several services',
    table(shared, (name) => row(name, example, services, readers), [
      'variable',
      'what',
      'default',
      'may be',
      'secret',
      'read by',
    ]),
  ];
  for (const [service, shape] of services) {
    const own = Object.keys(shape).filter((name) => !shared.includes(name));
    const others = Object.keys(shape).filter((name) => shared.includes(name));
    parts.push(`## ${service}`);
    if (own.length > 0)
      parts.push(
        table(own, (name) => row(name, example, services, readers).slice(0, 5), [
          'variable',
          'what',
          'default',
          'may be',
          'secret',
        ]),
      );
    if (others.length > 0) parts.push(`Also: ${others.map((name) => `\`${name}\``).join(', ')}.`);
  }
  for (const section of new Set([...example.values()].map((line) => line.section))) {
    const names = [...example].filter(([name, line]) => line.section === section && !readers.has(name));
    if (names.length === 0) continue;
    parts.push(`## ${section}`);
    const cells = ([name, { text, value }]) => [`\`${name}\``, text, value === '' ? '' : `\`${value}\``];
    parts.push(table(names, cells, ['variable', 'what', 'default']));
  }
  return `${parts.join('\n\n')}\n`;
}

/** The services with the shape of their schemas. */
async function readServices() {
  const services = new Map();
  for (const service of readdirSync(join(root, 'services')).sort()) {
    const file = join(root, 'services', service, 'dist/config.js');
    if (!existsSync(file)) continue;
    const module = await import(pathToFileURL(file).href);
    const schema = Object.values(module).find((value) => value?.shape !== undefined && value?.def?.type === 'object');
    if (schema !== undefined) services.set(service, schema.shape);
  }
  return services;
}

/** Each variable of .env.example with the comment above it, its value and the section that it stands in. */
function readExample() {
  const found = new Map();
  let section = '';
  let comment = [];
  let afterVariable = false;
  for (const line of readFileSync(join(root, '.env.example'), 'utf8').split('\n')) {
    const heading = /^# -{3} (.*?) -{3,}$/.exec(line)?.[1];
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (heading !== undefined) section = heading.charAt(0).toUpperCase() + heading.slice(1);
    else if (name !== undefined) found.set(name, { section, value, text: comment.join(' ') });
    else if (line.startsWith('# ')) {
      if (afterVariable) comment = [];
      comment.push(line.slice(2));
    } else comment = [];
    afterVariable = name !== undefined;
  }
  return found;
}

function row(name, example, services, readers) {
  const fields = readers.get(name).map((service) => [service, services.get(service)[name]]);
  const [, field] = fields[0];
  const text = field.meta?.()?.description ?? example.get(name)?.text ?? '';
  const secret = isSecret(name, field);
  // The file says (secret) in words, and the page in a column.
  const what = text.replace(/\(secret\) ?/g, '');
  return [`\`${name}\``, what, defaultOf(fields), rangeOf(field), secret ? 'yes' : '', readers.get(name).join(', ')];
}

function defaultOf(fields) {
  const byValue = new Map();
  for (const [service, field] of fields) {
    const result = field.safeParse(undefined);
    const value = result.success
      ? result.data === undefined || result.data === ''
        ? 'none'
        : `\`${result.data}\``
      : 'required';
    byValue.set(value, [...(byValue.get(value) ?? []), service]);
  }
  if (byValue.size === 1) return [...byValue.keys()][0];
  return [...byValue].map(([value, list]) => `${list.join(', ')} ${value}`).join('; ');
}

/** What the schema says about a wrong value; nothing when it takes any text. */
function rangeOf(field) {
  const inner = field.def?.innerType ?? field;
  const entries = inner.def?.entries;
  if (entries !== undefined) return Object.values(entries).join(', ');
  const result = field.safeParse(WRONG);
  const message = result.success ? field.safeParse('').error?.issues[0]?.message : result.error.issues[0]?.message;
  if (message === undefined || message === 'it must not be empty') return 'any text';
  return message.replace(/^it must (?:be|have|not be) ?/, (words) => (words.includes('not') ? 'not ' : ''));
}

/** Whether the reader takes NAME_FILE: it then complains of a file that is not there. */
function isSecret(name, field) {
  try {
    parseConfig('documentation', z.object({ [name]: field }), { [`${name}_FILE`]: '/nowhere/at/all' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.some((problem) => problem.startsWith(`${name}_FILE`));
  }
  return false;
}

function table(items, cellsOf, head) {
  const lines = [head, head.map(() => '---'), ...items.map(cellsOf)];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}
