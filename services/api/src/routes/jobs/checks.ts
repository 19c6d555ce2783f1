/** Checks of addresses in what the API says of jobs: who can check, how planned addresses stand, and what a job would cost. */
import {
  type JobAnswer,
  type JobPreviewAnswer,
  type PreviewChecksAnswer,
  type StoredPolicy,
  unitsOf,
} from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import {
  chooseVerifier,
  type JobRow,
  type Queryable,
  readCheckBudget,
  type TargetPreview,
  type Verifier,
} from '@carillon/db';

/**
 * Who checks the addresses of a job; undefined for one that checks none.
 * @param system of role `worker`, because an operator's verifier is no row of the account
 * @throws ApiError `validation_failed` for a channel without such addresses, `no_verifier` when nobody can
 */
export async function requireVerifier(
  system: Queryable,
  job: { readonly accountId: number; readonly channel: string; readonly policy: StoredPolicy },
): Promise<Verifier | undefined> {
  if (job.policy.addressCheck === undefined) return undefined;
  const field = 'policy.addressCheck';
  if (job.channel !== 'email') {
    throw new ApiError('validation_failed', { field, detail: 'Only e-mail addresses can be checked; leave it out.' });
  }
  const verifier = await chooseVerifier(system, job.accountId);
  if (verifier) return verifier;
  throw new ApiError('no_verifier', { field });
}

/** How the addresses of a job's planned messages stand. */
export function presentChecks({ policy, checks, checks_blocked: blocked }: JobRow): JobAnswer['addressChecks'] {
  if (!(policy as { addressCheck?: unknown }).addressCheck) return null;
  const of = (standing: string) => checks?.[standing] ?? 0;
  return {
    confirmed: of('confirmed'),
    deliverable: of('deliverable'),
    undeliverable: of('undeliverable'),
    risky: of('risky'),
    unknown: of('unknown'),
    pending: of('pending'),
    unasked: of('unasked'),
    blocked: blocked as NonNullable<JobAnswer['addressChecks']>['blocked'],
  };
}

/** Which addresses of a preview would be checked, and what that would cost. */
export async function presentPreviewChecks(
  client: Queryable,
  accountId: number,
  { priceMicros, currency }: Verifier,
  { toCheck, deliveries }: TargetPreview,
): Promise<NonNullable<PreviewChecksAnswer>> {
  const budget = await readCheckBudget(client, accountId);
  const costMicros = toCheck * priceMicros;
  const enough =
    costMicros === 0 || budget === null || (budget.currency === currency && costMicros <= budget.leftMicros);
  return {
    known: Math.max(0, deliveries - toCheck),
    toCheck,
    cost: { amount: unitsOf(costMicros), currency },
    budgetLeft: budget && unitsOf(budget.leftMicros),
    enough,
  };
}

/** What to know of them before the job is made. */
export function checkWarnings(checks: NonNullable<PreviewChecksAnswer>): JobPreviewAnswer['warnings'] {
  if (checks.enough) return [];
  const { toCheck, cost } = checks;
  return [
    {
      code: 'check_budget',
      detail: `Checking ${toCheck.toLocaleString('en-US')} addresses costs ${cost.amount} ${cost.currency}, more than is left of today's budget.`,
    },
  ];
}
