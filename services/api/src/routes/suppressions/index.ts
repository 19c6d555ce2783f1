/** Suppressions: who is not to be written to. Adding one twice is as good as once, so none of these needs an Idempotency-Key. */
import {
  type MessageChannelName,
  type SuppressionAnswer,
  type SuppressionReason,
  suppressionBodySchema,
  suppressionFilter,
  suppressionSchema,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import {
  deleteSuppression,
  listSuppressions,
  readSuppression,
  type StoredSuppression,
  type SuppressionFilter,
  suppressAddress,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { addressRules, requireAddress } from './address.ts';
import { importRoute } from './import.ts';

const listQuery = z.strictObject({ ...pagingQuery, ...suppressionFilter });
const params = { id: 'The suppression, such as sup_7' };

/** The routes under /v1/suppressions. */
export function suppressionRoutes(dependencies: ApiDependencies): Route[] {
  const { database, keys } = dependencies;

  const filterOf = (caller: Caller, query: z.output<typeof listQuery>): SuppressionFilter => {
    const { channel, reason, address } = query;
    if (address === undefined) return { channel, reason };
    const meant: MessageChannelName = channel ?? (address.includes('@') ? 'email' : 'whatsapp');
    const { addressKey } = requireAddress(meant, address, addressRules(caller.country, keys.address));
    return { channel: meant, reason, addressKey };
  };

  const create = defineRoute({
    method: 'post',
    path: '/v1/suppressions',
    tag: 'Suppressions',
    summary: 'Suppress an address',
    description:
      'From the answer on, no further message to the address is begun by that channel, not even by runs that are already ' +
      'sending: its deliveries are `skipped` with the code `suppressed`. An address that is suppressed already stays so with ' +
      'its first reason and source, and is answered with 200.',
    body: suppressionBodySchema,
    repeatable: true,
    answers: {
      201: { description: 'Suppressed', schema: suppressionSchema },
      200: { description: 'It was suppressed already', schema: suppressionSchema },
    },
    errors: ['invalid_phone', 'invalid_email'],
    async handle({ caller, body }) {
      const read = requireAddress(body.channel, body.address, addressRules(caller.country, keys.address));
      const { channel, reason, source } = body;
      const wanted = { channel, reason, source, address: read.address, addressKey: read.addressKey };
      const { suppression, isNew } = await suppressAddress(database.pool, caller.accountId, wanted, actorOf(caller));
      return {
        status: isNew ? 201 : 200,
        body: present(suppression),
        ...(isNew && { headers: { Location: `/v1/suppressions/${formatId('sup', suppression.id)}` } }),
      };
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/v1/suppressions',
    tag: 'Suppressions',
    summary: 'List suppressions',
    description:
      'In the order in which they were added. With `address` it is at most one: whether this address is suppressed.',
    query: listQuery,
    answers: { 200: { description: 'Those that stand', schema: pageOf(suppressionSchema) } },
    errors: ['invalid_cursor', 'invalid_phone', 'invalid_email'],
    async handle({ caller, query }) {
      const filter = filterOf(caller, query);
      const { limit, cursor } = query;
      const kind = `suppressions:${[filter.channel, filter.reason, filter.addressKey].map((part) => part ?? '').join(':')}`;
      const [afterId] = (decodeCursor(kind, cursor, ['number']) ?? [0]) as [number];
      const rows = await listSuppressions(database.pool, caller.accountId, filter, { afterId, limit: limit + 1 });
      return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(kind, [row.id])) };
    },
  });

  const read = defineRoute({
    method: 'get',
    path: '/v1/suppressions/:id',
    tag: 'Suppressions',
    summary: 'Read a suppression',
    params,
    answers: { 200: { description: 'The suppression', schema: suppressionSchema } },
    errors: ['invalid_id', 'not_found'],
    async handle({ caller, params: { id } }) {
      const stored = await readSuppression(database.pool, caller.accountId, requireId('sup', id, 'id'));
      if (stored === undefined) throw notFound();
      return { status: 200, body: present(stored) };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/v1/suppressions/:id',
    tag: 'Suppressions',
    summary: 'Allow an address again',
    description:
      'The address is written to again from now on; what was skipped meanwhile stays skipped, until it is sent to those ' +
      'missed. Who allowed it stands in the audit trail. Somebody who unsubscribed should be asked first.',
    params,
    answers: { 204: { description: 'Removed' } },
    errors: ['invalid_id', 'not_found'],
    async handle({ caller, params: { id } }) {
      const wanted = requireId('sup', id, 'id');
      if (!(await deleteSuppression(database.pool, caller.accountId, wanted, actorOf(caller)))) throw notFound();
      return { status: 204 };
    },
  });

  return [create, list, importRoute(dependencies), read, remove];
}

function present(stored: StoredSuppression): SuppressionAnswer {
  const { address } = stored;
  return {
    id: formatId('sup', stored.id),
    channel: stored.channel as MessageChannelName,
    address: address !== null && stored.channel === 'whatsapp' ? `+${address}` : address,
    reason: stored.reason as SuppressionReason,
    source: stored.source,
    createdAt: stored.createdAt.toISOString(),
  };
}

function notFound(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no such suppression.' });
}
