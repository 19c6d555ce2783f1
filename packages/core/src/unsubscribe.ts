/**
 * Signed links by which a recipient ends messages of one account and channel (RFC 8058). Whoever holds the link needs no
 * login, so the token itself must prove that we made it, and for whom; it names the address by its key and never in the clear.
 *
 *     u1.<account>.<channel>.<run>.<address key>.<mac>
 *
 * Ids are in base 36, and the key's 16 bytes and the mac in base64url: everything may stand in a URL's path as it is. The mac
 * is the first 128 bits of HMAC-SHA256. A token does not expire: a link in an old message must still work.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whose messages the link ends, and in which run it was sent. `addressKey` is a uuid as of `addressKey`. */
export interface Unsubscribe {
  readonly accountId: number;
  readonly channel: string;
  readonly addressKey: string;
  readonly runId: number;
}

/** What a token says; `malformed` is not of our form, `bad_mac` was not made with this key. */
export type UnsubscribeResult =
  | ({ readonly ok: true } & Unsubscribe)
  | { readonly ok: false; readonly reason: 'malformed' | 'bad_mac' };

const MAC_BYTES = 16;
const FORM =
  /^u1\.([1-9a-z][0-9a-z]{0,10})\.([a-z]{1,20})\.([1-9a-z][0-9a-z]{0,10})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Makes the token.
 * @param key of `deriveKey(secret, 'unsubscribe')`
 * @throws RangeError when an id is not a positive safe integer, the channel no lower-case word or the address key no uuid
 */
export function unsubscribeToken({ accountId, channel, addressKey, runId }: Unsubscribe, key: Uint8Array): string {
  if (!UUID.test(addressKey)) throw new RangeError('the address key is no uuid');
  if (!/^[a-z]{1,20}$/.test(channel)) throw new RangeError(`not a channel: ${channel}`);
  for (const id of [accountId, runId]) {
    if (!Number.isSafeInteger(id) || id < 1) throw new RangeError(`not a positive safe integer: ${id}`);
  }
  const bytes = Buffer.from(addressKey.replaceAll('-', ''), 'hex').toString('base64url');
  const text = `u1.${accountId.toString(36)}.${channel}.${runId.toString(36)}.${bytes}`;
  return `${text}.${macOf(text, key).toString('base64url')}`;
}

/** Reads a token and checks its mac, in a time that does not depend on where a wrong mac differs. */
export function readUnsubscribeToken(token: string, key: Uint8Array): UnsubscribeResult {
  const [, account, channel, run, bytes, mac] = FORM.exec(token) ?? [];
  if (!account || !channel || !run || !bytes || !mac) return { ok: false, reason: 'malformed' };
  const accountId = Number.parseInt(account, 36);
  const runId = Number.parseInt(run, 36);
  if (!Number.isSafeInteger(accountId) || !Number.isSafeInteger(runId)) return { ok: false, reason: 'malformed' };
  const given = Buffer.from(mac, 'base64url');
  if (!timingSafeEqual(macOf(token.slice(0, -mac.length - 1), key), given)) return { ok: false, reason: 'bad_mac' };
  const hex = Buffer.from(bytes, 'base64url').toString('hex');
  const addressKey = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { ok: true, accountId, channel, addressKey, runId };
}

function macOf(text: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest().subarray(0, MAC_BYTES);
}
