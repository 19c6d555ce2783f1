/** `POST /v1/jobs/:id/run`: a run now, besides the moments of the job; and the same as a job is created. */
import { type ChannelName, manualRunSchema } from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { type ManualRunResult, type Queryable, runJobNow } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';

export function runJobRoute({ database, wake }: ApiDependencies): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/jobs/:id/run',
    tag: 'Jobs',
    summary: 'Run a job now',
    description:
      'Makes a run that is due at once, besides those of the trigger, with what the job says now. The next moment of the job stays ' +
      'what it is, and its rule for overlap is not asked. A job that was completed runs once more; a paused or cancelled one does not.',
    params: { id: 'The job, such as job_42' },
    idempotencyKey: 'required',
    answers: { 201: { description: 'Planned', schema: manualRunSchema } },
    errors: ['invalid_id', 'not_found', 'invalid_state'],
    async handle(call) {
      const { caller } = call;
      const jobId = requireId('job', call.params.id, 'id');
      let channel: string | undefined;
      const answer = await createOnce(database, call, async (client) => {
        const planned = await runNow(client, caller, jobId);
        channel = planned.channel;
        const run = formatId('run', planned.runId);
        return {
          status: 201,
          body: { run, job: formatId('job', jobId), occurrence: planned.occurrenceKey },
          headers: { Location: `/v1/runs/${run}` },
          jobId,
        };
      });
      if (!answer.replayed && channel !== undefined) wake(channel as ChannelName);
      return answer;
    },
  });
}

/** Plans the run in the caller's transaction. @throws ApiError where the job cannot run now */
export async function runNow(
  client: Queryable,
  caller: Caller,
  jobId: number,
): Promise<Extract<ManualRunResult, { kind: 'planned' }>> {
  const result = await runJobNow(client, { accountId: caller.accountId, jobId, actor: actorOf(caller) });
  switch (result.kind) {
    case 'planned':
      return result;
    case 'not_found':
      throw new ApiError('not_found', { field: 'id', detail: 'There is no such job.' });
    case 'invalid_state':
      throw new ApiError('invalid_state', { field: 'status', detail: `The job is ${result.status}.` });
    case 'follows_dates':
      throw new ApiError('invalid_state', {
        field: 'trigger.type',
        detail: 'The job follows a date of its recipients; there is nobody whose date is now.',
      });
  }
}
