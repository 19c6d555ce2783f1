/**
 * Nothing in the description is without a word and an example: routes, parameters, bodies, answers, each field in them, and
 * each error. What lacks one is named. Examples are what they claim to be: they fit their schemas, and bodies are accepted.
 */
import { ERROR_CATALOGUE } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import type { Route } from '../src/http/route.ts';
import { apiDocument, routesToRead } from '../src/openapi/document.ts';
import type { JsonSchema } from '../src/openapi/examples.ts';
import { errorCodesOf, operationIdOf, templateOf } from '../src/openapi/operation.ts';

interface Parameter {
  name: string;
  in: string;
  description?: string;
  example?: unknown;
}
interface Content {
  schema: JsonSchema;
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}
interface Response {
  description?: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, Content>;
}
interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { description?: string; content: Record<string, Content> };
  responses: Record<string, Response>;
}
interface Document {
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    parameters: Record<string, Parameter>;
    headers: Record<string, { description?: string; example?: unknown }>;
    examples: Record<string, { summary?: string; value: Record<string, unknown> }>;
  };
}

const document = apiDocument() as Document;
const { components } = document;
const routes = routesToRead();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);

/** The operation that describes a route. */
function operationOf(route: Route): Operation {
  const operation = document.paths[templateOf(route)]?.[route.method];
  if (operation === undefined) throw new Error(`${route.path} is not described`);
  return operation;
}

/** The schema that a reference means. */
function resolved(schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? schema);
}

/** Fields below a schema that lack a description or an example, as paths with what is missing. */
function lacking(schema: JsonSchema, path: string): string[] {
  const found: string[] = [];
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const here = `${path}.${name}`;
    if ((field.description ?? resolved(field).description) === undefined) found.push(`${here}: description`);
    found.push(...lackingBelow(field, here, true));
  }
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    if (part.type !== 'null') found.push(...lackingBelow(part, `${path}`, false));
  return found;
}

/** A field is exemplified by itself or by all of its parts. What is named is looked at once, under its name. */
function lackingBelow(field: JsonSchema, path: string, isField: boolean): string[] {
  if (field.$ref !== undefined) return [];
  const found = lacking(field, path);
  const hasParts = field.properties !== undefined || field.anyOf !== undefined || field.oneOf !== undefined;
  if (field.items !== undefined && field.items.$ref === undefined) found.push(...lacking(field.items, `${path}[]`));
  const isMadeOfParts = hasParts || (field.items !== undefined && !isPlain(field.items));
  if (isField && !isMadeOfParts && field.examples === undefined && !isPlainWithExample(field.items))
    found.push(`${path}: example`);
  return found;
}

function isPlain(schema: JsonSchema): boolean {
  return schema.$ref === undefined && schema.properties === undefined && schema.anyOf === undefined;
}

function isPlainWithExample(schema: JsonSchema | undefined): boolean {
  return schema?.examples !== undefined;
}

const contentsOf = ({ requestBody, responses }: Operation) => [
  ...Object.entries(requestBody?.content ?? {}).map(([type, content]) => ({ at: `body ${type}`, content })),
  ...Object.entries(responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).map(([type, inner]) => ({ at: `${status} ${type}`, content: inner })),
  ),
];

describe('everything has a description and an example', () => {
  test('each tag', () => {
    expect(document.tags.filter(({ description }) => description === undefined)).toEqual([]);
  });

  test('each operation, its body and its answers', () => {
    const found: string[] = [];
    for (const { name, operation } of operations) {
      if (!operation.summary || !operation.description) found.push(`${name}: summary or description`);
      if (operation.requestBody && !operation.requestBody.description) found.push(`${name}: body's description`);
      for (const [status, { description }] of Object.entries(operation.responses))
        if (!description) found.push(`${name} ${status}: description`);
      for (const { at, content } of contentsOf(operation))
        if (content.example === undefined && content.examples === undefined) found.push(`${name} ${at}: example`);
    }
    expect(found).toEqual([]);
  });

  test('each answer but 204 has content', () => {
    const empty = operations.flatMap(({ name, operation }) =>
      Object.entries(operation.responses)
        .filter(([status, { content }]) => status !== '204' && content === undefined)
        .map(([status]) => `${name} ${status}`),
    );
    expect(empty).toEqual([]);
  });

  test('each parameter and each header', () => {
    const found: string[] = [];
    for (const { name, operation } of operations) {
      for (const given of operation.parameters ?? []) {
        const parameter = '$ref' in given ? components.parameters[given.$ref.split('/').at(-1) ?? ''] : given;
        for (const what of ['description', 'example'] as const)
          if (parameter?.[what] === undefined) found.push(`${name} ${parameter?.in} ${parameter?.name}: ${what}`);
      }
    }
    for (const [name, { description, example }] of Object.entries(components.headers))
      if (description === undefined || example === undefined) found.push(`header ${name}`);
    expect(found).toEqual([]);
  });

  test('each field of each schema', () => {
    const found = Object.entries(components.schemas).flatMap(([name, schema]) => lacking(schema, name));
    expect(found).toEqual([]);
  });

  test('each error: a problem of its own code and status', () => {
    for (const route of routes) {
      const { responses } = operationOf(route);
      for (const code of errorCodesOf(route)) {
        const { status } = ERROR_CATALOGUE[code];
        const { examples = {} } = responses[status]?.content?.['application/problem+json'] ?? {};
        expect([route.path, code, examples[code]?.$ref]).toEqual([route.path, code, `#/components/examples/${code}`]);
        expect(components.examples[code]?.value).toMatchObject({ code, status });
      }
    }
  });

  test('the walk sees a field without either, at any depth', () => {
    const inner: JsonSchema = { type: 'object', properties: { deep: { type: 'string' } } };
    const schema: JsonSchema = { properties: { list: { type: 'array', description: 'x', items: inner } } };
    expect(lacking(schema, 'It')).toEqual(['It.list[].deep: description', 'It.list[].deep: example']);
  });
});

describe('names', () => {
  test('operations are named like functions, each differently', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]+$/.test(id))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(['createJob', 'pauseJob', 'listJobs', 'getJob', 'listRunDeliveries']));
  });

  test('what is named is referred to, and written out nowhere', () => {
    const text = JSON.stringify(document.paths);
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['Problem', 'Job', 'JobPage', 'Run', 'Delivery', 'Recipient', 'CreateJobBody']),
    );
    expect(text).not.toContain('"properties"');
  });
});

describe('examples', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components } as AnySchema);

  test('of bodies and answers fit their schemas', () => {
    const wrong: unknown[] = [];
    for (const { name, operation } of operations) {
      for (const { at, content } of contentsOf(operation)) {
        if (content.example === undefined) continue;
        const schema = JSON.parse(JSON.stringify(content.schema).replaceAll('"#/', '"api#/')) as AnySchema;
        if (!ajv.validate(schema, content.example)) wrong.push([name, at, ajv.errorsText()]);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('of errors fit the schema of problems', () => {
    const wrong = Object.entries(components.examples)
      .filter(([, { value }]) => !ajv.validate({ $ref: 'api#/components/schemas/Problem' }, value))
      .map(([code]) => [code, ajv.errorsText()]);
    expect(wrong).toEqual([]);
    expect(ajv.validate({ $ref: 'api#/components/schemas/Problem' }, { status: 400 })).toBe(false);
  });

  test('of single fields fit what the field takes', () => {
    const wrong: unknown[] = [];
    const look = (schema: JsonSchema, path: string): void => {
      const { examples = [] } = schema;
      const own = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as AnySchema;
      for (const example of examples) if (!ajv.validate(own, example)) wrong.push([path, example, ajv.errorsText()]);
      for (const [name, field] of Object.entries(schema.properties ?? {})) look(field, `${path}.${name}`);
      for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) look(part, path);
      if (schema.items !== undefined) look(schema.items, `${path}[]`);
    };
    for (const [name, schema] of Object.entries(components.schemas)) look(schema, name);
    expect(wrong).toEqual([]);
  });

  test.each(routes.filter(({ body }) => body !== undefined).map((route) => [operationIdOf(route), route] as const))(
    'the body of %s is accepted by what checks it',
    (_name, route) => {
      const { requestBody } = operationOf(route);
      const result = route.body?.safeParse(requestBody?.content['application/json']?.example);
      expect(result?.success ? [] : result?.error.issues).toEqual([]);
    },
  );
});
