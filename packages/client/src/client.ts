/**
 * `createClient`: calls by method and path, as the API's description writes them. A call that creates something gets its
 * Idempotency-Key here, once, and carries the same one in every try, so that an answer that was lost costs nothing.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CarillonConnectionError, CarillonError, type Problem } from './errors.ts';
import { REPEAT } from './operations.ts';
import { DEFAULT_RETRIES, pauseBeforeRetry, type RetryOptions } from './retry.ts';
import type { AnswerOf, Arguments, FileBody, ItemOf, ListPaths, Method, OperationOf, PathsOf } from './types.ts';

export interface ClientOptions {
  /** Where the API is, such as `https://carillon.example`; a path in it is kept. */
  readonly baseUrl: string;
  /** `ck_...` */
  readonly apiKey: string;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
  /** Parts of it replace the defaults; `{ limit: 0 }` never repeats. */
  readonly retries?: Partial<RetryOptions>;
  /** Until the answer's end, per try; default 30,000. Uploads of files take as long as they take. */
  readonly timeoutMs?: number;
  /** From 0 to 1, for the pauses; default Math.random. */
  readonly random?: () => number;
}

/** Each method throws CarillonError when the API says no, and CarillonConnectionError when it says nothing. */
export interface CarillonClient {
  get<P extends PathsOf<'get'>>(path: P, ...options: Arguments<OperationOf<P, 'get'>>): Answer<P, 'get'>;
  post<P extends PathsOf<'post'>>(path: P, ...options: Arguments<OperationOf<P, 'post'>>): Answer<P, 'post'>;
  put<P extends PathsOf<'put'>>(path: P, ...options: Arguments<OperationOf<P, 'put'>>): Answer<P, 'put'>;
  patch<P extends PathsOf<'patch'>>(path: P, ...options: Arguments<OperationOf<P, 'patch'>>): Answer<P, 'patch'>;
  delete<P extends PathsOf<'delete'>>(path: P, ...options: Arguments<OperationOf<P, 'delete'>>): Answer<P, 'delete'>;
  /** Everything in a list, fetched page by page as it is read. */
  list<P extends ListPaths>(
    path: P,
    ...options: Arguments<OperationOf<P, 'get'>>
  ): AsyncGenerator<ItemOf<OperationOf<P, 'get'>>, void, undefined>;
}

type Answer<P extends PathsOf<M>, M extends Method> = Promise<AnswerOf<OperationOf<P, M>>>;

type Sendable = NonNullable<RequestInit['body']>;

/** The options of any call, their types forgotten. */
interface LooseOptions {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** A client of one account. It keeps no connection of its own, so there is nothing to close. */
export function createClient(options: ClientOptions): CarillonClient {
  const base = options.baseUrl.replace(/\/+$/, '');
  const send = options.fetch ?? globalThis.fetch;
  const retries: RetryOptions = { ...DEFAULT_RETRIES, ...options.retries };
  const random = options.random ?? Math.random;
  const timeoutMs = options.timeoutMs ?? 30_000;

  async function call(method: Uppercase<Method>, path: string, given: LooseOptions = {}): Promise<unknown> {
    const what = `${method} ${path}`;
    const repeat = REPEAT[what] ?? 'never';
    const idempotencyKey = given.idempotencyKey ?? (repeat === 'with-key' ? randomUUID() : undefined);
    const url = base + fillPath(path, given.path) + queryText(given.query);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await tryOnce(method, url, given, idempotencyKey);
      if ('answer' in outcome) return outcome.answer;
      given.signal?.throwIfAborted();
      const { error, headers } = outcome;
      const failure =
        error instanceof CarillonError
          ? { status: error.status, code: error.code, headers }
          : { status: undefined, code: undefined, headers };
      const pauseMs = pauseBeforeRetry(failure, repeat !== 'never', attempt, retries, random);
      if (pauseMs === undefined) {
        if (error instanceof CarillonError) throw error;
        throw new CarillonConnectionError(what, attempt + 1, idempotencyKey, error);
      }
      await pause(pauseMs, undefined, given.signal === undefined ? {} : { signal: given.signal });
    }
  }

  async function tryOnce(
    method: string,
    url: string,
    given: LooseOptions,
    idempotencyKey: string | undefined,
  ): Promise<{ answer: unknown } | { error: unknown; headers: Headers | undefined }> {
    const isFile = given.contentType !== undefined;
    // Not `AbortSignal.timeout` within `AbortSignal.any`: Node may collect it as garbage before it fires.
    const limit = new AbortController();
    const timer = isFile
      ? undefined
      : setTimeout(() => limit.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')), timeoutMs);
    const abort = () => limit.abort(given.signal?.reason);
    given.signal?.addEventListener('abort', abort, { once: true });
    if (given.signal?.aborted) abort();
    const headers: Record<string, string> = {
      Authorization: `Bearer ${options.apiKey}`,
      Accept: 'application/json, application/problem+json',
    };
    if (idempotencyKey !== undefined) headers['Idempotency-Key'] = idempotencyKey;
    if (given.body !== undefined) headers['Content-Type'] = given.contentType ?? 'application/json';
    const init: RequestInit & { duplex?: 'half' } = { method, headers, signal: limit.signal };
    if (given.body !== undefined) Object.assign(init, isFile ? fileBody(given.body as FileBody) : jsonBody(given.body));
    try {
      const response = await send(url, init);
      // Read inside: an answer that breaks off is none.
      const text = await response.text();
      if (response.ok) return { answer: text === '' ? undefined : JSON.parse(text) };
      const requestId = response.headers.get('X-Request-Id') ?? undefined;
      return { error: new CarillonError(response.status, parseProblem(text), requestId), headers: response.headers };
    } catch (error) {
      return { error, headers: undefined };
    } finally {
      clearTimeout(timer);
      given.signal?.removeEventListener('abort', abort);
    }
  }

  async function* list(path: string, given: LooseOptions = {}): AsyncGenerator<unknown, void, undefined> {
    let cursor: string | null | undefined = given.query?.cursor as string | undefined;
    do {
      const query = { ...given.query, ...(typeof cursor === 'string' && { cursor }) };
      const page = (await call('GET', path, { ...given, query })) as { data: unknown[]; nextCursor: string | null };
      yield* page.data;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  const by = (method: Uppercase<Method>) => (path: string, given?: LooseOptions) => call(method, path, given);
  const methods = { get: by('GET'), post: by('POST'), put: by('PUT'), patch: by('PATCH'), delete: by('DELETE'), list };
  // The types of paths and options have been checked where the methods are called.
  return methods as unknown as CarillonClient;
}

/** `/v1/jobs/{id}` with its parts filled in, percent-encoded. */
function fillPath(path: string, parts: LooseOptions['path'] = {}): string {
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const part = parts[name];
    if (part === undefined || part === '') throw new TypeError(`${path} needs path.${name}`);
    return encodeURIComponent(part);
  });
}

function queryText(query: LooseOptions['query'] = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return '';
  return `?${new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)]))}`;
}

function jsonBody(body: unknown): { body: string } {
  return { body: JSON.stringify(body) };
}

function fileBody(body: FileBody): { body: Sendable; duplex?: 'half' } {
  if (typeof body !== 'function') return { body: body as Sendable };
  // fetch takes any async iterable as a stream, and sends it as it is read.
  return { body: body() as unknown as Sendable, duplex: 'half' };
}

function parseProblem(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // A proxy's page of HTML.
    return {};
  }
}
