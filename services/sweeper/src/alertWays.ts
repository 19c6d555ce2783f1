/**
 * How operators are told that a channel is late: a signed webhook and an e-mail, each by the adapter that messages go by. An alert is the
 * same bytes with the same id at every try, so that a receiver which sees two knows them for one.
 */
import { createEmailChannel, createWebhookChannel } from '@carillon/channels';
import type { SendOutcome, SmtpProvider, WebhookProvider } from '@carillon/contracts';
import type { AlertWay, DueAlert } from '@carillon/db';
import type { SweeperConfig } from './config.ts';

/** The longest that one try may take, ms. */
const CALL_MAX_MS = 10_000;
/** Channels alert one after another seldom enough. */
const CONNECTIONS = 4;
/** Ports of SMTP where the URL names none: with TLS from the first byte, and without. */
const SMTP_PORTS = { tls: 465, plain: 587 };

/** One way that is configured. */
export interface AlertChannel {
  readonly way: AlertWay;
  /** Never rejects. */
  tell(alert: DueAlert): Promise<SendOutcome>;
  close(): Promise<void>;
}

type AlertConfig = Pick<
  SweeperConfig,
  | 'ALERT_WEBHOOK_URL'
  | 'ALERT_WEBHOOK_SECRET'
  | 'ALERT_EMAIL_TO'
  | 'ALERT_EMAIL_FROM'
  | 'ALERT_SMTP_URL'
  | 'ALERT_RETRY_MS'
>;

/** The ways that the settings name. */
export function createAlertChannels(config: AlertConfig): AlertChannel[] {
  // A try is over before the next one may begin.
  const timeoutMs = Math.min(CALL_MAX_MS, Math.floor(config.ALERT_RETRY_MS * 0.9));
  const common = { connections: CONNECTIONS, timeoutMs, connectTimeoutMs: timeoutMs };
  const channels: AlertChannel[] = [];
  if (config.ALERT_WEBHOOK_URL !== undefined && config.ALERT_WEBHOOK_SECRET !== undefined) {
    // Operators may well have it in their own network, and nobody else chooses this URL.
    const channel = createWebhookChannel({ ...common, allowPrivate: true, allowHttp: true });
    const provider: WebhookProvider = {
      channel: 'webhook',
      ...nobody(),
      url: config.ALERT_WEBHOOK_URL,
      secrets: [config.ALERT_WEBHOOK_SECRET],
      enabled: true,
    };
    channels.push({
      way: 'webhook',
      tell: async (alert) => await channel.send(webhookOf(alert), provider),
      close: () => channel.close(),
    });
  }
  if (config.ALERT_EMAIL_TO !== undefined && config.ALERT_SMTP_URL !== undefined) {
    const channel = createEmailChannel({ ...common, messageIdKey: 'alerts' });
    const from = config.ALERT_EMAIL_FROM ?? config.ALERT_EMAIL_TO;
    const provider: SmtpProvider = {
      ...smtpOf(config.ALERT_SMTP_URL),
      ...nobody(),
      from: { address: from },
      senders: [],
    };
    const to = config.ALERT_EMAIL_TO;
    channels.push({
      way: 'email',
      tell: async (alert) => await channel.send(emailOf(alert, to), provider),
      close: () => channel.close(),
    });
  }
  return channels;
}

/** An alert belongs to no account. */
function nobody() {
  return { id: 0, accountId: 0, messagesPerSecond: CONNECTIONS };
}

/** `smtps:` is TLS from the first byte, `smtp:` asks for STARTTLS unless `?security=none`. */
function smtpOf(text: string): Pick<SmtpProvider, 'channel' | 'host' | 'port' | 'security' | 'user' | 'password'> {
  const url = new URL(text);
  const isTls = url.protocol === 'smtps:';
  const plain = url.searchParams.get('security') === 'none' ? 'none' : 'starttls';
  return {
    channel: 'email',
    host: url.hostname,
    port: url.port === '' ? (isTls ? SMTP_PORTS.tls : SMTP_PORTS.plain) : Number(url.port),
    security: isTls ? 'tls' : plain,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

function idOf({ incidentId, what }: DueAlert): string {
  return `alert_${incidentId}_${what}`;
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();
const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/** In one line what happened. Nothing that changes between two tries stands in it. */
function sentenceOf(alert: DueAlert): string {
  const { channel, beganAtMs, endedAtMs, oldestMs, limitMs, due } = alert;
  if (alert.what === 'ended' && endedAtMs !== null) {
    return `Channel ${channel} has caught up, at ${iso(endedAtMs)}; it had been late since ${iso(beganAtMs)}.`;
  }
  return (
    `Channel ${channel} is late since ${iso(beganAtMs)}: ${due} deliveries are due, the eldest for ${seconds(oldestMs)}, ` +
    `and the limit is ${seconds(limitMs)}.`
  );
}

function webhookOf(alert: DueAlert) {
  const { channel, beganAtMs, endedAtMs, oldestMs, limitMs, due } = alert;
  const isOver = alert.what === 'ended';
  const type = isOver ? 'lag.ended' : 'lag.began';
  const data = {
    incident: alert.incidentId,
    channel,
    beganAt: iso(beganAtMs),
    ...(isOver && endedAtMs !== null && { endedAt: iso(endedAtMs) }),
    oldestSeconds: oldestMs / 1000,
    limitSeconds: limitMs / 1000,
    due,
  };
  const timestamp = iso(isOver && endedAtMs !== null ? endedAtMs : beganAtMs);
  // Chat services show the member `text`.
  const body = JSON.stringify({ type, timestamp, text: sentenceOf(alert), data });
  const content = { type: 'notice', eventId: idOf(alert), eventType: type, body } as const;
  return { address: 'operators', content, reference: idOf(alert) };
}

function emailOf(alert: DueAlert, address: string) {
  const is = alert.what === 'ended' ? 'has caught up' : 'is late';
  const content = {
    type: 'email',
    subject: `Carillon: ${alert.channel} ${is}`,
    text: `${sentenceOf(alert)}\n`,
  } as const;
  return { address, content, reference: idOf(alert) };
}
