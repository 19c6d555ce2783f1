/**
 * Keyed hashes of addresses and recipients, and the keys they are made with.
 *
 * The dedupe key of a delivery is such a hash, never the address: it may stay when a person is erased, and still keeps a
 * second send away. It is keyed because there are few enough phone numbers to try them all against a plain hash.
 */
import { hash, hkdfSync } from 'node:crypto';

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
  const hex = hmacSha256(pepper, text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** SHA-256's, in bytes. */
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Room for the text that is hashed; a longer one, which no address is, gets room of its own. */
const USUAL_TEXT_BYTES = 1_024;

/** What is hashed in the two steps of an HMAC: the key's two pads, each with room for what follows it. */
interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const padsOfKeys = new WeakMap<Uint8Array, Pads>();

/**
 * HMAC-SHA256 in hex, as `createHmac` gives it (RFC 2104; a test holds them against each other), by two plain hashes: at a million
 * addresses the object of each `createHmac`, which the garbage collector has to take apart, cost as much as the hashing.
 */
function hmacSha256(key: Uint8Array, text: string): string {
  let pads = padsOfKeys.get(key);
  if (pads === undefined) {
    pads = padsOf(key);
    padsOfKeys.set(key, pads);
  }
  const { outer } = pads;
  const bytes = Buffer.byteLength(text);
  const inner =
    bytes <= USUAL_TEXT_BYTES ? pads.inner : Buffer.concat([pads.inner.subarray(0, BLOCK_BYTES), Buffer.alloc(bytes)]);
  inner.write(text, BLOCK_BYTES);
  // As latin1 (which `hash` calls binary), for a Buffer made anew each time costs more than the hash.
  outer.write(hash('sha256', inner.subarray(0, BLOCK_BYTES + bytes), 'binary'), BLOCK_BYTES, 'latin1');
  return hash('sha256', outer, 'hex');
}

function padsOf(key: Uint8Array): Pads {
  const block = Buffer.alloc(BLOCK_BYTES);
  if (key.byteLength > BLOCK_BYTES) block.write(hash('sha256', key, 'binary'), 'latin1');
  else block.set(key);
  const inner = Buffer.alloc(BLOCK_BYTES + USUAL_TEXT_BYTES);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  inner.set(block.map((byte) => byte ^ 0x36));
  outer.set(block.map((byte) => byte ^ 0x5c));
  return { inner, outer };
}
