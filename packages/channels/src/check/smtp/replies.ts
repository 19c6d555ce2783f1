/**
 * What a mail server's reply to RCPT says about a mailbox. Only what is certain becomes a verdict: a refusal that may mean
 * us, our address or the moment leaves the address open.
 */
import { enhancedCode, readable, saysNoMailbox } from '../../email/replies.ts';
import { type Finding, judged } from '../finding.ts';
import type { Reply } from './dialogue.ts';

const FULL =
  /(mailbox|inbox|user|account|recipient|quota|storage).{0,60}\b(full|exceeded|over ?quota)|over ?(quota|its limit)|quota.{0,20}exceed|insufficient.{0,20}(mailbox|user).{0,20}(space|storage)/i;
const FULL_CODE = /^[45]\.2\.2$/;
/** Exists, and takes nothing. */
const DISABLED_CODE = /^5\.2\.1$/;
const GREYLIST = /gr[ea]y[ -]?list/i;
/** A server that postpones strangers mostly gives a reason of policy, or none. */
const MAY_BE_GREYLISTING = /^4\.(7|2\.0|0\.0)/;

/** What a server that refused, at whichever step before RCPT, leaves to say. */
export function refusedBefore(reply: Reply): Finding {
  const code = reply.status >= 500 ? 'blocked' : 'unavailable_smtp';
  return { kind: 'open', code, message: messageOf(reply) };
}

/** The finding of a reply to RCPT; undefined when the server took the address. */
export function judgeRcpt(reply: Reply, greylistWaitMs: number): Finding | undefined {
  const { status, text } = reply;
  if (status >= 200 && status < 300) return undefined;
  const message = messageOf(reply);
  if (status < 400 || status >= 600) return { kind: 'open', code: 'invalid_smtp', message };
  const enhanced = enhancedCode(text);
  if (isFull(status, text, enhanced)) return judged('risky', 'mailbox_full');
  if (status === 421) return { kind: 'open', code: 'unavailable_smtp', message };
  if (status < 500) {
    const greylisted =
      GREYLIST.test(text) || (status <= 451 && (enhanced === undefined || MAY_BE_GREYLISTING.test(enhanced)));
    if (!greylisted) return { kind: 'open', code: 'deferred', message };
    const wait = greylistWaitMs > 0 ? { retryAfterMs: greylistWaitMs } : {};
    return { kind: 'open', code: 'greylisted', message, ...wait };
  }
  if (enhanced !== undefined && DISABLED_CODE.test(enhanced)) return judged('undeliverable', 'mailbox_disabled');
  if (saysNoMailbox(status, text, enhanced, 'envelope', 'RCPT TO')) return judged('undeliverable', 'rejected_email');
  // Bad command, bad sequence, not implemented: about the conversation.
  if (status >= 500 && status <= 504) return { kind: 'open', code: 'invalid_smtp', message };
  return { kind: 'open', code: 'blocked', message };
}

function isFull(status: number, text: string, enhanced: string | undefined): boolean {
  if (enhanced !== undefined) return FULL_CODE.test(enhanced);
  return status === 552 || FULL.test(text);
}

function messageOf({ status, text }: Reply): string {
  return readable(text) || `the server answered ${status}`;
}
