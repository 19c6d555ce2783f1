/** Holds: stop everything of an account, or of the installation, within two seconds. */
import { CHANNEL_NAMES, type HoldAnswer, holdBodySchema, holdSchema, holdsSchema } from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { listHolds, placeHold, releaseHold, type StoredHold } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireSmallId } from '../../http/validate.ts';
import { isoOf } from '../jobs/present.ts';

export function holdRoutes({ database, system, wake }: ApiDependencies): Route[] {
  /** The keys of an operator account act on every account's rows, which the app's role cannot. */
  const poolFor = (caller: Caller) => (caller.operator ? system.pool : database.pool);
  return [
    defineRoute({
      method: 'get',
      path: '/v1/holds',
      tag: 'Holds',
      summary: 'List the holds that stand',
      description:
        "This account's, and those on the whole installation. Keys of an operator account see every account's.",
      answers: { 200: { description: 'The holds, all on one page', schema: holdsSchema } },
      async handle({ caller }) {
        const holds = await listHolds(poolFor(caller), caller.operator ? undefined : caller.accountId);
        return { status: 200, body: { data: holds.map(presentHold), nextCursor: null } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/holds',
      tag: 'Holds',
      summary: 'Stop all sending',
      description:
        'From the answer on nothing further is begun; what was on its way may still arrive, within the time-out. Jobs, runs ' +
        'and schedules go on and wait. Placing a hold that stands already answers 200 with it.',
      role: 'operate',
      repeatable: true,
      body: holdBodySchema,
      answers: {
        201: { description: 'Placed', schema: holdSchema },
        200: { description: 'It stood already', schema: holdSchema },
      },
      async handle({ caller, body }) {
        const whole = body.scope === 'installation';
        if (whole && !caller.operator) {
          throw new ApiError('forbidden', {
            field: 'scope',
            detail: 'Only keys of an operator account can hold the whole installation.',
          });
        }
        const wanted = { accountId: whole ? null : caller.accountId, channel: body.channel, reason: body.reason };
        const by = { actor: actorOf(caller), auditAccountId: caller.accountId };
        const { hold, isNew } = await placeHold(poolFor(caller), wanted, by);
        return { status: isNew ? 201 : 200, body: presentHold(hold) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/v1/holds/:id',
      tag: 'Holds',
      summary: 'Release a hold',
      description: 'What waited goes on at once, in the order in which it was due.',
      role: 'operate',
      params: { id: 'The hold, such as hld_3' },
      answers: { 204: { description: 'Released' } },
      errors: ['invalid_id', 'not_found', 'invalid_state'],
      async handle({ caller, params: { id } }) {
        const holdId = requireSmallId('hld', id, 'id', noSuchHold);
        const accountId = caller.operator ? undefined : caller.accountId;
        const by = { actor: actorOf(caller), auditAccountId: caller.accountId };
        const result = await releaseHold(poolFor(caller), { id: holdId, accountId }, by);
        if (result.kind === 'not_found') throw noSuchHold();
        if (result.kind === 'unsettled') {
          throw new ApiError('invalid_state', {
            field: 'id',
            detail:
              'The database was restored and what was due since the backup is not settled yet: npm run carillon -- restore settle.',
          });
        }
        for (const channel of CHANNEL_NAMES) {
          if (result.hold.channel === null || result.hold.channel === channel) wake(channel);
        }
        return { status: 204 };
      },
    }),
  ];
}

function noSuchHold(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no such hold.' });
}

function presentHold(hold: StoredHold): HoldAnswer {
  return {
    id: formatId('hld', hold.id),
    scope: hold.accountId === null ? 'installation' : 'account',
    channel: hold.channel as HoldAnswer['channel'],
    reason: hold.reason,
    createdAt: isoOf(hold.createdAtMs),
    createdBy: hold.createdBy,
  };
}
