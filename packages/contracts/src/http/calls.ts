/**
 * HTTP shapes of calls: what a job of kind `webhook` does, and by what an account's calls are signed. Whether a URL may be called at
 * all is for the API to say, which knows the installation's rules.
 */
import { z } from 'zod';
import { CALL_METHODS, type CallContent } from '../channel.ts';
import { instantForm, type Refuse } from './refuse.ts';

const HEADERS_MAX = 20;
const HEADER_MAX = 1_000;
const BODY_BYTES_MAX = 32_768;
/** What says how a request is written, and what we sign it with, is ours to say. */
const OURS =
  /^(?:host|content-type|content-length|transfer-encoding|connection|keep-alive|expect|upgrade|te|trailer|proxy-.*|webhook-.*)$/;
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const HEADER_VALUE = /^[\x20-\x7e\t]*$/;

/** Body of a job of kind `webhook`: its part `webhook`. */
export const callBodySchema = z
  .strictObject({
    url: z.string().min(1).max(2_000).meta({
      description: 'What is called: `https:`, in the public internet',
      example: 'https://example.com/nightly',
    }),
    method: z.enum(CALL_METHODS).default('POST').meta({ description: 'How it is called', example: 'POST' }),
    headers: z
      .record(z.string().max(100), z.string().max(HEADER_MAX))
      .refine((headers) => Object.keys(headers).length <= HEADERS_MAX, `At most ${HEADERS_MAX} headers.`)
      .optional()
      .meta({
        description:
          'Headers of your own, such as `authorization`. They are sent, and never shown again but for their names',
        example: { 'x-team': 'billing' },
      }),
    body: z
      .unknown()
      .optional()
      .meta({
        description: `JSON that is sent with it, at most ${BODY_BYTES_MAX} bytes; the same bytes at every try. GET has none`,
        example: { report: 'nightly' },
      }),
  })
  .meta({
    description: 'What is called',
    example: { url: 'https://example.com/nightly', body: { report: 'nightly' } },
  });
export type CallBody = z.output<typeof callBodySchema>;

/** Refuses what makes no request. */
export function refuseCall(call: CallBody, refuse: Refuse, at: readonly string[] = ['webhook']): void {
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    const lower = name.toLowerCase();
    const fault = !HEADER_NAME.test(lower)
      ? 'This is no name of a header.'
      : OURS.test(lower)
        ? 'This header is not yours to set.'
        : !HEADER_VALUE.test(value)
          ? 'A value is one line of printable ASCII.'
          : undefined;
    if (fault !== undefined) refuse('validation_failed', fault, [...at, 'headers', name]);
  }
  if (call.body === undefined) return;
  if (call.method === 'GET') refuse('validation_failed', 'A GET has no body.', [...at, 'body']);
  else if (Buffer.byteLength(JSON.stringify(call.body)) > BODY_BYTES_MAX) {
    refuse('validation_failed', `At most ${BODY_BYTES_MAX} bytes of JSON.`, [...at, 'body']);
  }
}

/** The call to store, once {@link refuseCall} found nothing. Its body is written down here, once for all tries. */
export function storedCallOf({ method, url, headers, body }: CallBody): CallContent {
  const named = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    type: 'call',
    method,
    url,
    ...(named.length > 0 && { headers: Object.fromEntries(named) as Record<string, string> }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** What a job calls, as the API shows it. */
export const callSchema = z
  .object({
    url: z.string().meta({ description: 'What is called', example: 'https://example.com/nightly' }),
    method: z.enum(CALL_METHODS).meta({ description: 'How', example: 'POST' }),
    headerNames: z.array(z.string()).meta({ description: 'Names of your own headers', example: ['x-team'] }),
    body: z.unknown().meta({ description: 'The JSON sent with it; null is none', example: { report: 'nightly' } }),
  })
  .meta({ description: 'Only of kind `webhook`: what is called' });

/** By what an account's calls are signed and limited, as the API shows it. */
export const callSettingsSchema = z.object({
  requestsPerSecond: z
    .int()
    .meta({ description: 'Calls begun per second at most, all senders together', example: 200 }),
  secrets: z
    .array(
      z.object({
        secret: z.string().meta({ description: 'The secret', example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' }),
        until: z
          .string()
          .nullable()
          .meta({
            ...instantForm,
            description: 'Until when it signs; null while it is the present one',
            example: null,
          }),
      }),
    )
    .meta({ description: 'What signs every call, the newest first; several while they overlap' }),
});
export type CallSettingsAnswer = z.infer<typeof callSettingsSchema>;

/** PATCH /v1/call-settings. */
export const callSettingsChangeSchema = z.strictObject({
  requestsPerSecond: z
    .int()
    .min(1)
    .max(100_000)
    .meta({ description: 'Calls begun per second at most, all senders together', example: 200 }),
});
