/**
 * What the journal knows of a job, and of what users did to it: who asked for it, by which policy, for which moment, and who may have
 * cancelled it. What the product's own tables say of that is what is judged, and no excuse.
 */

/** What a policy is where a request does not say it, by the kind of its body. */
const DEFAULTS = {
  message: { attempts: 5, unknown: { action: 'hold' } },
  webhook: { attempts: 5, unknown: { action: 'resend', after: 1 } },
  payment: { attempts: 5, unknown: { action: 'hold' } },
  script: { attempts: 3, unknown: { action: 'resend', after: 1 } },
};
/** Of what the house itself sends and asks: checks are looked up, notices are made again or, to owners by message, given up after a day. */
const OF_THE_HOUSE = {
  check: () => ({ attempts: 50, unknown: { action: 'hold' } }),
  notice: ({ channel }) => ({
    attempts: 10,
    unknown: ['call', 'webhook'].includes(channel)
      ? { action: 'resend', after: 60 }
      : { action: 'fail', after: 86_400 },
  }),
};

/** @returns finds the request that a row of a job, a run or a delivery belongs to; undefined for what the house made by itself */
export function askedBy({ journal, jobById }) {
  const byAnswer = new Map();
  const byName = new Map();
  for (const entry of journal.entries) {
    if (entry.request === undefined) continue;
    byName.set(`${entry.account.accountId}.${entry.what}`, entry);
    if (entry.answer?.id) byAnswer.set(`${entry.account.accountId}.${entry.answer.id.replace('job_', '')}`, entry);
  }
  return ({ account_id, job_id }) => {
    const id = `${account_id}.${job_id}`;
    // One that was never answered may be there all the same.
    return byAnswer.get(id) ?? byName.get(`${account_id}.${jobById.get(id)?.name}`);
  };
}

/** How a delivery's job goes about trouble: `attempts`, and `unknown` with its `action` and `after`, in seconds. */
export function policyOf(delivery, entry, job) {
  if (entry === undefined) return OF_THE_HOUSE[job?.kind]?.(delivery);
  const { kind, policy = {} } = entry.body;
  return {
    attempts: policy.attempts ?? DEFAULTS[kind].attempts,
    unknown: policy.unknown ?? DEFAULTS[kind].unknown,
  };
}

/** Whether an act may have been done: a refusal ends it only if nothing was asked before it, as what was not answered may have been done. */
export function mayHaveHappened({ state, requests }) {
  return state !== 'refused' || requests !== 1;
}

/** What users did to a job, or may have done, of one kind. */
export function actsOn(entry, act, { actsOfJob }) {
  return (actsOfJob.get(entry) ?? []).filter((one) => one.act === act && mayHaveHappened(one));
}

/**
 * Whether a job may have been cancelled: by a user, or by a payment's refusal, of which the provider's ledger tells.
 * @param byMs a moment by which it must have been, epoch ms of this machine
 */
export function mayBeCancelled(entry, world, byMs = Number.POSITIVE_INFINITY) {
  if (entry === undefined) return false;
  return actsOn(entry, 'cancel', world).some(({ sentAtMs }) => sentAtMs <= byMs) || isRefusedPayment(entry, world);
}

/** Whether the provider refused to pay. */
export function isRefusedPayment(entry, { refusedReceivers }) {
  const receiver = entry?.body?.payment?.receiver;
  return receiver !== undefined && refusedReceivers.has(receiver);
}

/** The latest moment that a job was asked for, or moved to, epoch ms of the database's clock. */
export function latestAskedMs(entry, world) {
  return Math.max(entry.dueMs, ...actsOn(entry, 'move', world).map(({ dueMs }) => dueMs));
}

/** What there is to show of entries. */
export function shown(entries) {
  return entries.map(({ account, job, ...entry }) => ({ ...entry, account: account.name, job: job?.what }));
}
