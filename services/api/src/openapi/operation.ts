/** One route as an operation of the description: its name, parameters, body, answers and errors. */
import { ERROR_CATALOGUE, type ErrorCode } from '@carillon/core';
import type { z } from 'zod';
import { type Route, roleOf } from '../http/route.ts';
import { errorResponse } from './errors.ts';
import { exampleOf, type JsonSchema } from './examples.ts';
import { inlineSchema, type SchemaBook } from './schemas.ts';

/** Actions that are as good twice as once, whoever they are done to. */
const REPEATABLE_ACTIONS = /\/(?:pause|resume|cancel|preview)$/;

const headerOf = (name: string) => ({ $ref: `#/components/headers/${name}` });
const RATE_LIMITS = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'RateLimit-Policy'];

/** `/v1/jobs/:id` as OpenAPI writes it. */
export function templateOf({ path }: Route): string {
  return path.replace(/:([A-Za-z]\w*)/g, '{$1}');
}

/** The operation object of a route. */
export function describeOperation(route: Route, book: SchemaBook): object {
  const parameters = [...pathParameters(route), ...headerParameters(route), ...queryParameters(route)];
  const body = requestBody(route, book);
  return {
    operationId: operationIdOf(route),
    tags: [route.tag],
    summary: route.summary,
    description: [route.description ?? `${route.summary}.`, roleSentence(route)].filter(Boolean).join('\n\n'),
    'x-repeat': repeatOf(route),
    ...(route.access === 'public' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: { ...describeAnswers(route, book), ...describeErrors(route) },
  };
}

function roleSentence(route: Route): string | undefined {
  return route.access === 'public' ? undefined : `Needs a key with the role \`${roleOf(route)}\` or a higher one.`;
}

/** When a client may send the same request again by itself: always, with the same Idempotency-Key, or never. */
function repeatOf(route: Route): 'always' | 'with-key' | 'never' {
  if (route.idempotencyKey === 'required') return 'with-key';
  if (route.method !== 'post' && route.method !== 'patch') return 'always';
  return (route.repeatable ?? REPEATABLE_ACTIONS.test(route.path)) ? 'always' : 'never';
}

/**
 * What the route calls itself, or `listJobs`, `getJob`, `createJob`, `replaceRecipient`, `changeJob`, `deleteJob`, `listJobRuns`,
 * `pauseJob`, made of its method and path.
 */
export function operationIdOf(route: Route): string {
  if (route.operationId !== undefined) return route.operationId;
  const parts = route.path.split('/').filter((part) => part !== '' && part !== 'v1');
  const words = parts.filter((part) => !part.startsWith(':'));
  const last = words.at(-1) ?? '';
  const endsInThing = parts.at(-1)?.startsWith(':') ?? false;
  const isMany = singular(last) !== last && !endsInThing;
  const owners = words.slice(0, -1).map(singular);
  const named = (verb: string, noun: string) => verb + [...owners, noun].map(pascal).join('');
  switch (route.method) {
    case 'get':
      return isMany ? named('list', last) : named('get', singular(last));
    case 'post':
      if (isMany) return named('create', singular(last));
      // `/v1/jobs/:id/pause` is a verb and its object; `/v1/deliveries/settle` is about many.
      return camel(last) + (parts.at(-2)?.startsWith(':') ? owners : words.slice(0, -1)).map(pascal).join('');
    case 'put':
      return named('replace', singular(last));
    case 'patch':
      return named('change', singular(last));
    case 'delete':
      return named('delete', singular(last));
  }
}

function singular(word: string): string {
  if (/ies$/.test(word)) return word.replace(/ies$/, 'y');
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

function pascal(word: string): string {
  return word
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function camel(word: string): string {
  const text = pascal(word);
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A description that says "such as job_42" has given the example too. */
function pathParameters(route: Route): object[] {
  return [...route.path.matchAll(/:([A-Za-z]\w*)/g)].map(([, name = '']) => {
    const description = route.params?.[name];
    const example = /such as (\S+?)[.,;]?(?:\s|$)/i.exec(description ?? '')?.[1];
    return {
      name,
      in: 'path',
      required: true,
      ...(description !== undefined && { description }),
      schema: { type: 'string' },
      ...(example !== undefined && { example }),
    };
  });
}

function headerParameters(route: Route): object[] {
  return route.idempotencyKey === 'required' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [];
}

function queryParameters({ query }: Route): object[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = inlineSchema(query, 'input');
  return Object.entries(properties).map(([name, field]) => {
    const { description, examples, ...schema } = field;
    // What has a default need not be given, whatever zod says of its transformation.
    return {
      name,
      in: 'query',
      required: required.includes(name) && field.default === undefined,
      ...(description !== undefined && { description }),
      schema,
      ...(examples !== undefined && { example: examples[0] }),
    };
  });
}

function requestBody(route: Route, book: SchemaBook): object | undefined {
  const description = `What \`${operationIdOf(route)}\` takes.`;
  if (route.body !== undefined) {
    const schema = book.refer(route.body, 'input');
    const example = route.examples?.body?.['application/json'] ?? exampleOf(schema, book.components);
    return { required: true, description, content: { 'application/json': { schema, ...given(example) } } };
  }
  const mediaTypes =
    route.streamBody?.mediaTypes ?? (route.rawBody && Object.keys(route.examples?.body ?? { 'application/json': {} }));
  if (mediaTypes === undefined) return undefined;
  const entries = mediaTypes.map((type) => {
    const schema = route.rawBody ? { type: 'object' } : { type: 'string', description: 'The file, read as a stream.' };
    return [type, { schema, ...given(route.examples?.body?.[type]) }];
  });
  return { required: true, description, content: Object.fromEntries(entries) };
}

function given(example: unknown): object {
  return example === undefined ? {} : { example };
}

function describeAnswers(route: Route, book: SchemaBook): Record<string, object> {
  const answers: Record<string, object> = {};
  for (const [status, { description, schema: zod }] of Object.entries(route.answers)) {
    const schema: JsonSchema | undefined = zod && book.refer(zod as z.ZodType, 'output');
    const own = route.examples?.answers?.[Number(status)];
    const example = own ?? (schema && exampleOf(schema, book.components));
    const isText = schema === undefined && typeof own === 'string';
    const textType = isText && own.startsWith('<!doctype html>') ? 'text/html' : 'text/plain';
    const mediaType = isText ? textType : 'application/json';
    const shape = schema ?? (own === undefined ? undefined : { type: typeof own === 'string' ? 'string' : 'object' });
    answers[status] = {
      description,
      headers: answerHeaders(route, Number(status)),
      ...(shape && { content: { [mediaType]: { schema: shape, ...given(example) } } }),
    };
  }
  return answers;
}

function answerHeaders(route: Route, status: number): Record<string, object> {
  const names = ['X-Request-Id'];
  if (route.access !== 'public') names.push(...RATE_LIMITS);
  if (route.idempotencyKey === 'required') names.push('Idempotency-Replayed');
  if (route.idempotencyKey === 'required' && status === 201) names.push('Location');
  return Object.fromEntries(names.map((name) => [name, headerOf(name)]));
}

/** Every code that the route may answer with: its own, and what follows from what it takes. */
export function errorCodesOf(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(['not_acceptable', 'internal', 'unavailable', ...(route.errors ?? [])]);
  if (route.access === 'public') codes.delete('not_acceptable');
  else codes.add('unauthorized').add('too_many_requests');
  if (route.access !== 'public' && roleOf(route) !== 'read') codes.add('forbidden');
  // A path may be no percent-encoded UTF-8, and a query parameter may be one that does not exist.
  codes.add('validation_failed');
  if (route.body !== undefined || route.streamBody !== undefined)
    codes.add('unsupported_media_type').add('body_too_large');
  if (route.body !== undefined) codes.add('malformed_json');
  if (route.method !== 'get') codes.add('unknown_outcome');
  if (route.idempotencyKey === 'required') {
    codes.add('idempotency_key_required').add('idempotency_key_invalid').add('idempotency_key_reused');
    codes.add('idempotency_in_progress');
  }
  return [...codes];
}

function describeErrors(route: Route): Record<string, object> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorCodesOf(route)) {
    const { status } = ERROR_CATALOGUE[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const ordered = [...byStatus].sort(([left], [right]) => left - right);
  const isLimited = route.access !== 'public';
  return Object.fromEntries(ordered.map(([status, codes]) => [status, errorResponse(status, codes, isLimited)]));
}
