/** Values of statements: those of one that is put together from parts, and lists in the form that Postgres reads. */

/** The values of a statement, each part adding its own. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value; returns how the statement names it, such as `$3`. */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/**
 * One column of many rows as the text of a Postgres array of one dimension (Postgres manual, 8.15.6), made in one pass. The driver does the
 * same with a list, at twice the cost: it makes the list first, then looks at what each value is, and quotes numbers too.
 * @param pick what of each row is in the column; null is NULL
 */
export function columnOf<Row>(rows: readonly Row[], pick: (row: Row) => string | number | null): string {
  let text = '{';
  for (const row of rows) {
    if (text.length > 1) text += ',';
    const value = pick(row);
    if (value === null) text += 'NULL';
    else if (typeof value === 'number') text += value;
    else text += NEEDS_ESCAPE.test(value) ? `"${value.replace(ESCAPED, '\\$&')}"` : `"${value}"`;
  }
  return `${text}}`;
}

const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;
