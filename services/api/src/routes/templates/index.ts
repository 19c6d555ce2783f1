/** Stored templates: create, read, list, next version, versions, delete, preview. */
import {
  type Content,
  type ContentBody,
  contentVariables,
  createTemplateBodySchema,
  MESSAGE_CHANNEL_NAMES,
  type MessageChannelName,
  previewTemplateBodySchema,
  putTemplateBodySchema,
  renderContent,
  renderedTemplateSchema,
  storedContentOf,
  type TemplateAnswer,
  type TemplateVersionAnswer,
  templateSchema,
  templateVersionSchema,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import {
  deleteTemplate,
  insertTemplate,
  listTemplates,
  listTemplateVersions,
  putTemplateVersion,
  readRecipient,
  readTemplate,
  recipientVariables,
  type StoredTemplate,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { presentContent, requireContent } from '../jobs/content.ts';
import { isoOf } from '../jobs/present.ts';

const params = { id: 'The template, such as tpl_3' };
const VERSION_FORM = /^[1-9]\d{0,8}$/;
/** What stands for the link that is made for each recipient while sending. */
const SAMPLE_LINK = 'https://unsubscribe.example/';
const SAMPLE_CONFIRMATION = 'https://confirm.example/';

/** The routes under /v1/templates. */
export function templateRoutes({ database }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/v1/templates',
      tag: 'Templates',
      summary: 'Store a template',
      description: 'Jobs name it by name or id, and keep what they took from it whatever becomes of it.',
      body: createTemplateBodySchema,
      idempotencyKey: 'required',
      answers: { 201: { description: 'Stored, in its first version', schema: templateSchema } },
      errors: ['invalid_email', 'name_taken'],
      async handle(call) {
        const { caller, body } = call;
        return await createOnce(database, call, async (client) => {
          const { name, channel } = body;
          const template = { accountId: caller.accountId, name, channel, actor: actorOf(caller) };
          const stored = await insertTemplate(client, { ...template, body: storedContentOf(channel, body.content) });
          if (stored === undefined) {
            throw new ApiError('name_taken', { field: 'name', detail: 'There is a template with this name.' });
          }
          const headers = { Location: `/v1/templates/${formatId('tpl', stored.id)}` };
          return { status: 201, body: presentTemplate(stored), headers };
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/templates',
      tag: 'Templates',
      summary: 'List templates',
      query: z.strictObject({
        ...pagingQuery,
        channel: z
          .enum(MESSAGE_CHANNEL_NAMES)
          .optional()
          .meta({ description: 'Only of this channel', example: 'whatsapp' }),
      }),
      answers: { 200: { description: 'In the order in which they were created', schema: pageOf(templateSchema) } },
      errors: ['invalid_cursor'],
      async handle({ caller, query: { limit, cursor, channel } }) {
        const kind = `templates/${channel ?? ''}`;
        const [afterId] = (decodeCursor(kind, cursor, ['number']) ?? [0]) as [number];
        const rows = await listTemplates(database.pool, caller.accountId, { afterId, limit: limit + 1, channel });
        return { status: 200, body: page(rows, limit, presentTemplate, (row) => encodeCursor(kind, [row.id])) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/templates/:id',
      tag: 'Templates',
      summary: 'Read a template in its newest version',
      params,
      answers: { 200: { description: 'The template', schema: templateSchema } },
      errors: ['invalid_id', 'not_found'],
      async handle({ caller, params: { id } }) {
        const template = await readTemplate(database.pool, caller.accountId, { id: requireId('tpl', id, 'id') });
        if (template === undefined) throw noSuchTemplate();
        return { status: 200, body: presentTemplate(template) };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/v1/templates/:id',
      tag: 'Templates',
      summary: 'Store the next version of a template',
      description:
        'Versions that were stored never change, and jobs keep the one that they were made of. What says the same as the newest ' +
        'version makes no other. With `version` it is refused when somebody else was faster.',
      params,
      body: putTemplateBodySchema,
      answers: { 200: { description: 'The template in its newest version', schema: templateSchema } },
      errors: ['invalid_id', 'invalid_email', 'not_found', 'version_conflict'],
      async handle({ caller, params: { id }, body }) {
        const result = await putTemplateVersion(database.pool, {
          accountId: caller.accountId,
          id: requireId('tpl', id, 'id'),
          bodyFor: (channel) => storedOf(channel as MessageChannelName, body.content),
          basedOn: body.version,
          actor: actorOf(caller),
        });
        switch (result.kind) {
          case 'not_found':
            throw noSuchTemplate();
          case 'version_conflict':
            throw new ApiError('version_conflict', {
              field: 'version',
              detail: `The template has the version ${result.version}.`,
              members: { version: result.version },
            });
          case 'stored':
            return { status: 200, body: presentTemplate(result.template) };
        }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/v1/templates/:id',
      tag: 'Templates',
      summary: 'Delete a template',
      description: 'Jobs that were made of it go on. Its name is free again.',
      params,
      answers: { 204: { description: 'Deleted' } },
      errors: ['invalid_id', 'not_found'],
      async handle({ caller, params: { id } }) {
        const template = { accountId: caller.accountId, id: requireId('tpl', id, 'id'), actor: actorOf(caller) };
        if (!(await deleteTemplate(database.pool, template))) throw noSuchTemplate();
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/templates/:id/versions',
      tag: 'Templates',
      summary: "List a template's versions, newest first",
      params,
      query: z.strictObject(pagingQuery),
      answers: { 200: { description: 'A page of versions', schema: pageOf(templateVersionSchema) } },
      errors: ['invalid_id', 'invalid_cursor', 'not_found'],
      async handle({ caller, params: { id }, query: { limit, cursor } }) {
        const templateId = requireId('tpl', id, 'id');
        const kind = `template-versions/${templateId}`;
        const beforeVersion = decodeCursor(kind, cursor, ['number'])?.[0] as number | undefined;
        const wanted = { id: templateId, beforeVersion: clamped(beforeVersion), limit: limit + 1 };
        const rows = await listTemplateVersions(database.pool, caller.accountId, wanted);
        if (rows === undefined) throw noSuchTemplate();
        return { status: 200, body: page(rows, limit, presentVersion, (row) => encodeCursor(kind, [row.bodyVersion])) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/templates/:id/versions/:version',
      tag: 'Templates',
      summary: 'Read one version of a template',
      params: { ...params, version: 'Its number, such as 1' },
      answers: { 200: { description: 'The version', schema: templateVersionSchema } },
      errors: ['invalid_id', 'not_found'],
      async handle({ caller, params: { id, version } }) {
        const templateId = requireId('tpl', id, 'id');
        if (version === undefined || !VERSION_FORM.test(version)) {
          throw new ApiError('invalid_id', { field: 'version', detail: 'A number such as 1 is needed here.' });
        }
        const key = { id: templateId, version: Number(version) };
        const template = await readTemplate(database.pool, caller.accountId, key);
        if (template === undefined) throw noSuchTemplate();
        return { status: 200, body: presentVersion(template) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/templates/:id/preview',
      tag: 'Templates',
      summary: 'Render a template',
      description: 'For given values, for a recipient, or for both; nothing is sent and nothing written.',
      params,
      body: previewTemplateBodySchema,
      role: 'read',
      repeatable: true,
      answers: { 200: { description: 'What would be sent, or what is missing', schema: renderedTemplateSchema } },
      errors: ['invalid_id', 'not_found', 'unknown_recipient', 'unknown_template'],
      async handle({ caller: { accountId }, params: { id }, body }) {
        const templateId = requireId('tpl', id, 'id');
        const template = await readTemplate(database.pool, accountId, { id: templateId, version: body.version });
        if (template === undefined) {
          const exists = (await readTemplate(database.pool, accountId, { id: templateId })) !== undefined;
          throw exists ? new ApiError('unknown_template', { field: 'version' }) : noSuchTemplate();
        }
        const recipient =
          body.recipient === undefined ? undefined : await readRecipient(database.pool, accountId, body.recipient);
        if (body.recipient !== undefined && recipient === undefined) {
          throw new ApiError('unknown_recipient', { field: 'recipient' });
        }
        const values = {
          unsubscribe_url: SAMPLE_LINK,
          confirm_url: SAMPLE_CONFIRMATION,
          ...(recipient && recipientVariables(recipient)),
          ...body.values,
        };
        const rendered = renderContent(template.body, values);
        const isWhole = rendered.kind === 'content';
        return {
          status: 200,
          body: {
            version: template.bodyVersion,
            content: isWhole ? presentContent(rendered.content) : null,
            missing: isWhole ? [] : [...rendered.names],
          },
        };
      },
    }),
  ];
}

/** @throws ValidationError for what does not fit the channel */
function storedOf(channel: MessageChannelName, content: ContentBody): Content {
  requireContent(channel, content);
  return storedContentOf(channel, content);
}

/** No version is so large, and Postgres would refuse the number. */
function clamped(version: number | undefined): number | undefined {
  return version === undefined ? undefined : Math.min(version, 2 ** 31 - 1);
}

function presentTemplate(template: StoredTemplate): TemplateAnswer {
  return {
    id: formatId('tpl', template.id),
    name: template.name,
    channel: template.channel as MessageChannelName,
    version: template.version,
    content: presentContent(template.body),
    variables: neededOf(template.body),
    createdAt: isoOf(template.createdAtMs),
    updatedAt: isoOf(template.updatedAtMs),
  };
}

function presentVersion(template: StoredTemplate): TemplateVersionAnswer {
  return {
    template: formatId('tpl', template.id),
    version: template.bodyVersion,
    content: presentContent(template.body),
    variables: neededOf(template.body),
    createdAt: isoOf(template.versionCreatedAtMs),
    createdBy: template.versionCreatedBy,
  };
}

function neededOf(body: Content): string[] {
  return [...contentVariables(body)];
}

function noSuchTemplate(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no such template.' });
}
