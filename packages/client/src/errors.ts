/** What a call may throw: an answer of the API that says no, or no answer at all. */

/** One field at fault. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

/** `application/problem+json` as the API writes it. Whatever stands in front of it may answer with less. */
export interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly field?: string;
  readonly detail?: string;
  readonly advice?: string;
  readonly errors?: readonly FieldFault[];
  readonly requestId?: string;
}

/** The API said no. Decide by `code`, which never changes its meaning. */
export class CarillonError extends Error {
  readonly status: number;
  /** Such as `unknown_audience`; `http_502` where the answer had no code, because a proxy gave it. */
  readonly code: string;
  /** The path of the field, the query parameter or the header at fault. */
  readonly field: string | undefined;
  readonly detail: string;
  readonly advice: string | undefined;
  /** All faults, when several fields may be wrong. */
  readonly errors: readonly FieldFault[];
  /** Names the request in the installation's logs. */
  readonly requestId: string | undefined;

  constructor(status: number, problem: Problem, requestId?: string) {
    const code = problem.code ?? `http_${status}`;
    const detail = problem.detail ?? problem.title ?? `The server answered with status ${status}.`;
    super(`${code}: ${problem.field === undefined ? '' : `${problem.field}: `}${detail}`);
    this.name = 'CarillonError';
    this.status = status;
    this.code = code;
    this.field = problem.field;
    this.detail = detail;
    this.advice = problem.advice;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? requestId;
  }
}

/** No answer came, however often it was tried. Whether the last try was acted upon is not known. */
export class CarillonConnectionError extends Error {
  /** How many times it was tried. */
  readonly tries: number;
  /** Repeat the call with it as `idempotencyKey`, and nothing is done twice. */
  readonly idempotencyKey: string | undefined;

  constructor(what: string, tries: number, idempotencyKey: string | undefined, cause: unknown) {
    super(`${what}: no answer after ${tries} ${tries === 1 ? 'try' : 'tries'}`, { cause });
    this.name = 'CarillonConnectionError';
    this.tries = tries;
    this.idempotencyKey = idempotencyKey;
  }
}
