/** GET /v1/status: is all well, and if not, why and what to do. */
import { type StatusAnswer, statusSchema } from '@carillon/contracts';
import { formatId } from '@carillon/core';
import { readStatus, type Status } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { isoOf } from '../jobs/present.ts';

export function statusRoutes({ database, system }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/status',
      tag: 'Status',
      summary: 'Say whether all is well, and why not',
      description:
        "This account's part: what is late, held, paused or unknown, and its runs. Keys of an operator account get the whole " +
        'installation, with what was sent in the last ten minutes and what was repaired. Read from Postgres alone, and cheap ' +
        'enough to be asked every few seconds.',
      answers: { 200: { description: 'How it is', schema: statusSchema } },
      async handle({ caller }) {
        // What concerns everybody is not the app role's to see.
        const status = caller.operator
          ? await readStatus(system.pool)
          : await readStatus(database.pool, { accountId: caller.accountId });
        return { status: 200, body: presentStatus(status) };
      },
    }),
  ];
}

function presentStatus(status: Status): StatusAnswer {
  return {
    scope: status.scope,
    at: isoOf(status.nowMs),
    healthy: status.healthy,
    level: status.level,
    reasons: [...status.reasons],
    channels: status.channels.map(({ channel, due, late, held, missing, unknown, series }) => ({
      channel,
      due: { deliveries: due.deliveries, batches: due.batches, oldestSeconds: secondsOf(due.oldestMs), more: due.more },
      late: { deliveries: late.deliveries, oldestSeconds: secondsOf(late.oldestMs) },
      held,
      missing: { batches: missing.batches, oldestSeconds: secondsOf(missing.oldestMs) },
      unknown,
      series: series && {
        stepSeconds: series.stepSeconds,
        moments: series.moments.map(({ atMs, ...moment }) => ({ at: isoOf(atMs), ...moment })),
      },
    })),
    openRuns: status.openRuns,
    runs: status.runs.map((run) => ({
      id: formatId('run', run.runId),
      jobId: formatId('job', run.jobId),
      jobName: run.job,
      account: run.account,
      channel: run.channel,
      state: run.state,
      paused: run.paused,
      pauseReason: run.pauseReason,
      cancelled: run.cancelled,
      dueAt: isoOf(run.dueAtMs),
      size: run.size,
      counts: run.counts,
      progress: run.state === 'planned' || run.state === 'expanding' ? null : progressOf(run),
      perSecond: run.perSecond,
      finishAt: momentOf(run.finishAtMs),
    })),
    holds: status.holds.map((hold) => ({
      id: formatId('hld', hold.id),
      scope: hold.accountId === null ? 'installation' : 'account',
      channel: hold.channel,
      reason: hold.reason,
      since: isoOf(hold.sinceMs),
    })),
    pausedQueues: status.queues.filter((queue) => queue.paused).map((queue) => queue.channel),
    rescues: status.rescues.map(({ kind, rows, lastAtMs }) => ({ kind, rows, lastAt: isoOf(lastAtMs) })),
    redisLostAt: momentOf(status.redisLostAtMs),
    restoredAt: momentOf(status.restoredAtMs),
    restoreSettledAt: momentOf(status.restoreSettledAtMs),
  };
}

function progressOf({ size, counts }: Status['runs'][number]): number {
  return size === 0 ? 1 : (size - counts.scheduled - counts.sending) / size;
}

function secondsOf(durationMs: number | null): number | null {
  return durationMs === null ? null : Math.max(0, durationMs / 1_000);
}

function momentOf(atMs: number | null): string | null {
  return atMs === null ? null : isoOf(atMs);
}
