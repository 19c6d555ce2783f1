/** The API's description, OpenAPI 3.1, made from the very values that the app runs on. */
import type { z } from 'zod';
import type { Route } from './http/route.ts';
import { problemExamples, problemSchema } from './openapi/errors.ts';
import { describeOperation, operationIdOf, templateOf } from './openapi/operation.ts';
import { capitalized, createSchemaBook, type Root } from './openapi/schemas.ts';

/** What each group of routes is about. A test demands an entry for every tag. */
const TAGS: Readonly<Record<string, string>> = {
  Recipients: 'Who can be reached, named by your own ids.',
  Audiences: 'Named sets of recipients.',
  Imports: 'Recipients by the million, from a file.',
  Jobs: 'What is to be said, to whom and when; and pausing, resuming and cancelling it.',
  Deliveries: 'One message to one address.',
  Runs: 'One execution of a job: its progress, and each delivery with its tries and reports.',
  Callbacks: 'What providers report. For providers, not for portals.',
  Accounts: 'Tenants of the installation, and their defaults.',
  'API keys': 'Keys of an account: who may do what.',
  'Provider accounts': 'The numbers and servers that messages are sent by, and their secrets.',
  Addresses: 'What is known of e-mail addresses: confirmations, checks, and what these cost.',
  Templates: 'Texts with variables, stored once and versioned.',
  Suppressions: 'Addresses that are not to be written to, with reason and source.',
  Unsubscribe: 'One click out of a list, for recipients.',
  Webhooks: 'Where your own server is told of what happens.',
  Events: 'What endpoints were told, and telling it again.',
  Holds: 'Stopping everything of an installation, an account or a channel at once.',
  Status: 'Whether the installation is healthy, and if not, why.',
  Audit: 'Who changed what, when and from where.',
};

const INTRODUCTION = `Scheduled messages: nothing accepted is lost, nobody is told twice, and it happens on time.

Errors are \`application/problem+json\` with a stable \`code\`. Creating something takes an \`Idempotency-Key\`, so that a request
whose answer was lost can be repeated. Lists are read page by page with \`cursor\`. Answers may gain fields.`;

const HEADERS: Readonly<Record<string, object>> = {
  'X-Request-Id': header('Names this request in our logs', 'string', '3f0c1b52-7a0e-4f0e-9d5e-2f1f6f1c9a10'),
  'RateLimit-Limit': header('Requests that the key may make in a second', 'integer', 1_000),
  'RateLimit-Remaining': header('Requests left in it', 'integer', 999),
  'RateLimit-Reset': header('Seconds until the window begins anew', 'integer', 1),
  'RateLimit-Policy': header('The limit and its window in seconds', 'string', '1000;w=1'),
  'Retry-After': header('Seconds after which the request may be repeated', 'integer', 2),
  'Idempotency-Replayed': header('`true` when this is the stored answer of an earlier request', 'string', 'true'),
  Location: header('Where what was created can be read', 'string', '/v1/jobs/job_42'),
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'New for each thing created, the same when the request is repeated. A UUID will do.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
};

function header(description: string, type: string, example: unknown): object {
  return { description, schema: { type }, example };
}

/** The whole description as an object. */
export function describeApi(routes: readonly Route[]): object {
  const book = createSchemaBook([
    { schema: problemSchema, side: 'output', name: 'Problem' },
    ...routes.flatMap(rootsOf),
  ]);
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = templateOf(route);
    paths[path] = { ...paths[path], [route.method]: describeOperation(route, book) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Carillon',
      version: '1',
      description: INTRODUCTION,
      // No licence is given to others; linters want that said.
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: '/', description: 'This installation' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => {
      const description = TAGS[name];
      return { name, ...(description !== undefined && { description }) };
    }),
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: '`Authorization: Bearer ck_...`, an API key' },
      },
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      headers: HEADERS,
      examples: usedExamples(paths),
      schemas: book.components,
    },
  };
}

/** Examples of codes that no operation answers with would only be weight. */
function usedExamples(paths: object): Record<string, object> {
  const text = JSON.stringify(paths);
  const used = Object.entries(problemExamples()).filter(([code]) => text.includes(`#/components/examples/${code}"`));
  return Object.fromEntries(used);
}

/** The schemas that a route names; one without a name of its own is named by the operation. */
function rootsOf(route: Route): Root[] {
  const name = capitalized(operationIdOf(route));
  const roots: Root[] = [];
  if (route.body !== undefined) roots.push({ schema: route.body as z.ZodType, side: 'input', name: `${name}Body` });
  for (const { schema } of Object.values(route.answers)) {
    if (schema !== undefined) roots.push({ schema, side: 'output', name: `${name}Answer` });
  }
  return roots;
}
