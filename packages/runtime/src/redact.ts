/**
 * What must not stand in a log or a trace is taken out here, wherever in the object it stands: secrets are replaced,
 * addresses of people masked. Whoever logs should not hand it over at all; this is for the day when somebody does.
 */
import { maskAddress } from '@carillon/core';
import { pino } from 'pino';

const REDACTED = '[redacted]';
/** Deeper than this nothing is shown: a line of a log is no dump. */
const MAX_DEPTH = 8;

/** Ends of a field's name, in lower case and without separators: `accessToken`, `x-api-key`, `DATABASE_URL`. */
const SECRET_ENDS = [
  'password',
  'passphrase',
  'secret',
  'token',
  'apikey',
  'privatekey',
  'authorization',
  'cookie',
  'credentials',
  'connectionstring',
  'databaseurl',
  'redisurl',
];
const ADDRESS_ENDS = ['address', 'addresses', 'phone', 'phonenumber', 'msisdn', 'waid', 'email', 'emails', 'mail'];

/** A mail address, or a phone number with its plus, inside any text. The bounds keep the search short in long texts. */
const ADDRESS_IN_TEXT = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}]{2,24}|\+\d[\d ().-]{6,22}\d/gu;

/** What stands between the colon and the @ of a URL, inside any text. */
const PASSWORD_IN_URL = /(:\/\/[^\s:/@]{0,256}:)[^\s/@]{1,256}@/g;

/** A copy of what is to be logged, without secrets and with addresses masked, ready for JSON. */
export function redact(value: unknown): unknown {
  return copy(value, 0);
}

/** A field of an object, by its name and its value. */
export function redactField(name: string, value: unknown): unknown {
  return copyField(name, value, 0);
}

/** A connection URL without what is secret in it, for logs and messages. */
export function redactUrl(text: string): string {
  try {
    const url = new URL(text);
    return `${url.protocol}//${url.username === '' ? '' : `${url.username}@`}${url.host}${url.pathname}`;
  } catch {
    return '[not a URL]';
  }
}

function copyField(name: string, value: unknown, depth: number): unknown {
  // A yes or no gives nothing away: `hasPassword: true`.
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  if (SECRET_ENDS.some((end) => plain.endsWith(end))) return REDACTED;
  if (ADDRESS_ENDS.some((end) => plain.endsWith(end))) return maskAll(value, depth);
  return copy(value, depth);
}

/** Every text and number below a field that is named like an address. */
function maskAll(value: unknown, depth: number): unknown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return maskAddress(String(value));
  if (Array.isArray(value)) return value.map((one) => maskAll(one, depth + 1));
  return copy(value, depth);
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskInText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[too deep]';
  if (value instanceof Error) return copyError(value, depth);
  if (value instanceof URL) return redactUrl(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((one) => copy(one, depth + 1));
  if (value instanceof Set) return [...value].map((one) => copy(one, depth + 1));
  if (value instanceof Map) return copy(Object.fromEntries(value), depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return copy(value.toJSON(), depth + 1);
  return copyEntries(value, depth);
}

function copyEntries(value: object, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) result[name] = copyField(name, field, depth + 1);
  return result;
}

/** As pino shows errors: type, message, stack, its own fields, and the same of its cause. */
function copyError(error: Error, depth: number): unknown {
  const shown = copyEntries(pino.stdSerializers.errWithCause(error), depth);
  // Postgres quotes values there: "Failing row contains (1, 4915112345678, …)".
  if ('severity' in error)
    for (const name of ['detail', 'where', 'internalQuery']) if (name in shown) shown[name] = REDACTED;
  return shown;
}

function maskInText(text: string): string {
  if (!text.includes('@') && !text.includes('+')) return text;
  return text.replace(PASSWORD_IN_URL, '$1[redacted]@').replace(ADDRESS_IN_TEXT, maskAddress);
}
