/**
 * Signed links by which the owner of an e-mail address confirms it to one account. Whoever holds the link was sent it, so the
 * token itself must prove that we made it, and for which address; it names that by its key and never in the clear.
 *
 *     k1.<account>.<address key>.<mac>
 *
 * The account is in base 36, and the key's 16 bytes and the mac in base64url: everything may stand in a URL's path as it is. The
 * mac is the first 128 bits of HMAC-SHA256. A token does not expire: a link in an old message must still work.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which address is confirmed, and to whom. `addressKey` is a uuid as of `addressKey`. */
export interface Confirmation {
  readonly accountId: number;
  readonly addressKey: string;
}

/** What a token says; `malformed` is not of our form, `bad_mac` was not made with this key. */
export type ConfirmationResult =
  | ({ readonly ok: true } & Confirmation)
  | { readonly ok: false; readonly reason: 'malformed' | 'bad_mac' };

const MAC_BYTES = 16;
const FORM = /^k1\.([1-9a-z][0-9a-z]{0,10})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Makes the token.
 * @param key of `deriveKey(secret, 'confirm')`
 * @throws RangeError when the account is not a positive safe integer or the address key no uuid
 */
export function confirmationToken({ accountId, addressKey }: Confirmation, key: Uint8Array): string {
  if (!UUID.test(addressKey)) throw new RangeError('the address key is no uuid');
  if (!Number.isSafeInteger(accountId) || accountId < 1) {
    throw new RangeError(`not a positive safe integer: ${accountId}`);
  }
  const bytes = Buffer.from(addressKey.replaceAll('-', ''), 'hex').toString('base64url');
  const text = `k1.${accountId.toString(36)}.${bytes}`;
  return `${text}.${macOf(text, key).toString('base64url')}`;
}

/** Reads a token and checks its mac, in a time that does not depend on where a wrong mac differs. */
export function readConfirmationToken(token: string, key: Uint8Array): ConfirmationResult {
  const [, account, bytes, mac] = FORM.exec(token) ?? [];
  if (!account || !bytes || !mac) return { ok: false, reason: 'malformed' };
  const accountId = Number.parseInt(account, 36);
  if (!Number.isSafeInteger(accountId)) return { ok: false, reason: 'malformed' };
  const given = Buffer.from(mac, 'base64url');
  if (!timingSafeEqual(macOf(token.slice(0, -mac.length - 1), key), given)) return { ok: false, reason: 'bad_mac' };
  const hex = Buffer.from(bytes, 'base64url').toString('hex');
  const addressKey = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { ok: true, accountId, addressKey };
}

function macOf(text: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest().subarray(0, MAC_BYTES);
}
