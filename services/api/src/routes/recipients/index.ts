/** Recipients: put, read, list, delete. They are named by the account's own external id. */
import { type RecipientAnswer, recipientBodySchema, recipientSchema } from '@carillon/contracts';
import { ApiError, addressKey, formatId, isPhoneCountry, normalizeEmail, normalizePhone } from '@carillon/core';
import {
  deleteRecipient,
  listRecipients,
  putRecipient,
  readAudience,
  readRecipient,
  type StoredRecipient,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { dateRoutes } from './dates.ts';
import { notFound, requireExternalId } from './named.ts';

const params = { externalId: 'Your own id of the person, such as E-0042' };

/** The routes under /v1/recipients. */
export function recipientRoutes({ database, keys }: ApiDependencies): Route[] {
  const put = defineRoute({
    method: 'put',
    path: '/v1/recipients/:externalId',
    tag: 'Recipients',
    summary: 'Create or replace a recipient',
    description:
      'Replaces the recipient whole: what is left out is emptied, dates included. Memberships of audiences stay.',
    params,
    body: recipientBodySchema,
    answers: {
      200: { description: 'Replaced', schema: recipientSchema },
      201: { description: 'Created', schema: recipientSchema },
    },
    errors: ['invalid_phone', 'invalid_email', 'invalid_zone', 'invalid_date'],
    handle: async ({ caller, params, body }) => {
      const externalId = requireExternalId(params.externalId);
      const phone = body.phone === null ? null : requirePhone(body.phone, caller.country);
      const whatsappKey = phone === null ? null : addressKey(keys.address, 'whatsapp', phone);
      const email = body.email === null ? null : requireEmail(body.email);
      const emailKey = email === null ? null : addressKey(keys.address, 'email', email.key);
      const wanted = { ...body, externalId, phone, whatsappKey, email: email?.address ?? null, emailKey };
      const { recipient, created } = await putRecipient(database.pool, caller.accountId, wanted, actorOf(caller));
      return { status: created ? 201 : 200, body: presentRecipient(recipient) };
    },
  });

  const read = defineRoute({
    method: 'get',
    path: '/v1/recipients/:externalId',
    tag: 'Recipients',
    summary: 'Read a recipient',
    params,
    answers: { 200: { description: 'The recipient', schema: recipientSchema } },
    errors: ['not_found'],
    handle: async ({ caller, params }) => {
      const externalId = requireExternalId(params.externalId);
      const recipient = await readRecipient(database.pool, caller.accountId, externalId);
      if (recipient === undefined) throw notFound();
      return { status: 200, body: presentRecipient(recipient) };
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/v1/recipients',
    tag: 'Recipients',
    summary: 'List recipients',
    query: z.strictObject({
      ...pagingQuery,
      audience: z.string().optional().meta({ description: 'Only members of this audience', example: 'aud_7' }),
    }),
    answers: { 200: { description: 'In the order in which they were created', schema: pageOf(recipientSchema) } },
    errors: ['invalid_id', 'invalid_cursor', 'unknown_audience'],
    handle: async ({ caller, query: { limit, cursor, audience } }) => {
      const audienceId = audience === undefined ? undefined : requireId('aud', audience, 'audience');
      const kind = `recipients:${audienceId ?? ''}`;
      const [afterId] = (decodeCursor(kind, cursor, ['number']) ?? [0]) as [number];
      if (audienceId !== undefined && (await readAudience(database.pool, caller.accountId, audienceId)) === undefined) {
        throw new ApiError('unknown_audience', { field: 'audience' });
      }
      const wanted = { afterId, limit: limit + 1, ...(audienceId !== undefined && { audienceId }) };
      const rows = await listRecipients(database.pool, caller.accountId, wanted);
      return { status: 200, body: page(rows, limit, presentRecipient, (row) => encodeCursor(kind, [row.id])) };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/v1/recipients/:externalId',
    tag: 'Recipients',
    summary: 'Delete a recipient',
    description:
      'Erases name, phone number, e-mail address, zone, attributes and dates, and leaves all audiences. Past deliveries keep their counts, and a keyed hash that prevents a second send.',
    params,
    answers: { 204: { description: 'Deleted' } },
    errors: ['not_found'],
    handle: async ({ caller, params }) => {
      const externalId = requireExternalId(params.externalId);
      if (!(await deleteRecipient(database.pool, caller.accountId, externalId, actorOf(caller)))) throw notFound();
      return { status: 204 };
    },
  });

  return [put, read, list, remove, ...dateRoutes(database)];
}

/** A recipient as the API shows it. */
export function presentRecipient(recipient: StoredRecipient): RecipientAnswer {
  return {
    id: formatId('rcp', recipient.id),
    externalId: recipient.externalId,
    name: recipient.name,
    phone: recipient.phone === null ? null : `+${recipient.phone}`,
    email: recipient.email,
    zone: recipient.zone,
    attributes: recipient.attributes,
    dates: recipient.dates,
    createdAt: recipient.createdAt.toISOString(),
    updatedAt: recipient.updatedAt.toISOString(),
  };
}

function requirePhone(text: string, country: string): string {
  if (!isPhoneCountry(country)) throw new TypeError(`numbers cannot be read by the account's country ${country}`);
  const read = normalizePhone(text, country);
  if (read.ok) return read.e164Digits;
  const detail = `It is no usable phone number: ${read.reason.replaceAll('_', ' ')}.`;
  throw new ApiError('invalid_phone', { field: 'phone', detail });
}

function requireEmail(text: string): { address: string; key: string } {
  const read = normalizeEmail(text);
  if (read.ok) return read;
  const detail = `It is no usable e-mail address: ${read.reason.replaceAll('_', ' ')}.`;
  throw new ApiError('invalid_email', { field: 'email', detail });
}
