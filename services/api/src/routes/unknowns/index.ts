/** Settling by hand what nobody knows: one delivery, or all that a filter matches. */
import {
  type ChannelName,
  type SettleManyBody,
  settledSchema,
  settleManyBodySchema,
  settleOneBodySchema,
} from '@carillon/contracts';
import { ApiError, parseDeliveryId } from '@carillon/core';
import { readDelivery, readJob, readRun, settleUnknownsByHand, type UnknownFilter } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { type FieldFault, ValidationError } from '../../http/problem.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';

const LARGEST_NUMBER = 32_767;
const FIRST_DAY = '2000-01-01';

export function unknownRoutes({ database, wake }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/v1/deliveries/:id/settle',
      tag: 'Deliveries',
      summary: 'Settle one unknown outcome',
      description: 'Only a delivery whose outcome is `unknown` can be settled; every other state is the truth already.',
      role: 'operate',
      params: { id: 'The delivery, such as dlv_20261121_7_12' },
      body: settleOneBodySchema,
      answers: { 200: { description: 'Settled', schema: settledSchema } },
      errors: ['invalid_id', 'not_found', 'invalid_state'],
      async handle({ caller, params: { id }, body }) {
        const { accountId } = caller;
        const key = deliveryOf(id, 'id');
        const possible = key.number <= LARGEST_NUMBER && key.day >= FIRST_DAY;
        const row = possible ? await readDelivery(database.pool, accountId, key) : undefined;
        if (row === undefined) throw new ApiError('not_found', { field: 'id', detail: 'There is no such delivery.' });
        const result = await settleUnknownsByHand(database.pool, {
          accountId,
          as: body.as,
          filter: { deliveries: [key] },
          dryRun: false,
          note: body.note,
          actor: actorOf(caller),
        });
        if (result.settled === 0) {
          const detail =
            row.state === 'unknown'
              ? 'Its run was cancelled or has expired, so it is not sent again; settle it as sent or failed.'
              : `The delivery is ${row.state}.`;
          throw new ApiError('invalid_state', { field: 'state', detail });
        }
        for (const channel of result.channels) wake(channel as ChannelName);
        return { status: 200, body: { found: result.found, settled: result.settled } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/deliveries/settle',
      tag: 'Deliveries',
      summary: 'Settle all unknown outcomes that a filter matches',
      description:
        'Repeating it settles what is unknown by then: with `resend` that may be somebody whose second try was lost too. Count with `dryRun` before. What was cancelled or ' +
        'has expired is never sent again, whatever `as` says.',
      role: 'operate',
      body: settleManyBodySchema,
      answers: { 200: { description: 'Settled, or counted', schema: settledSchema } },
      errors: ['invalid_id', 'not_found'],
      async handle({ caller, body }) {
        const { accountId } = caller;
        const filter = filterOf(body.filter);
        if (filter.runId !== undefined && (await readRun(database.pool, accountId, filter.runId)) === undefined) {
          throw new ApiError('not_found', { field: 'filter.run', detail: 'There is no such run.' });
        }
        if (filter.jobId !== undefined && (await readJob(database.pool, accountId, filter.jobId)) === undefined) {
          throw new ApiError('not_found', { field: 'filter.job', detail: 'There is no such job.' });
        }
        const result = await settleUnknownsByHand(database.pool, {
          accountId,
          as: body.as,
          filter,
          dryRun: body.dryRun,
          note: body.note,
          actor: actorOf(caller),
        });
        for (const channel of result.channels) wake(channel as ChannelName);
        return { status: 200, body: { found: result.found, settled: result.settled } };
      },
    }),
  ];
}

function deliveryOf(text: string | undefined, field: string) {
  const id = text === undefined ? undefined : parseDeliveryId(text);
  if (id === undefined) {
    throw new ApiError('invalid_id', { field, detail: 'An id such as dlv_20261121_7_12 is needed here.' });
  }
  return id;
}

function filterOf(filter: SettleManyBody['filter']): UnknownFilter {
  const faults: FieldFault[] = [];
  const deliveries = filter.deliveries?.flatMap((text, index) => {
    const id = parseDeliveryId(text);
    if (id !== undefined) return [{ batchId: id.batchId, number: Math.min(id.number, LARGEST_NUMBER) }];
    faults.push({
      field: `filter.deliveries[${index}]`,
      code: 'invalid_id',
      detail: 'An id such as dlv_20261121_7_12 is needed here.',
    });
    return [];
  });
  const [first, ...more] = faults;
  if (first !== undefined) throw new ValidationError([first, ...more.slice(0, 19)]);
  return {
    runId: filter.run === undefined ? undefined : requireId('run', filter.run, 'filter.run'),
    jobId: filter.job === undefined ? undefined : requireId('job', filter.job, 'filter.job'),
    channel: filter.channel,
    code: filter.code,
    // Shown with a plus sign, kept without.
    addresses: filter.addresses?.map((address) => address.replace(/^\+(?=\d+$)/, '')),
    deliveries,
    beforeMs: filter.before === undefined ? undefined : Date.parse(filter.before),
  };
}
