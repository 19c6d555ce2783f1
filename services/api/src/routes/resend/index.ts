/** Send to those missed: count them, and send to them once more. */
import { type ChannelName, missedQuerySchema, missedSchema, resendBodySchema, resendSchema } from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { createResend, readMissed } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';

const params = { id: 'The job, such as job_42' };
const runOf = (text: string | undefined) => (text === undefined ? undefined : requireId('run', text, 'run'));

export function resendRoutes({ database, wake }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/jobs/:id/missed',
      tag: 'Jobs',
      summary: 'Count those missed',
      description:
        'Whoever has a delivery in the run or one of its resends, and no message: every one of them finally `failed`, `skipped` ' +
        'or `cancelled`. Nobody who is `unknown`, `sending` or `scheduled` anywhere in the family.',
      params,
      query: missedQuerySchema,
      answers: { 200: { description: 'The counts', schema: missedSchema } },
      errors: ['invalid_id', 'not_found'],
      async handle({ caller: { accountId }, params: { id }, query }) {
        const jobId = requireId('job', id, 'id');
        const missed = await readMissed(database.pool, { accountId, jobId, runId: runOf(query.run) });
        if (missed === undefined) throw notFound();
        return {
          status: 200,
          body: {
            run: formatId('run', missed.rootRunId),
            people: missed.people,
            peopleWithFailedByReport: missed.peopleWithFailedByReport,
            openResend: missed.openRunId === null ? null : formatId('run', missed.openRunId),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/jobs/:id/resend',
      tag: 'Jobs',
      summary: 'Send to those missed',
      description:
        'Makes a further run of the job, with its present content, at once, for whom GET /v1/jobs/:id/missed counts. One at a ' +
        'time: of however many requests, one makes it and the others are refused with its id. An address gets at most one ' +
        'accepted message from a run and all its resends.',
      params,
      body: resendBodySchema,
      idempotencyKey: 'required',
      answers: { 201: { description: 'Planned', schema: resendSchema } },
      errors: ['invalid_id', 'not_found', 'resend_open', 'nobody_missed'],
      async handle(call) {
        const { caller, body } = call;
        const jobId = requireId('job', call.params.id, 'id');
        const runId = runOf(body.run);
        let channel: string | undefined;
        const answer = await createOnce(database, call, async (client) => {
          const result = await createResend(client, {
            accountId: caller.accountId,
            jobId,
            runId,
            includeFailedByReport: body.includeFailedByReport,
            actor: actorOf(caller),
          });
          switch (result.kind) {
            case 'not_found':
              throw notFound();
            case 'open': {
              const run = formatId('run', result.runId);
              throw new ApiError('resend_open', { detail: `${run} is not completed yet.`, members: { run } });
            }
            case 'nobody':
              throw new ApiError('nobody_missed');
            case 'created': {
              channel = result.channel;
              const run = formatId('run', result.runId);
              return {
                status: 201,
                body: { run, of: formatId('job', jobId), people: result.people },
                headers: { Location: `/v1/runs/${run}` },
                jobId,
              };
            }
          }
        });
        if (!answer.replayed && channel !== undefined) wake(channel as ChannelName);
        return answer;
      },
    }),
  ];
}

function notFound(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no such job, or it has no such run.' });
}
