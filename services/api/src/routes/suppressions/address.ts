/** Addresses as somebody wrote them, read by channel into what is stored and what is compared. */
import type { MessageChannelName } from '@carillon/contracts';
import {
  ApiError,
  addressKey,
  isPhoneCountry,
  normalizeEmail,
  normalizePhone,
  type PhoneCountry,
} from '@carillon/core';

/** The rules by which an account's addresses are read. */
export interface AddressRules {
  /** Whose numbers are written without country code. */
  readonly country: PhoneCountry;
  readonly pepper: Uint8Array;
}

/** An address read, or what is wrong with it as a sentence. */
export type ReadAddress =
  | { readonly ok: true; readonly address: string; readonly addressKey: string }
  | { readonly ok: false; readonly code: 'invalid_phone' | 'invalid_email'; readonly detail: string };

/** @throws TypeError for a country that numbers cannot be read by, which no account can have */
export function addressRules(country: string, pepper: Uint8Array): AddressRules {
  if (!isPhoneCountry(country)) throw new TypeError(`numbers cannot be read by the account's country ${country}`);
  return { country, pepper };
}

/** Reads an address in any usual spelling. */
export function readAddress(channel: MessageChannelName, text: string, rules: AddressRules): ReadAddress {
  if (channel === 'email') {
    const read = normalizeEmail(text);
    if (read.ok) {
      return { ok: true, address: read.address, addressKey: addressKey(rules.pepper, channel, read.key) };
    }
    const detail = `It is no usable e-mail address: ${read.reason.replaceAll('_', ' ')}.`;
    return { ok: false, code: 'invalid_email', detail };
  }
  const read = normalizePhone(text, rules.country);
  if (read.ok) {
    return { ok: true, address: read.e164Digits, addressKey: addressKey(rules.pepper, channel, read.e164Digits) };
  }
  const detail = `It is no usable phone number: ${read.reason.replaceAll('_', ' ')}.`;
  return { ok: false, code: 'invalid_phone', detail };
}

/** {@link readAddress}. @throws ApiError `invalid_phone` or `invalid_email` of the field `address` */
export function requireAddress(
  channel: MessageChannelName,
  text: string,
  rules: AddressRules,
): { address: string; addressKey: string } {
  const read = readAddress(channel, text, rules);
  if (read.ok) return read;
  throw new ApiError(read.code, { field: 'address', detail: read.detail });
}
