/** How a job goes about trouble: from what a request says to what is stored, and back. */
import {
  isTaskChannel,
  type JobAnswer,
  type JobKind,
  lateAfterMs,
  type PolicyBody,
  type ShownJobKind,
  type StoredPolicy,
  type StoredTrigger,
  storedPolicySchema,
} from '@carillon/contracts';

type Defaults = Pick<StoredPolicy, 'attempts' | 'unknown'>;

/** What a policy says of itself where it does not say, by the kind of its job. */
const DEFAULTS: Readonly<Record<JobKind, Defaults>> = {
  message: { attempts: 5, unknown: { action: 'hold', afterSeconds: 3_600 } },
  // A call whose outcome nobody knows is made again: the service knows it by its id.
  webhook: { attempts: 5, unknown: { action: 'resend', afterSeconds: 1 } },
  // It is looked up.
  payment: { attempts: 5, unknown: { action: 'hold', afterSeconds: 3_600 } },
  report: { attempts: 5, unknown: { action: 'hold', afterSeconds: 3_600 } },
  // A script reaches nothing outside of itself, so running it again does no harm, also when its executor died.
  script: { attempts: 3, unknown: { action: 'resend', afterSeconds: 1 } },
};

/** The policy to store, for a job of that kind and channel with the trigger. */
export function storedPolicyOf(
  policy: PolicyBody,
  { kind, channel, trigger }: { readonly kind: JobKind; readonly channel: string; readonly trigger: StoredTrigger },
): StoredPolicy {
  const { unknown } = policy;
  return {
    attempts: policy.attempts ?? DEFAULTS[kind].attempts,
    backoff: {
      initialMs: Math.round(policy.backoff.initialSeconds * 1000),
      factor: policy.backoff.factor,
      maxMs: Math.round(policy.backoff.maxSeconds * 1000),
    },
    expireAfterMs: policy.expireAfter,
    ...(policy.lateAfter !== undefined && { lateAfterMs: policy.lateAfter }),
    // The sweeper settles in whole seconds.
    unknown: unknown
      ? { action: unknown.action, afterSeconds: Math.ceil(unknown.after / 1000) }
      : DEFAULTS[kind].unknown,
    dedupeBy: policy.dedupeBy ?? (trigger.type === 'date' ? 'recipient' : 'address'),
    // Nobody is woken by what reaches no recipient.
    quietHours: policy.quietHours ?? (isTaskChannel(channel) ? 'ignore' : 'respect'),
    ...(policy.addressCheck !== null && { addressCheck: storedCheckOf(policy.addressCheck) }),
  };
}

function storedCheckOf({ ahead, wait, risky, unknown }: NonNullable<PolicyBody['addressCheck']>) {
  return { aheadMs: ahead, waitMs: wait, risky, unknown };
}

/** In seconds; a test of a message is told to nobody. */
function shownLateness(kind: ShownJobKind, policy: StoredPolicy): number | null {
  const ms = kind === 'test' ? null : lateAfterMs(kind, policy);
  return ms === null ? null : ms / 1000;
}

/** A stored policy, perhaps without its defaults, as the API shows it. */
export function presentPolicy(stored: unknown, kind: ShownJobKind): JobAnswer['policy'] {
  const policy = storedPolicySchema.parse(stored);
  return {
    attempts: policy.attempts,
    backoff: {
      initialSeconds: policy.backoff.initialMs / 1000,
      factor: policy.backoff.factor,
      maxSeconds: policy.backoff.maxMs / 1000,
    },
    expireAfter: policy.expireAfterMs === null ? null : policy.expireAfterMs / 1000,
    lateAfter: shownLateness(kind, policy),
    unknown: { action: policy.unknown.action, after: policy.unknown.afterSeconds },
    dedupeBy: policy.dedupeBy,
    quietHours: policy.quietHours,
    addressCheck: policy.addressCheck
      ? {
          ahead: policy.addressCheck.aheadMs / 1000,
          wait: policy.addressCheck.waitMs / 1000,
          risky: policy.addressCheck.risky,
          unknown: policy.addressCheck.unknown,
        }
      : null,
  };
}
