/** `Idempotency-Key` over HTTP: the header's form, what makes two requests the same, and how a replay is told. */
import { createHash } from 'node:crypto';
import { ApiError } from '@carillon/core';
import { type Database, type KeyedResult, onceForKey, type Queryable, type StoredAnswer } from '@carillon/db';
import type { Request } from 'express';
import type { Answer, Call } from './route.ts';

const KEY_FORM = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** The key of a request. @throws ApiError `idempotency_key_required` or `idempotency_key_invalid` */
export function requireIdempotencyKey(request: Request): string {
  const field = 'Idempotency-Key';
  const given = request.headersDistinct['idempotency-key'] ?? [];
  const [key] = given;
  if (key === undefined) throw new ApiError('idempotency_key_required', { field });
  if (given.length > 1) throw new ApiError('idempotency_key_invalid', { field, detail: 'The header is given twice.' });
  if (!KEY_FORM.test(key)) throw new ApiError('idempotency_key_invalid', { field });
  return key;
}

/** JSON with sorted keys: the same content is the same request, in whatever order a client writes it. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const object = value as Record<string, unknown>;
  const parts = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
  return `{${parts.join(',')}}`;
}

/** SHA-256 over method, path and what was sent. */
function requestHashOf(method: string, path: string, content: string): Buffer {
  return createHash('sha256').update(`${method}\n${path}\n${content}`).digest();
}

/**
 * Does `work` once for the call's key, in a transaction with the key's row, and answers; or replays the first answer.
 * @param content what was sent, when it is not a JSON body: for a stream, its parameters
 * @throws ApiError `idempotency_key_reused`, `idempotency_in_progress`, `unknown_outcome`, and what `work` throws
 */
export async function createOnce(
  database: Database,
  call: Call<unknown, unknown>,
  work: (client: Queryable, nowMs: number) => Promise<StoredAnswer>,
  content: string = canonicalJson(call.response.locals.json),
): Promise<Answer & { readonly replayed: boolean }> {
  const { request } = call;
  const requestHash = requestHashOf(request.method, request.originalUrl, content);
  const result = await onceForKey(
    database.pool,
    { accountId: call.caller.accountId, key: call.idempotencyKey, requestHash },
    work,
  );
  return answerOf(result);
}

function answerOf(result: KeyedResult): Answer & { readonly replayed: boolean } {
  const field = 'Idempotency-Key';
  switch (result.kind) {
    case 'done': {
      const { status, body, headers } = result.answer;
      const replayed = result.replayed;
      return { status, body, headers: { ...headers, ...(replayed && { 'Idempotency-Replayed': 'true' }) }, replayed };
    }
    case 'reused':
      throw new ApiError('idempotency_key_reused', { field });
    case 'in_progress':
      throw new ApiError('idempotency_in_progress', { field, retryAfterSeconds: 1 });
    case 'unknown_outcome':
      throw new ApiError('unknown_outcome', { field, retryAfterSeconds: 2, cause: result.cause });
  }
}
