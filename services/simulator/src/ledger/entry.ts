/** The lines of the ledger: how they are written, and how they are read back. */
import { parseReferenceUnverified } from '@carillon/core';

/** One attempt to send, by WhatsApp or by e-mail. It was accepted if and only if it has a wamid. */
export interface Entry {
  /** When it arrived, epoch ms. */
  readonly at: number;
  /** Phone number id that it was sent through; for e-mail the user who logged in, or else the sender's address. */
  readonly number: string;
  /**
   * Digits of the address, so that two spellings of one number are one person; an e-mail address in lower case; `''` if the
   * request named none.
   */
  readonly to: string;
  /**
   * Our reference (`biz_opaque_callback_data`, `X-Carillon-Reference`), `''` if none. An e-mail that was refused before its
   * headers came has none.
   */
  readonly reference: string;
  /** The provider's id; for e-mail the queue id that the reply names. */
  readonly wamid?: string;
  /** What was done wrong on purpose, or the error code or HTTP status that was answered. */
  readonly fault?: string;
  /** Error code that is reported later, in a `failed` status. */
  readonly failed?: number;
  /** Of an accepted text: its CRC-32 as hex digits, by which the same words are known again. */
  readonly words?: string;
  /** E-mail only: headers of the message, unfolded and not decoded, as far as they came; and what was attached. */
  readonly email?: {
    readonly messageId?: string;
    readonly subject?: string;
    readonly unsubscribe?: string;
    readonly attachments?: readonly Attachment[];
  };
}

/** A file that came with an e-mail, decoded. */
export interface Attachment {
  readonly fileName: string;
  readonly mediaType: string;
  /** Its size. */
  readonly bytes: number;
  /** Of text: how many lines it has. */
  readonly lines?: number;
}

/** Status callbacks that the receiver took: pairs of wamid and status. */
export interface Reported {
  readonly at: number;
  readonly reported: readonly (readonly [wamid: string, status: string])[];
}

/** An entry as one line of JSON, put together by hand because this runs for every request. */
export function renderEntry(entry: Entry): string {
  const to = entry.email === undefined ? `"${entry.to}"` : JSON.stringify(entry.to);
  let line = `{"at":${entry.at},"number":${JSON.stringify(entry.number)},"to":${to},"reference":${JSON.stringify(entry.reference)}`;
  if (entry.wamid !== undefined) line += `,"wamid":"${entry.wamid}"`;
  if (entry.fault !== undefined) line += `,"fault":"${entry.fault}"`;
  if (entry.failed !== undefined) line += `,"failed":${entry.failed}`;
  if (entry.words !== undefined) line += `,"words":"${entry.words}"`;
  if (entry.email !== undefined) line += `,"email":${JSON.stringify(entry.email)}`;
  return `${line}}\n`;
}

/** A line read back; undefined for one that was torn by a kill. */
export function parseLine(line: string): Entry | Reported | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value !== 'object' || value === null) return undefined;
    if ('to' in value || 'reported' in value) return value as Entry | Reported;
  } catch {
    // Torn: it was never answered for.
  }
  return undefined;
}

export function isEntry(line: Entry | Reported): line is Entry {
  return 'to' in line;
}

/** The run that a reference belongs to, `''` without one. */
export function runOf(reference: string): string {
  return reference === '' ? '' : String(parseReferenceUnverified(reference)?.runId ?? '');
}
