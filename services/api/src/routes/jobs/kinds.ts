/** What jobs of each kind consist of, and what their parts become. */
import type { TargetRules } from '@carillon/channels';
import {
  type CallBody,
  type CallContent,
  type ChangeJobBody,
  JOB_PARTS,
  type JobKind,
  parametersOf,
  type Refuse,
  refusePolicy,
  refuseTriggerOfRecipients,
  type ScriptBody,
  type ScriptContent,
  type StoredTrigger,
  storedCallOf,
} from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { hasExecutor, type JobToChange, type Queryable, storeScript } from '@carillon/db';
import { type FieldFault, ValidationError } from '../../http/problem.ts';
import { requireTarget } from '../webhooks/target.ts';

/** Executors say that they are there as they start. */
const EXECUTOR_RETRY_SECONDS = 10;

/** The parts of a change that only some kinds have. */
const PARTS = ['content', 'audience', 'webhook', 'payment', 'report', 'script'] as const;

/**
 * Refuses what a change cannot say of a job of its kind, or of the one that it becomes, which the schema of its body did not know.
 * @throws ValidationError naming each part
 */
export function requirePartsOfKind(job: Pick<JobToChange, 'kind' | 'trigger'>, body: ChangeJobBody): void {
  const faults: FieldFault[] = [];
  const refuse = (code: FieldFault['code'], detail: string, path: readonly (string | number)[]): void => {
    faults.push({ field: path.join('.'), code, detail });
  };
  const kind = body.kind ?? job.kind;
  const parts: readonly string[] = JOB_PARTS[kind];
  for (const part of PARTS) {
    if (body[part] === undefined || parts.includes(part)) continue;
    refuse('validation_failed', `A ${kind} has none. Name another kind where the job is to become one.`, [part]);
  }
  const hasRecipients = parts.includes('audience');
  if (!hasRecipients && body.trigger) refuseTriggerOfRecipients(kind, body.trigger, refuse);
  if (body.policy) refusePolicy({ kind, hasRecipients }, body.policy, refuse);
  if (kind !== job.kind) refuseTriggerThatStays(kind, hasRecipients, job.trigger, body, refuse);
  const [first, ...more] = faults;
  if (first !== undefined) throw new ValidationError([first, ...more]);
}

/** A job becomes another kind of thing at the moments that it has, unless it is given others. */
function refuseTriggerThatStays(
  kind: JobKind,
  hasRecipients: boolean,
  trigger: StoredTrigger,
  body: ChangeJobBody,
  refuse: Refuse,
): void {
  if (trigger.type === 'date') {
    refuse('validation_failed', 'A job that follows a date keeps its kind. Cancel it and create another.', ['kind']);
  } else if (trigger.type === 'local' && !hasRecipients && body.trigger === undefined) {
    refuse(
      'validation_failed',
      `A ${kind} has no recipients whose zone its trigger could follow; name another trigger.`,
      ['trigger'],
    );
  }
}

/**
 * The call to store.
 * @throws ApiError `private_target`, or `validation_failed` for what is no fit URL
 */
export function callOf(call: CallBody, rules: TargetRules): CallContent {
  requireTarget(call.url, rules, 'webhook.url');
  return storedCallOf(call);
}

/**
 * The script to store; its source is stored here, once for all jobs of the account that say the same.
 * @param system of role `worker`, because executors are no rows of the account
 * @throws ApiError `executor_unavailable` when nobody runs scripts of its language
 */
export async function scriptOf(
  client: Queryable,
  system: Queryable,
  accountId: number,
  script: ScriptBody,
): Promise<ScriptContent> {
  const { language } = script;
  if (!(await hasExecutor(system, language)))
    throw new ApiError('executor_unavailable', {
      field: 'script.language',
      detail: `No executor that runs ${language} is alive.`,
      retryAfterSeconds: EXECUTOR_RETRY_SECONDS,
    });
  return {
    type: 'script',
    language,
    sha256: await storeScript(client, accountId, script),
    parameters: parametersOf(script),
  };
}
