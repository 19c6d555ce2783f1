/** A client of the Carillon API: typed by the API's own description, and never doing twice what was asked once. */
export type { CarillonClient, ClientOptions } from './client.ts';
export { createClient } from './client.ts';
export type { FieldFault, Problem } from './errors.ts';
export { CarillonConnectionError, CarillonError } from './errors.ts';
export type { components, operations, paths } from './generated.ts';
export type { RetryOptions } from './retry.ts';
export type { Audience, CallOptions, Delivery, FileBody, Import, Job, NewJob, Recipient, Run } from './types.ts';
export type { IncomingHeaders } from './webhooks.ts';
export { verifyWebhook, WebhookVerificationError } from './webhooks.ts';
