/** People whom a job names by address alone: each address in its one spelling, with its key. */
import type { InlineAddress, MessageChannelName } from '@carillon/contracts';
import { addressKey, isPhoneCountry, normalizeEmail, normalizePhone } from '@carillon/core';
import { type FieldFault, ValidationError } from '../../http/problem.ts';

const MOST_FAULTS = 20;

/** Somebody as a job keeps them. */
export interface InlinePerson {
  /** Normalized, as the channel writes to it. */
  readonly address: string;
  readonly addressKey: string;
  readonly name: string | null;
  readonly zone: string | null;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Reads every address by the channel's rules.
 * @param of `country` reads phone numbers without a country code; `pepper` makes the keys
 * @param fieldOf where the address at an index stands in the body
 * @throws ValidationError naming each that is none, by `invalid_phone` or `invalid_email`
 */
export function readAddresses(
  people: readonly InlineAddress[],
  of: { readonly channel: MessageChannelName; readonly country: string; readonly pepper: Uint8Array },
  fieldOf: (index: number) => string = (index) => `audience.addresses[${index}].address`,
): InlinePerson[] {
  const faults: FieldFault[] = [];
  const read = people.flatMap(({ address, name, zone, attributes }, index): InlinePerson[] => {
    const spelled = of.channel === 'email' ? readEmail(address) : readPhone(address, of.country);
    if ('code' in spelled) {
      faults.push({ field: fieldOf(index), ...spelled });
      return [];
    }
    const key = addressKey(of.pepper, of.channel, spelled.key);
    return [{ address: spelled.address, addressKey: key, name: name ?? null, zone: zone ?? null, attributes }];
  });
  const [first, ...more] = faults;
  if (first !== undefined) throw new ValidationError([first, ...more.slice(0, MOST_FAULTS - 1)]);
  return read;
}

type Spelled = { readonly address: string; readonly key: string } | Pick<FieldFault, 'code' | 'detail'>;

function readEmail(text: string): Spelled {
  const result = normalizeEmail(text);
  if (result.ok) return { address: result.address, key: result.key };
  return { code: 'invalid_email', detail: `This is no e-mail address (${result.reason}).` };
}

function readPhone(text: string, country: string): Spelled {
  if (!isPhoneCountry(country)) throw new Error(`the account's country ${country} is not known`);
  const result = normalizePhone(text, country);
  if (result.ok) return { address: result.e164Digits, key: result.e164Digits };
  return { code: 'invalid_phone', detail: `This is no phone number (${result.reason}).` };
}
