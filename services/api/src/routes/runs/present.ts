/** Runs and deliveries as the API shows them. */
import type { DeliveryAnswer, ResultAnswer, RunAnswer, TryAnswer } from '@carillon/contracts';
import { formatDeliveryId, formatId } from '@carillon/core';
import type { AttemptRow, DeliveryRow, ResultRow, RunRow } from '@carillon/db';
import { isoOf, isoOrNull } from '../jobs/present.ts';

/** Over how many seconds the rate is measured, at most. */
export const RATE_SECONDS = 10;

/** @param recentSends sends begun within the last {@link RATE_SECONDS}; undefined when not measured */
export function presentRun(row: RunRow, recentSends: number | undefined): RunAnswer {
  const { scheduled, sending, sent, delivered, failed, unknown, skipped, cancelled } = row;
  const expanded = row.expanded_at_ms !== null;
  // A run that began a second ago had one second, not ten: else its end would be told minutes too late.
  const soFar = (row.now_ms - Math.max(row.due_at_ms, row.created_at_ms)) / 1000;
  const ratePerSecond = (recentSends ?? 0) / Math.min(RATE_SECONDS, Math.max(1, soFar));
  const left = scheduled + sending;
  const stopped = row.paused_at_ms !== null || row.cancelled_at_ms !== null;
  const canBeTold = expanded && !stopped && left > 0 && ratePerSecond > 0;
  return {
    id: formatId('run', row.id),
    job: formatId('job', row.job_id),
    occurrence: row.occurrence_key,
    state: row.state,
    status: runStatus(row),
    pauseReason: row.pause_reason,
    dueAt: isoOf(row.due_at_ms),
    leftOut:
      row.left_out === null
        ? null
        : {
            reason: row.left_out,
            moments: row.left_out_count ?? 1,
            until: isoOf(row.left_out_until_ms ?? row.due_at_ms),
          },
    deliveries: row.deliveries,
    counts: { scheduled, sending, sent, delivered, failed, unknown, skipped, cancelled },
    people: row.people,
    duplicates: row.duplicates,
    unreachable: row.unreachable,
    attempt: row.attempt,
    result: row.result && presentResult(row.result),
    expansion: { steps: row.steps, done: row.steps_done },
    ratePerSecond,
    estimatedEndAt: canBeTold ? isoOf(row.now_ms + (left / ratePerSecond) * 1000) : null,
    createdAt: isoOf(row.created_at_ms),
    expandedAt: isoOrNull(row.expanded_at_ms),
    completedAt: isoOrNull(row.completed_at_ms),
    pausedAt: isoOrNull(row.paused_at_ms),
    cancelledAt: isoOrNull(row.cancelled_at_ms),
  };
}

function runStatus(row: RunRow): RunAnswer['status'] {
  if (row.cancelled_at_ms !== null) return row.sending + row.scheduled > 0 ? 'cancelling' : 'cancelled';
  if (row.state !== 'completed' && row.paused_at_ms !== null) return row.sending > 0 ? 'pausing' : 'paused';
  return row.state;
}

/** What a try came to. */
export function presentResult(row: ResultRow): ResultAnswer {
  return {
    try: row.try,
    startedAt: isoOf(row.started_at_ms),
    endedAt: isoOf(row.ended_at_ms),
    status: row.status,
    exitCode: row.exit_code,
    output: row.output,
    error: row.error,
    truncated: row.truncated,
  };
}

export function presentDelivery(row: DeliveryRow): DeliveryAnswer {
  return {
    id: formatDeliveryId({ day: row.day, batchId: row.batch_id, number: row.number }),
    run: formatId('run', row.run_id),
    recipient: row.external_id,
    address: row.address,
    state: row.state,
    code: row.code,
    try: row.try,
    attempts: row.attempts,
    contentVersion: row.content_version,
    dueAt: isoOf(row.due_at_ms),
    sendingAt: isoOrNull(row.sending_at_ms),
    settledAt: isoOrNull(row.settled_at_ms),
    providerMessageId: row.provider_message_id,
  };
}

/**
 * The tries of a delivery, in order. A first try that was accepted has no row of its own, because the delivery tells all
 * of it; nor has a try that is under way. Both are told here from the delivery.
 */
export function presentTries(row: DeliveryRow, stored: readonly AttemptRow[]): TryAnswer[] {
  const tries: TryAnswer[] = stored.map((attempt) => ({
    try: attempt.try,
    outcome: attempt.outcome,
    code: attempt.code,
    message: attempt.message,
    startedAt: isoOrNull(attempt.started_at_ms),
    endedAt: isoOf(attempt.ended_at_ms),
    providerMessageId: attempt.provider_message_id,
  }));
  const isStored = stored.some((attempt) => attempt.try === row.try);
  if (row.try === 0 || isStored) return tries;
  const underWay = row.state === 'sending';
  tries.push({
    try: row.try,
    outcome: underWay ? 'sending' : row.state === 'unknown' ? 'unknown' : 'accepted',
    code: null,
    message: null,
    startedAt: isoOrNull(row.sending_at_ms),
    // Once a report moved it on, the time of the answer itself is no longer known.
    endedAt: row.state === 'sent' ? isoOrNull(row.settled_at_ms) : null,
    providerMessageId: underWay ? null : row.provider_message_id,
  });
  return tries;
}
