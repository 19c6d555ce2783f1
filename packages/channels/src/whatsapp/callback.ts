/**
 * The provider's status callbacks: proof of who sent them, and what they say. Shapes from the provider's webhook
 * reference. They come late, doubled and out of order; nothing here judges that.
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

/** Lists longer than these are cut: no provider sends them, and a forger may not make us work without bound. */
const ENTRY_LIMIT = 1_000;
const STATUS_LIMIT = 5_000;

const text = z.string().min(1).max(512);

const statusSchema = z.object({
  id: text,
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  timestamp: z.union([z.string().regex(/^\d{1,12}$/), z.number().int().nonnegative().max(999_999_999_999)]),
  biz_opaque_callback_data: text.optional(),
  errors: z
    .array(z.object({ code: z.number().int(), title: z.string().optional(), message: z.string().optional() }))
    .optional(),
});

const bodySchema = z.object({ entry: z.array(z.unknown()) });
const entrySchema = z.object({ changes: z.array(z.unknown()) });
const changeSchema = z.object({
  field: z.literal('messages'),
  value: z.object({ metadata: z.object({ phone_number_id: text }), statuses: z.array(z.unknown()) }),
});

function* read<T>(items: readonly unknown[], schema: z.ZodType<T>, limit: number): Generator<T> {
  for (const item of items.slice(0, limit)) {
    const parsed = schema.safeParse(item);
    if (parsed.success) yield parsed.data;
  }
}

/**
 * The reports in a callback's JSON value, in its order. Unknown fields, statuses of a new kind and other kinds of
 * callback (incoming messages) are passed over: one odd item must not cost its neighbours. A value that is no callback
 * at all gives an empty list.
 */
export function parseStatusCallback(body: unknown): StatusReport[] {
  const reports: StatusReport[] = [];
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return reports;
  for (const entry of read(parsed.data.entry, entrySchema, ENTRY_LIMIT)) {
    for (const change of read(entry.changes, changeSchema, ENTRY_LIMIT)) {
      const phoneNumberId = change.value.metadata.phone_number_id;
      for (const status of read(change.value.statuses, statusSchema, STATUS_LIMIT)) {
        if (reports.length >= STATUS_LIMIT) return reports;
        const error = status.errors?.[0];
        const errorMessage = error?.message ?? error?.title;
        reports.push({
          providerMessageId: status.id,
          status: status.status,
          timestampMs: Number(status.timestamp) * 1000,
          phoneNumberId,
          ...(status.biz_opaque_callback_data !== undefined && { reference: status.biz_opaque_callback_data }),
          ...(error !== undefined && { errorCode: String(error.code) }),
          ...(errorMessage !== undefined && { errorMessage: errorMessage.slice(0, 500) }),
        });
      }
    }
  }
  return reports;
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
