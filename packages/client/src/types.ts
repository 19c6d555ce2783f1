/** What each path takes and answers, read off the generated types. */
import type { components, paths } from './generated.ts';

type Schemas = components['schemas'];
export type Job = Schemas['Job'];
export type NewJob = Schemas['CreateJobBody'];
export type Run = Schemas['Run'];
export type Delivery = Schemas['Delivery'];
export type Recipient = Schemas['Recipient'];
export type Audience = Schemas['Audience'];
export type Import = Schemas['Import'];

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Paths that take a method. */
export type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];

/** The operation behind a path and a method. */
export type OperationOf<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O } ? O : never;

/** A file for an import. A stream is given by a function that begins it anew, because a retry reads it from the start. */
export type FileBody = string | Uint8Array | (() => AsyncIterable<Uint8Array>);

type PathOption<O> = O extends { parameters: { path: infer X } } ? { readonly path: X } : unknown;
type QueryOption<O> = O extends { parameters: { query: infer X } }
  ? { readonly query: X }
  : O extends { parameters: { query?: infer X } }
    ? { readonly query?: NonNullable<X> }
    : unknown;
type BodyOption<O> = O extends { requestBody: { content: infer C } }
  ? 'application/json' extends keyof C
    ? { readonly body: C['application/json'] }
    : { readonly body: FileBody; readonly contentType: keyof C & string }
  : unknown;

/** What a call may be given beside what its path takes. */
export interface CallOptions {
  /** Default: a new one per call, the same for each of its tries. Give your own to repeat a call of an earlier process. */
  readonly idempotencyKey?: string;
  /** Ends the call, its pauses included. */
  readonly signal?: AbortSignal;
}

/** What a call takes. */
type OptionsOf<O> = CallOptions & PathOption<O> & QueryOption<O> & BodyOption<O>;

/** The options may be left out when nothing in them is needed. */
export type Arguments<O> =
  Record<never, never> extends OptionsOf<O> ? [options?: OptionsOf<O>] : [options: OptionsOf<O>];

type JsonOf<R> = R extends { content: { 'application/json': infer X } } ? X : undefined;

/** What a call answers when all is well; undefined where there is nothing to answer. */
export type AnswerOf<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? JsonOf<R[S]> : never }[keyof R]
  : never;

/** What a list holds. */
export type ItemOf<O> = AnswerOf<O> extends { data: (infer X)[] } ? X : never;

/** Paths whose answer is a page of a list. */
export type ListPaths = {
  [P in PathsOf<'get'>]: AnswerOf<OperationOf<P, 'get'>> extends { data: unknown[]; nextCursor: string | null }
    ? P
    : never;
}[PathsOf<'get'>];
