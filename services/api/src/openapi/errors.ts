/** Errors in the description: the shape of a problem, an example of each code, and the responses that show them. */
import { ERROR_CATALOGUE, type ErrorCode, type ErrorEntry } from '@carillon/core';
import { z } from 'zod';

const CODES = Object.keys(ERROR_CATALOGUE) as [ErrorCode, ...ErrorCode[]];
const REQUEST_ID = '3f0c1b52-7a0e-4f0e-9d5e-2f1f6f1c9a10';

const faultSchema = z.object({
  field: z.string().meta({ description: 'The field at fault, as a path', example: 'trigger.zone' }),
  code: z.enum(CODES).meta({ description: 'Stable; programs decide by it', example: 'invalid_zone' }),
  detail: z.string().meta({
    description: 'What is wrong with it, for people',
    example: 'There is no such time zone in the IANA database.',
  }),
});

/** `application/problem+json` (RFC 9457), as http/problem.ts writes it. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'The code as a URN', example: 'urn:carillon:error:invalid_zone' }),
    title: z.string().meta({ description: 'The same for every occurrence', example: 'The time zone is not known' }),
    status: z.int().meta({ description: 'The HTTP status', example: 400 }),
    code: z.enum(CODES).meta({ description: 'Stable; programs decide by it', example: 'invalid_zone' }),
    field: z.string().optional().meta({ description: 'The field at fault, as a path', example: 'trigger.zone' }),
    detail: z.string().meta({
      description: 'What is wrong in this case, for people',
      example: 'There is no such time zone in the IANA database.',
    }),
    advice: z.string().meta({
      description: 'What can be done about it',
      example: 'Use a name of the IANA time zone database, such as Europe/Berlin.',
    }),
    errors: z.array(faultSchema).optional().meta({ description: 'All faults, where several fields may be at fault' }),
    similar: z
      .object({
        id: z.string().meta({ description: 'Id of the other job', example: 'job_41' }),
        name: z.string().meta({ description: 'Its name', example: 'Canteen' }),
        plannedAt: z.string().meta({ format: 'date-time', description: 'The moment that it is about' }),
        similarity: z.number().meta({ description: 'Of the texts, 0 to 1', example: 0.93 }),
      })
      .optional()
      .meta({ description: 'With `similar_job`: the job that is alike' }),
    run: z
      .string()
      .optional()
      .meta({ description: 'With `resend_open`: the run that is under way', example: 'run_57' }),
    version: z.int().optional().meta({ description: 'With `version_conflict`: the present version', example: 4 }),
    requestId: z.string().meta({ description: 'The same as the header X-Request-Id', example: REQUEST_ID }),
  })
  .meta({ description: 'What every error answers with' });

/** The field that an error of a code is usually about. */
const FIELDS: Partial<Record<ErrorCode, string>> = {
  malformed_json: 'body',
  validation_failed: 'name',
  invalid_id: 'id',
  invalid_cursor: 'cursor',
  invalid_phone: 'phone',
  invalid_email: 'email',
  invalid_zone: 'trigger.zone',
  invalid_instant: 'trigger.at',
  invalid_wall_time: 'trigger.at',
  invalid_duration: 'policy.expireAfter',
  private_target: 'url',
  unauthorized: 'Authorization',
  not_found: 'id',
  unknown_audience: 'audience.audiences[0]',
  unknown_recipient: 'audience.recipients[0]',
  unknown_template: 'content.storedTemplate.name',
  unknown_provider: 'providerAccount',
  version_conflict: 'version',
  name_taken: 'name',
  wall_time_in_gap: 'trigger.at',
  moment_in_past: 'trigger.at',
  moment_too_far: 'trigger.at',
  idempotency_key_required: 'Idempotency-Key',
  idempotency_key_invalid: 'Idempotency-Key',
  idempotency_key_reused: 'Idempotency-Key',
  idempotency_in_progress: 'Idempotency-Key',
};

/** `components/examples`: one problem for each code of the catalogue. */
export function problemExamples(): Record<string, object> {
  return Object.fromEntries(
    Object.entries<ErrorEntry>(ERROR_CATALOGUE).map(([code, { status, title, advice }]) => {
      const field = FIELDS[code as ErrorCode];
      const type = `urn:carillon:error:${code}`;
      const problem = { type, title, status, code, ...(field && { field }), detail: `${title}.`, advice };
      return [code, { summary: title, description: advice, value: { ...problem, requestId: REQUEST_ID } }];
    }),
  );
}

/** What a status answers with, when it may mean any of these codes. */
export function errorResponse(status: number, codes: readonly ErrorCode[], isLimited: boolean): object {
  const headers = ['X-Request-Id'];
  if (isLimited && status !== 401) headers.push('RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset');
  if ([409, 429, 503].includes(status)) headers.push('Retry-After');
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].title}`).join('; '),
    headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
