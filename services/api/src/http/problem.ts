/**
 * Every error leaves here, as application/problem+json: a stable code, the field at fault, what is wrong and what to do.
 */
import { ApiError, ERROR_CATALOGUE, type ErrorCode, type ErrorEntry } from '@carillon/core';
import { databaseFailure } from '@carillon/db';
import type { Logger } from '@carillon/runtime';
import type { Request, Response } from 'express';

/** One field at fault. */
export interface FieldFault {
  readonly field: string;
  readonly code: ErrorCode;
  readonly detail: string;
}

/** Several faults at once; its own code, field and detail are those of the first. */
export class ValidationError extends ApiError {
  readonly faults: readonly FieldFault[];

  constructor(faults: readonly [FieldFault, ...FieldFault[]]) {
    const [first] = faults;
    super(first.code, { field: first.field, detail: first.detail });
    this.name = 'ValidationError';
    this.faults = faults;
  }
}

const RETRY_AFTER_SECONDS = 2;

/**
 * The error to answer with for anything that was thrown.
 * @param changes whether the request may have changed something
 */
export function toApiError(error: unknown, changes: boolean): ApiError {
  if (error instanceof ApiError) return error;
  const failure = databaseFailure(error);
  if (failure === 'not_reached' || (failure === 'broken' && !changes)) {
    return new ApiError('unavailable', {
      detail: 'The database cannot be reached.',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
      cause: error,
    });
  }
  if (failure === 'broken') {
    return new ApiError('unknown_outcome', {
      detail: 'The connection to the database broke while this was being done. The request may be repeated as it is.',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
      cause: error,
    });
  }
  return fromExpress(error) ?? new ApiError('internal', { cause: error });
}

/** What Express and its body readers throw: http-errors, with a type. */
function fromExpress(error: unknown): ApiError | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status, type } = error as Error & { status: unknown; type?: unknown };
  if (type === 'entity.too.large') return new ApiError('body_too_large', { field: 'body', cause: error });
  if (status === 415) return new ApiError('unsupported_media_type', { field: 'Content-Encoding', cause: error });
  if (error instanceof URIError) {
    return new ApiError('validation_failed', { field: 'path', detail: 'The path is not valid percent-encoded UTF-8.' });
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ApiError('validation_failed', { field: 'body', detail: 'The body could not be read.', cause: error });
  }
  return undefined;
}

/** Writes the error; does nothing but end the connection when the answer has begun. */
export function sendProblem(request: Request, response: Response, thrown: unknown, logger: Logger): void {
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  const error = toApiError(thrown, changes);
  const requestId = String(response.getHeader('X-Request-Id') ?? '');
  if (error.status >= 500) logger.error({ err: thrown, requestId, code: error.code }, 'a request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const entry: ErrorEntry = ERROR_CATALOGUE[error.code];
  if (error.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(error.retryAfterSeconds));
  if (error.status === 401 && error.code === 'unauthorized') response.setHeader('WWW-Authenticate', 'Bearer');
  // What is left of the body is not read: the client may still be sending gigabytes.
  if (!request.complete) response.setHeader('Connection', 'close');
  response
    .status(error.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:carillon:error:${error.code}`,
        title: entry.title,
        status: error.status,
        code: error.code,
        ...(error.field !== undefined && { field: error.field }),
        detail: error.detail,
        advice: entry.advice,
        ...(error instanceof ValidationError && { errors: error.faults }),
        ...error.members,
        requestId,
      }),
    );
}
