/**
 * Keyed hashes of addresses and recipients, and the keys they are made with.
 *
 * The dedupe key of a delivery is such a hash, never the address: it may stay when a person is erased, and still keeps a
 * second send away. It is keyed because there are few enough phone numbers to try them all against a plain hash.
 */
import { createHmac, hkdfSync } from 'node:crypto';

const SHORTEST_SECRET_BYTES = 16;

/**
 * A key for one purpose, derived from the installation's master secret by HKDF-SHA256, so that one secret is configured
 * and no key tells anything about another. Labels in use: `address` (the pepper below) and `reference` (status callbacks).
 *
 * @param masterSecret at least 16 bytes of real randomness; a string counts as its UTF-8 bytes
 * @param label names the purpose; the same label gives the same key for ever
 * @returns 32 bytes
 * @throws RangeError when the secret is too short or the label empty
 */
export function deriveKey(masterSecret: string | Uint8Array, label: string): Uint8Array {
  const secret = Buffer.from(masterSecret as Uint8Array);
  if (secret.byteLength < SHORTEST_SECRET_BYTES) {
    throw new RangeError(`the master secret needs at least ${SHORTEST_SECRET_BYTES} bytes`);
  }
  if (label === '') throw new RangeError('a derived key needs a label');
  return new Uint8Array(hkdfSync('sha256', secret, '', `carillon/${label}`, 32));
}

/**
 * The dedupe key of an address: the first 128 bits of HMAC-SHA256, spelled as a uuid so that Postgres keeps it in 16 bytes.
 *
 * @param pepper of `deriveKey(secret, 'address')`
 * @param channel the kind of transport, such as `whatsapp`; the same number on another channel is another key
 * @param normalizedAddress the one spelling, such as `normalizePhone`'s digits
 */
export function addressKey(pepper: Uint8Array, channel: string, normalizedAddress: string): string {
  return keyed(pepper, `address\0${channel}\0${normalizedAddress}`);
}

/** The dedupe key of a job that counts people instead of addresses: two people on one number are both told. */
export function recipientKey(pepper: Uint8Array, recipientId: number): string {
  return keyed(pepper, `recipient\0${recipientId}`);
}

function keyed(pepper: Uint8Array, text: string): string {
  const hex = createHmac('sha256', pepper).update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
