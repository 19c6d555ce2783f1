/**
 * `userId` on every route of one job, run or delivery: who names a user sees that user's jobs, and those of others are not there. Asked
 * before the route's own handler and of the same rows; whose a job is never changes.
 */
import { externalIdSchema } from '@carillon/contracts';
import { ApiError, parseDeliveryId } from '@carillon/core';
import { isOfUser } from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import type { Call, Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';

const userId = externalIdSchema.optional().meta({
  description: 'Your own id of a user; what belongs to another, or to none, is not found then',
  example: 'u-1204',
});

/** Which routes, by the beginning of their path, and of what their `:id` is. */
const SCOPED = [
  { path: '/v1/jobs/:id', kind: 'job' },
  { path: '/v1/runs/:id', kind: 'run' },
  { path: '/v1/deliveries/:id', kind: 'batch' },
] as const;

/** The route with `userId` beside its own query parameters, where it is one of a job; any other as it is. */
export function ofUser({ database }: ApiDependencies, route: Route): Route {
  const scoped = SCOPED.find(({ path }) => route.path === path || route.path.startsWith(`${path}/`));
  if (scoped === undefined) return route;
  const own = route.query as z.ZodObject | undefined;
  return {
    ...route,
    query: own === undefined ? z.strictObject({ userId }) : own.extend({ userId }),
    async handle(call) {
      const { userId: user, ...rest } = call.query as { userId?: string };
      if (user !== undefined) await requireOwn(database, scoped.kind, call, user);
      // Not a copy: the caller of a call is read when it is asked for.
      const inner = Object.create(call, { query: { value: own === undefined ? undefined : rest } }) as Call<
        unknown,
        unknown
      >;
      return await route.handle(inner);
    },
  };
}

async function requireOwn(
  database: ApiDependencies['database'],
  kind: (typeof SCOPED)[number]['kind'],
  { caller, params }: Call<unknown, unknown>,
  user: string,
): Promise<void> {
  const id = idOf(kind, params.id);
  if (await isOfUser(database.pool, caller.accountId, { kind, id }, user)) return;
  throw new ApiError('not_found', { field: 'id', detail: 'The user has no such job.' });
}

function idOf(kind: (typeof SCOPED)[number]['kind'], text: string | undefined): number {
  if (kind !== 'batch') return requireId(kind, text, 'id');
  const read = parseDeliveryId(text ?? '');
  if (read === undefined) throw new ApiError('invalid_id', { field: 'id' });
  return read.batchId;
}
