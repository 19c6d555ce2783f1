/**
 * Limits of requests per key, told in the headers of every answer to a key: `RateLimit-Limit`, `-Remaining`, `-Reset` and
 * `-Policy`, as in the IETF's draft; a refusal also says when to come back.
 */
import { ApiError } from '@carillon/core';
import type { RequestGrant, RequestLimits } from '@carillon/queue';
import type { Response } from 'express';
import type { Caller } from './auth.ts';

/** Counts a request of this caller and writes the headers. Rejects with ApiError `too_many_requests`. */
export type LimitRequests = (caller: Caller, response: Response) => undefined | Promise<void>;

/** @param perSecond for accounts that have no limit of their own */
export function createRequestLimit(limits: RequestLimits, perSecond: number): LimitRequests {
  return (caller, response) => {
    const grant = limits.take(caller.keyId, caller.requestsPerSecond ?? perSecond);
    // Most requests are granted from what this process has in hand, and need not wait for a turn of the event loop.
    if (!(grant instanceof Promise)) {
      settle(grant, response);
      return undefined;
    }
    return grant.then((granted) => settle(granted, response));
  };
}

function settle({ granted, limit, remaining, resetMs }: RequestGrant, response: Response): void {
  const resetSeconds = Math.max(1, Math.ceil(resetMs / 1_000));
  response.setHeader('RateLimit-Limit', String(limit));
  response.setHeader('RateLimit-Remaining', String(remaining));
  response.setHeader('RateLimit-Reset', String(resetSeconds));
  response.setHeader('RateLimit-Policy', `${limit};w=1`);
  if (granted) return;
  throw new ApiError('too_many_requests', {
    field: 'Authorization',
    detail: `This key may make ${limit} requests a second.`,
    retryAfterSeconds: resetSeconds,
  });
}
