/** `GET /v1/runs/:id/reasons`: how many deliveries of a run are in which state, and why. */
import { runReasonsSchema } from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { countReasons, readRun } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';

export function runReasonsRoute({ database }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/runs/:id/reasons',
    tag: 'Runs',
    summary: 'Tell why deliveries of a run are what they are',
    description: 'Counts by state and code. The list of deliveries takes both as filters.',
    params: { id: 'The run, such as run_42' },
    answers: { 200: { description: 'The counts', schema: runReasonsSchema } },
    errors: ['invalid_id', 'not_found'],
    async handle({ caller: { accountId }, params: { id } }) {
      const runId = requireId('run', id, 'id');
      const run = await readRun(database.pool, accountId, runId);
      if (run === undefined) throw new ApiError('not_found', { field: 'id', detail: 'There is no such run.' });
      const reasons = await countReasons(database.pool, { accountId, runId, day: run.day });
      return { status: 200, body: { run: formatId('run', runId), reasons } };
    },
  });
}
