/** The reading of WhatsApp's answers. */
import type { SendOutcome } from '@carillon/contracts';
import { outcomeOfError } from './codes.ts';

interface Answer {
  readonly messages?: readonly { readonly id?: unknown }[];
  readonly error?: {
    readonly code?: unknown;
    readonly message?: unknown;
    readonly error_data?: { readonly details?: unknown };
  };
}

/** The outcome of a complete answer. */
export function readAnswer(status: number, body: string, retryAfterMs: number | undefined): SendOutcome {
  let answer: Answer | null = null;
  try {
    answer = JSON.parse(body) as Answer | null;
  } catch {
    // Not JSON, such as a proxy's page. The status alone decides below.
  }
  const ok = status >= 200 && status < 300;
  if (ok) {
    const id = answer?.messages?.[0]?.id;
    if (typeof id === 'string' && id !== '') return { kind: 'accepted', providerMessageId: id };
  }
  const error = answer?.error;
  const code = typeof error?.code === 'number' && Number.isInteger(error.code) ? error.code : undefined;
  if (ok && code === undefined) {
    return { kind: 'unknown', code: 'unreadable_answer', message: `HTTP ${status} without a message id` };
  }
  const parts = [error?.message, error?.error_data?.details].filter((part) => typeof part === 'string');
  const message = parts.length > 0 ? parts.join(': ') : `HTTP ${status} without an error that could be read`;
  return outcomeOfError({ status, code, message, retryAfterMs });
}
