/** How schemas get their names and sides, on small ones made for it. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Route } from '../src/http/route.ts';
import { exampleOf } from '../src/openapi/examples.ts';
import { operationIdOf } from '../src/openapi/operation.ts';
import { createSchemaBook, inlineSchema } from '../src/openapi/schemas.ts';

const leaf = z.string().meta({ description: 'A leaf', example: 'x' });

describe('a schema', () => {
  test('that serves requests and answers alike stands there once, and one that differs twice', () => {
    const same = z.object({ leaf });
    const differs = z.object({ leaf: leaf.default('y') });
    const roots = [same, differs].flatMap((schema, index) =>
      (['input', 'output'] as const).map((side) => ({ schema, side, name: `Made${index}` })),
    );
    const book = createSchemaBook(roots);
    expect(Object.keys(book.components)).toEqual(['Made0', 'Made1', 'Made1Input']);
    expect(book.refer(differs, 'input').$ref).toBe('#/components/schemas/Made1Input');
    expect(book.components.Made1?.required).toEqual(['leaf']);
    expect(book.components.Made1Input?.required).toBeUndefined();
  });

  test('of another shape never takes the name of one that has it', () => {
    const [first, second] = [z.object({ a: leaf }), z.object({ b: leaf })];
    const book = createSchemaBook([
      { schema: first, side: 'output', name: 'Made' },
      { schema: second, side: 'output', name: 'Made' },
    ]);
    expect(Object.keys(book.components)).toEqual(['Made', 'Made2']);
    expect(book.refer(second, 'output').$ref).toBe('#/components/schemas/Made2');
  });

  test('of a request forbids what it does not know, and one of an answer does not', () => {
    const schema = z.strictObject({ leaf });
    const book = createSchemaBook([{ schema, side: 'output', name: 'Made' }]);
    expect(book.components.Made).not.toHaveProperty('additionalProperties');
    expect(inlineSchema(schema, 'input').additionalProperties).toBe(false);
  });
});

describe('an example', () => {
  const exampleFor = (schema: z.ZodType) => exampleOf(inlineSchema(schema, 'input'), {});

  test('is put together from those of the parts', () => {
    const schema = z.object({
      leaf,
      list: z.array(leaf),
      kind: z.literal('k'),
      state: z.enum(['on', 'off']),
      is: z.boolean(),
    });
    expect(exampleFor(schema)).toEqual({ leaf: 'x', list: ['x'], kind: 'k', state: 'on', is: false });
  });

  test('of a choice is that of the first, of a default the default, and its own goes before both', () => {
    expect(exampleFor(z.union([z.object({ leaf }), z.literal('no')]))).toEqual({ leaf: 'x' });
    expect(exampleFor(z.int().default(7))).toBe(7);
    expect(exampleFor(z.int().default(7).meta({ example: 8 }))).toBe(8);
  });

  test('is none when a part that it needs has none, and does without one that it does not need', () => {
    expect(exampleFor(z.object({ leaf, bare: z.string() }))).toBeUndefined();
    expect(exampleFor(z.object({ leaf, bare: z.string().optional() }))).toEqual({ leaf: 'x' });
  });
});

test.each([
  ['get', '/v1/jobs', 'listJobs'],
  ['get', '/v1/jobs/:id', 'getJob'],
  ['get', '/v1/runs/:id/deliveries', 'listRunDeliveries'],
  ['get', '/v1/status', 'getStatus'],
  ['post', '/v1/jobs', 'createJob'],
  ['post', '/v1/jobs/:id/pause', 'pauseJob'],
  ['post', '/v1/deliveries/:id/settle', 'settleDelivery'],
  ['post', '/v1/deliveries/settle', 'settleDeliveries'],
  ['put', '/v1/recipients/:externalId', 'replaceRecipient'],
  ['patch', '/v1/jobs/:id', 'changeJob'],
  ['delete', '/v1/api-keys/:id', 'deleteApiKey'],
])('%s %s is %s', (method, path, expected) => {
  expect(operationIdOf({ method, path } as Route)).toBe(expected);
});
