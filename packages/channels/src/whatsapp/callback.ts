/**
 * The provider's callbacks: proof of who sent them, and what they say: statuses of our messages, and what people write to
 * us. Shapes from the provider's webhook reference. They come late, doubled and out of order; nothing here judges that.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** One reported status of one message. */
export interface StatusReport {
  /** Our reference, as given with the message (`biz_opaque_callback_data`); absent for messages that are not ours. */
  readonly reference?: string;
  readonly providerMessageId: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  /** When the provider says it happened (it reports whole seconds), epoch ms. */
  readonly timestampMs: number;
  /** Of the first error of a `failed` report. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly phoneNumberId: string;
}

/** A message of a person to one of our numbers: a short text, or a pressed button. */
export interface InboundMessage {
  /** The sender's number, E.164 digits. */
  readonly from: string;
  readonly phoneNumberId: string;
  /** When it was written (the provider tells whole seconds), epoch ms. */
  readonly timestampMs: number;
  /** What was written; of a button its payload and its title. */
  readonly texts: readonly string[];
}

/** What a callback says. */
export interface WhatsAppCallback {
  readonly reports: StatusReport[];
  readonly messages: InboundMessage[];
}

/** Lists longer than these are cut: no provider sends them, and a forger may not make us work without bound. */
const ENTRY_LIMIT = 1_000;
const STATUS_LIMIT = 5_000;

const text = z.string().min(1).max(512);
const timestamp = z.union([z.string().regex(/^\d{1,12}$/), z.number().int().nonnegative().max(999_999_999_999)]);

const statusSchema = z.object({
  id: text,
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  timestamp,
  biz_opaque_callback_data: text.optional(),
  errors: z
    .array(z.object({ code: z.number().int(), title: z.string().optional(), message: z.string().optional() }))
    .optional(),
});

/** Texts longer than a button's title or a word are read by nobody here. */
const shortText = z.string().max(512);
const said = { from: z.string().regex(/^[1-9]\d{4,14}$/), timestamp };
const messageSchema = z.union([
  z
    .object({ ...said, type: z.literal('text'), text: z.object({ body: shortText }) })
    .transform((message) => ({ ...message, texts: [message.text.body] })),
  z
    .object({
      ...said,
      type: z.literal('button'),
      button: z.object({ payload: shortText.optional(), text: shortText.optional() }),
    })
    .transform(({ button, ...message }) => ({ ...message, texts: [button.payload, button.text] })),
  z
    .object({
      ...said,
      type: z.literal('interactive'),
      interactive: z.object({ button_reply: z.object({ id: shortText.optional(), title: shortText.optional() }) }),
    })
    .transform(({ interactive: { button_reply: reply }, ...message }) => ({
      ...message,
      texts: [reply.id, reply.title],
    })),
]);

const bodySchema = z.object({ entry: z.array(z.unknown()) });
const entrySchema = z.object({ changes: z.array(z.unknown()) });
const changeSchema = z.object({
  field: z.literal('messages'),
  value: z.object({
    metadata: z.object({ phone_number_id: text }),
    statuses: z.array(z.unknown()).default([]),
    messages: z.array(z.unknown()).default([]),
  }),
});

function* read<T>(items: readonly unknown[], schema: z.ZodType<T>, limit: number): Generator<T> {
  for (const item of items.slice(0, limit)) {
    const parsed = schema.safeParse(item);
    if (parsed.success) yield parsed.data;
  }
}

/**
 * What a callback's JSON value says, in its order. Unknown fields, statuses of a new kind and other kinds of callback and
 * of message are passed over: one odd item must not cost its neighbours. A value that is no callback at all says nothing.
 */
export function parseCallback(body: unknown): WhatsAppCallback {
  const said: WhatsAppCallback = { reports: [], messages: [] };
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return said;
  for (const entry of read(parsed.data.entry, entrySchema, ENTRY_LIMIT)) {
    for (const { value } of read(entry.changes, changeSchema, ENTRY_LIMIT)) {
      const phoneNumberId = value.metadata.phone_number_id;
      for (const status of read(value.statuses, statusSchema, STATUS_LIMIT - said.reports.length)) {
        said.reports.push(toReport(status, phoneNumberId));
      }
      for (const message of read(value.messages, messageSchema, STATUS_LIMIT - said.messages.length)) {
        const { from, texts } = message;
        const timestampMs = Number(message.timestamp) * 1000;
        said.messages.push({
          from,
          phoneNumberId,
          timestampMs,
          texts: texts.flatMap((one: string | undefined) => one ?? []),
        });
      }
    }
  }
  return said;
}

function toReport(status: z.output<typeof statusSchema>, phoneNumberId: string): StatusReport {
  const error = status.errors?.[0];
  const errorMessage = error?.message ?? error?.title;
  return {
    providerMessageId: status.id,
    status: status.status,
    timestampMs: Number(status.timestamp) * 1000,
    phoneNumberId,
    ...(status.biz_opaque_callback_data !== undefined && { reference: status.biz_opaque_callback_data }),
    ...(error !== undefined && { errorCode: String(error.code) }),
    ...(errorMessage !== undefined && { errorMessage: errorMessage.slice(0, 500) }),
  };
}

/**
 * Whether `header` (`X-Hub-Signature-256`: `sha256=` and 64 hex digits) is the HMAC-SHA256 of the raw body under the
 * app's secret. Takes the same time wherever a wrong signature differs.
 */
export function verifySignature(rawBody: Buffer | string, header: string | undefined, appSecret: string): boolean {
  // An unset secret must not turn into one that everybody knows.
  if (appSecret === '' || header === undefined || !/^sha256=[0-9a-f]{64}$/i.test(header)) return false;
  const expected = createHmac('sha256', appSecret).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(header.slice(7), 'hex'));
}
