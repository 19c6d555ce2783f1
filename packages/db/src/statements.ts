/**
 * Loads the statements in sql/, one file each. `{{name}}` in a file stands for the fragment of that name, or for the
 * day's partition of deliveries, attempts, reports or results: addressing the partition itself spares the planner and the lock
 * table every other day's.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const cache = new Map<string, string>();
const sources = new Map<string, string>();

function source(name: string): string {
  const known = sources.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8');
  sources.set(name, text);
  return text;
}

const PARTITIONED = new Set(['deliveries', 'attempts', 'reports', 'results']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A statement with the name under which its plan is kept on each connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * The statement of that name; with a day, for that day's partitions.
 * @throws Error when the file needs a day and none was given, or the day is not `YYYY-MM-DD`.
 */
export function statement(name: string, day?: string): Statement {
  const key = day === undefined ? name : `${name}_${day}`;
  const known = cache.get(key);
  if (known !== undefined) return { name: key, text: known };
  const expand = (file: string): string =>
    source(file).replace(/\{\{(\w+)\}\}/g, (_, placeholder: string) => {
      if (!PARTITIONED.has(placeholder)) return expand(placeholder).trim();
      if (day === undefined || !DAY.test(day)) throw new Error(`statement ${name} needs a day, got ${day}`);
      return partitionName(placeholder, day);
    });
  const text = expand(name);
  cache.set(key, text);
  return { name: key, text };
}

/** The name of a table's partition for a day, such as `deliveries_20261120`. */
export function partitionName(table: string, day: string): string {
  if (!PARTITIONED.has(table) || !DAY.test(day)) throw new Error(`no partition of ${table} for ${day}`);
  return `${table}_${day.replaceAll('-', '')}`;
}

/** Texts that are kept as prepared; what comes after is planned each time, so that no connection keeps plans without end. */
const PREPARED_TEXTS = 500;
const prepared = new Map<string, Statement>();

/**
 * A statement that is put together from parts, with a name made of its text: each connection parses and plans it once. For texts of
 * which there are few; values are parameters.
 */
export function preparedText(text: string): Statement | { readonly text: string } {
  const known = prepared.get(text);
  if (known !== undefined) return known;
  if (prepared.size >= PREPARED_TEXTS) return { text };
  const made = { name: `text_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`, text };
  prepared.set(text, made);
  return made;
}
