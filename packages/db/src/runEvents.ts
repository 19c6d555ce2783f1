/**
 * Which events a run has to tell, from what it is now and what was told of it. Pure. A run may move a million rows an hour, and
 * whoever is told wants a handful of notices: each kind of event comes once, or at growing distances.
 */
import type { EventType } from '@carillon/contracts';
import { DELIVERY_STATES, type DeliveryState, formatId, type RunState } from '@carillon/core';

/** How a growing count was told last. */
interface ToldCount {
  readonly count: number;
  readonly atMs: number;
  /** How often it was told because time had passed, and not because it had grown tenfold. */
  readonly waits: number;
}

/** What was told of a run; kept in `runs.noticed`. */
export interface Noticed {
  readonly started?: boolean;
  /** The moment of the pause that was told. */
  readonly paused?: number;
  readonly failures?: ToldCount;
  readonly unknown?: ToldCount;
  /** Told that it was late. */
  readonly late?: boolean;
  /** Known to have been begun in time, whatever became of that try. */
  readonly punctual?: boolean;
  /** Told that it ended with failures. */
  readonly failed?: boolean;
  /** How often it was told that the run had completed. */
  readonly revision?: number;
}

/** A run as far as its events ask; instants are epoch milliseconds. */
export interface RunFacts {
  readonly runId: number;
  readonly parentRunId: number | null;
  readonly jobId: number;
  readonly jobName: string;
  readonly channel: string;
  readonly state: RunState;
  readonly dueAtMs: number;
  readonly pausedAtMs: number | null;
  /** Null when a person paused it. */
  readonly pauseReason: string | null;
  readonly cancelledAtMs: number | null;
  readonly completedAtMs: number | null;
  /** Whether this completion is still to be told. */
  readonly completionIsNew: boolean;
  readonly people: number;
  readonly duplicates: number;
  readonly unreachable: number;
  readonly counts: Readonly<Record<DeliveryState, number>>;
  /** When it counts as late unless it was begun; null is never. */
  readonly lateAtMs: number | null;
  /** When it was first begun, as far as was asked. */
  readonly begunAtMs?: number | undefined;
  readonly noticed: Noticed;
  readonly nowMs: number;
}

/** Why deliveries are what they are. */
export interface ReasonTold {
  readonly state: DeliveryState;
  readonly code: string;
  readonly count: number;
}

/** One event of a run. */
export interface RunEvent {
  readonly type: EventType;
  readonly data: Readonly<Record<string, unknown>>;
}

const MINUTE_MS = 60_000;
/** How long a count that grows by less than tenfold is left alone: the first time, the second, and from then on. */
const WAITS_MS = [MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS] as const;

/**
 * The events that are due, and what is then told. Nothing is told as long as nobody takes the type, and nothing is made up for
 * later but by what the run is then.
 * @param wanted the types that some endpoint of the account takes
 * @param reasons of a completed run
 */
export function dueRunEvents(
  run: RunFacts,
  wanted: ReadonlySet<string>,
  reasons: readonly ReasonTold[] = [],
): { readonly events: readonly RunEvent[]; readonly noticed: Noticed } {
  const events: RunEvent[] = [];
  const isOver = run.state === 'completed';
  let noticed = run.noticed;
  if (isOver && !run.completionIsNew) return { events, noticed };
  const about = aboutOf(run);
  const tell = (type: EventType, data: Readonly<Record<string, unknown>>, told: Noticed): void => {
    if (!wanted.has(type)) return;
    events.push({ type, data: { ...about, ...data } });
    noticed = { ...noticed, ...told };
  };

  if (noticed.started !== true && hasBegun(run.counts)) {
    tell('run.started', { dueAt: iso(run.dueAtMs), people: run.people }, { started: true });
  }
  if (isPunctual(run)) noticed = { ...noticed, punctual: true };
  else if (isLate(run)) {
    const data = { dueAt: iso(run.dueAtMs), lateSince: iso(run.lateAtMs as number), ...begun(run) };
    tell('run.late', data, { late: true });
  }
  if (run.pausedAtMs !== null && run.pauseReason !== null && noticed.paused !== run.pausedAtMs && !isOver) {
    const data = { reason: run.pauseReason, pausedAt: iso(run.pausedAtMs), counts: run.counts };
    tell('run.paused', data, { paused: run.pausedAtMs });
  }
  for (const [type, field, count] of [
    ['run.failures', 'failures', run.counts.failed],
    ['run.unknown', 'unknown', run.counts.unknown],
  ] as const) {
    const told = growth(noticed[field], count, run.nowMs, isOver);
    if (told === undefined) continue;
    const deliveries = sum(run.counts);
    tell(
      type,
      { [type === 'run.failures' ? 'failed' : 'unknown']: count, deliveries, final: isOver },
      { [field]: told },
    );
  }
  if (isOver && run.counts.failed > 0 && noticed.failed !== true) {
    const data = {
      dueAt: iso(run.dueAtMs),
      completedAt: iso(run.completedAtMs ?? run.nowMs),
      failed: run.counts.failed,
      deliveries: sum(run.counts),
      reasons,
    };
    tell('run.failed', data, { failed: true });
  }
  if (isOver) {
    const revision = (noticed.revision ?? 0) + 1;
    const data = {
      dueAt: iso(run.dueAtMs),
      completedAt: iso(run.completedAtMs ?? run.nowMs),
      cancelled: run.cancelledAtMs !== null,
      people: run.people,
      duplicates: run.duplicates,
      unreachable: run.unreachable,
      deliveries: sum(run.counts),
      counts: run.counts,
      reasons,
      revision,
    };
    tell('run.completed', data, { revision });
  }
  return { events, noticed };
}

/** What is to be remembered of a count that is to be told now; undefined when it is not. */
function growth(told: ToldCount | undefined, count: number, nowMs: number, isOver: boolean): ToldCount | undefined {
  if (count === (told?.count ?? 0)) return undefined;
  const waits = told?.waits ?? 0;
  if (told === undefined || isOver) return { count, atMs: nowMs, waits };
  if (count < told.count) return undefined;
  if (count >= told.count * 10) return { count, atMs: nowMs, waits };
  const patienceMs = WAITS_MS[Math.min(waits, WAITS_MS.length - 1)] as number;
  return nowMs - told.atMs >= patienceMs ? { count, atMs: nowMs, waits: waits + 1 } : undefined;
}

/** Whether it was begun in time, though what is tried again looks like what was never begun. */
function isPunctual({ lateAtMs, begunAtMs, noticed }: RunFacts): boolean {
  return noticed.punctual === true || (lateAtMs !== null && begunAtMs !== undefined && begunAtMs <= lateAtMs);
}

/** A run that people paused or cancelled is not late but told to wait. One that was begun is late by when that was. */
function isLate({ lateAtMs, begunAtMs, noticed, counts, nowMs, completedAtMs, ...run }: RunFacts): boolean {
  if (lateAtMs === null || noticed.late === true || run.cancelledAtMs !== null) return false;
  if (begunAtMs !== undefined) return begunAtMs > lateAtMs;
  return completedAtMs === null && run.pausedAtMs === null && !hasBegun(counts) && nowMs > lateAtMs;
}

function begun({ begunAtMs }: RunFacts): { readonly begunAt?: string } {
  return begunAtMs === undefined ? {} : { begunAt: iso(begunAtMs) };
}

function hasBegun(counts: RunFacts['counts']): boolean {
  return counts.sending + counts.sent + counts.delivered + counts.failed + counts.unknown > 0;
}

function sum(counts: RunFacts['counts']): number {
  return DELIVERY_STATES.reduce((total, state) => total + counts[state], 0);
}

function aboutOf(run: RunFacts): Record<string, unknown> {
  return {
    run: formatId('run', run.runId),
    ...(run.parentRunId !== null && { parentRun: formatId('run', run.parentRunId) }),
    job: formatId('job', run.jobId),
    name: run.jobName,
    channel: run.channel,
  };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
