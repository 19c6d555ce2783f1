/** `POST /v1/jobs/bulk`: pauses, resumes, cancels or changes the jobs that a filter means, and counts them before. */
import {
  BULK_COUNT_MAX,
  BULK_ERRORS,
  BULK_JOBS_MAX,
  type BulkAnswer,
  type BulkBody,
  bulkAnswerSchema,
  bulkBodySchema,
  type ChannelName,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { type ControlResult, cancelJob, countJobs, findJobs, type JobFilter, pauseJob, resumeJob } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { applyChange } from './change.ts';

const CONTROLS = { pause: pauseJob, resume: resumeJob, cancel: cancelJob };

export function bulkRoute(dependencies: ApiDependencies): Route {
  const { database, wake } = dependencies;
  return defineRoute({
    method: 'post',
    path: '/v1/jobs/bulk',
    tag: 'Jobs',
    summary: 'Pause, resume, cancel or change many jobs',
    description:
      `Looks at up to ${BULK_JOBS_MAX} jobs that the filter means, the newest first, each by itself: one that cannot be is told with ` +
      'its reason and keeps none of the others. Go on with `nextCursor` until it is null. With `dryRun` they are only counted. Jobs that are ' +
      'paused or cancelled are so at once, as by the route for one.',
    body: bulkBodySchema,
    repeatable: true,
    answers: { 200: { description: 'What became of them', schema: bulkAnswerSchema } },
    errors: BULK_ERRORS,
    async handle({ caller, body }) {
      const filter = filterOf(body);
      const { accountId } = caller;
      const kind = `bulk/${JSON.stringify([body.action, body.filter])}`;
      const beforeId = decodeCursor(kind, body.cursor, ['number'])?.[0] as number | undefined;
      const matched = await countJobs(database.pool, accountId, filter, BULK_COUNT_MAX);
      const answer: BulkAnswer = { matched, done: 0, refused: [], nextCursor: null };
      if (body.dryRun) return { status: 200, body: answer };
      const { jobs, nextBeforeId } = await findJobs(database.pool, accountId, { ...filter, beforeId }, BULK_JOBS_MAX);
      const channels = new Set<string>();
      for (const job of jobs) {
        try {
          channels.add(await doTo(dependencies, caller, body, job));
          answer.done += 1;
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          const { code, detail } = error;
          answer.refused.push({ job: formatId('job', job.id), code, detail });
        }
      }
      for (const channel of channels) wake(channel as ChannelName);
      const nextCursor = nextBeforeId === null ? null : encodeCursor(kind, [nextBeforeId]);
      return { status: 200, body: { ...answer, nextCursor } };
    },
  });
}

function filterOf({ filter }: BulkBody): JobFilter {
  const { name, createdAfter, createdBefore, nextRunAfter, nextRunBefore, ...same } = filter;
  return {
    ...same,
    namePrefix: name,
    createdAfterMs: createdAfter,
    createdBeforeMs: createdBefore,
    nextRunAfterMs: nextRunAfter,
    nextRunBeforeMs: nextRunBefore,
  };
}

/** @returns the channel of the job @throws ApiError where it cannot be */
async function doTo(
  dependencies: ApiDependencies,
  caller: Caller,
  { action, change }: BulkBody,
  job: { readonly id: number; readonly version: number },
): Promise<string> {
  if (action === 'change') {
    return await applyChange(dependencies, caller, job.id, { version: job.version, allowSimilar: true, ...change });
  }
  const request = { accountId: caller.accountId, jobId: job.id, actor: actorOf(caller) };
  const result: ControlResult = await CONTROLS[action](dependencies.database.pool, request);
  if (result.kind === 'ok') return result.channel;
  if (result.kind === 'not_found') throw new ApiError('not_found', { detail: 'There is no such job.' });
  throw new ApiError('invalid_state', { detail: `The job is ${result.status}.` });
}
