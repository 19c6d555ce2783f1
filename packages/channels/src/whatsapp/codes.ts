/**
 * What each error code of the WhatsApp Cloud API means for a second try. The provider asks integrators to branch on
 * `code`, not on titles or HTTP statuses, which vary between its own documents; the status decides only where no code
 * that we know is given. The meanings come from the provider's list of error codes, the classes are ours.
 */
import type { SendOutcome, ThrottleScope } from '@carillon/contracts';

/** What an answer's code proves. `unknown` proves nothing. */
export type CodeClass =
  | { readonly kind: 'retry'; readonly overloaded?: true }
  | { readonly kind: 'throttled'; readonly scope: ThrottleScope }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'unknown' };

const RETRY: CodeClass = { kind: 'retry' };
const OVERLOADED: CodeClass = { kind: 'retry', overloaded: true };
const NUMBER: CodeClass = { kind: 'throttled', scope: 'number' };
const RECIPIENT: CodeClass = { kind: 'throttled', scope: 'recipient' };
const ACCOUNT: CodeClass = { kind: 'throttled', scope: 'account' };
const REJECTED: CodeClass = { kind: 'rejected' };
const UNKNOWN: CodeClass = { kind: 'unknown' };

/** Every code that decides by itself, whatever the HTTP status beside it says. */
export const WHATSAPP_CODES: ReadonlyMap<number, CodeClass> = new Map<number, CodeClass>([
  // "Invalid request or possible server error": it may have been accepted.
  [1, UNKNOWN],

  // Worth another attempt.
  [2, RETRY], // service temporarily down
  [131000, RETRY], // something went wrong
  [131016, OVERLOADED], // service overloaded
  [131057, RETRY], // account in maintenance, such as a throughput upgrade
  [133004, RETRY], // server temporarily unavailable

  // Limits.
  [4, NUMBER], // the app's call quota
  [80007, NUMBER], // the business account's rate limit
  [130429, NUMBER], // the number's throughput
  [131056, RECIPIENT], // too many messages from this number to this recipient

  // Somebody must act before anything of this account goes out.
  [0, ACCOUNT], // not authenticated
  [3, ACCOUNT], // capability or permission missing
  [10, ACCOUNT], // permission denied
  [190, ACCOUNT], // access token expired
  [368, ACCOUNT], // blocked for policy violations
  [131005, ACCOUNT], // access denied
  [131031, ACCOUNT], // account locked
  [131042, ACCOUNT], // payment
  [131048, ACCOUNT], // spam rate limit
  [132015, ACCOUNT], // template paused for low quality
  [132016, ACCOUNT], // template disabled for good
  [133010, ACCOUNT], // phone number not registered

  // The content must change.
  [100, REJECTED],
  [131008, REJECTED], // required parameter missing
  [131009, REJECTED], // parameter value not valid
  [131051, REJECTED], // message type not supported
  [132000, REJECTED], // number of template parameters
  [132001, REJECTED], // template does not exist
  [132005, REJECTED], // template text too long
  [132007, REJECTED], // template text violates policy
  [132012, REJECTED], // template parameter format

  // This recipient will not get it.
  [130472, REJECTED], // part of the provider's experiment
  [131021, REJECTED], // recipient is the sender
  [131026, REJECTED], // undeliverable
  [131047, REJECTED], // outside the 24 h window: needs a template
  [131049, REJECTED], // the provider's cap on marketing messages per person
]);

/** Class of an HTTP status whose answer gives no code that we know. */
export function classOfStatus(status: number): CodeClass {
  if (status === 429) return NUMBER;
  if (status === 401 || status === 403) return ACCOUNT;
  // A proxy that gave up waiting, or one that points elsewhere: neither proves that the provider did not accept.
  if (status === 408 || status < 400 || status >= 500) return UNKNOWN;
  return REJECTED;
}

/** Codes 200 to 299 are all "API permission missing". */
function classOfCode(code: number): CodeClass | undefined {
  return WHATSAPP_CODES.get(code) ?? (code >= 200 && code <= 299 ? ACCOUNT : undefined);
}

/** The longest error text that is kept. */
const MESSAGE_LIMIT = 500;

/** An error answer as far as it could be read. */
export interface ErrorAnswer {
  /** HTTP status. */
  readonly status: number;
  /** `error.code` of the body, if the body was readable and has one. */
  readonly code?: number | undefined;
  /** Text for people: the provider's message and details, or whatever the body said. */
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

/**
 * The outcome that an error answer stands for. `code` of the outcome is the provider's numeric code, or `http_<status>`
 * where it gave none.
 */
export function outcomeOfError(answer: ErrorAnswer): SendOutcome {
  const known = answer.code === undefined ? undefined : classOfCode(answer.code);
  const decided = known ?? classOfStatus(answer.status);
  const code = answer.code === undefined ? `http_${answer.status}` : String(answer.code);
  const message = answer.message.slice(0, MESSAGE_LIMIT);
  const wait = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };
  switch (decided.kind) {
    case 'retry':
      return { kind: 'retry', code, message, ...wait, ...(decided.overloaded && { overloaded: true }) };
    case 'throttled':
      return { kind: 'throttled', scope: decided.scope, code, message, ...wait };
    default:
      return { kind: decided.kind, code, message };
  }
}
