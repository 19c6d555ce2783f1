/** Jobs as the API shows them. */
import type {
  CallContent,
  JobAnswer,
  JobChannelName,
  JobShownStatus,
  PaymentContent,
  ReportContent,
  ScriptContent,
} from '@carillon/contracts';

import { formatDayOffset, formatId, type JobState } from '@carillon/core';
import type { JobRow } from '@carillon/db';
import { presentChecks } from './checks.ts';
import { presentContent } from './content.ts';
import { presentNotify } from './notify.ts';
import { presentPolicy } from './policy.ts';
import { presentSchedule } from './schedule.ts';

/** An instant as ISO 8601 with milliseconds, in UTC. */
export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** As {@link isoOf}, for what may be missing. */
export function isoOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : isoOf(epochMs);
}

/**
 * The status that is shown. What was paused is `pausing` while something is in the air; what was cancelled is `cancelling` also
 * until the rows that waited are recorded as cancelled, so that the counts of a `cancelled` job stand still.
 */
function shownStatus(status: JobState, open: { sending: number; scheduled: number }): JobShownStatus {
  if (status === 'paused') return open.sending > 0 ? 'pausing' : 'paused';
  if (status === 'cancelled') return open.sending + open.scheduled > 0 ? 'cancelling' : 'cancelled';
  return status;
}

/** A job's row as its answer. */
export function presentJob(row: JobRow): JobAnswer {
  return {
    id: formatId('job', row.id),
    name: row.name,
    kind: row.kind,
    channel: row.channel as JobChannelName,
    providerAccount: formatId('pvd', row.provider_account_id),
    status: shownStatus(row.status, row),
    version: row.version,
    userId: row.user_id,
    tags: [...row.tags],
    notify: row.notify && presentNotify(row.notify),
    content: presentContent(row.content),
    ...(row.content.type === 'call' && { webhook: presentCall(row.content) }),
    ...(row.content.type === 'report' && { report: presentReport(row.content) }),
    ...(row.content.type === 'payment' && { payment: presentPayment(row.content) }),
    ...(row.content.type === 'script' && { script: presentScript(row.content) }),
    contentVersion: row.content_version,
    trigger: presentTrigger(row.trigger),
    audience: presentAudience(row),
    policy: presentPolicy(row.policy, row.kind),
    addressChecks: presentChecks(row),
    plannedAt: isoOrNull(row.planned_at_ms),
    nextRunAt: isoOrNull(row.next_run_at_ms),
    run:
      row.run_id === null
        ? null
        : {
            id: formatId('run', row.run_id),
            occurrence: row.run_occurrence,
            state: row.run_state,
            dueAt: isoOf(row.run_due_at_ms),
          },
    createdAt: isoOf(row.created_at_ms),
    updatedAt: isoOf(row.updated_at_ms),
  };
}

/** Of its headers only the names: their values may be secrets of the service. */
function presentCall({ url, method, headers, body }: CallContent): NonNullable<JobAnswer['webhook']> {
  return { url, method, headerNames: Object.keys(headers ?? {}), body: body === undefined ? null : JSON.parse(body) };
}

function presentReport({ source, subject, text, fileName }: ReportContent): NonNullable<JobAnswer['report']> {
  return { source: presentSource(source), subject, text, fileName };
}

function presentSource(source: ReportContent['source']): NonNullable<JobAnswer['report']>['source'] {
  switch (source.type) {
    case 'url':
      return { url: source.url };
    case 'run':
      return { run: formatId('run', source.runId) };
    case 'job':
      return { job: formatId('job', source.jobId) };
  }
}

function presentPayment(content: PaymentContent): NonNullable<JobAnswer['payment']> {
  const { sender, receiver, amountMinor, currency, description = null } = content;
  return { sender, receiver, amount: amountMinor, currency, description };
}

/** The source is asked for by its hash. */
function presentScript({ language, sha256, parameters }: ScriptContent): NonNullable<JobAnswer['script']> {
  return { language, sha256, parameters: JSON.parse(parameters) };
}

function presentTrigger(trigger: JobRow['trigger']): JobAnswer['trigger'] {
  switch (trigger.type) {
    case 'now':
      return { type: 'now' };
    case 'at':
      return {
        type: 'at',
        at: isoOf(trigger.instantMs),
        ...(trigger.wallTime !== undefined && { wallTime: trigger.wallTime }),
        ...(trigger.zone !== undefined && { zone: trigger.zone }),
      };
    case 'local':
      return {
        type: 'local',
        at: trigger.wallTime,
        gap: trigger.gap,
        repeated: trigger.repeated,
        missingZone: trigger.missingZone,
      };
    case 'date':
      return {
        type: 'date',
        date: trigger.date,
        offsets: trigger.offsets.map(formatDayOffset),
        at: trigger.at,
        zone: trigger.zone ?? 'recipient',
        repeat: trigger.repeat,
        feb29: trigger.feb29,
        gap: trigger.gap,
        repeated: trigger.repeated,
        missingZone: trigger.missingZone,
        lateness: presentLateness(trigger.lateness),
      };
    case 'cron':
    case 'every':
      return presentSchedule(trigger);
  }
}

function presentLateness(lateness: Extract<JobRow['trigger'], { type: 'date' }>['lateness']) {
  switch (lateness.action) {
    case 'send':
    case 'skip':
      return lateness.action;
    case 'within':
      return { within: lateness.ms / 1000 };
    case 'until':
      return { until: lateness.at };
  }
}

function presentAudience({ audience }: JobRow): JobAnswer['audience'] {
  const { asked } = audience;
  return {
    everyone: asked?.everyone ?? false,
    audiences: [...(asked?.audiences ?? [])],
    recipients: [...(asked?.recipients ?? [])],
    inlineAddresses: asked?.inlineAddresses ?? 0,
    exclude: {
      audiences: [...(asked?.exclude.audiences ?? [])],
      recipients: [...(asked?.exclude.recipients ?? [])],
    },
  };
}
