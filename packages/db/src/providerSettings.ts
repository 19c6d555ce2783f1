/**
 * What is stored of a provider account's settings, by channel, and how its secrets are sealed: AES-256-GCM under a key of
 * the installation's secret, bound to account and field, so that a sealed text copied elsewhere does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CallProvider,
  ChannelName,
  PaymentProvider,
  SmtpProvider,
  VerifierProvider,
  WebhookProvider,
  WhatsAppProvider,
} from '@carillon/contracts';
import { deriveKey } from '@carillon/core';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

type Common = 'id' | 'accountId' | 'channel' | 'messagesPerSecond' | 'movedAtMs';
/** A webhook's secret; one with `until` (ISO 8601) signs only before that instant. */
export interface WebhookSecret {
  readonly secret: string;
  readonly until?: string;
}
export type WhatsAppSettings = Omit<WhatsAppProvider, Common>;
export type SmtpSettings = Omit<SmtpProvider, Common>;
/** Beside what the channel needs: which events the endpoint is told of (all, when absent), and its owner's note. */
export type WebhookSettings = Omit<WebhookProvider, Common | 'enabled' | 'secrets'> & {
  readonly secrets: readonly WebhookSecret[];
  readonly eventTypes?: readonly string[];
  readonly description?: string;
};

/** What signs an account's calls. */
type CallSettings = Omit<CallProvider, Common | 'secrets' | 'disabled'> & {
  readonly secrets: readonly WebhookSecret[];
};

type PaymentSettings = Omit<PaymentProvider, Common>;

type WithoutCommon<Of> = Of extends unknown ? Omit<Of, Common> : never;
type VerifierSettings = WithoutCommon<VerifierProvider>;

/** Settings by channel, with the secrets in the clear. */
export interface SettingsOf {
  readonly whatsapp: WhatsAppSettings;
  readonly email: SmtpSettings;
  readonly webhook: WebhookSettings;
  readonly email_check: VerifierSettings;
  readonly call: CallSettings;
  readonly payment: PaymentSettings;
  /** There is nothing to set. */
  readonly script: Record<never, never>;
}

/** A channel with its settings. */
export type ChannelSettings = {
  [Channel in ChannelName]: { readonly channel: Channel; readonly settings: SettingsOf[Channel] };
}[ChannelName];

/** Which fields each channel cannot do without, and which of them are secrets. */
const SHAPES: Readonly<Record<ChannelName, { needed: readonly string[]; secret: readonly string[] }>> = {
  whatsapp: {
    needed: ['baseUrl', 'apiVersion', 'phoneNumberId', 'accessToken', 'appSecret', 'verifyToken'],
    secret: ['accessToken', 'appSecret', 'verifyToken'],
  },
  email: {
    needed: ['host', 'port', 'security', 'user', 'password', 'from', 'senders'],
    secret: ['password'],
  },
  webhook: { needed: ['url', 'secrets'], secret: ['secrets'] },
  call: { needed: ['secrets'], secret: ['secrets'] },
  payment: { needed: ['baseUrl', 'apiKey', 'keyValidSeconds'], secret: ['apiKey'] },
  script: { needed: [], secret: [] },
  // Only the paid service has a key.
  email_check: { needed: ['verifier', 'priceMicros', 'currency', 'validDays'], secret: ['apiKey'] },
};

/** The fields that are sealed. */
export function secretFields(channel: ChannelName): readonly string[] {
  return SHAPES[channel].secret;
}

/** The most secrets that sign at once. */
export const SECRETS_MAX = 5;

/** Those that sign at an instant (epoch ms). */
export function secretsInForce(secrets: readonly WebhookSecret[], nowMs: number): string[] {
  return secrets.flatMap(({ secret, until }) => (until === undefined || Date.parse(until) > nowMs ? [secret] : []));
}

/**
 * The secrets after a rotation: the new one, and those in force for the overlap, at most as long as they would have been.
 * @returns undefined when too many would sign at once
 */
export function rotatedSecrets(
  secrets: readonly WebhookSecret[],
  rotation: { readonly secret: string; readonly overlapSeconds: number },
  nowMs: number,
): WebhookSecret[] | undefined {
  const end = nowMs + rotation.overlapSeconds * 1000;
  const kept = secrets.flatMap(({ secret, until }): WebhookSecret[] => {
    const untilMs = Math.min(end, until === undefined ? end : Date.parse(until));
    return untilMs > nowMs ? [{ secret, until: new Date(untilMs).toISOString() }] : [];
  });
  return kept.length >= SECRETS_MAX ? undefined : [{ secret: rotation.secret }, ...kept];
}

/** The key that provider secrets are sealed with. */
export function providerSecretKey(masterSecret: string): Uint8Array {
  return deriveKey(masterSecret, 'provider');
}

/** What goes into the row: secrets sealed, all else as it is. An empty secret stays empty, so that it shows as not set. */
export function sealSettings(
  key: Uint8Array,
  accountId: number,
  { channel, settings }: ChannelSettings,
): Record<string, unknown> {
  const stored: Record<string, unknown> = { ...settings };
  for (const field of SHAPES[channel].needed) {
    if (stored[field] === undefined) throw new TypeError(`a provider account's settings lack ${field}`);
  }
  for (const field of secretFields(channel)) {
    const value = stored[field];
    if (value === undefined || value === '') continue;
    stored[field] = seal(key, typeof value === 'string' ? value : JSON.stringify(value), `${accountId}/${field}`);
  }
  return stored;
}

/**
 * The settings of a row in the clear.
 * @throws TypeError when something is missing; Error when a secret was sealed with another key, for another account or
 * field, or is damaged
 */
export function openSettings<Channel extends ChannelName>(
  key: Uint8Array,
  row: { readonly accountId: number; readonly id: number; readonly channel: Channel; readonly settings: unknown },
): SettingsOf[Channel] {
  const settings = { ...(row.settings as Record<string, unknown> | null) };
  for (const field of SHAPES[row.channel].needed) {
    if (settings[field] === undefined || settings[field] === null) {
      throw new TypeError(`the settings of provider account ${row.id} lack ${field}`);
    }
  }
  for (const field of secretFields(row.channel)) {
    const value = settings[field];
    if (typeof value !== 'string') continue;
    try {
      const text = open(key, value, `${row.accountId}/${field}`);
      settings[field] = field === 'secrets' ? (JSON.parse(text) as unknown) : text;
    } catch (cause) {
      throw new Error(
        `the ${field} of provider account ${row.id} cannot be read: CARILLON_SECRET is not the one it was sealed with`,
        { cause },
      );
    }
  }
  return settings as unknown as SettingsOf[Channel];
}

function seal(key: Uint8Array, text: string, boundTo: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${sealed.toString('base64url')}`;
}

/** What is not sealed is taken as it is: settings may have been written by hand, or by a test. */
function open(key: Uint8Array, sealed: string, boundTo: string): string {
  if (!sealed.startsWith(`${VERSION}.`)) return sealed;
  const bytes = Buffer.from(sealed.slice(VERSION.length + 1), 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed secret');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
