/** What the tests of webhooks share: an endpoint as its owner stored it, a notice, and what a receiver reads of it. */
import type { NoticeContent, OutgoingMessage, WebhookProvider } from '@carillon/contracts';

/** Two secrets as accounts have them: 24 bytes each. */
export const SECRET = `whsec_${Buffer.from('the first secret, 24 byt').toString('base64')}`;
export const OTHER_SECRET = `whsec_${Buffer.from('another secret, 24 bytes').toString('base64')}`;

export const notice: NoticeContent = {
  type: 'notice',
  eventId: 'evt_12',
  eventType: 'run.completed',
  body: '{"type":"run.completed","data":{"run":"run_7","text":"Grüße 🔔"}}',
};

export const message: OutgoingMessage = { address: '3', content: notice, reference: 'c1.a.20260101.b.1.1.mac' };

export function endpoint(url: string, changes: Partial<WebhookProvider> = {}): WebhookProvider {
  return {
    channel: 'webhook',
    id: 3,
    accountId: 1,
    messagesPerSecond: 20,
    url,
    secrets: [SECRET],
    enabled: true,
    ...changes,
  };
}

/** A request as a receiver has it: its first line, headers in lower case, and the body as text. */
export function readRequest(raw: string) {
  const split = raw.indexOf('\r\n\r\n');
  const [line = '', ...lines] = raw.slice(0, split).split('\r\n');
  const headers: Record<string, string> = {};
  for (const each of lines) {
    const colon = each.indexOf(':');
    headers[each.slice(0, colon).toLowerCase()] = each.slice(colon + 1).trim();
  }
  return { line, headers, body: raw.slice(split + 4) };
}
