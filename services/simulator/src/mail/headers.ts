/** The few headers of an e-mail that the ledger keeps. */
import type { Entry } from '../ledger/entry.ts';

export interface MailHeaders {
  /** `''` if there is none. */
  readonly reference: string;
  readonly kept: NonNullable<Entry['email']>;
}

const LIMIT = 1_000;

/** Reads the header block of a message; not decoded. */
export function readHeaders(message: string): MailHeaders {
  const end = message.search(/\r?\n\r?\n/);
  const block = (end < 0 ? message : message.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !headers.has(name))
      headers.set(
        name,
        line
          .slice(colon + 1)
          .trim()
          .slice(0, LIMIT),
      );
  }
  const messageId = headers.get('message-id');
  const subject = headers.get('subject');
  const unsubscribe = headers.get('list-unsubscribe')?.replace(/^<(.*)>$/, '$1');
  return {
    reference: headers.get('x-carillon-reference') ?? '',
    kept: {
      ...(messageId !== undefined && { messageId }),
      ...(subject !== undefined && { subject }),
      ...(unsubscribe !== undefined && { unsubscribe }),
    },
  };
}
