import { describe, expect, test } from '@jest/globals';
import { ApiError, ERROR_CATALOGUE, type ErrorEntry, isErrorCode } from '../src/index.ts';

describe('the catalogue of errors', () => {
  test.each(Object.entries<ErrorEntry>(ERROR_CATALOGUE))('%s is complete', (code, entry) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(600);
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
    expect(entry.advice).toMatch(/^[A-Z].*\.$/);
  });

  test('gives the statuses that clients rely on', () => {
    const statuses = Object.fromEntries(Object.entries(ERROR_CATALOGUE).map(([code, entry]) => [code, entry.status]));
    expect(statuses).toMatchObject({
      validation_failed: 400,
      unauthorized: 401,
      signature_invalid: 401,
      idempotency_in_progress: 409,
      run_started: 409,
      invalid_state: 409,
      idempotency_key_reused: 422,
      unavailable: 503,
      unknown_outcome: 503,
    });
  });

  test('knows its codes and not what objects inherit', () => {
    expect(['internal', 'toString', '__proto__', ''].map(isErrorCode)).toEqual([true, false, false, false]);
  });
});

describe('ApiError', () => {
  test('carries code, status, field, detail and cause', () => {
    const cause = new Error('behind it');
    const error = new ApiError('invalid_zone', { field: 'trigger.zone', detail: 'No zone Mars/Olympus', cause });
    expect(error).toBeInstanceOf(Error);
    expect({ ...error }).toMatchObject({
      code: 'invalid_zone',
      status: 400,
      field: 'trigger.zone',
      detail: 'No zone Mars/Olympus',
    });
    expect([error.name, error.message, error.cause]).toEqual(['ApiError', 'invalid_zone: No zone Mars/Olympus', cause]);
  });

  test('falls back on the title and has no fields that were not given', () => {
    const error = new ApiError('unavailable', { retryAfterSeconds: 5 });
    expect(error.detail).toBe(ERROR_CATALOGUE.unavailable.title);
    expect(error.retryAfterSeconds).toBe(5);
    expect('field' in error || 'cause' in error).toBe(false);
  });
});
