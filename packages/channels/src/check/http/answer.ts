/**
 * The reading of a paid service's answers, in the vocabulary of Kickbox. What decides is whether the check may have been
 * charged: `retry` and `throttled` stand only for answers that prove that it was not.
 */
import type { SendOutcome } from '@carillon/contracts';
import type { LookupResult } from '../../channel.ts';

interface Answer {
  readonly success?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly id?: unknown;
  readonly result?: unknown;
  readonly reason?: unknown;
  readonly role?: unknown;
  readonly disposable?: unknown;
  readonly accept_all?: unknown;
}

const WORD = /^[a-z][a-z0-9_]{0,63}$/;
const MESSAGE_LIMIT = 500;
const ID = /^[\x21-\x7e]{1,200}$/;

/**
 * The outcome of a complete answer. A verdict's cost is 0 and its id is empty where the service gave none; whoever knows the
 * price and the reference fills them in.
 */
export function readAnswer(status: number, body: string, retryAfterMs: number | undefined): SendOutcome {
  const answer = parse(body);
  const said = typeof answer?.message === 'string' ? answer.message.slice(0, MESSAGE_LIMIT) : `HTTP ${status}`;
  const code = `http_${status}`;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status >= 200 && status < 300) return (answer && readResult(answer)) ?? unreadable(status);
  // Refused before anything was done: the limit, the key, the balance.
  if (status === 429) return { kind: 'throttled', scope: 'number', code, message: said, ...wait };
  if (status === 401 || status === 402 || status === 403) {
    return { kind: 'throttled', scope: 'account', code, message: said, ...wait };
  }
  // 408 and what is no error at all are a proxy's words; 5xx may follow a check that was made.
  if (status === 408 || status < 400 || status >= 500) return { kind: 'unknown', code, message: said };
  return { kind: 'rejected', code, message: said };
}

/** What a look-up's answer says. */
export function readLookup(status: number, body: string): LookupResult {
  const answer = parse(body);
  if (status === 200) {
    const outcome = answer && readResult(answer);
    if (outcome !== undefined) return { kind: 'found', outcome };
  }
  // Only the service's own word counts: a 404 of a proxy, or of a service without look-up, says nothing about money.
  if (status === 404 && answer?.success === false && answer.code === 'unknown_reference') return { kind: 'absent' };
  const pending = status === 202 ? 'the check is still being made' : `the look-up answered HTTP ${status}`;
  return { kind: 'unavailable', message: pending };
}

/** The outcome of an answer that has a result; undefined for one that has none that we know. */
function readResult(answer: Answer): SendOutcome | undefined {
  const { result, success } = answer;
  if (success === false) return undefined;
  const reason = typeof answer.reason === 'string' && WORD.test(answer.reason) ? answer.reason : 'unexplained';
  if (result === 'unknown') {
    // The service does not know, and does not charge.
    return { kind: 'retry', code: reason, message: 'the service could not tell, and charged nothing' };
  }
  if (result !== 'deliverable' && result !== 'undeliverable' && result !== 'risky') return undefined;
  const providerMessageId = typeof answer.id === 'string' && ID.test(answer.id) ? answer.id : '';
  const verdict = {
    verdict: result,
    reason: result === 'risky' ? riskOf(answer, reason) : reason,
    costMicros: 0,
    checkedBy: 'http',
  } as const;
  return { kind: 'accepted', providerMessageId, verdict };
}

/** The same words for the same risk as our own verifier has. */
function riskOf({ disposable, role, accept_all: acceptAll }: Answer, reason: string): string {
  if (disposable === true) return 'disposable';
  if (acceptAll === true) return 'catch_all';
  return role === true ? 'role' : reason;
}

function unreadable(status: number): SendOutcome {
  return { kind: 'unknown', code: 'unreadable_answer', message: `HTTP ${status} without a result` };
}

function parse(body: string): Answer | undefined {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Such as a proxy's page; the status alone decides.
    return undefined;
  }
}
