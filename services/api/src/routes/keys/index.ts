/** API keys of an account. A key is in no answer but the one that made it, and in nothing that is stored. */
import { issuedKeySchema, type KeyAnswer, keyBodySchema, keyRotationSchema, keySchema } from '@carillon/contracts';
import { ApiError, formatId, parseInstant } from '@carillon/core';
import {
  type ApiKeyRole,
  endApiKey,
  type IssuedApiKey,
  issueApiKey,
  listApiKeys,
  rotateApiKey,
  type StoredApiKey,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller, requireRole } from '../../http/auth.ts';
import { afterSmallId, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { type Answer, defineRoute, type Route } from '../../http/route.ts';
import { requireSmallId } from '../../http/validate.ts';

const KIND = 'keys';
const params = { id: 'The key, such as key_3' };
const NO_STORE = { 'Cache-Control': 'no-store' };

/** The routes under /v1/keys. */
export function keyRoutes({ database }: ApiDependencies): Route[] {
  const create = defineRoute({
    method: 'post',
    path: '/v1/keys',
    tag: 'API keys',
    summary: 'Create a key',
    description:
      'The key is shown once, and stored only as its SHA-256: whoever loses it needs another. There is no Idempotency-Key here, because the stored answer would be the key; a second key does no harm, and can be revoked.',
    role: 'admin',
    repeatable: false,
    body: keyBodySchema,
    answers: { 201: { description: 'Created; `key` is shown once', schema: issuedKeySchema } },
    errors: ['forbidden', 'invalid_instant', 'moment_in_past'],
    handle: async ({ caller, body: { name, role, expiresAt } }) => {
      refuseHigherRole(caller, role);
      const wanted = { accountId: caller.accountId, name, role, expiresAt: endOf(expiresAt) };
      return issued(201, await issueApiKey(database.pool, wanted, actorOf(caller)));
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/v1/keys',
    tag: 'API keys',
    summary: 'List keys',
    description: 'All keys of the account, those that ended too. None is shown beyond its first characters.',
    role: 'admin',
    query: z.strictObject(pagingQuery),
    answers: { 200: { description: 'In the order in which they were made', schema: pageOf(keySchema) } },
    errors: ['invalid_cursor'],
    handle: async ({ caller, query: { limit, cursor } }) => {
      const afterId = afterSmallId(KIND, cursor);
      const rows = await listApiKeys(database.pool, caller.accountId, { afterId, limit: limit + 1 });
      return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(KIND, [row.id])) };
    },
  });

  const rotate = defineRoute({
    method: 'post',
    path: '/v1/keys/:id/rotate',
    tag: 'API keys',
    summary: 'Rotate a key',
    description:
      'Makes a key of the same name, role and end in place of this one, which ends within a second, or after `overlapSeconds`.',
    role: 'admin',
    repeatable: false,
    params,
    body: keyRotationSchema,
    answers: { 201: { description: 'The new key; `key` is shown once', schema: issuedKeySchema } },
    errors: ['invalid_id', 'not_found', 'invalid_state'],
    handle: async ({ caller, params: { id }, body: { overlapSeconds } }) => {
      const wanted = { accountId: caller.accountId, id: requireSmallId('key', id, 'id', notFound), overlapSeconds };
      const result = await rotateApiKey(database.pool, wanted, actorOf(caller));
      if (result.kind === 'not_found') throw notFound();
      if (result.kind === 'ended') {
        throw new ApiError('invalid_state', { field: 'id', detail: 'This key has ended; create another.' });
      }
      return issued(201, result.issued);
    },
  });

  const revoke = defineRoute({
    method: 'delete',
    path: '/v1/keys/:id',
    tag: 'API keys',
    summary: 'Revoke a key',
    description:
      'It is refused within a second, everywhere. The last key of role `admin` can be revoked too; another is then made at the command line.',
    role: 'admin',
    params,
    answers: { 204: { description: 'Revoked, now or earlier' } },
    errors: ['invalid_id', 'not_found'],
    handle: async ({ caller, params: { id } }) => {
      const key = { accountId: caller.accountId, id: requireSmallId('key', id, 'id', notFound) };
      if ((await endApiKey(database.pool, key, actorOf(caller))) === 'not_found') throw notFound();
      return { status: 204 };
    },
  });

  return [create, list, rotate, revoke];
}

/** @throws ApiError `forbidden`: nobody hands out more than they have */
function refuseHigherRole(caller: Caller, role: ApiKeyRole): void {
  requireRole(caller, role);
}

/** @throws ApiError `moment_in_past` */
function endOf(expiresAt: string | null): Date | null {
  const result = expiresAt === null ? undefined : parseInstant(expiresAt);
  if (!result?.ok) return null;
  if (result.epochMs <= Date.now()) {
    throw new ApiError('moment_in_past', { field: 'expiresAt', detail: 'The key would end before it begins.' });
  }
  return new Date(result.epochMs);
}

function issued(status: number, { key, stored }: IssuedApiKey): Answer {
  return { status, body: { ...present(stored), key }, headers: NO_STORE };
}

function present(key: StoredApiKey): KeyAnswer {
  return {
    id: formatId('key', key.id),
    name: key.name,
    prefix: key.prefix,
    role: key.role,
    status: key.revokedAt !== null ? 'revoked' : key.ended ? 'expired' : 'active',
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    rotatedFrom: key.rotatedFrom === null ? null : formatId('key', key.rotatedFrom),
  };
}

function notFound(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no key of this id.' });
}
