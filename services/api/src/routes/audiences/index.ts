/** Audiences and their members. */
import {
  type AudienceAnswer,
  audienceBodySchema,
  audienceSchema,
  membersBodySchema,
  membersChangeSchema,
  recipientSchema,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import {
  changeMembers,
  deleteAudience,
  ensureAudience,
  listAudiences,
  listRecipients,
  readAudience,
  type StoredAudience,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { type FieldFault, ValidationError } from '../../http/problem.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { presentRecipient } from '../recipients/index.ts';
import { requireExternalId } from '../recipients/named.ts';

const params = { id: 'The audience, such as aud_7' };
const memberParams = { ...params, externalId: 'Your own id of the person, such as E-0042' };

/** The routes under /v1/audiences. */
export function audienceRoutes({ database }: ApiDependencies): Route[] {
  const requireAudience = async (caller: Caller, id: string | undefined): Promise<StoredAudience> => {
    const audience = await readAudience(database.pool, caller.accountId, requireId('aud', id, 'id'));
    if (audience === undefined) throw notFound();
    return audience;
  };

  /** @throws ApiError `not_found`, ValidationError `unknown_recipient` naming each, and then nothing has changed */
  const change = async (
    caller: Caller,
    id: string | undefined,
    members: { add: readonly string[]; remove: readonly string[] },
    nameOf: (list: 'add' | 'remove', index: number) => string,
  ) => {
    const audienceId = requireId('aud', id, 'id');
    const result = await changeMembers(database.pool, caller.accountId, audienceId, members, actorOf(caller));
    if (result.kind === 'unknown_audience') throw notFound();
    if (result.kind === 'changed') return { added: result.added, removed: result.removed };
    const faults = (['add', 'remove'] as const).flatMap((list) =>
      result[list].map((index): FieldFault => {
        const detail = `There is no recipient ${JSON.stringify(members[list][index])}. Nothing was changed.`;
        return { field: nameOf(list, index), code: 'unknown_recipient', detail };
      }),
    );
    throw new ValidationError(faults as [FieldFault, ...FieldFault[]]);
  };

  const create = defineRoute({
    method: 'post',
    path: '/v1/audiences',
    tag: 'Audiences',
    summary: 'Create an audience',
    description: 'Names are unique. Where there is one of this name it is answered as it is, so this may be repeated.',
    body: audienceBodySchema,
    repeatable: true,
    answers: {
      201: { description: 'Created', schema: audienceSchema },
      200: { description: 'The audience of this name, which there was already', schema: audienceSchema },
    },
    handle: async ({ caller, body }) => {
      const { accountId } = caller;
      const { audience, created } = await ensureAudience(database.pool, accountId, body.name, actorOf(caller));
      return { status: created ? 201 : 200, body: present(audience) };
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/v1/audiences',
    tag: 'Audiences',
    summary: 'List audiences',
    query: z.strictObject(pagingQuery),
    answers: { 200: { description: 'In the order in which they were created', schema: pageOf(audienceSchema) } },
    errors: ['invalid_cursor'],
    handle: async ({ caller, query: { limit, cursor } }) => {
      const [afterId] = (decodeCursor('audiences', cursor, ['number']) ?? [0]) as [number];
      const rows = await listAudiences(database.pool, caller.accountId, { afterId, limit: limit + 1 });
      return { status: 200, body: page(rows, limit, present, (row) => encodeCursor('audiences', [row.id])) };
    },
  });

  const read = defineRoute({
    method: 'get',
    path: '/v1/audiences/:id',
    tag: 'Audiences',
    summary: 'Read an audience',
    params,
    answers: { 200: { description: 'The audience', schema: audienceSchema } },
    errors: ['invalid_id', 'not_found'],
    handle: async ({ caller, params }) => ({ status: 200, body: present(await requireAudience(caller, params.id)) }),
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/v1/audiences/:id',
    tag: 'Audiences',
    summary: 'Delete an audience',
    description: 'The people stay. A run that is still to be expanded no longer reaches anybody through it.',
    params,
    answers: { 204: { description: 'Deleted' } },
    errors: ['invalid_id', 'not_found'],
    handle: async ({ caller, params }) => {
      const audienceId = requireId('aud', params.id, 'id');
      if (!(await deleteAudience(database.pool, caller.accountId, audienceId, actorOf(caller)))) throw notFound();
      return { status: 204 };
    },
  });

  const listMembers = defineRoute({
    method: 'get',
    path: '/v1/audiences/:id/members',
    tag: 'Audiences',
    summary: 'List the members of an audience',
    params,
    query: z.strictObject(pagingQuery),
    answers: {
      200: { description: 'Recipients, in the order in which they were created', schema: pageOf(recipientSchema) },
    },
    errors: ['invalid_id', 'invalid_cursor', 'not_found'],
    handle: async ({ caller, params, query: { limit, cursor } }) => {
      const { id: audienceId } = await requireAudience(caller, params.id);
      const kind = `members:${audienceId}`;
      const [afterId] = (decodeCursor(kind, cursor, ['number']) ?? [0]) as [number];
      const rows = await listRecipients(database.pool, caller.accountId, { afterId, limit: limit + 1, audienceId });
      return { status: 200, body: page(rows, limit, presentRecipient, (row) => encodeCursor(kind, [row.id])) };
    },
  });

  const changeMany = defineRoute({
    method: 'post',
    path: '/v1/audiences/:id/members',
    tag: 'Audiences',
    operationId: 'changeAudienceMembers',
    summary: 'Add and remove members',
    description:
      'All of it or nothing. May be repeated: adding a member again, or removing who is none, changes nothing.',
    params,
    body: membersBodySchema,
    repeatable: true,
    answers: {
      200: { description: 'How many were not members before, and how many were', schema: membersChangeSchema },
    },
    errors: ['invalid_id', 'not_found', 'unknown_recipient'],
    handle: async ({ caller, params, body }) => ({
      status: 200,
      body: await change(caller, params.id, body, (list, index) => `${list}[${index}]`),
    }),
  });

  const addOne = defineRoute({
    method: 'put',
    path: '/v1/audiences/:id/members/:externalId',
    tag: 'Audiences',
    operationId: 'addAudienceMember',
    summary: 'Add a member',
    params: memberParams,
    answers: { 204: { description: 'Is a member now' } },
    errors: ['invalid_id', 'not_found', 'unknown_recipient'],
    handle: async ({ caller, params }) => {
      const members = { add: [requireExternalId(params.externalId)], remove: [] };
      await change(caller, params.id, members, () => 'externalId');
      return { status: 204 };
    },
  });

  const removeOne = defineRoute({
    method: 'delete',
    path: '/v1/audiences/:id/members/:externalId',
    tag: 'Audiences',
    operationId: 'removeAudienceMember',
    summary: 'Remove a member',
    params: memberParams,
    answers: { 204: { description: 'Is no member now' } },
    errors: ['invalid_id', 'not_found', 'unknown_recipient'],
    handle: async ({ caller, params }) => {
      const members = { add: [], remove: [requireExternalId(params.externalId)] };
      await change(caller, params.id, members, () => 'externalId');
      return { status: 204 };
    },
  });

  return [create, list, read, remove, listMembers, changeMany, addOne, removeOne];
}

function present(audience: StoredAudience): AudienceAnswer {
  return {
    id: formatId('aud', audience.id),
    name: audience.name,
    members: audience.members,
    createdAt: audience.createdAt.toISOString(),
  };
}

function notFound(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no audience of this id.' });
}
