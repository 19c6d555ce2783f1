/**
 * Who calls: `Authorization: Bearer ck_...`. Keys are found by their SHA-256; what was found is remembered for a moment,
 * so that a busy portal does not cost one statement more per request, and a revoked key ends within that moment.
 */

import { ApiError, formatId } from '@carillon/core';
import { API_KEY_ROLES, type ApiKeyOwner, type ApiKeyRole, type Database, findApiKey, hashApiKey } from '@carillon/db';

/** Whose key it is: the account, and what its defaults are. */
export type Caller = ApiKeyOwner;

/** How long a found key is trusted. A revocation takes at most this long, and is promised within a second. */
const REMEMBERED_MS = 500;
/** Far more keys than one installation has in use at once; bounds the memory. */
const REMEMBERED_KEYS = 1_000;

const HEADER_FORM = /^Bearer +(ck_[A-Za-z0-9_-]{20,200})$/i;

/** Finds the caller of a request. Rejects with ApiError `unauthorized`. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

/**
 * @param database of role `worker`, because nobody knows yet whose key it is
 * @param now monotonic milliseconds
 */
export function createAuthenticate(database: Database, now: () => number = () => performance.now()): Authenticate {
  const remembered = new Map<string, { caller: Caller; untilMs: number }>();
  return async (authorization) => {
    const key = HEADER_FORM.exec(authorization ?? '')?.[1];
    if (key === undefined) {
      const detail =
        authorization === undefined
          ? 'The header Authorization is missing.'
          : 'The header is not Bearer with an API key.';
      throw new ApiError('unauthorized', { field: 'Authorization', detail });
    }
    const hash = hashApiKey(key);
    const name = hash.toString('base64');
    const known = remembered.get(name);
    if (known !== undefined && known.untilMs > now()) return known.caller;
    const caller = await findApiKey(database.pool, hash);
    remembered.delete(name);
    if (caller === undefined) {
      throw new ApiError('unauthorized', { field: 'Authorization', detail: 'The key is not known or was revoked.' });
    }
    // A Map keeps the order of insertion, so the first is the oldest.
    if (remembered.size >= REMEMBERED_KEYS) remembered.delete(remembered.keys().next().value as string);
    remembered.set(name, { caller, untilMs: now() + REMEMBERED_MS });
    return caller;
  };
}

/** @throws ApiError `forbidden` when the caller's key may do less than `needed` */
export function requireRole(caller: Caller, needed: ApiKeyRole): void {
  if (API_KEY_ROLES.indexOf(caller.role) >= API_KEY_ROLES.indexOf(needed)) return;
  throw new ApiError('forbidden', {
    field: 'Authorization',
    detail: `This needs a key with the role ${needed}; yours has the role ${caller.role}.`,
  });
}

/** How a caller is named in the audit trail. */
export function actorOf(caller: Caller): string {
  return formatId('key', caller.keyId);
}
