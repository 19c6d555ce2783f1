/**
 * From zod schemas to `components/schemas`: each schema that contracts exports has its name there (`jobSchema` is `Job`), and
 * is referred to wherever it is used. What a request may leave out and an answer always has differ, so that a schema that
 * serves both may stand there twice, as `Job` and `JobInput`.
 */
import * as contracts from '@carillon/contracts';
import { z } from 'zod';
import { type JsonSchema, withExamples } from './examples.ts';

/** Which side of a schema: what is taken in, or what it becomes. */
export type Side = 'input' | 'output';

const PREFIX = '#/components/schemas/';

/** The schemas of a document, by name. */
export interface SchemaBook {
  /** What stands in the place of the schema: a reference, or for one without a name the whole. */
  refer(schema: z.ZodType, side: Side): JsonSchema;
  /** All that was referred to, and what that refers to. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** A schema that a route names itself, with the name that it gets if it has none. */
export interface Root {
  readonly schema: z.ZodType;
  readonly side: Side;
  readonly name: string;
}

/** Builds the book of everything that can be reached from the roots. */
export function createSchemaBook(roots: readonly Root[]): SchemaBook {
  const { registry, nameOf } = register(roots);
  const sides: Record<Side, Record<string, JsonSchema>> = {
    input: convert(registry, 'input'),
    output: convert(registry, 'output'),
  };
  const reached: Record<Side, Set<string>> = { input: new Set(), output: new Set() };
  for (const { schema, side } of roots) reach(nameOf(schema), side);
  const renamed = differing();
  const components: Record<string, JsonSchema> = {};
  for (const name of reached.output) components[name] = sides.output[name] as JsonSchema;
  for (const name of reached.input) {
    const key = renamed.has(name) ? `${name}Input` : name;
    components[key] = renameReferences(sides.input[name] as JsonSchema, renamed);
  }
  const complete = withExamples(components);
  return {
    components: Object.fromEntries(Object.entries(complete).sort(([left], [right]) => (left < right ? -1 : 1))),
    refer(schema, side) {
      const name = nameOf(schema);
      return { $ref: `${PREFIX}${side === 'input' && renamed.has(name) ? `${name}Input` : name}` };
    },
  };

  function reach(name: string, side: Side): void {
    if (reached[side].has(name)) return;
    reached[side].add(name);
    for (const other of referencesIn(sides[side][name])) reach(other, side);
  }

  /** Names that mean one thing in requests and another in answers, directly or by what they refer to. */
  function differing(): Set<string> {
    const both = [...reached.input].filter((name) => reached.output.has(name));
    const found = new Set(
      both.filter((name) => JSON.stringify(sides.input[name]) !== JSON.stringify(sides.output[name])),
    );
    for (let before = -1; before < found.size; ) {
      before = found.size;
      for (const name of both) if (referencesIn(sides.input[name]).some((other) => found.has(other))) found.add(name);
    }
    return found;
  }
}

/** Gives a name to every schema of contracts that is an object or a choice, and to the roots. */
function register(roots: readonly Root[]) {
  const registry = z.registry<{ id: string }>();
  const names = new Map<z.ZodType, string>();
  const taken = new Set<string>();
  const add = (schema: z.ZodType, name: string): void => {
    names.set(schema, name);
    taken.add(name);
    registry.add(schema, { id: name });
  };
  for (const [exported, value] of Object.entries(contracts)) {
    if (!exported.endsWith('Schema') || !(value instanceof z.ZodType)) continue;
    if (['object', 'union'].includes(value.def.type)) add(value, capitalized(exported.slice(0, -'Schema'.length)));
  }
  for (const { schema, name } of roots) {
    if (names.has(schema)) continue;
    const page = pageName(schema, names);
    // Pages of one thing are made by each list anew; the first stands for all.
    if (page !== undefined && taken.has(page)) names.set(schema, page);
    else add(schema, page ?? freeName(name, taken));
  }
  return { registry, nameOf: (schema: z.ZodType) => names.get(schema) as string };
}

/** The name, or with a number after it when something else is called so. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 2, free = name; ; count += 1) {
    if (!taken.has(free)) return free;
    free = `${name}${count}`;
  }
}

/** `JobPage` for a page of jobs. */
function pageName(schema: z.ZodType, names: ReadonlyMap<z.ZodType, string>): string | undefined {
  if (!(schema instanceof z.ZodObject) || !('nextCursor' in schema.shape)) return undefined;
  const { data } = schema.shape as { data?: z.ZodType };
  const item = data instanceof z.ZodArray ? names.get(data.element as z.ZodType) : undefined;
  return item === undefined ? undefined : `${item}Page`;
}

function convert(registry: z.core.$ZodRegistry<{ id: string }>, io: Side): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `${PREFIX}${id}`,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidy(schema as JsonSchema, io)]));
}

/** A schema that stands alone, such as a query. */
export function inlineSchema(schema: z.ZodType, io: Side): JsonSchema {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return withExamples({ it: tidy(json as JsonSchema, io) }).it as JsonSchema;
}

/** Without what only a document of its own needs; answers may gain fields, so nothing forbids them there. */
function tidy(schema: JsonSchema, io: Side): JsonSchema {
  const { $schema: _, $id: __, id: ___, ...rest } = schema as JsonSchema & Record<'$schema' | '$id' | 'id', unknown>;
  return visit(rest, (part) => {
    if (io === 'output' && part.additionalProperties === false) delete part.additionalProperties;
    // Every integer of JavaScript has these bounds; they would only hide those that were chosen.
    if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
    if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
    return joinNull(part);
  });
}

/** `anyOf: [{ type: 'string' }, { type: 'null' }]` is said shorter as `type: ['string', 'null']`. */
function joinNull(part: JsonSchema): JsonSchema {
  const { anyOf, ...outer } = part;
  if (anyOf?.length !== 2 || anyOf[1]?.type !== 'null') return part;
  const { type, ...inner } = anyOf[0] as JsonSchema;
  if (typeof type !== 'string' || 'const' in inner) return part;
  return { type: [type, 'null'], ...inner, ...(inner.enum && { enum: [...inner.enum, null] }), ...outer };
}

/** Applies `change` to every schema inside a schema, the inner ones first. */
function visit(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const copy: JsonSchema = { ...schema };
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const) {
    const list = copy[key];
    if (list !== undefined) copy[key] = list.map((part) => visit(part, change));
  }
  for (const key of ['items', 'additionalProperties', 'propertyNames'] as const) {
    const inner = copy[key];
    if (typeof inner === 'object') copy[key] = visit(inner, change);
  }
  if (copy.properties !== undefined) {
    copy.properties = Object.fromEntries(
      Object.entries(copy.properties).map(([name, part]) => [name, visit(part, change)]),
    );
  }
  return change(copy);
}

function renameReferences(schema: JsonSchema, renamed: ReadonlySet<string>): JsonSchema {
  return visit(schema, (part) => {
    const name = part.$ref?.slice(PREFIX.length);
    return name !== undefined && renamed.has(name) ? { ...part, $ref: `${PREFIX}${name}Input` } : part;
  });
}

function referencesIn(schema: JsonSchema | undefined): string[] {
  const found: string[] = [];
  if (schema !== undefined)
    visit(schema, (part) => {
      if (part.$ref !== undefined) found.push(part.$ref.slice(PREFIX.length));
      return part;
    });
  return found;
}

/** `job` is `Job`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
