/**
 * From what came over the wire to what a handler may trust: JSON without traps, and zod's issues turned into our codes.
 */
import { ApiError, type ErrorCode, type IdPrefix, isErrorCode, parseId } from '@carillon/core';
import type { z } from 'zod';
import { type FieldFault, ValidationError } from './problem.ts';

/** Deeper than any body of ours. */
const DEEPEST = 20;
const MOST_FAULTS = 20;
/** With the flag u a pair is one character of another kind, so this finds halves only. */
const LONE_SURROGATE = /\p{Cs}/u;
const UNFIT = /\p{Cs}|\0/gu;

/**
 * Checks a value against a schema and returns what the schema makes of it.
 * @param where names the whole when the fault is in no field of it: `body`, `query`
 * @throws ValidationError naming every field at fault. A zod issue may choose its code by `params: { code }`.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, where));
  throw new ValidationError(faults.slice(0, MOST_FAULTS) as [FieldFault, ...FieldFault[]]);
}

function faultsOf(issue: z.core.$ZodIssue, where: string): FieldFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: jsonPath([...issue.path, key], where),
      code: 'validation_failed',
      detail: `There is no field "${key.slice(0, 100)}" here.`,
    }));
  }
  const chosen = issue.code === 'custom' ? (issue.params?.code as unknown) : undefined;
  const code: ErrorCode = typeof chosen === 'string' && isErrorCode(chosen) ? chosen : 'validation_failed';
  return [{ field: jsonPath(issue.path, where), code, detail: issue.message }];
}

/** `['audience', 'recipients', 3]` is `audience.recipients[3]`. */
function jsonPath(path: readonly PropertyKey[], where: string): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : `${text === '' ? '' : '.'}${String(part)}`;
  return text === '' ? where : text.slice(0, 300);
}

/**
 * Reads a JSON body. Refused: bytes that are not UTF-8, `__proto__` as a key, NUL and lone surrogates (Postgres takes
 * neither), and nesting without end.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ApiError('malformed_json', {
      field: 'body',
      detail: 'The body is not one JSON document in UTF-8.',
      cause: error,
    });
  }
  refuseTraps(value, []);
  return value;
}

function refuseTraps(value: unknown, path: (string | number)[]): void {
  if (typeof value === 'string') {
    const trap = textTrap(value);
    if (trap !== undefined) throw fault(path, trap);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= DEEPEST) throw fault(path.slice(0, 3), `This is nested deeper than ${DEEPEST} levels.`);
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      refuseTraps(item, [...path, index]);
    });
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const trap = key === '__proto__' ? 'This name is not allowed.' : textTrap(key);
    if (trap !== undefined) throw fault([...path, key === '__proto__' ? key : key.replace(UNFIT, '')], trap);
    refuseTraps(item, [...path, key]);
  }
}

/** What makes a text unfit for the database, or undefined. */
export function textTrap(text: string): string | undefined {
  if (text.includes('\0')) return 'The text holds a NUL character.';
  return LONE_SURROGATE.test(text) ? 'The text holds half of a surrogate pair.' : undefined;
}

function fault(path: readonly (string | number)[], detail: string): ValidationError {
  return new ValidationError([{ field: jsonPath(path, 'body'), code: 'validation_failed', detail }]);
}

/** The query as an object of texts. A parameter that comes twice is refused rather than guessed at. */
export function parseQuery(url: string): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  const start = url.indexOf('?');
  if (start < 0) return { ...query };
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    const trap = textTrap(name) ?? textTrap(value) ?? (Object.hasOwn(query, name) ? 'It is given twice.' : undefined);
    if (trap !== undefined) {
      throw new ValidationError([
        { field: name.replace(UNFIT, '').slice(0, 100) || 'query', code: 'validation_failed', detail: trap },
      ]);
    }
    query[name] = value;
  }
  return { ...query };
}

/**
 * The number in a public id.
 * @param field where the id came from, such as `id`
 * @throws ApiError `invalid_id`
 */
export function requireId(prefix: IdPrefix, text: string | undefined, field: string): number {
  const id = text === undefined ? undefined : parseId(prefix, text);
  if (id === undefined)
    throw new ApiError('invalid_id', { field, detail: `An id such as ${prefix}_42 is needed here.` });
  return id;
}

/** What Postgres keeps in an integer. */
const LARGEST_INTEGER = 2 ** 31 - 1;

/**
 * {@link requireId} for things that are numbered by an integer: a number beyond it is right in its form, and nobody's.
 * @throws what `notFound` makes
 */
export function requireSmallId(
  prefix: IdPrefix,
  text: string | undefined,
  field: string,
  notFound: () => ApiError,
): number {
  const id = requireId(prefix, text, field);
  if (id > LARGEST_INTEGER) throw notFound();
  return id;
}
