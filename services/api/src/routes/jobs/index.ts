/** Jobs: create, preview, read, list, change, test, pause, resume, cancel. */
import {
  type ChannelName,
  controlAnswerSchema,
  externalIdSchema,
  JOB_CHANNEL_NAMES,
  jobSchema,
  nameSchema,
  runSchema,
  SHOWN_JOB_KINDS,
  tagSchema,
} from '@carillon/contracts';
import { ApiError, formatId, JOB_STATES, parseInstant } from '@carillon/core';
import {
  type ControlRequest,
  type ControlResult,
  cancelJob,
  listJobs,
  listRuns,
  pauseJob,
  readJob,
  resumeJob,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { presentRun } from '../runs/present.ts';
import { bulkRoute } from './bulk.ts';
import { changeJobRoute } from './change.ts';
import { createJobRoute } from './create.ts';
import { presentJob } from './present.ts';
import { previewJobRoute } from './preview.ts';
import { runJobRoute } from './run.ts';
import { testJobRoute } from './test.ts';

const params = { id: 'The job, such as job_42' };

const moment = (description: string) =>
  z
    .string()
    .max(64)
    .transform((text, context) => {
      const result = parseInstant(text);
      if (result.ok) return result.epochMs;
      const message = 'This is no instant from 2000 to 2039; write it like 2026-11-21T09:00:00Z.';
      context.addIssue({ code: 'custom', message, params: { code: 'invalid_instant' } });
      return z.NEVER;
    })
    .optional()
    .meta({ description, example: '2026-11-21T09:00:00Z' });

const listQuery = z.strictObject({
  ...pagingQuery,
  status: z.enum(JOB_STATES).optional().meta({ description: 'Only jobs in this state', example: 'active' }),
  channel: z.enum(JOB_CHANNEL_NAMES).optional().meta({ description: 'Only of this channel', example: 'email' }),
  name: nameSchema.optional().meta({ description: 'Only those whose name begins so; case matters', example: 'Cant' }),
  audience: z.string().max(32).optional().meta({ description: 'Only those that name this audience', example: 'aud_1' }),
  createdAfter: moment('Only those created then or later'),
  createdBefore: moment('Only those created before'),
  plannedAfter: moment('Only those about this moment or a later one'),
  plannedBefore: moment('Only those about an earlier moment'),
  nextRunAfter: moment('Only those whose next run is then or later'),
  nextRunBefore: moment('Only those whose next run is before'),
  userId: externalIdSchema.optional().meta({ description: 'Only jobs of this user of yours', example: 'u-1204' }),
  tag: tagSchema.optional().meta({ description: 'Only those with this tag', example: 'billing' }),
  kind: z
    .enum(SHOWN_JOB_KINDS)
    .optional()
    .meta({ description: 'Only jobs of this kind; `test` is the tests of messages', example: 'message' }),
});

/** The routes under /v1/jobs. */
export function jobRoutes(dependencies: ApiDependencies): Route[] {
  const { database } = dependencies;
  return [
    createJobRoute(dependencies),
    defineRoute({
      method: 'get',
      path: '/v1/jobs',
      tag: 'Jobs',
      summary: 'List jobs, newest first',
      description:
        'Of every kind but the tests of messages, unless `kind` says which. Filters may be combined. Where few jobs among very many are meant, ' +
        'a page may hold fewer than `limit`, and even none, while `nextCursor` goes on: only a null ends the list.',
      query: listQuery,
      answers: { 200: { description: 'A page of jobs', schema: pageOf(jobSchema) } },
      errors: ['invalid_cursor', 'invalid_id', 'invalid_instant'],
      async handle({ caller, query: { limit, cursor, ...filter } }) {
        const kind = `jobs/${JSON.stringify(filter)}`;
        const beforeId = decodeCursor(kind, cursor, ['number'])?.[0] as number | undefined;
        const { audience, kind: shown, status, channel, name } = filter;
        const { jobs, nextBeforeId } = await listJobs(database.pool, caller.accountId, {
          kind: shown,
          status,
          channel,
          namePrefix: name,
          audienceId: audience === undefined ? undefined : requireId('aud', audience, 'audience'),
          createdAfterMs: filter.createdAfter,
          createdBeforeMs: filter.createdBefore,
          plannedAfterMs: filter.plannedAfter,
          plannedBeforeMs: filter.plannedBefore,
          nextRunAfterMs: filter.nextRunAfter,
          nextRunBeforeMs: filter.nextRunBefore,
          userId: filter.userId,
          tag: filter.tag,
          beforeId,
          limit,
        });
        const nextCursor = nextBeforeId === null ? null : encodeCursor(kind, [nextBeforeId]);
        return { status: 200, body: { data: jobs.map(presentJob), nextCursor } };
      },
    }),
    previewJobRoute(dependencies),
    defineRoute({
      method: 'get',
      path: '/v1/jobs/:id',
      tag: 'Jobs',
      summary: 'Read a job',
      params,
      answers: { 200: { description: 'The job', schema: jobSchema } },
      errors: ['invalid_id', 'not_found'],
      async handle(call) {
        const row = await readJob(database.pool, call.caller.accountId, requireId('job', call.params.id, 'id'));
        if (row === undefined) throw noSuchJob();
        return { status: 200, body: presentJob(row) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/jobs/:id/runs',
      tag: 'Jobs',
      summary: "List a job's runs, newest first",
      params,
      query: z.strictObject(pagingQuery),
      answers: { 200: { description: 'A page of runs', schema: pageOf(runSchema) } },
      errors: ['invalid_id', 'invalid_cursor', 'not_found'],
      async handle({ caller, params: { id }, query: { limit, cursor } }) {
        const jobId = requireId('job', id, 'id');
        const kind = `runs/${jobId}`;
        const beforeId = decodeCursor(kind, cursor, ['number'])?.[0] as number | undefined;
        const rows = await listRuns(database.pool, caller.accountId, { jobId, beforeId, limit: limit + 1 });
        if (rows === undefined) throw noSuchJob();
        const present = (row: (typeof rows)[number]) => presentRun(row, undefined);
        return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(kind, [row.id])) };
      },
    }),
    changeJobRoute(dependencies),
    testJobRoute(dependencies),
    runJobRoute(dependencies),
    bulkRoute(dependencies),
    control(dependencies, 'pause', 'Stop sending for now', pauseJob),
    control(dependencies, 'resume', 'Let a paused job go on', resumeJob),
    control(dependencies, 'cancel', 'End a job; what was not sent will not be', cancelJob),
  ];
}

/** Pause, resume and cancel are alike: repeating one is harmless, so they need no Idempotency-Key. */
function control(
  { database, wake }: ApiDependencies,
  action: 'pause' | 'resume' | 'cancel',
  summary: string,
  act: (pool: ApiDependencies['database']['pool'], request: ControlRequest) => Promise<ControlResult>,
): Route {
  return defineRoute({
    method: 'post',
    path: `/v1/jobs/:id/${action}`,
    tag: 'Jobs',
    summary,
    description:
      'Answers at once. From then on nothing further is begun; `inTheAir` messages were already on their way. Read the job ' +
      'again: without "-ing" its status says that nothing is in the air any more.',
    params,
    answers: { 202: { description: 'Accepted', schema: controlAnswerSchema } },
    errors: ['invalid_id', 'not_found', 'invalid_state'],
    async handle({ caller, params: { id } }) {
      const jobId = requireId('job', id, 'id');
      const result = await act(database.pool, { accountId: caller.accountId, jobId, actor: actorOf(caller) });
      switch (result.kind) {
        case 'not_found':
          throw noSuchJob();
        case 'invalid_state':
          throw new ApiError('invalid_state', { field: 'status', detail: `The job is ${result.status}.` });
        case 'ok':
          if (action === 'resume') wake(result.channel as ChannelName);
          return {
            status: 202,
            body: { id: formatId('job', jobId), status: result.status, inTheAir: result.inTheAir },
          };
      }
    },
  });
}

function noSuchJob(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no such job.' });
}
