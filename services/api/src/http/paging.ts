/**
 * Cursor paging: `?limit=&cursor=` in, `{ data, nextCursor }` out. A cursor is the position after the last row of a page,
 * in base64url; it is checked as strictly as any other input and holds nothing that its reader may not see.
 */
import { ApiError } from '@carillon/core';
import { z } from 'zod';
import { textTrap } from './validate.ts';

/** For the description; a real one holds the name of its list and a position. */
const CURSOR_EXAMPLE = Buffer.from('["jobs/",42]').toString('base64url');

const LIMIT_FORM = /^[1-9]\d{0,2}$/;

/** The two parameters of every list; spread it into the list's own strict query schema. */
export const pagingQuery = {
  limit: z
    .string()
    .refine((text) => LIMIT_FORM.test(text) && Number(text) <= 200, 'It must be a whole number from 1 to 200.')
    .default('50')
    .transform(Number)
    .meta({ description: 'Rows per page', type: 'integer', minimum: 1, maximum: 200, default: 50, example: 50 }),
  cursor: z
    .string()
    .max(500)
    .optional()
    .meta({ description: '`nextCursor` of the page before', example: CURSOR_EXAMPLE }),
};

/** The answer's schema for a list of these. */
export function pageOf(item: z.ZodType) {
  return z.object({
    data: z.array(item).meta({ description: 'The rows of this page' }),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: '`cursor` of the next page; null on the last one', example: CURSOR_EXAMPLE }),
  });
}

/** Writes a position; `kind` names the list and its filters, so that a cursor of another list is refused. */
export function encodeCursor(kind: string, position: readonly (number | string)[]): string {
  return Buffer.from(JSON.stringify([kind, ...position])).toString('base64url');
}

/**
 * Reads a position that {@link encodeCursor} wrote for the same kind.
 * @param shape what each part must be; numbers are safe integers of zero or more
 * @returns undefined without a cursor
 * @throws ApiError `invalid_cursor`
 */
export function decodeCursor(
  kind: string,
  cursor: string | undefined,
  shape: readonly ('number' | 'string')[],
): (number | string)[] | undefined {
  if (cursor === undefined) return undefined;
  const position = readCursor(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === shape.length + 1 &&
    position[0] === kind &&
    shape.every((type, index) => {
      const part: unknown = position[index + 1];
      return type === 'number' ? Number.isSafeInteger(part) && (part as number) >= 0 : isSoundText(part);
    });
  // Only one spelling of a position is ours.
  if (!fits || encodeCursor(kind, position.slice(1)) !== cursor) {
    throw new ApiError('invalid_cursor', { field: 'cursor', detail: 'The cursor is not one of this list.' });
  }
  return position.slice(1);
}

/** Beyond the ids of accounts, keys and provider accounts, which are 32 bits wide. */
const LARGEST_SMALL_ID = 2 ** 31 - 1;

/**
 * The position of a list that goes by ids of 32 bits; 0 without a cursor.
 * @throws ApiError `invalid_cursor`
 */
export function afterSmallId(kind: string, cursor: string | undefined): number {
  const [given] = (decodeCursor(kind, cursor, ['number']) ?? [0]) as [number];
  return Math.min(given, LARGEST_SMALL_ID);
}

/** Cuts one row too many off a page. `rows` holds up to `limit + 1`. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  positionOf: (row: Row) => string,
): { data: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(present), nextCursor: rows.length > limit && last !== undefined ? positionOf(last) : null };
}

function isSoundText(part: unknown): boolean {
  return typeof part === 'string' && textTrap(part) === undefined;
}

function readCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
