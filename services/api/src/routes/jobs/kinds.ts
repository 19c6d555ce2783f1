/** What jobs of each kind consist of, and what their parts become. */
import type { TargetRules } from '@carillon/channels';
import {
  type CallBody,
  type CallContent,
  type ChangeJobBody,
  type JobKind,
  refusePolicy,
  refuseTriggerOfRecipients,
  storedCallOf,
} from '@carillon/contracts';
import { type FieldFault, ValidationError } from '../../http/problem.ts';
import { requireTarget } from '../webhooks/target.ts';

/** The parts of a change that only some kinds have. */
const PARTS = ['content', 'audience', 'webhook', 'payment'] as const;
const PARTS_OF: Readonly<Record<JobKind, readonly (typeof PARTS)[number][]>> = {
  message: ['content', 'audience'],
  webhook: ['webhook'],
  payment: ['payment'],
};

/**
 * Refuses what a change cannot say of a job of its kind, which the schema of its body did not know.
 * @throws ValidationError naming each part
 */
export function requirePartsOfKind({ kind }: { readonly kind: JobKind }, body: ChangeJobBody): void {
  const faults: FieldFault[] = [];
  const refuse = (code: FieldFault['code'], detail: string, path: readonly (string | number)[]): void => {
    faults.push({ field: path.join('.'), code, detail });
  };
  for (const part of PARTS) {
    if (body[part] === undefined || PARTS_OF[kind].includes(part)) continue;
    refuse('validation_failed', `A ${kind} has none. What a job does cannot become another kind of thing.`, [part]);
  }
  const hasRecipients = PARTS_OF[kind].includes('audience');
  if (!hasRecipients && body.trigger) refuseTriggerOfRecipients(kind, body.trigger, refuse);
  if (body.policy) refusePolicy({ kind, hasRecipients }, body.policy, refuse);
  const [first, ...more] = faults;
  if (first !== undefined) throw new ValidationError([first, ...more]);
}

/**
 * The call to store.
 * @throws ApiError `private_target`, or `validation_failed` for what is no fit URL
 */
export function callOf(call: CallBody, rules: TargetRules): CallContent {
  requireTarget(call.url, rules, 'webhook.url');
  return storedCallOf(call);
}
