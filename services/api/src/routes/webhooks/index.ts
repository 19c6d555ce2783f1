/** Webhooks: the account's own endpoints. Their secrets are made here, shown once, and come out of no other route. */
import {
  EVERY_EVENT,
  noticesMadeSchema,
  type WebhookAnswer,
  type WebhookWithSecretAnswer,
  webhookBodySchema,
  webhookChangeSchema,
  webhookRotationSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  ENDPOINTS_MAX,
  listEndpoints,
  readEndpoint,
  rotateEndpoint,
  SECRETS_MAX,
  type StoredEndpoint,
  tell,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { afterSmallId, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireSmallId } from '../../http/validate.ts';
import { isoOf, isoOrNull } from '../jobs/present.ts';
import { eventRoutes } from './events.ts';
import { newSecret } from './secret.ts';
import { requireTarget } from './target.ts';

const KIND = 'webhooks';
const TAG = 'Webhooks';
const params = { id: 'The endpoint, such as whk_5' };

/** The routes under /v1/webhooks and /v1/events. */
export function webhookRoutes(dependencies: ApiDependencies): Route[] {
  const { database, keys, settings, wake } = dependencies;

  const create = defineRoute({
    method: 'post',
    path: '/v1/webhooks',
    tag: TAG,
    summary: 'Create an endpoint',
    description:
      `Names a URL of your own that is told what happens, signed as Standard Webhooks says. The answer holds the secret, which is ` +
      `never shown again. An account has at most ${ENDPOINTS_MAX} endpoints.`,
    role: 'admin',
    repeatable: false,
    body: webhookBodySchema,
    answers: { 201: { description: 'Created, with the secret', schema: webhookWithSecretSchema } },
    errors: ['private_target', 'invalid_state'],
    async handle({ caller, body }) {
      requireTarget(body.url, settings.targets);
      const { accountId } = caller;
      const secret = newSecret();
      const wanted = { accountId, url: body.url, description: body.description, secret };
      const eventTypes = eventTypesOf(body.events);
      const endpoint = await createEndpoint(database.pool, keys.provider, { ...wanted, eventTypes }, actorOf(caller));
      if (endpoint === undefined) {
        throw new ApiError('invalid_state', {
          field: 'url',
          detail: `There are ${ENDPOINTS_MAX} endpoints already. Delete one first.`,
        });
      }
      const answer: WebhookWithSecretAnswer = { ...present(endpoint), secret };
      return { status: 201, body: answer, headers: { Location: `/v1/webhooks/${answer.id}` } };
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/v1/webhooks',
    tag: TAG,
    summary: 'List endpoints',
    description: 'Those that were switched off too.',
    role: 'admin',
    query: z.strictObject(pagingQuery),
    answers: { 200: { description: 'In the order in which they were created', schema: pageOf(webhookSchema) } },
    errors: ['invalid_cursor'],
    async handle({ caller, query: { limit, cursor } }) {
      const afterId = afterSmallId(KIND, cursor);
      const rows = await listEndpoints(database.pool, caller.accountId, { afterId, limit: limit + 1 });
      return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(KIND, [row.id])) };
    },
  });

  const read = defineRoute({
    method: 'get',
    path: '/v1/webhooks/:id',
    tag: TAG,
    summary: 'Read an endpoint',
    description: 'Whether it is switched on, and of what it is told. Its secrets are not shown.',
    role: 'admin',
    params,
    answers: { 200: { description: 'The endpoint', schema: webhookSchema } },
    errors: ['invalid_id', 'not_found'],
    async handle({ caller, params: { id } }) {
      const endpoint = await readEndpoint(database.pool, caller.accountId, endpointId(id));
      if (endpoint === undefined) throw notFound();
      return { status: 200, body: present(endpoint) };
    },
  });

  const change = defineRoute({
    method: 'patch',
    path: '/v1/webhooks/:id',
    tag: TAG,
    summary: 'Change an endpoint',
    description:
      'What is left out stays. An endpoint that is switched on, or given further types, is told of what happens from then on; what ' +
      'it missed can be replayed. Senders read it again within seconds.',
    role: 'admin',
    repeatable: true,
    params,
    body: webhookChangeSchema,
    answers: { 200: { description: 'The endpoint as it is now', schema: webhookSchema } },
    errors: ['invalid_id', 'not_found', 'private_target'],
    async handle({ caller, params: { id }, body }) {
      if (body.url !== undefined) requireTarget(body.url, settings.targets);
      const { url, description, enabled } = body;
      const eventTypes = body.events && eventTypesOf(body.events);
      const key = { accountId: caller.accountId, id: endpointId(id) };
      const changes = { url, description, enabled, eventTypes };
      const endpoint = await changeEndpoint(database.pool, keys.provider, key, changes, actorOf(caller));
      if (endpoint === undefined) throw notFound();
      return { status: 200, body: present(endpoint) };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/v1/webhooks/:id',
    tag: TAG,
    summary: 'Delete an endpoint',
    description: 'Its URL and secrets are forgotten. Notices that still wait for it fail as `endpoint_disabled`.',
    role: 'admin',
    params,
    answers: { 204: { description: 'Deleted' } },
    errors: ['invalid_id', 'not_found'],
    async handle({ caller, params: { id } }) {
      const key = { accountId: caller.accountId, id: endpointId(id) };
      if (!(await deleteEndpoint(database.pool, key, actorOf(caller)))) throw notFound();
      return { status: 204 };
    },
  });

  const rotate = defineRoute({
    method: 'post',
    path: '/v1/webhooks/:id/rotate',
    tag: TAG,
    summary: 'Give an endpoint a new secret',
    description:
      'The answer holds the new secret, which is never shown again. Until the overlap ends, requests carry a signature by each, so ' +
      `that a receiver may verify with either; at most ${SECRETS_MAX} sign at once.`,
    role: 'admin',
    repeatable: false,
    params,
    body: webhookRotationSchema,
    answers: { 200: { description: 'The endpoint with its new secret', schema: webhookWithSecretSchema } },
    errors: ['invalid_id', 'not_found', 'invalid_state'],
    async handle({ caller, params: { id }, body: { overlapSeconds } }) {
      const key = { accountId: caller.accountId, id: endpointId(id) };
      const secret = newSecret();
      const rotation = { secret, overlapSeconds };
      const result = await rotateEndpoint(database.pool, keys.provider, key, rotation, actorOf(caller));
      if (result.kind === 'not_found') throw notFound();
      if (result.kind === 'too_many_secrets') {
        throw new ApiError('invalid_state', {
          field: 'overlapSeconds',
          detail: `${SECRETS_MAX} secrets sign already. Wait until one ends, or end them with overlapSeconds 0.`,
        });
      }
      const answer: WebhookWithSecretAnswer = { ...present(result.endpoint), secret };
      return { status: 200, body: answer };
    },
  });

  const test = defineRoute({
    method: 'post',
    path: '/v1/webhooks/:id/test',
    tag: TAG,
    summary: 'Send a test to an endpoint',
    description:
      'An event `webhook.test` is sent to this endpoint, whatever types it takes. Read the event to see what came of it.',
    role: 'admin',
    idempotencyKey: 'required',
    params,
    answers: { 202: { description: 'On its way', schema: noticesMadeSchema } },
    errors: ['invalid_id', 'not_found', 'invalid_state'],
    async handle(call) {
      const { accountId } = call.caller;
      const id = endpointId(call.params.id);
      const answer = await createOnce(
        database,
        call,
        async (client) => {
          const endpoint = await readEndpoint(client, accountId, id);
          if (endpoint === undefined) throw notFound();
          if (endpoint.disabledAtMs !== null) throw switchedOff('id');
          const webhook = formatId('whk', id);
          const data = { webhook, by: actorOf(call.caller) };
          const event = { accountId, type: 'webhook.test', subject: webhook, data } as const;
          const told = await tell(client, event, { endpointId: id });
          return { status: 202, body: { event: formatId('evt', told.event.id), webhooks: [webhook] } };
        },
        '',
      );
      if (!answer.replayed) wake('webhook');
      return answer;
    },
  });

  return [create, list, read, change, remove, rotate, test, ...eventRoutes(dependencies)];
}

/** Why an endpoint that is switched off is sent nothing. */
function switchedOff(field: string): ApiError {
  return new ApiError('invalid_state', {
    field,
    detail: 'The endpoint is switched off. Switch it on with enabled: true.',
  });
}

/** Null is every type. */
function eventTypesOf(events: readonly string[]): readonly string[] | null {
  return events.includes(EVERY_EVENT) ? null : events;
}

function endpointId(text: string | undefined): number {
  return requireSmallId('whk', text, 'id', notFound);
}

function present(endpoint: StoredEndpoint): WebhookAnswer {
  return {
    id: formatId('whk', endpoint.id),
    url: endpoint.url,
    events: [...(endpoint.eventTypes ?? [EVERY_EVENT])],
    description: endpoint.description,
    enabled: endpoint.disabledAtMs === null,
    disabledAt: isoOrNull(endpoint.disabledAtMs),
    disabledReason: endpoint.disabledReason,
    createdAt: isoOf(endpoint.createdAtMs),
    updatedAt: isoOf(endpoint.updatedAtMs),
  };
}

function notFound(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no endpoint of this id.' });
}
