/** The API's description, OpenAPI 3.1, made from the very values that the app runs on. */
import { ERROR_CATALOGUE, type ErrorCode } from '@carillon/core';
import { z } from 'zod';
import type { Route } from './http/route.ts';

const COMMON_ERRORS: readonly ErrorCode[] = ['not_acceptable', 'internal', 'unavailable'];

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(ERROR_CATALOGUE) as [ErrorCode, ...ErrorCode[]]),
  field: z.string().optional(),
  detail: z.string(),
  advice: z.string(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })).optional(),
  requestId: z.string(),
});

/** The whole description as an object. */
export function describeApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Carillon',
      version: '1',
      description:
        'Scheduled messages: nothing accepted is lost, nobody is told twice, and it happens on time. ' +
        'Errors are application/problem+json with a stable `code`. Creating something takes an `Idempotency-Key`.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `ck_...`' } },
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
    },
  };
}

function describeRoute(route: Route): object {
  const names = [...route.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] as string);
  const parameters: object[] = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    description: route.params?.[name] ?? name,
    schema: { type: 'string' },
  }));
  if (route.idempotencyKey === 'required') {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description: 'New for each thing created, the same when the request is repeated.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    });
  }
  if (route.query !== undefined) parameters.push(...queryParameters(route.query));
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    ...(route.access === 'public' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(route),
    responses: { ...describeAnswers(route), ...describeErrors(route) },
  };
}

function operationId({ method, path }: Route): string {
  const words = path.split(/[/:-]/).filter((word) => word !== '' && word !== 'v1');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function queryParameters(schema: z.ZodType): object[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function requestBody(route: Route): object {
  if (route.body !== undefined) {
    return {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
    };
  }
  const mediaTypes = route.streamBody?.mediaTypes ?? (route.rawBody && ['application/json']);
  if (mediaTypes === undefined) return {};
  return {
    requestBody: { required: true, content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: {} }])) },
  };
}

function describeAnswers(route: Route): Record<string, object> {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, { description, schema }]) => [
      status,
      { description, ...(schema && { content: { 'application/json': { schema: jsonSchema(schema, 'output') } } }) },
    ]),
  );
}

function describeErrors(route: Route): Record<string, object> {
  const codes = new Set<ErrorCode>([...COMMON_ERRORS, ...(route.errors ?? [])]);
  if (route.access !== 'public') codes.add('unauthorized');
  if (route.query !== undefined || route.body !== undefined) codes.add('validation_failed');
  if (route.body !== undefined || route.streamBody !== undefined)
    codes.add('unsupported_media_type').add('body_too_large');
  if (route.body !== undefined) codes.add('malformed_json');
  if (route.idempotencyKey === 'required') {
    codes.add('idempotency_key_required').add('idempotency_key_invalid').add('idempotency_key_reused');
    codes.add('idempotency_in_progress').add('unknown_outcome');
  }
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERROR_CATALOGUE[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([left], [right]) => left - right)
      .map(([status, list]) => [
        status,
        {
          description: list.map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].title}`).join('; '),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
}

/** A zod schema as JSON Schema; what JSON cannot say (a transformation's result) is left open. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
}
