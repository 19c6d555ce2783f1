/**
 * E-mail addresses: one spelling to write to, and one key by which two spellings of the same mailbox meet.
 *
 * The domain has an exact rule (case does not matter, and the DNS knows names in other scripts by their ASCII form), so it is
 * normalized. What stands before the @ is the receiving server's own business: by the standard `Ana@` and `ana@` may be two
 * mailboxes, so the address is written to as it was given; in practice they never are, and a person who is told twice is the
 * greater harm, so the key is lower-cased as a whole. Dots and `+tags` stay: some servers ignore them, others do not.
 *
 * The grammar is the `validator` package's, which keeps to what servers really take; what it lets pass and a header must not
 * hold (invisible characters) is refused before. Addresses in other scripts before the @ are taken (SMTPUTF8).
 */
import { domainToASCII } from 'node:url';
import isEmail from 'validator/lib/isEmail.js';

/**
 * Why an address was refused. `too_long`: more than 64 bytes before the @ or 254 in all; `forbidden_character`: controls, spaces,
 * invisible characters or lone surrogates; `local_part` and `domain`: what stands before or after the @ cannot stand there.
 */
export type EmailRefusal =
  | 'empty'
  | 'too_long'
  | 'forbidden_character'
  | 'no_at_sign'
  | 'quoted'
  | 'local_part'
  | 'domain';

/** An address read, or why not. */
export type EmailResult =
  | {
      readonly ok: true;
      /** To write to: as given before the @, ASCII in lower case after it. */
      readonly address: string;
      /** To compare by: the address in lower case. */
      readonly key: string;
    }
  | { readonly ok: false; readonly reason: EmailRefusal };

/** RFC 5321, 4.5.3.1.1, in bytes. */
const LOCAL_PART_MAX = 64;
/** RFC 5321, 4.5.3.1.3: 256 with the angle brackets around, in bytes. */
const ADDRESS_MAX = 254;
/** Longer than any spelling that could come out short enough; keeps hostile input away from what follows. */
const LONGEST_SPELLING = 1_000;

/** Controls, invisible and unassigned characters, lone surrogates, and spaces of every kind. */
const FORBIDDEN = /[\p{C}\p{Z}]/u;
/** ASCII that domains do not have; the URL rules behind `domainToASCII` would read a port, a path or `%61` there. */
const NOT_IN_DOMAIN = /[!-,/:-@[-`{-~]/;

/** Reads an address as somebody typed it. White space around it is ignored. */
export function normalizeEmail(text: string): EmailResult {
  const spelling = text.trim();
  if (spelling === '') return refused('empty');
  if (spelling.length > LONGEST_SPELLING) return refused('too_long');
  if (FORBIDDEN.test(spelling)) return refused('forbidden_character');
  const composed = spelling.normalize('NFC');
  const at = composed.lastIndexOf('@');
  if (at < 0) return refused('no_at_sign');
  const local = composed.slice(0, at);
  const domain = composed.slice(at + 1);
  if (local.includes('"')) return refused('quoted');
  if (NOT_IN_DOMAIN.test(domain)) return refused('domain');
  const ascii = domainToASCII(domain);
  const address = `${local}@${ascii}`;
  if (Buffer.byteLength(local) > LOCAL_PART_MAX || Buffer.byteLength(address) > ADDRESS_MAX) return refused('too_long');
  // In two steps, to say which half is wrong. A top-level domain is asked for, which also keeps IP addresses out.
  if (!isEmail.default(`a@${ascii}`)) return refused('domain');
  if (!isEmail.default(address)) return refused('local_part');
  return { ok: true, address, key: address.toLowerCase().normalize('NFC') };
}

function refused(reason: EmailRefusal): EmailResult {
  return { ok: false, reason };
}
