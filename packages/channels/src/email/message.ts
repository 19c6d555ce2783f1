/**
 * From a delivery to an e-mail: who it is from, its headers, its bytes. Nothing that comes from outside can add a header:
 * line breaks become spaces here already, and addresses, reference and link are checked for form.
 */
import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { EmailContent, OutgoingMessage, SendOutcome, SmtpProvider } from '@carillon/contracts';
import { parseReferenceUnverified } from '@carillon/core';
import MailComposer from 'nodemailer/lib/mail-composer';

/** A message that can go out. */
export interface ComposedEmail {
  /** Of the envelope (MAIL FROM). */
  readonly from: string;
  /** Of the envelope (RCPT TO). */
  readonly to: string;
  /** With its angle brackets. */
  readonly messageId: string;
  /** Renders the bytes, CRLF at each line's end. Never rejects for what the content says. */
  build(): Promise<Buffer>;
}

export type Composed =
  | { readonly ok: true; readonly email: ComposedEmail }
  | { readonly ok: false; readonly outcome: SendOutcome };

/** What may stand between angle brackets; stricter than RFC 5321, which also knows quoted local parts. */
const ADDRESS = /^[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]{1,253}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]+/g;
const REFERENCE = /^[\x21-\x7e]{1,512}$/;

/**
 * Checks and plans one message.
 * @param key makes the Message-IDs of this installation its own; any text
 * @param nowMs for the Date header, epoch ms
 */
export function composeEmail(message: OutgoingMessage, provider: SmtpProvider, key: string, nowMs: number): Composed {
  const { reference, unsubscribeUrl, attachment } = message;
  const content = emailOf(message);
  if (content === undefined) return refuse('wrong_content', 'this is no e-mail');
  if (content.text === undefined && content.html === undefined) return refuse('wrong_content', 'the e-mail is empty');
  const sender = senderOf(content, provider);
  if (sender === undefined) {
    return refuse('sender_not_allowed', 'the sender is none of those that the provider account may send as');
  }
  const { replyTo } = content.sender ?? {};
  if (!isAddress(message.address)) return refuse('invalid_address', 'the address is not of the form local@domain');
  if (!isAddress(sender.address)) return refuse('wrong_content', 'the sender is not of the form local@domain');
  if (replyTo !== undefined && !isAddress(replyTo)) {
    return refuse('wrong_content', 'the address to answer to is not of the form local@domain');
  }
  if (!REFERENCE.test(reference)) return refuse('wrong_content', 'the reference cannot stand in a header');
  const link = unsubscribeUrl === undefined ? undefined : linkOf(unsubscribeUrl);
  if (unsubscribeUrl !== undefined && link === undefined) {
    return refuse('wrong_content', 'the link to unsubscribe is no http(s) URL');
  }
  const from = toAscii(sender.address);
  const to = toAscii(message.address);
  const messageId = messageIdOf(message, from, key);
  const build = () =>
    new MailComposer({
      from: { name: sender.name ?? '', address: from },
      to: { name: '', address: to },
      ...(replyTo !== undefined && { replyTo: { name: '', address: toAscii(replyTo) } }),
      subject: oneLine(content.subject),
      ...(content.text !== undefined && { text: crlf(content.text) }),
      ...(content.html !== undefined && { html: crlf(content.html) }),
      ...(attachment !== undefined && {
        attachments: [
          {
            filename: attachment.fileName,
            contentType: attachment.mediaType,
            content: Buffer.from(attachment.bytes),
          },
        ],
      }),
      messageId,
      date: new Date(nowMs),
      headers: [
        { key: 'X-Carillon-Reference', value: { prepared: true, value: reference } },
        ...(link === undefined
          ? []
          : [
              { key: 'List-Unsubscribe', value: { prepared: true, value: `<${link}>` } },
              { key: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
            ]),
      ],
      // The same bytes at every try, as far as the clock allows.
      baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
      // Content is text and never names a file or an address to fetch.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build();
  return { ok: true, email: { from, to, messageId, build } };
}

/** What the message says as an e-mail; a report is one only with its document. */
function emailOf({ content, attachment }: OutgoingMessage): EmailContent | undefined {
  if (content.type === 'email') return content;
  if (content.type !== 'report' || attachment === undefined) return undefined;
  return { type: 'email', subject: content.subject, text: content.text };
}

/** Whom the message is from; undefined when the provider account may not send as that. */
function senderOf({ sender }: EmailContent, provider: SmtpProvider): SmtpProvider['from'] | undefined {
  const own = provider.from;
  const wanted = sender?.address ?? own.address;
  const isOwn = sameAddress(wanted, own.address);
  if (!isOwn && !provider.senders.some((allowed) => sameAddress(wanted, allowed))) return undefined;
  const name = sender?.name ?? (isOwn ? own.name : undefined);
  return { address: wanted, ...(name !== undefined && { name: oneLine(name) }) };
}

/**
 * The same for all tries of one delivery, so that a mailbox that sees two of them can know it: made of the reference
 * without its try, and of the address. The hash keeps two installations, or a database that began anew, from giving the
 * same id to different messages, which mail servers would drop as known.
 */
function messageIdOf({ reference, address }: OutgoingMessage, from: string, key: string): string {
  const parsed = parseReferenceUnverified(reference);
  const delivery =
    parsed === undefined
      ? reference
      : [parsed.runId, parsed.day.replaceAll('-', ''), parsed.batchId, parsed.number].join('.');
  const tag = createHash('sha256')
    .update(JSON.stringify([key, delivery, address]))
    .digest('hex')
    .slice(0, 20);
  const local = parsed === undefined ? tag : `${delivery}.${tag}`;
  return `<c1.${local}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

function isAddress(text: string): boolean {
  return text.search(CONTROL) < 0 && ADDRESS.test(text) && domainToASCII(text.slice(text.lastIndexOf('@') + 1)) !== '';
}

/** Addresses compare without case: nobody has two mailboxes that differ by it. */
function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The domain as it stands in DNS. */
function toAscii(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

/** A URL in the spelling of its parser. The parser would pass over line breaks; here they make it none. */
function linkOf(text: string): string | undefined {
  if (/[\s<>]/.test(text) || text.search(CONTROL) >= 0 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

function oneLine(text: string): string {
  return text.replace(CONTROL, ' ').trim();
}

/** Lone carriage returns and line feeds are read differently by different servers. */
function crlf(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n');
}

function refuse(code: string, message: string): Composed {
  return { ok: false, outcome: { kind: 'rejected', code, message } };
}
