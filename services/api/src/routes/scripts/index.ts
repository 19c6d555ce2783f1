/** Sources of scripts, by their hash. They are stored with jobs, and never change. */
import { scriptSourceSchema } from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { readScript } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { defineRoute, type Route } from '../../http/route.ts';

/** The route under /v1/scripts. */
export function scriptRoutes({ database }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/scripts/:sha256',
      tag: 'Jobs',
      summary: 'Read the source of a script',
      description: 'Jobs name what they run by its hash; this is the text behind it.',
      params: {
        sha256:
          'The `script.sha256` of a job, such as 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
      answers: { 200: { description: 'The source', schema: scriptSourceSchema } },
      errors: ['not_found'],
      async handle({ caller: { accountId }, params }) {
        const script = await readScript(database.pool, accountId, params.sha256 ?? '');
        if (script === undefined) {
          throw new ApiError('not_found', { field: 'sha256', detail: 'There is no such script.' });
        }
        return { status: 200, body: script };
      },
    }),
  ];
}
