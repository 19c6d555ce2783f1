/**
 * The JSON body of a WhatsApp message. Within a run thousands of messages share one content object and differ in
 * address and reference only, so everything else is rendered once per content object.
 */
import type { Content, OutgoingMessage } from '@carillon/contracts';

/** What stands between the address and the reference, per content object; dropped together with that object. */
const middles = new WeakMap<Content, string>();

function renderContent(content: Content): string {
  if (content.type === 'text')
    return `"type":"text","text":${JSON.stringify({ preview_url: false, body: content.text })}`;
  if (content.type !== 'template') throw new TypeError(`WhatsApp has no messages of type ${content.type}`);
  const template = {
    name: content.name,
    language: { code: content.language },
    ...(content.parameters.length > 0 && {
      components: [{ type: 'body', parameters: content.parameters.map((text) => ({ type: 'text', text })) }],
    }),
  };
  return `"type":"template","template":${JSON.stringify(template)}`;
}

/** The request body as a JSON text. Content objects must not be changed once they were sent. */
export function renderBody(message: OutgoingMessage): string {
  let middle = middles.get(message.content);
  if (middle === undefined) {
    middle = `,${renderContent(message.content)},"biz_opaque_callback_data":`;
    middles.set(message.content, middle);
  }
  return `{"messaging_product":"whatsapp","recipient_type":"individual","to":${JSON.stringify(message.address)}${middle}${JSON.stringify(message.reference)}}`;
}
