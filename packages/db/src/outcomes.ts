/** What became of calls, written for many deliveries at a time; and what providers report later. */
import type { DeliveryState } from '@carillon/core';
import { columnOf } from './parameters.ts';
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** The outcome of one try, as it is stored. */
export interface DeliveryOutcome {
  readonly accountId: number;
  readonly day: string;
  readonly batchId: number;
  readonly number: number;
  readonly try: number;
  /** Where the delivery goes. `scheduled` needs `retryInMs`. */
  readonly state: 'sent' | 'scheduled' | 'failed' | 'unknown' | 'skipped';
  /** The outcome's word in the list of attempts: accepted, retry, throttled, rejected, exhausted, unknown, not_sent. */
  readonly word: string;
  readonly burnsAttempt: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly providerMessageId: string | null;
  readonly retryInMs: number;
}

interface OutcomeKey {
  account_id: number;
  batch_id: number;
  number: number;
  try: number;
}

function values(outcomes: readonly DeliveryOutcome[], day: string): unknown[] {
  return [
    columnOf(outcomes, (o) => o.accountId),
    columnOf(outcomes, (o) => o.batchId),
    columnOf(outcomes, (o) => o.number),
    columnOf(outcomes, (o) => o.try),
    columnOf(outcomes, (o) => o.state),
    columnOf(outcomes, (o) => o.code),
    columnOf(outcomes, (o) => o.message),
    columnOf(outcomes, (o) => o.providerMessageId),
    columnOf(outcomes, (o) => o.retryInMs),
    columnOf(outcomes, (o) => (o.burnsAttempt ? 1 : 0)),
    columnOf(outcomes, (o) => o.word),
    day,
  ];
}

/**
 * Writes outcomes of one day in one statement.
 * @returns the outcomes whose row no longer was `sending` in that try; hand them to `settleLateOutcomes`.
 */
export async function settleOutcomes(
  db: Queryable,
  outcomes: readonly DeliveryOutcome[],
  day: string,
): Promise<DeliveryOutcome[]> {
  if (outcomes.length === 0) return [];
  const { rows } = await db.query<OutcomeKey>({
    ...statement('settle_outcomes', day),
    values: values(outcomes, day),
  });
  if (rows.length === outcomes.length) return [];
  const settled = new Set(rows.map((row) => `${row.batch_id}.${row.number}.${row.try}`));
  return outcomes.filter((o) => !settled.has(`${o.batchId}.${o.number}.${o.try}`));
}

/** A delivery that a statement moved from one state to another. */
export interface Move {
  readonly batchId: number;
  readonly number: number;
  readonly try: number;
  readonly from: DeliveryState;
  readonly to: DeliveryState;
}

interface MoveRow {
  batch_id: number;
  number: number;
  try: number;
  old: DeliveryState;
  new: DeliveryState;
}

function toMove(row: MoveRow): Move {
  return { batchId: row.batch_id, number: row.number, try: row.try, from: row.old, to: row.new };
}

/** Writes outcomes that came late: an `unknown` learns the truth, a row moved on by a report learns the provider's id. */
export async function settleLateOutcomes(
  db: Queryable,
  outcomes: readonly DeliveryOutcome[],
  day: string,
): Promise<Move[]> {
  if (outcomes.length === 0) return [];
  const { rows } = await db.query<MoveRow>({
    ...statement('settle_late_outcomes', day),
    values: values(outcomes, day),
  });
  return rows.map(toMove);
}

/** One report of a provider about one try of one delivery. */
export interface DeliveryReport {
  readonly day: string;
  readonly batchId: number;
  readonly number: number;
  readonly try: number;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly code: string | null;
  readonly providerMessageId: string | null;
  readonly reportedAtMs: number;
}

/** Stores reports about one account's deliveries of one day, and moves the deliveries that they move. */
export async function applyReports(
  db: Queryable,
  accountId: number,
  reports: readonly DeliveryReport[],
  day: string,
): Promise<Move[]> {
  if (reports.length === 0) return [];
  const { rows } = await db.query<MoveRow>({
    ...statement('apply_reports', day),
    values: [
      accountId,
      reports.map((r) => r.batchId),
      reports.map((r) => r.number),
      reports.map((r) => r.try),
      reports.map((r) => r.status),
      reports.map((r) => r.code),
      reports.map((r) => r.providerMessageId),
      reports.map((r) => r.reportedAtMs),
      day,
    ],
  });
  return rows.map(toMove);
}
