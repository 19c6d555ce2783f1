/**
 * From what a line says to a row that may be stored, or to what is wrong with it. The same rules as for PUT
 * /v1/recipients, but written out and not through zod: they run a million times.
 */
import {
  ATTRIBUTES_JSON_MAX,
  ATTRIBUTES_MAX,
  attributeKeyProblem,
  attributesProblem,
  attributeValueProblem,
  dateNameProblem,
  externalIdProblem,
  type ImportLineProblem,
  type NamedDate,
  nameProblem,
  RECIPIENT_DATES_MAX,
  readDate,
  readDates,
  splitAudienceNames,
} from '@carillon/contracts';
import { addressKey, isZone, normalizeEmail, normalizePhone, type PhoneCountry } from '@carillon/core';
import type { ImportRow } from '@carillon/db';

/** How many audiences one import may name. */
const IMPORT_AUDIENCES_MAX = 1_000;
const ROW_AUDIENCES_MAX = 50;
const SHOWN_MAX = 64;

/** What is wrong with a line. `detail` never repeats an address. */
export interface RowProblem {
  readonly code: ImportLineProblem;
  readonly field: string | null;
  readonly detail: string;
}

/** A row to store with the names of its audiences, or what is wrong. */
export type RowResult =
  | { readonly ok: true; readonly row: ImportRow; readonly audiences: readonly string[] }
  | { readonly ok: false; readonly problem: RowProblem };

/** Reads the values of one format's lines. */
export interface RowChecker {
  /** A CSV record by the header's columns. */
  record(fields: readonly string[]): RowResult;
  /** One line of NDJSON. */
  json(text: string): RowResult;
}

/** Which column holds what. */
interface Columns {
  readonly externalId: number;
  readonly name: number;
  readonly phone: number;
  readonly email: number;
  readonly zone: number;
  readonly audiences: number;
  readonly emailConfirmed: number;
  readonly attributes: readonly (readonly [name: string, index: number])[];
  readonly dates: readonly { readonly column: string; readonly name: string; readonly index: number }[];
  readonly count: number;
}

const COLUMNS = new Set(['externalId', 'name', 'phone', 'email', 'zone', 'audiences', 'emailConfirmed']);
/** Begins the name of a column of dates: `date.birthday`. */
const DATE_COLUMN = 'date.';
/** Shared by all rows that have none. */
const NO_DATES: readonly NamedDate[] = [];

/** Reads a CSV file's header, or says what is wrong with it. */
export function readHeader(
  fields: readonly string[],
): { ok: true; columns: Columns } | { ok: false; problem: RowProblem } {
  const names = fields.map((field) => field.trim());
  const wrong = (field: string, detail: string) =>
    ({ ok: false, problem: { code: 'validation_failed', field: shown(field), detail } }) as const;
  if (!names.includes('externalId'))
    return wrong('externalId', 'The first line has no column externalId; columns are separated by commas.');
  // Without either of these columns people would be replaced by such without an address, surely not by intention.
  if (!names.includes('phone') && !names.includes('email'))
    return wrong('phone', 'The first line has neither a column phone nor a column email.');
  const attributes: [string, number][] = [];
  const dates: Columns['dates'][number][] = [];
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) return wrong(name, 'The first line names this column twice.');
    if (COLUMNS.has(name)) continue;
    if (name.startsWith(DATE_COLUMN)) {
      const dateName = name.slice(DATE_COLUMN.length);
      const problem = dateNameProblem(dateName);
      if (problem !== undefined) return wrong(name, `The name of the date in column ${index + 1} ${problem}.`);
      dates.push({ column: name, name: dateName, index });
      continue;
    }
    const problem = attributeKeyProblem(name);
    if (problem !== undefined) return wrong(name, `Column ${index + 1} becomes an attribute, and its name ${problem}.`);
    attributes.push([name, index]);
  }
  if (attributes.length > ATTRIBUTES_MAX)
    return wrong('attributes', `There are more than ${ATTRIBUTES_MAX} further columns.`);
  if (dates.length > RECIPIENT_DATES_MAX)
    return wrong('dates', `There are more than ${RECIPIENT_DATES_MAX} columns of dates.`);
  const at = (name: string) => names.indexOf(name);
  return {
    ok: true,
    columns: {
      externalId: at('externalId'),
      name: at('name'),
      phone: at('phone'),
      email: at('email'),
      zone: at('zone'),
      audiences: at('audiences'),
      emailConfirmed: at('emailConfirmed'),
      attributes,
      dates,
      count: names.length,
    },
  };
}

/** @param columns of the header; undefined for NDJSON */
export function createRowChecker(options: {
  readonly country: PhoneCountry;
  readonly pepper: Uint8Array;
  readonly columns?: Columns;
}): RowChecker {
  const { country, pepper, columns } = options;
  const seenAudiences = new Set<string>();
  // Most lines name the audiences that the line before named.
  let lastNamed: { readonly text: string; readonly audiences: readonly string[] } = { text: '', audiences: [] };
  const audiencesOf = (text: string): readonly string[] => {
    if (text !== lastNamed.text) lastNamed = { text, audiences: splitAudienceNames(text) };
    return lastNamed.audiences;
  };

  /** The last step: all but attributes and dates, which the caller has checked. Empty texts are absent values. */
  const check = (
    externalId: string,
    name: string,
    phone: string,
    email: string,
    zone: string,
    audiences: readonly string[],
    attributes: string,
    dates: readonly NamedDate[],
    emailConfirmed: boolean,
  ): RowResult => {
    const idProblem = externalIdProblem(externalId);
    if (idProblem !== undefined) return bad('validation_failed', 'externalId', `It ${idProblem}.`);
    if (name !== '') {
      const problem = nameProblem(name);
      if (problem !== undefined) return bad('validation_failed', 'name', `It ${problem}.`);
    }
    let digits: string | null = null;
    if (phone !== '') {
      const read = normalizePhone(phone, country);
      if (!read.ok)
        return bad('invalid_phone', 'phone', `It is no usable phone number: ${read.reason.replaceAll('_', ' ')}.`);
      digits = read.e164Digits;
    }
    let mailbox: { address: string; key: string } | undefined;
    if (email !== '') {
      const read = normalizeEmail(email);
      if (!read.ok)
        return bad('invalid_email', 'email', `It is no usable e-mail address: ${read.reason.replaceAll('_', ' ')}.`);
      mailbox = read;
    }
    if (emailConfirmed && mailbox === undefined)
      return bad('validation_failed', 'emailConfirmed', 'It needs an e-mail address.');
    if (zone !== '' && !isZone(zone)) {
      return bad('invalid_zone', 'zone', `There is no time zone ${JSON.stringify(shown(zone))}.`);
    }
    if (audiences.length > ROW_AUDIENCES_MAX) {
      return bad('validation_failed', 'audiences', `It must not name more than ${ROW_AUDIENCES_MAX} audiences.`);
    }
    for (const audience of audiences) {
      if (seenAudiences.has(audience)) continue;
      const problem = nameProblem(audience);
      if (problem !== undefined) return bad('validation_failed', 'audiences', `A name in it ${problem}.`);
      if (seenAudiences.size >= IMPORT_AUDIENCES_MAX) {
        return bad('too_many_audiences', 'audiences', `One import names at most ${IMPORT_AUDIENCES_MAX} audiences.`);
      }
      seenAudiences.add(audience);
    }
    return {
      ok: true,
      row: {
        externalId,
        name: name === '' ? null : name,
        phone: digits,
        whatsappKey: digits === null ? null : addressKey(pepper, 'whatsapp', digits),
        email: mailbox === undefined ? null : mailbox.address,
        emailKey: mailbox === undefined ? null : addressKey(pepper, 'email', mailbox.key),
        zone: zone === '' ? null : zone,
        attributes,
        dates,
        emailConfirmed,
      },
      audiences,
    };
  };

  return {
    record(fields) {
      const at = columns as Columns;
      const { count, attributes, dates } = at;
      if (fields.length !== count) {
        return bad('wrong_column_count', null, `The header has ${count} columns, this line ${fields.length} values.`);
      }
      const value = (index: number) => (index < 0 ? '' : (fields[index] as string).trim());
      let json = '{}';
      if (attributes.length > 0) {
        const kept: Record<string, string> = {};
        for (const [name, index] of attributes) {
          const text = value(index);
          if (text === '') continue;
          const problem = attributeValueProblem(text);
          if (problem !== undefined) return bad('validation_failed', name, `It ${problem}.`);
          kept[name] = text;
        }
        json = JSON.stringify(kept);
        if (json.length > ATTRIBUTES_JSON_MAX) {
          return bad(
            'validation_failed',
            'attributes',
            `Together they must not exceed ${ATTRIBUTES_JSON_MAX} characters.`,
          );
        }
      }
      let read: NamedDate[] | undefined;
      for (const { column, name, index } of dates) {
        const text = value(index);
        if (text === '') continue;
        const date = readDate(text);
        if (!date.ok) return bad(date.code, column, `It ${date.problem}.`);
        read ??= [];
        read.push({ name, value: date.date.value });
      }
      const isConfirmed = readBoolean(value(at.emailConfirmed));
      if (isConfirmed === undefined) return bad('validation_failed', 'emailConfirmed', 'It must be true or false.');
      const audiences = audiencesOf(value(at.audiences));
      const [externalId, name, phone] = [value(at.externalId), value(at.name), value(at.phone)];
      const [email, zone] = [value(at.email), value(at.zone)];
      return check(externalId, name, phone, email, zone, audiences, json, read ?? NO_DATES, isConfirmed);
    },

    json(text) {
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch {
        return bad('malformed_json', null, 'The line is not JSON.');
      }
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        return bad('malformed_json', null, 'The line is not a JSON object.');
      }
      // What is not one of ours is an attribute, beside those in `attributes`.
      const { externalId, name, phone, email, zone, audiences, attributes, dates, emailConfirmed, ...others } =
        parsed as Record<string, unknown>;
      for (const [field, value] of Object.entries({ externalId, name, phone, email, zone })) {
        if (value !== undefined && value !== null && typeof value !== 'string') {
          return bad('validation_failed', field, 'It must be a string.');
        }
      }
      const names = readAudienceNames(audiences);
      if (names === undefined) return bad('validation_failed', 'audiences', 'It must be a list of names.');
      const all = mergeAttributes(attributes, others);
      const problem = attributesProblem(all);
      if (problem !== undefined)
        return bad('validation_failed', shown(problem.key ?? 'attributes'), `It ${problem.problem}.`);
      const read = readDates(given(dates));
      if (!read.ok) {
        const field = read.name === undefined ? 'dates' : `dates.${shown(read.name)}`;
        return bad(read.code, field, `It ${read.problem}.`);
      }
      const isConfirmed = emailConfirmed ?? false;
      if (typeof isConfirmed !== 'boolean')
        return bad('validation_failed', 'emailConfirmed', 'It must be true or false.');
      const value = (of: unknown) => ((of ?? '') as string).trim();
      const json = JSON.stringify(all);
      const [id, zoneName] = [value(externalId), value(zone)];
      return check(id, value(name), value(phone), value(email), zoneName, names, json, read.dates, isConfirmed);
    },
  };
}

/** Of a column; undefined when it says neither. */
function readBoolean(text: string): boolean | undefined {
  if (text === '') return false;
  const lower = text.toLowerCase();
  return lower === 'true' || (lower === 'false' ? false : undefined);
}

function readAudienceNames(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return splitAudienceNames(value);
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) return undefined;
  return [...new Set(value.map((name: string) => name.trim()))];
}

/** Without nulls, which are absent values in a line; something that is no object is handed on to be refused. */
function given(dates: unknown): unknown {
  if (dates === undefined || dates === null) return {};
  if (typeof dates !== 'object' || Array.isArray(dates)) return dates;
  return Object.fromEntries(Object.entries(dates).filter(([, value]) => value !== null));
}

/** Both together, without nulls; something that is no object is handed on for {@link attributesProblem} to refuse. */
function mergeAttributes(attributes: unknown, others: Record<string, unknown>): unknown {
  if (attributes !== undefined && attributes !== null) {
    if (typeof attributes !== 'object' || Array.isArray(attributes)) return attributes;
  }
  const entries = [...Object.entries(others), ...Object.entries(attributes ?? {})];
  // fromEntries makes a key `__proto__` an ordinary one, which is then refused by its name.
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function bad(code: ImportLineProblem, field: string | null, detail: string): RowResult {
  return { ok: false, problem: { code, field, detail } };
}

/** A text of the file that may stand in a report: short, and fit for the database. */
function shown(text: string): string {
  const short = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
  return short.replace(/[\u0000-\u001f\u007f-\u009f\p{Cs}]/gu, '\ufffd');
}
