/**
 * Public ids: the database's number with a prefix that says of what, so that an id pasted in the wrong place is refused
 * instead of finding another row.
 */

/**
 * The prefixes: account, API key, recipient, audience, job, run, batch, import, provider account, hold, suppression,
 * template, event, webhook endpoint, audit entry.
 */
export const ID_PREFIXES = [
  'acc',
  'key',
  'rcp',
  'aud',
  'job',
  'run',
  'bat',
  'imp',
  'pvd',
  'hld',
  'sup',
  'tpl',
  'evt',
  'whk',
  'adt',
] as const;
/** One of {@link ID_PREFIXES}. */
export type IdPrefix = (typeof ID_PREFIXES)[number];

/** A delivery's key: the run's day as `YYYY-MM-DD`, its batch, and its number in the batch. */
export interface DeliveryId {
  readonly day: string;
  readonly batchId: number;
  readonly number: number;
}

const POSITIVE_FORM = /^[1-9][0-9]{0,15}$/;
const DAY_FORM = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const DELIVERY_FORM = /^dlv_([0-9]{4})([0-9]{2})([0-9]{2})_([0-9]+)_([0-9]+)$/;

/** `formatId('job', 42)` is `job_42`. @throws RangeError when `id` is not a positive safe integer */
export function formatId(prefix: IdPrefix, id: number): string {
  return `${prefix}_${positive(id)}`;
}

/** The number in a public id, or undefined when the text is not exactly what {@link formatId} writes for that prefix. */
export function parseId(prefix: IdPrefix, text: string): number | undefined {
  return text.startsWith(`${prefix}_`) ? parsePositive(text.slice(prefix.length + 1)) : undefined;
}

/** `dlv_20261121_7_12` for number 12 of batch 7. @throws RangeError when a part is not what {@link DeliveryId} says */
export function formatDeliveryId(id: DeliveryId): string {
  const day = DAY_FORM.exec(id.day);
  if (day === null || !isDay(id.day)) throw new RangeError(`not a day: ${id.day}`);
  return `dlv_${day[1]}${day[2]}${day[3]}_${positive(id.batchId)}_${positive(id.number)}`;
}

/** The parts of a delivery's public id, or undefined when the text is not exactly what {@link formatDeliveryId} writes. */
export function parseDeliveryId(text: string): DeliveryId | undefined {
  const match = DELIVERY_FORM.exec(text);
  if (match === null) return undefined;
  const day = `${match[1]}-${match[2]}-${match[3]}`;
  const batchId = parsePositive(match[4] as string);
  const number = parsePositive(match[5] as string);
  return batchId === undefined || number === undefined || !isDay(day) ? undefined : { day, batchId, number };
}

function parsePositive(text: string): number | undefined {
  const value = POSITIVE_FORM.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function positive(value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`not a positive safe integer: ${value}`);
  return value;
}

/** Whether `YYYY-MM-DD` is in the calendar: Postgres would refuse 2026-02-30 with an error that looks like our fault. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
