/**
 * Reads cron expressions: five fields (minute, hour, day of month, month, day of week) or six (a second before them).
 *
 * Read here and not by a library: the libraries that exist fill in what is missing, read `L` and `#` each in a way of their own and
 * do not say which field is wrong. The tests compare with two of them where all agree on the meaning.
 */

/** A field of an expression, as problems name it. */
export type CronField = 'second' | 'minute' | 'hour' | 'dayOfMonth' | 'month' | 'dayOfWeek';

/** What an expression asks for. Lists are ascending and without doubles. */
export interface CronExpression {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** 1 to 12. */
  readonly months: readonly number[];
  readonly days: CronDays;
  /** Whether the hour begins with `*`: such an expression follows the passing of time rather than the clock on the wall. */
  readonly isHourly: boolean;
}

/** On which days. With both a day of the month and a day of the week, a day on which either holds, as crontab(5) has it. */
export interface CronDays {
  /** 1 to 31; null when any day will do. */
  readonly ofMonth: readonly number[] | null;
  /** Days before the last of the month: 0 is the last itself. */
  readonly beforeLast: readonly number[];
  /** 0 is Sunday; null when any day will do. */
  readonly ofWeek: readonly number[] | null;
  /** `5#2`: the second Friday. */
  readonly nthOfWeek: readonly { readonly weekday: number; readonly nth: number }[];
  /** `5L`: the last Friday. */
  readonly lastOfWeek: readonly number[];
  /** Whether both fields must hold: at least one of them begins with `*`. */
  readonly mustBoth: boolean;
}

/** An expression read, or which field is wrong and why, with the remedy. */
export type CronResult =
  | { readonly ok: true; readonly expression: CronExpression }
  | { readonly ok: false; readonly field: CronField | 'expression'; readonly problem: string };

interface FieldRule {
  readonly field: CronField;
  /** As people read it. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const SECOND: FieldRule = { field: 'second', label: 'second', min: 0, max: 59 };
const MINUTE: FieldRule = { field: 'minute', label: 'minute', min: 0, max: 59 };
const HOUR: FieldRule = { field: 'hour', label: 'hour', min: 0, max: 23 };
const DAY: FieldRule = { field: 'dayOfMonth', label: 'day of the month', min: 1, max: 31 };
const MONTH: FieldRule = { field: 'month', label: 'month', min: 1, max: 12, names: MONTHS };
const WEEKDAY: FieldRule = { field: 'dayOfWeek', label: 'day of the week', min: 0, max: 7, names: WEEKDAYS };

/** Longer than anything that says something. */
export const CRON_LENGTH_MAX = 256;

/** Ends the reading of an expression; never leaves this file. */
class Problem extends Error {
  readonly field: CronField | 'expression';
  constructor(field: CronField | 'expression', message: string) {
    super(message);
    this.field = field;
  }
}

/** Reads an expression. Case does not matter. Whether it ever comes true is told by {@link nextOccurrences}. */
export function parseCron(text: string): CronResult {
  try {
    return { ok: true, expression: read(text) };
  } catch (error) {
    if (error instanceof Problem) return { ok: false, field: error.field, problem: error.message };
    throw error;
  }
}

function read(text: string): CronExpression {
  if (text.length > CRON_LENGTH_MAX)
    throw new Problem('expression', `It is longer than ${CRON_LENGTH_MAX} characters.`);
  const parts = text.trim().toUpperCase().split(/\s+/);
  if (parts.length !== 5 && parts.length !== 6) {
    throw new Problem(
      'expression',
      'An expression has five fields (minute, hour, day of month, month, day of week), or six with a second before them.',
    );
  }
  const [second, minute, hour, day, month, weekday] = (parts.length === 6 ? parts : ['0', ...parts]) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    seconds: readValues(second, SECOND),
    minutes: readValues(minute, MINUTE),
    hours: readValues(hour, HOUR),
    months: readValues(month, MONTH),
    days: readDays(day, weekday),
    isHourly: hour.startsWith('*'),
  };
}

function readDays(day: string, weekday: string): CronDays {
  const beforeLast = new Set<number>();
  const ofMonth = new Set<number>();
  for (const item of day.split(',')) {
    const last = /^L(?:-(\d{1,2}))?$/.exec(item);
    if (last === null) addItem(ofMonth, item, DAY);
    else if (Number(last[1] ?? 0) > 30) throw new Problem('dayOfMonth', 'L takes at most 30 days off, as in L-30.');
    else beforeLast.add(Number(last[1] ?? 0));
  }
  const ofWeek = new Set<number>();
  const lastOfWeek = new Set<number>();
  const nthOfWeek: { weekday: number; nth: number }[] = [];
  for (const item of weekday.split(',')) {
    // `5#L` is another spelling of `5L`.
    const special = /^([^#]+)#(.*)$/.exec(item) ?? /^(\d|[A-Z]{3})(L)$/.exec(item);
    if (special === null) {
      if (item === 'L')
        throw new Problem('dayOfWeek', 'L alone is no day of the week; write 5L for the last Friday of the month.');
      addItem(ofWeek, item, WEEKDAY);
      continue;
    }
    const on = readNumber(special[1] as string, WEEKDAY) % 7;
    if (special[2] === 'L') lastOfWeek.add(on);
    else if (/^[1-5]$/.test(special[2] as string)) nthOfWeek.push({ weekday: on, nth: Number(special[2]) });
    else throw new Problem('dayOfWeek', 'After # comes 1 to 5, as in 5#2 for the second Friday of the month.');
  }
  return {
    ofMonth: isAny(day) ? null : ascending(ofMonth),
    beforeLast: ascending(beforeLast),
    ofWeek: isAny(weekday) ? null : ascending(new Set([...ofWeek].map((on) => on % 7))),
    nthOfWeek,
    lastOfWeek: ascending(lastOfWeek),
    mustBoth: /^[*?]/.test(day) || /^[*?]/.test(weekday),
  };
}

const isAny = (field: string) => field === '*' || field === '?';

function readValues(text: string, rule: FieldRule): readonly number[] {
  const values = new Set<number>();
  for (const item of text.split(',')) addItem(values, item, rule);
  return ascending(values);
}

/** One item of a list: `*`, `7`, `MON`, `1-5`, and each of them with a step. */
function addItem(values: Set<number>, item: string, rule: FieldRule): void {
  const match = /^(?:(\*|\?)|([0-9A-Z]+)(?:-([0-9A-Z]+))?)(?:\/(\d{1,4}))?$/.exec(item);
  const isQuestion = match?.[1] === '?' && ((rule.max !== 31 && rule.max !== 7) || match[4] !== undefined);
  if (match === null || isQuestion) throw new Problem(rule.field, problemOf(item, rule));
  const step = Number(match[4] ?? 1);
  if (step === 0) throw new Problem(rule.field, `A step of the ${rule.label} is at least 1.`);
  const from = match[2] === undefined ? rule.min : readNumber(match[2], rule);
  let to = match[2] === undefined || (match[3] === undefined && match[4] !== undefined) ? rule.max : from;
  if (match[3] !== undefined) to = readNumber(match[3], rule);
  // Sunday is 0 and 7; at the end of a range it is the latter. A step from `*` must not meet it twice.
  if (rule === WEEKDAY && match[3] !== undefined && to === 0 && from > 0) to = 7;
  if (rule === WEEKDAY && match[3] === undefined && match[4] !== undefined && from < 7) to = 6;
  if (to < from) {
    throw new Problem(
      rule.field,
      `The range ${item} of the ${rule.label} ends before it begins; write it as two, with a comma.`,
    );
  }
  for (let value = from; value <= to; value += step) values.add(value);
}

function readNumber(text: string, rule: FieldRule): number {
  const named = rule.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + rule.min;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= rule.min && value <= rule.max)) throw new Problem(rule.field, problemOf(text, rule));
  return value;
}

function problemOf(item: string, { label, min, max, names }: FieldRule): string {
  const named = names === undefined ? '' : ` or ${names[0]} to ${names.at(-1)}`;
  const shown = item === '' ? 'An empty item' : `"${item.slice(0, 20)}"`;
  const last = max === 31 ? ', L for the last' : max === 7 ? ', 5#2 for the second and 5L for the last Friday' : '';
  return `${shown} is no ${label}: it takes ${min} to ${max}${named}, lists, ranges, steps${last}.`;
}

function ascending(values: ReadonlySet<number>): readonly number[] {
  return [...values].sort((one, other) => one - other);
}
