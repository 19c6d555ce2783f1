/** What a report sends: from what a request names to what is stored. */
import type { TargetRules } from '@carillon/channels';
import { fileNameOf, type ReportBody, type ReportContent } from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { type Queryable, readJob, readRun } from '@carillon/db';
import { requireId } from '../../http/validate.ts';
import { requireTarget } from '../webhooks/target.ts';

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
