/** A job and a change of it, and what the change makes different: as it is compared, and as the audit trail tells it. */
import type { Content, JobKind, StoredNotify, StoredPolicy, StoredTrigger, Target } from '@carillon/contracts';
import type { AskedAudience } from './jobs.ts';

/** A job as it is before the change; its row is locked. */
export interface JobToChange {
  readonly accountId: number;
  readonly id: number;
  readonly name: string;
  readonly kind: JobKind;
  readonly tags: readonly string[];
  readonly notify: StoredNotify | null;
  /** Whose of the account's users it is; never changes. */
  readonly userId: string | null;
  readonly channel: string;
  readonly providerAccountId: number;
  readonly trigger: StoredTrigger;
  readonly target: Target;
  readonly asked: AskedAudience | undefined;
  readonly policy: StoredPolicy;
  readonly content: Content;
  readonly plannedAtMs: number | null;
}

/** What is to be another. Each part replaces the whole of it; `dueAtMs` null is now. */
export interface JobChange {
  readonly name?: string | undefined;
  /** Another kind, or how it goes out. */
  readonly way?: { readonly kind: JobKind; readonly channel: string; readonly providerAccountId: number } | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly notify?: StoredNotify | null | undefined;
  readonly content?: Content | undefined;
  /** `afterMs`: of a schedule, what its first moment comes after; left out it is now. */
  readonly trigger?:
    | { readonly stored: StoredTrigger; readonly dueAtMs: number | null; readonly afterMs?: number }
    | undefined;
  readonly audience?: { readonly target: Target; readonly asked: AskedAudience } | undefined;
  readonly policy?: StoredPolicy | undefined;
}

/** JSON with sorted keys, as Postgres gives them back in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** Whether two stored parts are the same, in whatever order their keys are. */
export const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** Whether a trigger asks for what a job's does already, whenever that was set. */
export const isSameTrigger = (asked: StoredTrigger, stored: StoredTrigger): boolean =>
  isSame({ ...asked, sinceMs: undefined }, { ...stored, sinceMs: undefined });

/** What was changed, for the audit trail: no words of the message and nobody's address. */
export function describeChange(job: JobToChange, change: JobChange, contentVersion: number): Record<string, unknown> {
  const diff: Record<string, unknown> = {};
  if (change.name !== undefined) diff.name = { from: job.name, to: change.name };
  if (change.way !== undefined) {
    diff.kind = { from: job.kind, to: change.way.kind };
    diff.channel = { from: job.channel, to: change.way.channel };
  }
  if (change.tags !== undefined) diff.tags = { from: job.tags, to: change.tags };
  // The ways alone: nobody's address.
  if (change.notify !== undefined) {
    diff.notify = { from: Object.keys(job.notify ?? {}), to: Object.keys(change.notify ?? {}) };
  }
  if (change.content !== undefined) diff.contentVersion = { from: contentVersion, to: contentVersion + 1 };
  if (change.trigger !== undefined) diff.trigger = { from: job.trigger, to: change.trigger.stored };
  if (change.audience !== undefined) {
    diff.audience = { from: summaryOf(job.target), to: summaryOf(change.audience.target) };
  }
  const { policy } = change;
  if (policy !== undefined) {
    for (const name of Object.keys(policy) as (keyof StoredPolicy)[]) {
      if (!isSame(policy[name], job.policy[name]))
        diff[`policy.${name}`] = { from: job.policy[name], to: policy[name] };
    }
  }
  return diff;
}

function summaryOf(target: Target): Record<string, unknown> {
  return {
    everyone: target.everyone,
    audiences: target.audienceIds.map((id) => `aud_${id}`),
    recipients: target.recipientIds.length,
    excludedAudiences: target.excludedAudienceIds.map((id) => `aud_${id}`),
    excludedRecipients: target.excludedRecipientIds.length,
  };
}
