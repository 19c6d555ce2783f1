/** What a message says: from what a request gives to what is stored, with stored templates looked up and senders checked. */
import {
  type Content,
  type ContentAnswer,
  type ContentBody,
  type MessageChannelName,
  refuseContent,
  storedContentOf,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { type Queryable, readProvider, readTemplate } from '@carillon/db';
import { type FieldFault, ValidationError } from '../../http/problem.ts';
import { requireId } from '../../http/validate.ts';

/**
 * Checks a content against a channel that the schema of its body did not know.
 * @throws ValidationError
 */
export function requireContent(channel: MessageChannelName, content: ContentBody): void {
  const faults: FieldFault[] = [];
  refuseContent(channel, content, (code, detail, path) => {
    const field = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    faults.push({ field: field.slice(1), code, detail });
  });
  const [first, ...more] = faults;
  if (first !== undefined) throw new ValidationError([first, ...more]);
}

/**
 * The content to store. Of a stored template it is the template's own, with the version that it was taken from; defaults of
 * the job go before the template's.
 * @param content one in which {@link requireContent}, or its schema, found nothing wrong
 * @throws ApiError `unknown_template`, and `validation_failed` for a sender that the provider account does not have
 */
export async function resolveContent(
  client: Queryable,
  accountId: number,
  channel: MessageChannelName,
  providerAccountId: number,
  content: ContentBody,
): Promise<Content> {
  const resolved = await lookUp(client, accountId, channel, content);
  const address = resolved.type === 'email' ? resolved.sender?.address : undefined;
  if (address !== undefined) await requireSender(client, accountId, providerAccountId, address);
  return resolved;
}

async function lookUp(
  client: Queryable,
  accountId: number,
  channel: MessageChannelName,
  content: ContentBody,
): Promise<Content> {
  const { storedTemplate, defaults } = content;
  if (storedTemplate === undefined) return storedContentOf(channel, content);
  const { name, version } = storedTemplate;
  const id =
    storedTemplate.id === undefined ? undefined : requireId('tpl', storedTemplate.id, 'content.storedTemplate.id');
  const template = await readTemplate(client, accountId, { id, name, version });
  const refuse = (field: string, detail: string) =>
    new ApiError('unknown_template', { field: `content.storedTemplate.${field}`, detail });
  if (template === undefined) {
    const named = name === undefined ? 'id' : 'name';
    if (version !== undefined && (await readTemplate(client, accountId, { id, name })) !== undefined) {
      throw refuse('version', `The template has no version ${version}.`);
    }
    throw refuse(named, `There is no template with this ${named}.`);
  }
  if (template.channel !== channel) {
    throw refuse(name === undefined ? 'id' : 'name', `The template is for ${template.channel}.`);
  }
  return {
    ...template.body,
    ...(defaults !== undefined && { defaults: { ...template.body.defaults, ...defaults } }),
    storedTemplate: { id: template.id, version: template.bodyVersion },
  };
}

async function requireSender(
  client: Queryable,
  accountId: number,
  providerAccountId: number,
  address: string,
): Promise<void> {
  const provider = await readProvider(client, accountId, providerAccountId, ['email']);
  const { from, senders } = (provider?.settings ?? {}) as { from?: { address?: string }; senders?: readonly string[] };
  const allowed = [from?.address, ...(senders ?? [])].map((known) => known?.toLowerCase());
  if (allowed.includes(address.toLowerCase())) return;
  throw new ApiError('validation_failed', {
    field: 'content.sender.address',
    detail: 'The provider account has no such sender.',
  });
}

/** A content as the API shows it. */
export function presentContent(content: Content): ContentAnswer {
  const common = {
    ...(content.defaults !== undefined && { defaults: { ...content.defaults } }),
    ...(content.storedTemplate !== undefined && {
      storedTemplate: { id: formatId('tpl', content.storedTemplate.id), version: content.storedTemplate.version },
    }),
  };
  switch (content.type) {
    case 'text':
      return { text: content.text, ...common };
    case 'template': {
      const { name, language, parameters } = content;
      return { template: { name, language, parameters: [...parameters] }, ...common };
    }
    case 'email': {
      const { subject, text, html, sender } = content;
      return {
        subject,
        ...(text !== undefined && { text }),
        ...(html !== undefined && { html }),
        ...(sender !== undefined && { sender: { ...sender } }),
        ...common,
      };
    }
    case 'report':
      return { subject: content.subject, text: content.text };
    case 'notice':
    case 'check':
    case 'call':
    case 'payment':
    case 'script':
      return {};
  }
}
