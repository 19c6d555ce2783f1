/**
 * What passes of before have made of people whose day it is, and what is to become of it now. Whoever was told, may have been, or is
 * being told is left alone. Whoever waits and has another moment or another day by now is planned anew, and so is whoever was
 * skipped for a reason that no longer holds.
 */
import type { DeliveryState } from '@carillon/core';
import { addressColumns } from './addresses.ts';
import type { DatePerson } from './datePeople.ts';
import type { DateMoment, DateRule } from './dateRule.ts';
import { isIncomplete, NO_LONGER_DUE, SKIP_CODES } from './gates.ts';
import { Parameters } from './parameters.ts';
import { dedupeKeySql } from './people.ts';
import type { PlannableJob } from './plannable.ts';
import type { Queryable } from './pool.ts';

/** Why somebody was skipped that may have changed since. */
const PASSING_CODES: readonly (string | null)[] = [
  SKIP_CODES.suppressed,
  SKIP_CODES.missingVariable,
  SKIP_CODES.wallTimeInGap,
];

/** A delivery as it stands. */
export interface StandingRow {
  readonly batchId: number;
  readonly number: number;
  readonly day: string;
  readonly state: DeliveryState;
  readonly code: string | null;
  /** It was never claimed, so that no try, report or provider can know of it. */
  readonly isUntouched: boolean;
  /** A run that sends to those missed has it, or may come to it; or it stood before the database was restored. */
  readonly mayBeTold: boolean;
}

/** What is known of one person and occasion. */
export interface Standing {
  readonly recipientId: number;
  readonly hasAddress: boolean;
  /** Whether neither a suppression nor a missing variable speaks against a message now. */
  readonly isClear: boolean;
  readonly occasion:
    | {
        readonly runId: number;
        readonly plan: 'delivery' | 'duplicate' | 'unreachable';
        readonly value: string;
        readonly dueAtMs: number | null;
        /** The delivery that was planned; null when there is none, or none any more. */
        readonly row: StandingRow | null;
      }
    | undefined;
  /** A delivery of the present run with the person's key. */
  readonly here: (StandingRow & { readonly isOwn: boolean }) | undefined;
}

/** What a pass does about somebody. */
export type DateDecision =
  /** Planned, by whoever meets this first. */
  | { readonly kind: 'plan' }
  | { readonly kind: 'leave' }
  /** The delivery goes on; its occasion takes the date's new value. */
  | { readonly kind: 'renew' }
  /** Planned anew, after `remove` went from the present run and `end` was ended in the one of before. */
  | {
      readonly kind: 'replan';
      readonly remove: StandingRow | null;
      readonly end: StandingRow | null;
      /** The present run has counted the person as this. */
      readonly counted: 'duplicate' | 'unreachable' | null;
    };

const LEAVE: DateDecision = { kind: 'leave' };

/**
 * Decides about one person.
 * @param runId of the present occurrence; undefined when it has no run yet
 */
export function decide(
  person: DatePerson,
  moment: DateMoment,
  standing: Standing | undefined,
  runId: number | undefined,
): DateDecision {
  if (standing === undefined) return { kind: 'plan' };
  const { occasion, here } = standing;
  const stale = here?.isOwn && isMovable(here) ? here : null;
  if (occasion === undefined) {
    // Another value of the same day was planned here before.
    return stale === null ? { kind: 'plan' } : { kind: 'replan', remove: stale, end: null, counted: null };
  }
  if (occasion.runId !== runId) {
    if (here && stale === null) return LEAVE;
    if (occasion.plan !== 'delivery') return { kind: 'replan', remove: stale, end: null, counted: null };
    const { row } = occasion;
    const mayMove = row !== null && (row.state === 'scheduled' ? row.isUntouched : isSkippedForGood(row));
    return mayMove ? { kind: 'replan', remove: stale, end: row, counted: null } : LEAVE;
  }
  if (occasion.plan === 'unreachable') {
    return standing.hasAddress ? { kind: 'replan', remove: stale, end: null, counted: 'unreachable' } : LEAVE;
  }
  if (occasion.plan === 'duplicate') {
    const isFree = here === undefined || (stale !== null && stale.state === 'skipped');
    return isFree ? { kind: 'replan', remove: stale, end: null, counted: 'duplicate' } : LEAVE;
  }
  const { row } = occasion;
  if (row === null) return LEAVE;
  if (row.state === 'scheduled') {
    const isMoved = occasion.dueAtMs !== null && Math.abs(occasion.dueAtMs - moment.dueAtMs) >= 1;
    if (isMoved && row.isUntouched) return { kind: 'replan', remove: row, end: null, counted: null };
    return occasion.value === person.value ? LEAVE : { kind: 'renew' };
  }
  if (row.state !== 'skipped' || !isMovable(row)) return LEAVE;
  const hasPassed = PASSING_CODES.includes(row.code) && standing.isClear && !moment.inGap;
  return row.code === NO_LONGER_DUE || hasPassed ? { kind: 'replan', remove: row, end: null, counted: null } : LEAVE;
}

/** Whether it waits untouched, or was skipped so. */
function isMovable(row: StandingRow): boolean {
  return row.isUntouched && (row.state === 'scheduled' || isSkippedForGood(row));
}

/** Nothing of it was or will be sent. */
function isSkippedForGood(row: StandingRow): boolean {
  return row.state === 'skipped' && !row.mayBeTold;
}

interface Row {
  readonly id: number;
  readonly has_address: boolean;
  readonly is_clear: boolean;
  readonly run_id: number | null;
  readonly plan: 'delivery' | 'duplicate' | 'unreachable';
  readonly value: string;
  readonly due_at_ms: number | null;
  readonly was: StandingRow | null;
  readonly here: (StandingRow & { readonly isOwn: boolean }) | null;
}

/** How those of `people` stand who have an occasion, or a delivery in the run. */
export async function readStandings(
  client: Queryable,
  wanted: {
    readonly job: PlannableJob;
    readonly rule: DateRule;
    readonly offsetDays: number;
    readonly run: { readonly id: number; readonly day: string } | undefined;
    readonly people: readonly DatePerson[];
    readonly variables: readonly string[];
  },
): Promise<Map<number, Standing>> {
  const { job, rule, run, people } = wanted;
  const parameters = new Parameters();
  const parameter = (value: unknown) => parameters.add(value);
  const account = parameter(job.accountId);
  const key = addressColumns(job.channel).key;
  const row = (
    runId: string,
    extra: string,
  ) => `jsonb_build_object('batchId', d.batch_id, 'number', d.number, 'day', d.day,
    'state', d.state, 'code', d.code, 'isUntouched', d.try = 0 AND d.code IS DISTINCT FROM 'restored',
    'mayBeTold', coalesce(coalesce(d.settled_at, d.due_at) < (SELECT restored_at FROM installation), false)
      OR EXISTS (SELECT 1 FROM runs f WHERE f.account_id = ${account} AND f.parent_run_id = ${runId}
      AND (f.state IN ('planned', 'expanding')
           OR EXISTS (SELECT 1 FROM deliveries e WHERE e.run_id = f.id AND e.day = f.day AND e.account_id = ${account}
                      AND e.dedupe_key = d.dedupe_key OFFSET 0)))${extra})`;
  const here =
    run === undefined
      ? 'SELECT NULL::jsonb AS row WHERE false'
      : `SELECT ${row(`${parameter(run.id)}::bigint`, ", 'isOwn', d.recipient_id IS NOT DISTINCT FROM a.id")} AS row FROM deliveries d
         WHERE d.run_id = ${parameter(run.id)}::bigint AND d.day = ${parameter(run.day)}::date AND d.account_id = ${account}
           AND d.dedupe_key = a.key LIMIT 1`;
  const { rows } = await client.query<Row>(
    `WITH asked AS MATERIALIZED (
       SELECT p.id, p.period, r.${key} AS address_key, ${dedupeKeySql(job)} AS key,
              NOT ${isIncomplete(parameters, wanted.variables)} AS complete
       FROM unnest(${parameter(people.map(({ recipientId }) => recipientId))}::bigint[],
                   ${parameter(people.map(({ period }) => period))}::text[]) AS p (id, period)
       JOIN recipients r ON r.account_id = ${account} AND r.id = p.id
     )
     SELECT a.id, a.address_key IS NOT NULL AS has_address,
            a.complete AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.account_id = ${account}
              AND s.channel = ${parameter(job.channel)} AND s.address_key = a.address_key) AS is_clear,
            o.run_id, o.plan, o.value, extract(epoch FROM o.due_at)::float8 * 1000 AS due_at_ms, was.row AS was, here.row AS here
     FROM asked a
     LEFT JOIN occasions o ON o.account_id = ${account} AND o.job_id = ${parameter(job.jobId)}::bigint AND o.recipient_id = a.id
       AND o.date_name = ${parameter(rule.trigger.date)} AND o.offset_days = ${parameter(wanted.offsetDays)}::smallint
       AND o.period = a.period
     LEFT JOIN runs x ON x.account_id = ${account} AND x.id = o.run_id
     -- By key, row by row: a join would read the whole run for each page.
     LEFT JOIN LATERAL (
       SELECT ${row('o.run_id', '')} AS row FROM deliveries d
       WHERE d.run_id = o.run_id AND d.day = x.day AND d.account_id = ${account} AND d.dedupe_key = a.key
         AND d.recipient_id = a.id AND o.plan = 'delivery' LIMIT 1
     ) was ON true
     LEFT JOIN LATERAL (${here}) here ON true
     WHERE o.run_id IS NOT NULL OR here.row IS NOT NULL`,
    parameters.values,
  );
  return new Map(rows.map((found) => [found.id, standingOf(found)]));
}

function standingOf(row: Row): Standing {
  return {
    recipientId: row.id,
    hasAddress: row.has_address,
    isClear: row.is_clear,
    occasion:
      row.run_id === null
        ? undefined
        : { runId: row.run_id, plan: row.plan, value: row.value, dueAtMs: row.due_at_ms, row: row.was },
    here: row.here ?? undefined,
  };
}
