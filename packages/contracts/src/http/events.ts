/** Events: what happened, as endpoints are told of it and as the API lists it. */
import { DELIVERY_STATES } from '@carillon/core';
import { z } from 'zod';
import { instantForm } from './refuse.ts';

/** What endpoints can be told of. `webhook.test` is sent on request only, whatever an endpoint asked for. */
export const EVENT_TYPES = [
  'run.started',
  'run.completed',
  'run.paused',
  'run.failures',
  'run.unknown',
  'run.late',
  'run.failed',
  'job.cancelled',
  'job.completed',
  'payment.refused',
  'suppression.added',
  'webhook.test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Of which the owner of a job is told as well, once each, where it is known how. */
export const OWNER_EVENT_TYPES = [
  'run.late',
  'run.failed',
  'job.completed',
  'payment.refused',
] as const satisfies readonly EventType[];

const instant = (description: string, example: string) => z.string().meta({ ...instantForm, description, example });
const instantOrNull = (description: string, example: string) =>
  z
    .string()
    .nullable()
    .meta({ ...instantForm, description, example });

const eventType = z.enum(EVENT_TYPES).meta({ description: 'What kind of event it is', example: 'run.completed' });

/** An event as the API shows it. */
export const eventSchema = z.object({
  id: z.string().meta({ description: 'Id of the event, and the `webhook-id` of its notices', example: 'evt_12' }),
  type: eventType,
  subject: z.string().meta({ description: 'Id of what it is about', example: 'run_42' }),
  timestamp: instant('When it was noticed; the `timestamp` of its notices', '2026-11-21T09:00:04.120Z'),
  data: z
    .record(z.string(), z.unknown())
    .meta({ description: 'The `data` of its notices', example: { run: 'run_42', failed: 3, final: true } }),
});
export type EventAnswer = z.infer<typeof eventSchema>;

/** One notice of an event: the delivery of it to one endpoint. */
const noticeSchema = z.object({
  id: z
    .string()
    .nullable()
    .meta({ description: 'Id of the delivery; null once it is no longer kept', example: 'dlv_20261121_7_1' }),
  channel: z
    .enum(['webhook', 'email', 'whatsapp', 'call'])
    .meta({ description: '`webhook` to an endpoint; by any other the owner of the job is told', example: 'webhook' }),
  webhook: z
    .string()
    .nullable()
    .meta({ description: 'Id of the endpoint; null where the owner of the job is told', example: 'whk_5' }),
  state: z
    .enum(DELIVERY_STATES)
    .nullable()
    .meta({ description: '`sent` when the endpoint took it; null once it is no longer kept', example: 'sent' }),
  code: z.string().nullable().meta({ description: 'The last error, when there was one', example: 'http_503' }),
  try: z.int().meta({ description: 'Tries begun so far', example: 2 }),
  attempts: z.int().meta({ description: 'Of the ten tries that may fail, those used', example: 2 }),
  createdAt: instant('When it was made', '2026-11-21T09:00:04.120Z'),
  dueAt: instantOrNull('Not sent before this; moves with retries', '2026-11-21T09:00:09.000Z'),
  settledAt: instantOrNull('When it was taken or given up; null until then', '2026-11-21T09:00:09.310Z'),
});
export type NoticeAnswer = z.infer<typeof noticeSchema>;

/** GET /v1/events/:id. */
export const eventDetailSchema = eventSchema.extend({
  notices: z
    .array(noticeSchema)
    .meta({ description: 'Its notices, the newest first; at most 100. A replay adds one for each endpoint.' }),
});
export type EventDetailAnswer = z.infer<typeof eventDetailSchema>;

/** The filters of GET /v1/events. */
export const eventFilter = {
  type: eventType.optional().meta({ description: 'Only events of this type', example: 'run.completed' }),
  subject: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Only events about the thing of this id', example: 'run_42' }),
};

/** POST /v1/events/:id/replay. */
export const replayBodySchema = z.strictObject({
  endpoint: z
    .string()
    .max(50)
    .optional()
    .meta({ description: 'Only to this endpoint; default every enabled one that takes its type', example: 'whk_5' }),
});
export type ReplayBody = z.output<typeof replayBodySchema>;

/** What came of asking for notices. */
export const noticesMadeSchema = z.object({
  event: z.string().meta({ description: 'Id of the event, and the `webhook-id` of the notices', example: 'evt_12' }),
  webhooks: z.array(z.string()).meta({ description: 'Endpoints that a notice is on its way to', example: ['whk_5'] }),
});
export type NoticesMadeAnswer = z.infer<typeof noticesMadeSchema>;
