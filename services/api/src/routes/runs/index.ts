/** Runs with their counts, and deliveries with their tries and reports. */
import { deliveryDetailSchema, deliverySchema, runSchema } from '@carillon/contracts';
import { ApiError, DELIVERY_STATES, type DeliveryId, formatId, parseDeliveryId } from '@carillon/core';
import { countRecentSends, listDeliveries, readDelivery, readRun } from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { isoOf } from '../jobs/present.ts';
import { presentDelivery, presentResult, presentRun, presentTries, RATE_SECONDS } from './present.ts';
import { runReasonsRoute } from './reasons.ts';

/** Beyond what a batch can number, and before the first day that can have been. */
const LARGEST_NUMBER = 32_767;
const FIRST_DAY = '2000-01-01';

export function runRoutes(dependencies: ApiDependencies): Route[] {
  const { database } = dependencies;
  return [
    runReasonsRoute(dependencies),
    defineRoute({
      method: 'get',
      path: '/v1/runs/:id',
      tag: 'Runs',
      summary: 'Read a run with exact counts',
      params: { id: 'The run, such as run_42' },
      answers: { 200: { description: 'The run', schema: runSchema } },
      errors: ['invalid_id', 'not_found'],
      async handle({ caller: { accountId }, params: { id } }) {
        const runId = requireId('run', id, 'id');
        const row = await readRun(database.pool, accountId, runId);
        if (row === undefined) throw noSuchRun();
        const isMoving = row.state !== 'completed' && row.scheduled + row.sending > 0;
        const recent = isMoving
          ? await countRecentSends(database.pool, { accountId, runId, day: row.day }, RATE_SECONDS)
          : undefined;
        return { status: 200, body: presentRun(row, recent) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/runs/:id/deliveries',
      tag: 'Runs',
      summary: "List a run's deliveries",
      params: { id: 'The run, such as run_42' },
      query: z.strictObject({
        ...pagingQuery,
        state: z.enum(DELIVERY_STATES).optional().meta({ description: 'Only deliveries in this state' }),
        code: z
          .string()
          .regex(/^[A-Za-z0-9_.:-]{1,100}$/, 'A code is written like suppressed.')
          .optional()
          .meta({
            description: 'Only those with this code, as `GET /v1/runs/:id/reasons` tells it',
            example: 'suppressed',
          }),
      }),
      answers: { 200: { description: 'A page of deliveries', schema: pageOf(deliverySchema) } },
      errors: ['invalid_id', 'invalid_cursor', 'not_found'],
      async handle({ caller: { accountId }, params: { id }, query: { limit, cursor, state, code } }) {
        const runId = requireId('run', id, 'id');
        const kind = `deliveries/${runId}/${state ?? ''}/${code ?? ''}`;
        const position = decodeCursor(kind, cursor, ['number', 'number']) as [number, number] | undefined;
        const run = await readRun(database.pool, accountId, runId);
        if (run === undefined) throw noSuchRun();
        const after = position && { batchId: position[0], number: Math.min(position[1], LARGEST_NUMBER) };
        const rows = await listDeliveries(database.pool, accountId, {
          runId,
          day: run.day,
          state,
          code,
          after,
          limit: limit + 1,
        });
        const cursorOf = (row: (typeof rows)[number]) => encodeCursor(kind, [row.batch_id, row.number]);
        return { status: 200, body: page(rows, limit, presentDelivery, cursorOf) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/deliveries/:id',
      tag: 'Runs',
      summary: 'Read a delivery with its tries and reports',
      params: { id: 'The delivery, such as dlv_20261121_7_12' },
      answers: { 200: { description: 'The delivery', schema: deliveryDetailSchema } },
      errors: ['invalid_id', 'not_found'],
      async handle({ caller: { accountId }, params: { id } }) {
        const key = requireDeliveryId(id);
        const possible = key.number <= LARGEST_NUMBER && key.day >= FIRST_DAY;
        const row = possible ? await readDelivery(database.pool, accountId, key) : undefined;
        if (row === undefined) throw new ApiError('not_found', { field: 'id', detail: 'There is no such delivery.' });
        const reports = row.reports.map((report) => ({
          try: report.try,
          status: report.status,
          code: report.code,
          providerMessageId: report.provider_message_id,
          reportedAt: isoOf(report.reported_at_ms),
          receivedAt: isoOf(report.received_at_ms),
        }));
        const tries = presentTries(row, row.tries);
        const results = row.results.map(presentResult);
        const job = formatId('job', row.job_id);
        return { status: 200, body: { ...presentDelivery(row), job, tries, results, reports } };
      },
    }),
  ];
}

function requireDeliveryId(text: string | undefined): DeliveryId {
  const id = text === undefined ? undefined : parseDeliveryId(text);
  if (id === undefined) {
    throw new ApiError('invalid_id', { field: 'id', detail: 'An id such as dlv_20261121_7_12 is needed here.' });
  }
  return id;
}

function noSuchRun(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no such run.' });
}
