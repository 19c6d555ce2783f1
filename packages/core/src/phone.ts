/**
 * Phone numbers: one spelling for each, because the dedupe key is made of it, and masks for the logs.
 *
 * libphonenumber-js comes with three sets of metadata. We use `min`: it holds all that turns a spelling into E.164 (calling
 * codes, national and international prefixes, the overall pattern of each country), which is all that two spellings need
 * to meet. `max` adds the patterns per type of line; its stricter answer ages with every newly opened number range, and a
 * person refused because our metadata is old is a worse fault than a number that the provider refuses. It is also
 * slower by two fifths (measured: 5.6 against 3.9 microseconds).
 *
 * There is no shortcut for clean numbers: the library needs about 4 microseconds for `+49...` on our machine (a million
 * rows in 4 seconds), and whatever skipped it would have to know each country's prefixes to agree with it.
 */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Why a number was refused. `ambiguous`: it reads as two different numbers, with and without the country's calling code. */
export type PhoneRefusal = 'empty' | 'too_long' | 'not_a_number' | 'invalid' | 'extension' | 'ambiguous';

/** A number's one spelling: E.164 without the plus sign, as WhatsApp takes it. */
export type PhoneResult =
  | { readonly ok: true; readonly e164Digits: string }
  | { readonly ok: false; readonly reason: PhoneRefusal };

/** An ISO 3166 country that phone numbers can be read by, such as `DE`. */
export type PhoneCountry = CountryCode;

/** Longer than any spelling of a number; keeps hostile input away from the library's expressions. */
const LONGEST_SPELLING = 40;

/** Whether numbers can be read as of this country (two capital letters). */
export function isPhoneCountry(country: string): country is PhoneCountry {
  return isSupportedCountry(country as CountryCode);
}

/**
 * Reads a number in any usual spelling.
 *
 * @param raw what somebody typed; spaces, hyphens, brackets, `00` and non-Latin digits are understood
 * @param defaultCountry whose numbers are written without calling code: the account's country
 */
export function normalizePhone(raw: string, defaultCountry: PhoneCountry): PhoneResult {
  const spelling = raw.trim();
  if (spelling === '') return { ok: false, reason: 'empty' };
  if (spelling.length > LONGEST_SPELLING) return { ok: false, reason: 'too_long' };
  const parsed = parsePhoneNumberFromString(spelling, { defaultCountry, extract: false });
  if (parsed === undefined) return { ok: false, reason: 'not_a_number' };
  if (parsed.ext !== undefined) return { ok: false, reason: 'extension' };
  const international = readAsInternational(spelling, parsed.countryCallingCode);
  if (!parsed.isValid()) {
    return international === undefined ? { ok: false, reason: 'invalid' } : { ok: true, e164Digits: international };
  }
  const e164Digits = parsed.number.slice(1);
  // '4915112345678' in Germany: a person's number without its plus, but by the pattern also one within Germany.
  // Guessing would tell a stranger, or the same person twice.
  if (international !== undefined && international !== e164Digits) return { ok: false, reason: 'ambiguous' };
  return { ok: true, e164Digits };
}

/** The number as if a plus stood before it, when it begins with the calling code and is valid so. */
function readAsInternational(spelling: string, callingCode: string): string | undefined {
  if (!spelling.startsWith(callingCode)) return undefined;
  const parsed = parsePhoneNumberFromString(`+${spelling}`, { extract: false });
  return parsed?.isValid() ? parsed.number.slice(1) : undefined;
}

/** What is masked as an e-mail address; a domain without a dot is left to the rule for everything else. */
const EMAIL_FORM = /^([^@]+)@([^@.]+(?:\.[^@.]+)+)$/;

/**
 * An address that may stand in a log. Of an e-mail address the first character and the domain show, and of a mailbox of one
 * character only the domain: `a***@example.org`. Of any other address at most its last four characters, and never more than
 * a third of it.
 */
export function maskAddress(address: string): string {
  const email = EMAIL_FORM.exec(address);
  if (email !== null) {
    const [first = '', ...others] = email[1] as string;
    return `${others.length > 0 ? first : ''}***@${email[2]}`;
  }
  const shown = Math.min(4, Math.floor(address.length / 3));
  return `***${shown === 0 ? '' : address.slice(-shown)}`;
}
