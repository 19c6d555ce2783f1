/**
 * The reading of a payment provider's answers. What decides is whether money may have moved: `retry`, `throttled` and `rejected` stand
 * only for answers that prove that it did not. An answer that could be another request's says nothing.
 */
import { RESULT_BYTES_MAX, type SendOutcome } from '@carillon/contracts';
import { keepText } from '@carillon/core';
import type { LookupResult } from '../channel.ts';

/** Refused by whoever should pay, for good: the same again would be refused again. */
const REFUSALS: ReadonlySet<string> = new Set(['insufficient_funds', 'unauthorized']);
const CODE = /^[a-z][a-z0-9_]{0,63}$/;
const ID = /^[\x21-\x7e]{1,200}$/;
const MESSAGE_LIMIT = 500;

interface Answer {
  readonly id?: unknown;
  readonly reference?: unknown;
  readonly status?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
}

/** An outcome, with the reference that the answer was about, if it named one. */
export type ReadOutcome = SendOutcome & { readonly reference?: string };

/** The outcome of a complete answer. Whoever knows the request asks {@link ofRequest} whether it is the answer to that. */
export function readAnswer(status: number, body: string, retryAfterMs: number | undefined): ReadOutcome {
  const answer = parse(body);
  const { text, truncated } = keepText(body, RESULT_BYTES_MAX);
  const about = {
    ...(typeof answer?.reference === 'string' && { reference: answer.reference }),
    result: { ms: 0, status, ...(text !== '' && { output: text }), ...(truncated && { truncated }) },
  };
  return { ...outcomeOf(status, answer, retryAfterMs), ...about };
}

function outcomeOf(status: number, answer: Answer | undefined, retryAfterMs: number | undefined): SendOutcome {
  const said = typeof answer?.message === 'string' ? answer.message.slice(0, MESSAGE_LIMIT) : `HTTP ${status}`;
  const named = typeof answer?.code === 'string' && CODE.test(answer.code) ? answer.code : undefined;
  const code = named ?? `http_${status}`;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status >= 200 && status < 300)
    return paid(answer) ?? { kind: 'unknown', code: 'unreadable_answer', message: said };
  if (status === 429) return { kind: 'throttled', scope: 'number', code, message: said, ...wait };
  // A key of the API that is none refuses everything of the account, until a person mends it.
  if (status === 401) return { kind: 'throttled', scope: 'account', code, message: said, ...wait };
  // The first request with this key is still under way, or had other bytes: what became of it is to be looked up. 408, 5xx and what is
  // no error at all may follow a payment; a page of a proxy proves nothing.
  const isOpen = status === 409 || status === 422 || status === 408 || status < 400 || status >= 500;
  if (isOpen || named === undefined) return { kind: 'unknown', code, message: said };
  if (REFUSALS.has(named)) return { kind: 'rejected', code, message: said, concerns: 'job' };
  return { kind: 'rejected', code, message: said };
}

function paid(answer: Answer | undefined): SendOutcome | undefined {
  if (answer?.status !== 'paid' || typeof answer.id !== 'string' || !ID.test(answer.id)) return undefined;
  return { kind: 'accepted', providerMessageId: answer.id };
}

/** The outcome as far as it is about the request: a yes or a no that names no reference, or another one, says nothing of it. */
export function ofRequest({ reference: about, ...outcome }: ReadOutcome, reference: string): SendOutcome {
  if ((outcome.kind !== 'accepted' && outcome.kind !== 'rejected') || about === reference) return outcome;
  const { result } = outcome;
  const message = 'the answer does not name our reference';
  return { kind: 'unknown', code: 'foreign_answer', message, ...(result !== undefined && { result }) };
}

/** What a look-up's answer says of a reference. */
export function readLookup(status: number, body: string, reference: string): LookupResult {
  const answer = parse(body);
  if (answer?.reference === reference) {
    if (status === 200) {
      const decided = answer.status === 'refused' ? 402 : 201;
      const outcome = ofRequest(readAnswer(decided, body, undefined), reference);
      if (outcome.kind === 'accepted' || outcome.kind === 'rejected') return { kind: 'found', outcome };
    }
    // Only the provider's own word counts: a 404 of a proxy says nothing about money.
    if (status === 404 && answer.code === 'unknown_payment') return { kind: 'absent' };
  }
  return { kind: 'unavailable', message: `the look-up answered HTTP ${status}` };
}

function parse(body: string): Answer | undefined {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
