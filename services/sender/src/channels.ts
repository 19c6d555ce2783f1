/** The channels that a sender serves: one line for each in the table below, and the rest of the sender knows none by name. */
import {
  type Channel,
  createCallChannel,
  createDocumentFetcher,
  createEmailChannel,
  createPaymentChannel,
  createWebhookChannel,
  createWhatsAppChannel,
} from '@carillon/channels';
import type { SendChannelName } from '@carillon/contracts';
import { deriveKey } from '@carillon/core';
import type { ServedChannel } from '@carillon/worker';
import type { SenderConfig } from './config.ts';
import { confirmUrls, unsubscribeUrls } from './links.ts';

const CONNECT_TIMEOUT_MS = 3_000;
/** SMTP greets and negotiates before a message goes. */
const EMAIL_CONNECT_TIMEOUT_MS = 8_000;

/**
 * Opens the channels that the settings name; no connection is made before the first message.
 * @param onWritten told after each request was written; a place for tests to break in
 */
export function createChannels(config: SenderConfig, onWritten?: () => void): ServedChannel[] {
  const common = (connections: number, timeoutMs: number, connectMs = CONNECT_TIMEOUT_MS) => ({
    connections,
    timeoutMs,
    connectTimeoutMs: Math.min(connectMs, timeoutMs),
    ...(onWritten === undefined ? {} : { onWritten }),
  });
  const whatsapp = common(config.SEND_CONNECTIONS, config.SEND_TIMEOUT_MS);
  const callsOfNumber = Math.min(config.SEND_CALLS_MAX ?? config.SEND_CONNECTIONS, config.SEND_CONNECTIONS);
  const hanging = config.SEND_HANGING_CONNECTIONS;
  const email = common(config.EMAIL_CONNECTIONS, config.EMAIL_TIMEOUT_MS, EMAIL_CONNECT_TIMEOUT_MS);
  const webhook = common(config.WEBHOOK_CONNECTIONS, config.WEBHOOK_TIMEOUT_MS);
  const call = common(config.CALL_CONNECTIONS, config.CALL_TIMEOUT_MS);
  const payment = common(config.PAYMENT_CONNECTIONS, config.PAYMENT_TIMEOUT_MS);
  const callsOfAccount = Math.min(config.CALL_ACCOUNT_CALLS_MAX, config.CALL_CONNECTIONS);
  const mayBePrivate = config.ALLOW_PRIVATE_TARGETS ?? config.CARILLON_ENV !== 'production';
  const documents = {
    timeoutMs: config.DOCUMENT_TIMEOUT_MS,
    maxBytes: config.DOCUMENT_MAX_BYTES,
    allowPrivate: mayBePrivate,
    allowHttp: mayBePrivate,
  };
  const messageIdKey = Buffer.from(deriveKey(config.CARILLON_SECRET, 'message-id')).toString('base64url');
  const table: Record<
    SendChannelName,
    {
      window: typeof whatsapp;
      floor: number;
      ofAccount?: number;
      ahead?: number;
      hanging?: number;
      lookupEveryMs?: number;
      toPeople: boolean;
      open: () => Channel;
    }
  > = {
    whatsapp: {
      window: whatsapp,
      floor: config.SEND_CALLS_MIN,
      ofAccount: callsOfNumber,
      ahead: config.SEND_CONNECTIONS - callsOfNumber,
      hanging,
      toPeople: true,
      open: () => createWhatsAppChannel({ ...whatsapp, connections: whatsapp.connections + hanging }),
    },
    email: {
      window: email,
      floor: config.EMAIL_CALLS_MIN,
      toPeople: true,
      open: () => createEmailChannel({ ...email, messageIdKey }),
    },
    webhook: {
      window: webhook,
      floor: config.WEBHOOK_CALLS_MIN,
      toPeople: false,
      open: () => createWebhookChannel({ ...webhook, allowPrivate: mayBePrivate, allowHttp: mayBePrivate }),
    },
    call: {
      window: call,
      floor: config.CALL_CALLS_MIN,
      // A target that does not answer keeps its own account waiting, and no other.
      ofAccount: callsOfAccount,
      toPeople: false,
      open: () => createCallChannel({ ...call, allowPrivate: mayBePrivate, allowHttp: mayBePrivate }),
    },
    payment: {
      window: payment,
      floor: config.PAYMENT_CALLS_MIN,
      lookupEveryMs: config.PAYMENT_LOOKUP_MS,
      toPeople: false,
      open: () =>
        createPaymentChannel({ ...payment, idempotencyKey: deriveKey(config.CARILLON_SECRET, 'payment-key') }),
    },
  };
  return config.SEND_CHANNELS.map((name) => {
    const { window, floor, ofAccount, ahead, hanging, lookupEveryMs, toPeople, open } = table[name];
    const { connections, timeoutMs } = window;
    const unsubscribeUrl = toPeople ? unsubscribeUrls(config, name) : undefined;
    const confirmUrl = name === 'email' ? confirmUrls(config) : undefined;
    return {
      ...{ name, channel: open(), connections, floor, timeoutMs, unsubscribeUrl, confirmUrl },
      ...(ofAccount !== undefined && { ofAccount }),
      ...(ahead !== undefined && { ahead }),
      ...(hanging !== undefined && { hanging }),
      ...(lookupEveryMs !== undefined && { lookupEveryMs }),
      ...(name === 'email' && { fetcher: createDocumentFetcher(documents) }),
    };
  });
}
