/** The lines of a file of suppressions: from a CSV record or a line of JSON to an address that can be stored, or why not. */
import { MESSAGE_CHANNEL_NAMES, SUPPRESSION_REASONS } from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import type { AddressToSuppress } from '@carillon/db';
import { textTrap } from '../../http/validate.ts';
import { type AddressRules, readAddress } from './address.ts';

/** What is wrong with a line. */
export interface LineProblem {
  readonly code: string;
  readonly field: string | null;
  readonly detail: string;
}

/** A line read. */
export type LineResult =
  | { readonly ok: true; readonly row: AddressToSuppress }
  | { readonly ok: false; readonly problem: LineProblem };

type Column = 'channel' | 'address' | 'reason';

const COLUMNS: readonly Column[] = ['channel', 'address', 'reason'];
/** More of a text is no address in any spelling. */
const ADDRESS_MAX = 1_000;

/** Where the columns of a CSV file stand. @throws ApiError `validation_failed` for a header that is not one */
export function readHeader(fields: readonly string[]): (Column | undefined)[] {
  const refuse = (detail: string) => new ApiError('validation_failed', { field: 'body', detail });
  const columns = fields.map((field) => {
    const name = field.trim().toLowerCase();
    const column = COLUMNS.find((one) => one === name);
    if (column === undefined) {
      const shown = name.replace(/[^\x20-\x7e]/g, '?').slice(0, 40);
      throw refuse(
        `The first line names the columns channel, address and perhaps reason; there is no column "${shown}".`,
      );
    }
    return column;
  });
  for (const needed of ['channel', 'address'] as const) {
    if (!columns.includes(needed)) throw refuse(`The first line names no column ${needed}.`);
  }
  if (new Set(columns).size < columns.length) throw refuse('The first line names a column twice.');
  return columns;
}

/** Reads a record of a CSV file with these columns. */
export function readRecord(
  fields: readonly string[],
  columns: readonly (Column | undefined)[],
  rules: AddressRules,
): LineResult {
  if (fields.length !== columns.length) {
    const detail = `The line has ${fields.length} values, and the header ${columns.length}.`;
    return bad({ code: 'wrong_column_count', field: null, detail });
  }
  const values: Partial<Record<Column, unknown>> = {};
  columns.forEach((column, index) => {
    if (column !== undefined) values[column] = fields[index];
  });
  return readValues(values, rules);
}

/** Reads a line of an NDJSON file. */
export function readJsonLine(text: string, rules: AddressRules): LineResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad({ code: 'malformed_json', field: null, detail: 'The line is not one JSON object.' });
  }
  const unknown = Object.keys(value).find((key) => !COLUMNS.some((column) => column === key));
  if (unknown !== undefined) {
    const field = textTrap(unknown) === undefined ? unknown.slice(0, 64) : null;
    return bad({ code: 'validation_failed', field, detail: 'There is no field of this name here.' });
  }
  return readValues(value as Partial<Record<Column, unknown>>, rules);
}

function readValues(values: Partial<Record<Column, unknown>>, rules: AddressRules): LineResult {
  const wrong = (field: Column, detail: string) => bad({ code: 'validation_failed', field, detail });
  const { address } = values;
  const channel = MESSAGE_CHANNEL_NAMES.find((name) => name === trimmed(values.channel));
  if (channel === undefined) return wrong('channel', `It must be one of ${MESSAGE_CHANNEL_NAMES.join(', ')}.`);
  const asked = trimmed(values.reason ?? '');
  const reason = asked === '' ? 'manual' : SUPPRESSION_REASONS.find((name) => name === asked);
  if (reason === undefined) return wrong('reason', `It must be one of ${SUPPRESSION_REASONS.join(', ')}.`);
  if (typeof address !== 'string') return wrong('address', 'It must be a text.');
  if (address.length > ADDRESS_MAX) return wrong('address', `It must not be longer than ${ADDRESS_MAX} characters.`);
  const read = readAddress(channel, address, rules);
  if (!read.ok) return bad({ code: read.code, field: 'address', detail: read.detail });
  return { ok: true, row: { channel, reason, address: read.address, addressKey: read.addressKey } };
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

function bad(problem: LineProblem): LineResult {
  return { ok: false, problem };
}
