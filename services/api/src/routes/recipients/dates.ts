/** Dates of a recipient, set and taken away one by one; PUT of the recipient replaces them all. */
import { dateBodySchema, dateNameSchema, RECIPIENT_DATES_MAX } from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { type Database, deleteDate, putDate } from '@carillon/db';
import { actorOf } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { validate } from '../../http/validate.ts';
import { notFound, requireExternalId } from './named.ts';

const path = '/v1/recipients/:externalId/dates/:name';
const params = {
  externalId: 'Your own id of the person, such as E-0042',
  name: 'Name of the date: small letters, digits and _, such as birthday',
};

/** The routes under /v1/recipients/:externalId/dates. */
export function dateRoutes(database: Database): Route[] {
  const put = defineRoute({
    method: 'put',
    path,
    tag: 'Recipients',
    operationId: 'putRecipientDate',
    summary: 'Set a date of a recipient',
    description:
      'Creates or replaces this one date; the others stay. What is planned for the value of before is not sent any more.',
    params,
    body: dateBodySchema,
    answers: { 204: { description: 'Set' } },
    errors: ['invalid_date', 'not_found'],
    handle: async ({ caller, params, body }) => {
      const wanted = { externalId: requireExternalId(params.externalId), name: requireDateName(params.name) };
      const most = RECIPIENT_DATES_MAX;
      const put = await putDate(
        database.pool,
        caller.accountId,
        { ...wanted, value: body.value, most },
        actorOf(caller),
      );
      if (put.kind === 'nobody') throw notFound();
      if (put.kind === 'too_many') {
        const detail = `The recipient has ${most} other dates, and no more can be kept. Delete one first.`;
        throw new ApiError('validation_failed', { field: 'name', detail });
      }
      return { status: 204 };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path,
    tag: 'Recipients',
    operationId: 'deleteRecipientDate',
    summary: 'Delete a date of a recipient',
    description: 'What is planned for it is not sent any more.',
    params,
    answers: { 204: { description: 'Deleted' } },
    errors: ['not_found'],
    handle: async ({ caller, params }) => {
      const wanted = { externalId: requireExternalId(params.externalId), name: requireDateName(params.name) };
      if (await deleteDate(database.pool, caller.accountId, wanted, actorOf(caller))) return { status: 204 };
      const detail = 'There is no recipient of this external id, or none with a date of this name.';
      throw new ApiError('not_found', { field: 'name', detail });
    },
  });

  return [put, remove];
}

/** The name of a date in a path. @throws ValidationError */
function requireDateName(text: string | undefined): string {
  return validate(dateNameSchema, text, 'name');
}
