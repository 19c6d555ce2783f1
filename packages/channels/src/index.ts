/** The channels that messages go out by, and the reading of what their providers report back. */

export { createCallChannel } from './call/adapter.ts';
export type { Channel, LookupResult } from './channel.ts';
export type { CheckChannelOptions } from './check/adapter.ts';
export { createCheckChannel } from './check/adapter.ts';
export { settingsProblem } from './check/settings.ts';
export type { DocumentFetcher, FetchedDocument } from './document/fetcher.ts';
export { createDocumentFetcher } from './document/fetcher.ts';
export type { EmailChannelOptions } from './email/adapter.ts';
export { createEmailChannel } from './email/adapter.ts';
export type { OriginsOptions } from './http/origins.ts';
export type { PaymentChannelOptions } from './payment/adapter.ts';
export { createPaymentChannel } from './payment/adapter.ts';
export { createWebhookChannel } from './webhook/adapter.ts';
export type { TargetProblem, TargetResult, TargetRules } from './webhook/guard.ts';
export { checkTargetUrl, isPublicAddress } from './webhook/guard.ts';
export type { WhatsAppChannelOptions } from './whatsapp/adapter.ts';
export { createWhatsAppChannel } from './whatsapp/adapter.ts';
export type { InboundMessage, StatusReport, WhatsAppCallback } from './whatsapp/callback.ts';
export { parseCallback, verifySignature } from './whatsapp/callback.ts';
