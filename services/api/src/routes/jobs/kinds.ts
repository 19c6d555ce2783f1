/** What jobs of each kind consist of, and what their parts become. */
import type { TargetRules } from '@carillon/channels';
import {
  type CallBody,
  type CallContent,
  type ChangeJobBody,
  fileNameOf,
  type JobKind,
  type ReportBody,
  type ReportContent,
  refusePolicy,
  refuseTriggerOfRecipients,
  storedCallOf,
} from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { type Queryable, readJob, readRun } from '@carillon/db';
import { type FieldFault, ValidationError } from '../../http/problem.ts';
import { requireId } from '../../http/validate.ts';
import { requireTarget } from '../webhooks/target.ts';

/** The parts of a change that only some kinds have. */
const PARTS = ['content', 'audience', 'webhook', 'payment', 'report'] as const;
const PARTS_OF: Readonly<Record<JobKind, readonly (typeof PARTS)[number][]>> = {
  message: ['content', 'audience'],
  webhook: ['webhook'],
  payment: ['payment'],
  report: ['report', 'audience'],
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

/**
 * The report to store.
 * @throws ApiError `private_target`, `invalid_id`, or `validation_failed` for what is no fit URL or is not there
 */
export async function reportOf(
  client: Queryable,
  accountId: number,
  report: ReportBody,
  rules: TargetRules,
): Promise<ReportContent> {
  const source = await sourceOf(client, accountId, report.source, rules);
  const { subject, text, fileName = fileNameOf(source) } = report;
  return { type: 'report', source, subject, text, fileName };
}

async function sourceOf(
  client: Queryable,
  accountId: number,
  source: ReportBody['source'],
  rules: TargetRules,
): Promise<ReportContent['source']> {
  if ('url' in source) {
    requireTarget(source.url, rules, 'report.source.url');
    return { type: 'url', url: source.url };
  }
  if ('run' in source) {
    const field = 'report.source.run';
    const runId = requireId('run', source.run, field);
    if ((await readRun(client, accountId, runId)) === undefined) throw notThere(field, 'run');
    return { type: 'run', runId };
  }
  const field = 'report.source.job';
  const jobId = requireId('job', source.job, field);
  if ((await readJob(client, accountId, jobId)) === undefined) throw notThere(field, 'job');
  return { type: 'job', jobId };
}

function notThere(field: string, what: string): ApiError {
  return new ApiError('validation_failed', { field, detail: `There is no such ${what}.` });
}
