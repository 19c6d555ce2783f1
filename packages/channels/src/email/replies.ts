/**
 * What a reply of an SMTP server means for a second try. Replies are defined by RFC 5321 (section 4.2), the enhanced codes
 * in them (`5.1.1`) by RFC 3463; the classes are ours. A reply of 4xx or 5xx proves that the message was not accepted,
 * also when it answers the final dot.
 */
import type { SendOutcome } from '@carillon/contracts';
import { maskAddress } from '@carillon/core';

/**
 * How far a message had come: `session` before the message (connecting, greeting, EHLO, TLS, login), `envelope` from MAIL
 * to the server's leave to begin (354), `body` from the first byte of the message on.
 */
export type Place = 'session' | 'envelope' | 'body';

/** A complete reply that refused something. */
export interface Refusal {
  /** 400 to 599. */
  readonly status: number;
  /** Whole text, all lines, with the codes. */
  readonly text: string;
  readonly place: Place;
  /** The command that it answered, such as `RCPT TO`; as far as it is known. */
  readonly command?: string | undefined;
}

const MESSAGE_LIMIT = 500;
const ADDRESS = /[^\s<>"'(),:;@]+@[^\s<>"'(),:;@]+/g;
const ENHANCED = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/;

/** Login demanded, refused or not possible: no message of this account goes out until somebody mends it. */
const LOGIN_STATUSES: ReadonlySet<number> = new Set([530, 534, 535, 538]);
/** Bad sequence of commands: something about this connection, nothing about the message. */
const OUT_OF_STEP = 503;
/** The statuses by which a server says at RCPT that there is no such mailbox. */
const NO_MAILBOX_STATUSES: ReadonlySet<number> = new Set([550, 551, 553]);
/** Enhanced codes about the recipient's address; 5.1.7 and 5.1.8 are about the sender's. 5.1.0 is vague: only at RCPT. */
const NO_MAILBOX = /^5\.1\.(1|2|3|6|10)$/;
const NO_MAILBOX_AT_RCPT = /^5\.1\.(0|1|2|3|6|10)$/;
/** Words of refusals that mean us or the message, where no enhanced code says so. */
const NOT_ABOUT_THE_MAILBOX =
  /spam|block|black ?list|listed|polic|reputation|relay|denied|sender|authenticat|virus|content/i;
const RATE =
  /too many|too fast|too much mail|rate[ -]?limit|(message|sending|connection|unusual) rate|(limit|rate|quota) exceeded|exceeded .*(limit|rate|quota)|throttl|slow down/i;
const GREYLIST = /gr[ea]y[ -]?list/i;
/** Of the recipient's mailbox or address (4.1.x, 4.2.x): its quota is not our limit. */
const OF_THE_RECIPIENT = /^4\.[12]\./;

/** Text for people: without reply codes at the lines' beginnings, addresses masked, cut. */
export function readable(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\d{3}(?:[ -]|$)/, '').trim());
  const masked = lines.filter(Boolean).join(' ').replace(ADDRESS, maskAddress);
  return masked.slice(0, MESSAGE_LIMIT);
}

/** The enhanced code of a reply (`5.1.1`), if it has one. */
export function enhancedCode(text: string): string | undefined {
  return ENHANCED.exec(text)?.[1];
}

/** The outcome that a refusal stands for. Never `unknown`. */
export function outcomeOfRefusal({ status, text, place, command }: Refusal): SendOutcome {
  const code = `smtp_${status}`;
  const message = readable(text) || `the server answered ${status}`;
  const enhanced = enhancedCode(text);
  if (LOGIN_STATUSES.has(status)) return { kind: 'throttled', scope: 'account', code, message };
  if (status < 500) {
    if (isRateLimit(text, enhanced)) return { kind: 'throttled', scope: 'number', code, message };
    return { kind: 'retry', code, message };
  }
  // The server will not talk with us, or not so; it has not seen any message yet.
  if (place === 'session') return { kind: 'throttled', scope: 'account', code, message };
  if (status === OUT_OF_STEP) return { kind: 'retry', code, message };
  return saysNoMailbox(status, text, enhanced, place, command)
    ? { kind: 'rejected', code, message, concerns: 'address' }
    : { kind: 'rejected', code, message };
}

function isRateLimit(text: string, enhanced: string | undefined): boolean {
  if (enhanced !== undefined && OF_THE_RECIPIENT.test(enhanced)) return false;
  return RATE.test(text) && !GREYLIST.test(text);
}

/** Whether the mailbox does not exist. Wrong here means that somebody is never written to again, so doubt is no. */
export function saysNoMailbox(
  status: number,
  text: string,
  enhanced: string | undefined,
  place: Place,
  command: string | undefined,
): boolean {
  if (place === 'body') return enhanced !== undefined && NO_MAILBOX.test(enhanced);
  if (command !== 'RCPT TO' || !NO_MAILBOX_STATUSES.has(status)) return false;
  if (enhanced === undefined) return !NOT_ABOUT_THE_MAILBOX.test(text);
  return NO_MAILBOX_AT_RCPT.test(enhanced) && !(enhanced === '5.1.0' && NOT_ABOUT_THE_MAILBOX.test(text));
}

/** How servers name what they queued, in the reply to the final dot. */
const QUEUE_IDS = [
  /\bqueued as <?([^\s<>]+)/i, // Postfix and many others
  /\bInternalId=([^\s,\]]+)/i, // Exchange
  /\bid=<?([^\s<>,]+)/i, // Exim
  /(\S+) Message accepted for delivery/i, // Sendmail
  /\b2\.0\.0 OK +\d+ (\S+) - gsmtp/i, // Gmail
  /^250 Ok ([0-9a-f]+(?:-[0-9a-f]+)+)$/i, // Amazon SES
];
const QUEUE_ID_LIMIT = 200;

/** The id that a server gave an accepted message, if its reply has one in a form that we know. */
export function queueIdOf(reply: string): string | undefined {
  for (const form of QUEUE_IDS) {
    const id = form.exec(reply.trim())?.[1]?.replace(/[.,;)]+$/, '');
    if (id !== undefined && id !== '' && id.length <= QUEUE_ID_LIMIT) return id;
  }
  return undefined;
}
