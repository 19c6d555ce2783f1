/**
 * What the numbers of the status mean: whether anybody has to do something, what and why. Pure. The codes are shown by the
 * API and the dashboard; each names a part of docs/operations.md that has cause and cure.
 */
import type { ChannelName } from '@carillon/contracts';
import type { ChannelStatus, StatusReading } from './statusReading.ts';

/** `critical`: something due does not happen. `warning`: somebody should look. `notice`: good to know, and well. */
export type StatusSeverity = 'critical' | 'warning' | 'notice';

/** `ok` without reasons but notices, `attention` with a warning, `problem` with something critical. */
export type StatusLevel = 'ok' | 'attention' | 'problem';

/** The codes, and where each is explained. */
export const STATUS_REASONS = {
  restored_unsettled: 'docs/operations.md#backups',
  late: 'docs/operations.md#carillonlate',
  missing_from_redis: 'docs/operations.md#carillonmissingfromredis',
  leases_expired: 'docs/operations.md#carillonservicedown',
  unplanned: 'docs/operations.md#carillonservicedown',
  paused_by_provider: 'docs/operations.md#carillonnothingsent',
  held: 'docs/operations.md#carillonholdstanding',
  queue_paused: 'docs/operations.md#stopping-sends',
  unknown_outcomes: 'docs/operations.md#carillonunknowngrowing',
  rescues: 'docs/operations.md#carillonrescuesmany',
  redis_lost: 'docs/operations.md#carillonrescuesmany',
  run_paused: 'docs/operations.md#stopping-sends',
  checks_blocked: 'docs/operations.md#carillonchecksblocked',
} as const;
export type StatusReasonCode = keyof typeof STATUS_REASONS;

/** One reason, in plain words. */
export interface StatusReason {
  readonly code: StatusReasonCode;
  readonly severity: StatusSeverity;
  /** What is the matter, as a sentence. */
  readonly summary: string;
  /** What to do about it, as a sentence. */
  readonly action: string;
  /** Where it is explained: path and anchor, such as `docs/operations.md#carillonlate`. */
  readonly docs: string;
}

/** From so many times the patience on, being late is a failure and no longer a delay. */
const CRITICAL_TIMES = 4;
/** A sweeper takes a lease back within its interval; one that stands so much longer is taken back by nobody. */
const LEASE_PATIENCE_MS = 15_000;
/** Repairs tell of something that goes on, or went wrong once. */
const LATELY_MS = 10 * 60_000;

export const CHANNEL_TITLES: Readonly<Record<ChannelName, string>> = {
  whatsapp: 'WhatsApp',
  email: 'E-mail',
  webhook: 'Webhooks',
  email_check: 'Address checks',
  call: 'Calls',
  payment: 'Payments',
  script: 'Scripts',
};

const RANK: Readonly<Record<StatusSeverity, number>> = { critical: 0, warning: 1, notice: 2 };

/** Judges them; the most urgent reason comes first. */
export function judgeStatus(
  reading: StatusReading,
  limits: { readonly lateAfterMs: number },
): { healthy: boolean; level: StatusLevel; reasons: StatusReason[] } {
  const reasons = [
    ...ofRestore(reading),
    ...reading.channels.flatMap((channel) => ofChannel(channel, reading, limits.lateAfterMs)),
    ...ofPlanning(reading),
    ...ofRuns(reading),
    ...ofHolds(reading),
    ...ofQueues(reading),
    ...ofUnknown(reading),
    ...ofChecks(reading),
    ...ofRescues(reading),
  ].sort((left, right) => RANK[left.severity] - RANK[right.severity]);
  const worst = reasons[0]?.severity;
  const level = worst === 'critical' ? 'problem' : worst === 'warning' ? 'attention' : 'ok';
  return { healthy: level === 'ok', level, reasons };
}

function reason(code: StatusReasonCode, severity: StatusSeverity, summary: string, action: string): StatusReason {
  return { code, severity, summary, action, docs: STATUS_REASONS[code] };
}

function ofRestore({ restoredAtMs, restoreSettledAtMs }: StatusReading): StatusReason[] {
  if (restoredAtMs === null || restoreSettledAtMs !== null) return [];
  return [
    reason(
      'restored_unsettled',
      'critical',
      'The database was restored from a backup, and what was due since is not settled yet.',
      'Settle it with "npm run carillon -- restore settle", then release the hold on everything.',
    ),
  ];
}

function ofChannel(channel: ChannelStatus, { queues }: StatusReading, lateAfterMs: number): StatusReason[] {
  const title = CHANNEL_TITLES[channel.channel];
  const { late, missing, expiredLeases } = channel;
  const queuePaused = queues.some((queue) => queue.channel === channel.channel && queue.paused);
  const found: StatusReason[] = [];
  // A paused queue is told by itself, and explains what waits.
  if (!queuePaused && (late.oldestMs ?? 0) > lateAfterMs) {
    found.push(
      reason(
        'late',
        (late.oldestMs ?? 0) > CRITICAL_TIMES * lateAfterMs ? 'critical' : 'warning',
        `${title} is late: ${counted(late.deliveries, 'delivery is', 'deliveries are')} due and nobody began with them; ` +
          `the oldest was due ${duration(late.oldestMs ?? 0)} ago.`,
        'See that senders run and reach Redis; if they do and are busy, add senders.',
      ),
    );
  }
  if (!queuePaused && missing.batches > 0) {
    found.push(
      reason(
        'missing_from_redis',
        'warning',
        `${title}: ${counted(missing.batches, 'batch was', 'batches were')} handed to Redis ` +
          `${duration(missing.oldestMs ?? 0)} ago and no sender took ${missing.batches === 1 ? 'it' : 'them'}.`,
        'The sweeper enqueues again what Redis lost. If this stays, see that a sweeper and senders run.',
      ),
    );
  }
  if ((expiredLeases.oldestMs ?? 0) > LEASE_PATIENCE_MS) {
    found.push(
      reason(
        'leases_expired',
        'critical',
        `${title}: a sender stopped while it worked on ${counted(expiredLeases.batches, 'batch', 'batches')}, and no ` +
          `sweeper has taken ${expiredLeases.batches === 1 ? 'it' : 'them'} back for ${duration(expiredLeases.oldestMs ?? 0)}.`,
        'Start a sweeper.',
      ),
    );
  }
  return found;
}

function ofPlanning({ unplanned }: StatusReading): StatusReason[] {
  if (unplanned.count === 0) return [];
  return [
    reason(
      'unplanned',
      'critical',
      `${counted(unplanned.count, 'run was', 'runs were')} due up to ${duration(unplanned.oldestMs ?? 0)} ago and no scheduler ` +
        'took them up.',
      'Start a scheduler; its log says when a job cannot be planned.',
    ),
  ];
}

function ofRuns({ runs }: StatusReading): StatusReason[] {
  const refused = runs.filter((run) => run.pauseReason !== null && !run.cancelled);
  const paused = runs.filter((run) => run.paused && run.pauseReason === null && !run.cancelled);
  const found = refused.map((run) =>
    reason(
      'paused_by_provider',
      'critical',
      `The provider refuses everything for "${run.job}", so it was paused: ${run.pauseReason}.`,
      "Mend the provider's account or token, then resume the run.",
    ),
  );
  if (paused.length > 0) {
    found.push(
      reason(
        'run_paused',
        'notice',
        paused.length === 1 ? `"${paused[0]?.job}" is paused.` : `${paused.length} runs are paused.`,
        'Resume when it may go on.',
      ),
    );
  }
  return found;
}

function ofHolds({ holds, channels }: StatusReading): StatusReason[] {
  if (holds.length === 0) return [];
  const held = channels.reduce((sum, channel) => sum + channel.held, 0);
  const waits =
    held === 0 ? 'Nothing waits because of it yet.' : `${counted(held, 'delivery waits', 'deliveries wait')}.`;
  return [
    reason(
      'held',
      'warning',
      `Sending is stopped on purpose: ${holds.map(scopeOfHold).join('; ')}. ${waits}`,
      'Release the hold when its reason is gone.',
    ),
  ];
}

function scopeOfHold({ account, accountId, channel }: StatusReading['holds'][number]): string {
  const what = channel === null ? 'everything' : CHANNEL_TITLES[channel];
  return accountId === null ? what : `${what} of ${account ?? 'this account'}`;
}

function ofQueues({ queues }: StatusReading): StatusReason[] {
  const paused = queues.filter((queue) => queue.paused);
  if (paused.length === 0) return [];
  const titles = paused.map((queue) => CHANNEL_TITLES[queue.channel]).join(', ');
  return [
    reason(
      'queue_paused',
      'warning',
      `${paused.length === 1 ? 'A queue is' : 'Queues are'} paused: ${titles}. No sender is woken for ${paused.length === 1 ? 'it' : 'them'}.`,
      'Resume the queue when it may go on.',
    ),
  ];
}

function ofUnknown({ channels }: StatusReading): StatusReason[] {
  const unknown = channels.filter((channel) => channel.unknown > 0);
  if (unknown.length === 0) return [];
  const total = unknown.reduce((sum, channel) => sum + channel.unknown, 0);
  const parts = unknown.map((channel) => `${amount(channel.unknown)} by ${CHANNEL_TITLES[channel.channel]}`).join(', ');
  return [
    reason(
      'unknown_outcomes',
      'warning',
      `Of ${counted(total, 'delivery', 'deliveries')} nobody knows whether it arrived (${parts}).`,
      "Wait for the provider's reports; then look the rest up at the provider and settle it by hand.",
    ),
  ];
}

function ofRescues({ rescues, nowMs, redisLostAtMs }: StatusReading): StatusReason[] {
  const found: StatusReason[] = [];
  const died = rescues.find((rescue) => rescue.kind === 'lease' && nowMs - rescue.lastAtMs < LATELY_MS);
  if (died !== undefined) {
    found.push(
      reason(
        'rescues',
        'warning',
        `A sender stopped in the middle of its work; ${counted(died.rows, 'batch was', 'batches were')} taken back within the hour.`,
        'See why it ended: its last log lines, its memory, its CPU.',
      ),
    );
  }
  if (redisLostAtMs !== null && nowMs - redisLostAtMs < LATELY_MS) {
    found.push(
      reason(
        'redis_lost',
        'notice',
        `Redis lost its data ${duration(nowMs - redisLostAtMs)} ago. Everything was enqueued again; nothing is missing.`,
        'Find out why Redis came back empty.',
      ),
    );
  }
  return found;
}

function ofChecks({ checksBlocked }: StatusReading): StatusReason[] {
  const found: StatusReason[] = [];
  if (checksBlocked.budget > 0) {
    found.push(
      reason(
        'checks_blocked',
        'warning',
        `The budget of the day for address checks is used up; ${counted(checksBlocked.budget, 'address', 'addresses')} of planned messages cannot be checked.`,
        'Raise the budget (checkBudget of the account), or let the policy of the jobs decide when the waiting is over.',
      ),
    );
  }
  if (checksBlocked.no_verifier > 0) {
    found.push(
      reason(
        'checks_blocked',
        'warning',
        `Nobody can check ${counted(checksBlocked.no_verifier, 'address', 'addresses')} of planned messages: no verifier is enabled.`,
        'Enable a provider account of the channel email_check, of the account or of an operator.',
      ),
    );
  }
  return found;
}

function amount(count: number): string {
  return count.toLocaleString('en-US');
}

function counted(count: number, one: string, many: string): string {
  return `${amount(count)} ${count === 1 ? one : many}`;
}

/** Such as `45 s`, `3 min` or `2 h`. */
function duration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
