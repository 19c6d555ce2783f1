/**
 * The catalogue of errors that the API answers with: a stable code, its HTTP status, a title, and what the caller can do.
 * Clients branch on the code, so a code never changes its meaning; a test keeps the catalogue and the docs the same.
 */

/** What stands in the catalogue for a code. */
export interface ErrorEntry {
  /** The HTTP status. */
  readonly status: number;
  /** One line that is the same for every occurrence (`title` of problem+json). */
  readonly title: string;
  /** What the caller can do about it. */
  readonly advice: string;
}

/** Every code. Sorted by status, then by what belongs together. */
export const ERROR_CATALOGUE = {
  malformed_json: { status: 400, title: 'The body is not JSON', advice: 'Send one valid JSON document in UTF-8.' },
  validation_failed: {
    status: 400,
    title: 'The request is not valid',
    advice: 'Correct the named field; the API description says what it takes.',
  },
  idempotency_key_required: {
    status: 400,
    title: 'An Idempotency-Key is required here',
    advice:
      'Send a header Idempotency-Key that is new for each thing you create, and repeat it when you repeat the request.',
  },
  idempotency_key_invalid: {
    status: 400,
    title: 'The Idempotency-Key is not usable',
    advice: 'Use 1 to 255 printable ASCII characters, such as a UUID.',
  },
  invalid_id: {
    status: 400,
    title: 'The id is not of the right form',
    advice: 'Use the id exactly as the API gave it, with its prefix.',
  },
  invalid_cursor: {
    status: 400,
    title: 'The cursor is not one of ours',
    advice: 'Use nextCursor of the page before, with the same filters, or begin without a cursor.',
  },
  invalid_phone: {
    status: 400,
    title: 'The phone number is not valid',
    advice: 'Write it with plus sign and country code, such as +4915112345678.',
  },
  invalid_email: {
    status: 400,
    title: 'The e-mail address is not valid',
    advice: 'Write it as name@domain, without quotes and without a display name.',
  },
  invalid_zone: {
    status: 400,
    title: 'The time zone is not known',
    advice: 'Use a name of the IANA time zone database, such as Europe/Berlin.',
  },
  invalid_instant: {
    status: 400,
    title: 'The instant is not valid',
    advice: 'Use ISO 8601 with Z or an offset, such as 2026-11-21T09:00:00Z.',
  },
  invalid_wall_time: {
    status: 400,
    title: 'The wall time is not valid',
    advice: 'Use a real date and time without offset, such as 2026-11-21T09:00.',
  },
  invalid_cron: {
    status: 400,
    title: 'The cron expression is not valid',
    advice:
      'Write five fields, such as 0 9 * * MON-FRI: minute, hour, day of month, month and day of week; the detail names the field.',
  },
  no_occurrence: {
    status: 400,
    title: 'The job would never run',
    advice: 'Its schedule has no moment from now on within its bounds. Correct startsAt, endsAt or the expression.',
  },
  invalid_date: {
    status: 400,
    title: 'The date is not valid',
    advice: 'Use a day such as 1990-03-10, without a year --03-10, or an instant such as 2027-03-08T14:30:00Z.',
  },
  invalid_duration: {
    status: 400,
    title: 'The duration is not valid',
    advice: 'Use seconds, or an ISO 8601 duration of days, hours, minutes and seconds, such as PT90S.',
  },
  private_target: {
    status: 400,
    title: 'The target is not in the public internet',
    advice: 'Use a public name or address. In a closed network its operator can set ALLOW_PRIVATE_TARGETS.',
  },
  unauthorized: {
    status: 401,
    title: 'No valid API key',
    advice: 'Send a header Authorization: Bearer with a key that has not been revoked.',
  },
  signature_invalid: {
    status: 401,
    title: 'The signature does not match',
    advice: 'Sign the raw body with the secret of this provider account.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed with this key',
    advice: 'Use a key of the right account that has the right to do this.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing',
    advice: 'Check the path and the id. What belongs to another account is not found either.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This path does not take this method',
    advice: 'Use one of the methods in the Allow header.',
  },
  not_acceptable: {
    status: 406,
    title: 'No such form of answer',
    advice: 'Accept application/json, and application/problem+json for errors.',
  },
  invalid_state: {
    status: 409,
    title: 'Not possible in the present state',
    advice: 'Read it again; what has ended cannot be changed.',
  },
  run_started: {
    status: 409,
    title: 'The run has started',
    advice: 'Trigger and audience are fixed once something was sent. Pause or cancel the run, or make a new job.',
  },
  version_conflict: {
    status: 409,
    title: 'It was changed in the meantime',
    advice: 'Read it again, and repeat the change with its present version if it is still wanted.',
  },
  resend_open: {
    status: 409,
    title: 'Those missed are being sent to already',
    advice: 'Wait for the run that `run` names to be completed; then count again.',
  },
  nobody_missed: {
    status: 409,
    title: 'Nobody was missed',
    advice:
      'Everybody has a message, or may still get one. Settle unknown outcomes first, or see includeFailedByReport.',
  },
  similar_job: {
    status: 409,
    title: 'A job like this one is planned nearby',
    advice: 'Read the job that `similar` names. If this one is meant all the same, send allowSimilar: true.',
  },
  name_taken: {
    status: 409,
    title: 'The name is taken',
    advice: 'Choose another name, or change what has this one.',
  },
  idempotency_in_progress: {
    status: 409,
    title: 'A request with this Idempotency-Key is still at work',
    advice: 'Repeat the request with the same key after the time in Retry-After.',
  },
  body_too_large: { status: 413, title: 'The body is too large', advice: 'Send less at once, or use an import.' },
  unsupported_media_type: {
    status: 415,
    title: 'The body has the wrong media type',
    advice: 'Send application/json, or what the path says for imports.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    advice: 'Use a new key for a new request; repeat a request only with its very same body.',
  },
  unknown_audience: {
    status: 422,
    title: 'There is no such audience',
    advice: 'Create the audience first, or correct its id.',
  },
  unknown_recipient: {
    status: 422,
    title: 'There is no such recipient',
    advice: 'Create the recipient first, or correct its id.',
  },
  unknown_template: {
    status: 422,
    title: 'There is no such template',
    advice: 'Store the template first, or correct its name, id or version.',
  },
  unknown_provider: {
    status: 422,
    title: 'There is no such provider account',
    advice: 'Configure the provider account first, or correct its id.',
  },
  no_verifier: {
    status: 422,
    title: 'Nobody can check addresses for this account',
    advice: 'Create a provider account of the channel email_check, or leave out policy.addressCheck.',
  },
  wall_time_in_gap: {
    status: 422,
    title: 'The zone skips this wall time',
    advice: 'Clocks go forward over it. Choose another time, or the gap rule later or earlier.',
  },
  moment_in_past: {
    status: 422,
    title: 'The moment has passed',
    advice: 'Choose a moment in the future, or the trigger now.',
  },
  moment_too_far: {
    status: 422,
    title: 'The moment is too far away',
    advice: 'Choose a moment before 2039-09-07.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    advice: 'Repeat the request after the time in Retry-After.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    advice: 'Repeat the request with the same Idempotency-Key. If it stays so, tell us the request id.',
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    advice: 'Nothing was done. Repeat the request after the time in Retry-After.',
  },
  executor_unavailable: {
    status: 503,
    title: 'Nobody can run this script',
    advice:
      'Nothing was done. Start an executor that has bubblewrap and the runtime of the language, and repeat the request.',
  },
  unknown_outcome: {
    status: 503,
    title: 'It is not known whether this was done',
    advice: 'Repeat the request with the same Idempotency-Key: it is done once, however often it is repeated.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** A stable code of {@link ERROR_CATALOGUE}. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** Whether a text is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CATALOGUE, text);
}

/** What an {@link ApiError} may carry beside its code. */
export interface ApiErrorOptions {
  /** The field at fault, as a path such as `trigger.zone`. */
  readonly field?: string;
  /** What is wrong in this case, for the caller to read; holds nothing secret and no address. Default: the title. */
  readonly detail?: string;
  /** Seconds for the Retry-After header. */
  readonly retryAfterSeconds?: number;
  /** Further members of the answer, such as the job that `similar_job` is about; nothing secret and no address. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** The error behind it, for the log only. */
  readonly cause?: unknown;
}

/** An error that the API answers with, thrown anywhere below a route and turned into problem+json in one place. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string;
  // Declared only: a field that was not given is absent, not undefined, so that it does not show up in an answer or a log.
  declare readonly field?: string;
  declare readonly retryAfterSeconds?: number;
  declare readonly members?: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, options: ApiErrorOptions = {}) {
    const entry: ErrorEntry = ERROR_CATALOGUE[code];
    const detail = options.detail ?? entry.title;
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = entry.status;
    this.detail = detail;
    if (options.field !== undefined) this.field = options.field;
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds;
    if (options.members !== undefined) this.members = options.members;
  }
}
