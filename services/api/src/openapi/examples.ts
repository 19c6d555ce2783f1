/**
 * Examples of values: each field has its own (`.meta({ example })` where it stands), and what is made of fields is put together
 * from theirs. So an example cannot grow stale while its parts change.
 */

/** As much of JSON Schema as the description uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  examples?: unknown[];
  /** As `.meta` is given it; becomes `examples`. */
  example?: unknown;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

type Book = Readonly<Record<string, JsonSchema>>;

const INSTANT = '2026-11-21T09:00:00.000Z';

/** The same schemas, with an example at every field whose example can be told. */
export function withExamples(book: Record<string, JsonSchema>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(book).map(([name, schema]) => [name, complete(schema, book)]));
}

/** An example of a schema, put together where need be; undefined when a part that it needs has none. */
export function exampleOf(schema: JsonSchema, book: Book): unknown {
  const own = ownExample(schema);
  if (own !== undefined) return own;
  if (schema.$ref !== undefined) {
    const target = book[schema.$ref.split('/').at(-1) as string];
    return target && exampleOf(target, book);
  }
  const [choice] = (schema.anyOf ?? schema.oneOf ?? []).filter((part) => part.type !== 'null');
  if (choice !== undefined) return exampleOf(choice, book);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, book) as object | undefined));
  }
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(field, book)] as const);
    const isWanting = fields.some(([name, value]) => value === undefined && schema.required?.includes(name));
    return isWanting ? undefined : Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }
  if (schema.items !== undefined) {
    const item = exampleOf(schema.items, book);
    return item === undefined ? undefined : [item];
  }
  return undefined;
}

/** What the schema says of itself, or what there is no choice about. */
function ownExample(schema: JsonSchema): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.properties !== undefined) return undefined;
  if (schema.default !== undefined && schema.default !== null && !isEmpty(schema.default)) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.format === 'date-time') return INSTANT;
  if (schema.type === 'boolean') return false;
  return undefined;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Writes the example at every leaf, so that whoever reads the document need not know these rules. */
function complete(schema: JsonSchema, book: Book): JsonSchema {
  const { example, ...rest } = schema;
  const copy: JsonSchema = { ...rest };
  const own = ownExample(schema);
  if (own !== undefined) copy.examples = schema.examples ?? [own];
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    const list = copy[key];
    if (list !== undefined) copy[key] = list.map((part) => complete(part, book));
  }
  if (copy.items !== undefined) copy.items = complete(copy.items, book);
  if (typeof copy.additionalProperties === 'object') {
    copy.additionalProperties = complete(copy.additionalProperties, book);
  }
  if (copy.properties !== undefined) {
    copy.properties = Object.fromEntries(
      Object.entries(copy.properties).map(([name, field]) => [name, complete(field, book)]),
    );
  }
  return copy;
}
