/** Events: what endpoints were told, what came of it, and telling it again. */
import {
  type EventAnswer,
  type EventDetailAnswer,
  eventDetailSchema,
  eventFilter,
  eventSchema,
  type NoticeAnswer,
  noticesMadeSchema,
  replayBodySchema,
} from '@carillon/contracts';
import { ApiError, formatDeliveryId, formatId } from '@carillon/core';
import {
  createNotices,
  listEvents,
  listNotices,
  type NoticeRow,
  readEndpoint,
  readEvent,
  recordAudit,
  type StoredEvent,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId, requireSmallId } from '../../http/validate.ts';
import { isoOf, isoOrNull } from '../jobs/present.ts';

const TAG = 'Events';
const NOTICES_SHOWN = 100;
const params = { id: 'The event, such as evt_12' };

/** The routes under /v1/events. */
export function eventRoutes({ database, wake }: ApiDependencies): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/v1/events',
    tag: TAG,
    summary: 'List events',
    description: 'What endpoints were told. An event is kept only if an endpoint was there that takes its type.',
    query: z.strictObject({ ...pagingQuery, ...eventFilter }),
    answers: { 200: { description: 'The newest first', schema: pageOf(eventSchema) } },
    errors: ['invalid_cursor'],
    async handle({ caller, query: { limit, cursor, type, subject } }) {
      const kind = `events/${type ?? ''}/${subject ?? ''}`;
      const [beforeId] = (decodeCursor(kind, cursor, ['number']) ?? []) as [number?];
      const wanted = { type, subject, beforeId, limit: limit + 1 };
      const rows = await listEvents(database.pool, caller.accountId, wanted);
      return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(kind, [row.id])) };
    },
  });

  const read = defineRoute({
    method: 'get',
    path: '/v1/events/:id',
    tag: TAG,
    summary: 'Read an event with its notices',
    description: 'What each endpoint was sent, and what came of it.',
    params,
    answers: { 200: { description: 'The event', schema: eventDetailSchema } },
    errors: ['invalid_id', 'not_found'],
    async handle({ caller: { accountId }, params: { id } }) {
      const event = await readEvent(database.pool, accountId, requireId('evt', id, 'id'));
      if (event === undefined) throw notFound();
      const rows = await listNotices(database.pool, { accountId, id: event.id }, NOTICES_SHOWN);
      const body: EventDetailAnswer = { ...present(event), notices: rows.map(presentNotice) };
      return { status: 200, body };
    },
  });

  const replay = defineRoute({
    method: 'post',
    path: '/v1/events/:id/replay',
    tag: TAG,
    summary: 'Send an event again',
    description:
      'A new notice with the same `webhook-id` and the same body, to one endpoint or to every enabled one that takes its type. Receivers ' +
      'that have it leave it out by its id.',
    role: 'operate',
    idempotencyKey: 'required',
    params,
    body: replayBodySchema,
    answers: { 202: { description: 'On its way', schema: noticesMadeSchema } },
    errors: ['invalid_id', 'not_found', 'invalid_state'],
    async handle(call) {
      const { accountId } = call.caller;
      const eventId = requireId('evt', call.params.id, 'id');
      const { endpoint: asked } = call.body;
      const endpointId = asked === undefined ? undefined : requireSmallId('whk', asked, 'endpoint', noEndpoint);
      const answer = await createOnce(database, call, async (client) => {
        const event = await readEvent(client, accountId, eventId);
        if (event === undefined) throw notFound();
        if (endpointId !== undefined && (await readEndpoint(client, accountId, endpointId)) === undefined) {
          throw noEndpoint();
        }
        const endpoints = await createNotices(client, event, { endpointId });
        if (endpoints.length === 0) {
          const detail = 'No endpoint that takes it is switched on. Switch one on with enabled: true.';
          throw new ApiError('invalid_state', { field: 'endpoint', detail });
        }
        const webhooks = endpoints.map((one) => formatId('whk', one));
        const subject = formatId('evt', eventId);
        await recordAudit(client, {
          accountId,
          actor: actorOf(call.caller),
          action: 'event.replay',
          subject,
          detail: { webhooks },
        });
        return { status: 202, body: { event: subject, webhooks } };
      });
      if (!answer.replayed) wake('webhook');
      return answer;
    },
  });

  return [list, read, replay];
}

function present(event: StoredEvent): EventAnswer {
  return {
    id: formatId('evt', event.id),
    type: event.type,
    subject: event.subject,
    timestamp: isoOf(event.createdAtMs),
    data: { ...event.data },
  };
}

function presentNotice(row: NoticeRow): NoticeAnswer {
  const { day, batch_id: batchId, number } = row;
  return {
    id: batchId === null || number === null ? null : formatDeliveryId({ day, batchId, number }),
    channel: row.channel,
    webhook: row.channel === 'webhook' ? formatId('whk', row.endpoint_id) : null,
    state: row.state,
    code: row.code,
    try: row.try ?? 0,
    attempts: row.attempts ?? 0,
    createdAt: isoOf(row.created_at_ms),
    dueAt: isoOrNull(row.due_at_ms),
    settledAt: isoOrNull(row.settled_at_ms),
  };
}

function notFound(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no event of this id.' });
}

function noEndpoint(): ApiError {
  return new ApiError('not_found', { field: 'endpoint', detail: 'There is no endpoint of this id.' });
}
