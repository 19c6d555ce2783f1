/** How a job goes about trouble: from what a request says to what is stored, and back. */
import {
  type JobAnswer,
  type PolicyBody,
  type StoredPolicy,
  type StoredTrigger,
  storedPolicySchema,
} from '@carillon/contracts';

/** The policy to store, for a job with the trigger. */
export function storedPolicyOf(policy: PolicyBody, trigger: StoredTrigger): StoredPolicy {
  return {
    attempts: policy.attempts,
    backoff: {
      initialMs: Math.round(policy.backoff.initialSeconds * 1000),
      factor: policy.backoff.factor,
      maxMs: Math.round(policy.backoff.maxSeconds * 1000),
    },
    expireAfterMs: policy.expireAfter,
    // The sweeper settles in whole seconds.
    unknown: { action: policy.unknown.action, afterSeconds: Math.ceil(policy.unknown.after / 1000) },
    dedupeBy: policy.dedupeBy ?? (trigger.type === 'date' ? 'recipient' : 'address'),
    quietHours: policy.quietHours,
    ...(policy.addressCheck !== null && { addressCheck: storedCheckOf(policy.addressCheck) }),
  };
}

function storedCheckOf({ ahead, wait, risky, unknown }: NonNullable<PolicyBody['addressCheck']>) {
  return { aheadMs: ahead, waitMs: wait, risky, unknown };
}

/** A stored policy, perhaps without its defaults, as the API shows it. */
export function presentPolicy(stored: unknown): JobAnswer['policy'] {
  const policy = storedPolicySchema.parse(stored);
  return {
    attempts: policy.attempts,
    backoff: {
      initialSeconds: policy.backoff.initialMs / 1000,
      factor: policy.backoff.factor,
      maxSeconds: policy.backoff.maxMs / 1000,
    },
    expireAfter: policy.expireAfterMs === null ? null : policy.expireAfterMs / 1000,
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
