/** How routes are asked and answered: the query's form, JSON in and out, and what is said of a request that is wrong. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

const PAGE_SIZE = 1_000;
const PAGE_LIMIT = 10_000;
const BODY_LIMIT = 16 * 1024 * 1024;

const query = z.object({
  run: z.string().optional(),
  to: z.string().optional(),
  cursor: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT).default(PAGE_SIZE),
});
type Query = z.infer<typeof query>;

interface Asked {
  readonly query: Query;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export type Handler = (asked: Asked) => unknown;

/** A request that is wrong; its message is the answer. */
export class BadRequest extends Error {}

/** Answers one request by the table of routes. Never rejects. */
export async function answerRoute(
  routes: Readonly<Record<string, Handler>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const handler = routes[`${request.method} ${url.pathname}`];
    if (handler === undefined) {
      sendJson(response, 404, { error: 'there is nothing here' });
      return;
    }
    const asked = { query: query.parse(Object.fromEntries(url.searchParams)), request, response };
    const value = await handler(asked);
    if (value !== undefined) sendJson(response, 200, value);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof z.ZodError) sendJson(response, 400, { error: z.prettifyError(error) });
    else if (error instanceof BadRequest) sendJson(response, 400, { error: error.message });
    else sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** The body of a request. @throws BadRequest */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT) throw new BadRequest('the body is too large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new BadRequest('the body is not JSON');
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
