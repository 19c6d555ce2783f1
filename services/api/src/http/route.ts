/**
 * What a route is: one value that says everything about it. From it come the handler, the checks before the handler, the
 * 405 of its path and its entry in the API's description, so that these cannot drift apart.
 */
import type { ErrorCode } from '@carillon/core';
import type { ApiKeyRole } from '@carillon/db';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Caller } from './auth.ts';

/** What a handler is given; everything in it has been checked. */
export interface Call<Query, Body> {
  /** Who calls; on a public route reading it throws, because there is nobody. */
  readonly caller: Caller;
  /** The path's parts, decoded; their forms are the handler's to check, with `requireId`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** The parsed body; with `rawBody` its bytes; with `streamBody` undefined, read `request` instead. */
  readonly body: Body;
  /** Set when the route says `idempotencyKey: 'required'`. */
  readonly idempotencyKey: string;
  readonly request: Request;
  readonly response: Response;
}

/** What a handler answers. */
export interface Answer {
  readonly status: number;
  /** Written as JSON; a string is sent as it is with the content type in `headers`. Absent for 204. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A route as its file writes it; hand it to {@link defineRoute}. */
export interface RouteSpec<Query, Body> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As Express writes it, such as `/v1/jobs/:id`. */
  readonly path: string;
  /** Group in the description, such as `Jobs`. */
  readonly tag: string;
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  /** What each part of the path is, for the description. */
  readonly params?: Readonly<Record<string, string>>;
  /** Strict object schema over strings; without one, any query parameter is refused. */
  readonly query?: z.ZodType<Query>;
  /** Schema of a JSON body of at most 1 MB. */
  readonly body?: z.ZodType<Body>;
  /** The body's bytes instead of JSON, of any media type: for what is signed byte by byte. */
  readonly rawBody?: { readonly limitBytes: number };
  /** The handler reads `request` itself; the media type must be one of these. */
  readonly streamBody?: { readonly mediaTypes: readonly string[] };
  readonly idempotencyKey?: 'required';
  /** The least role that a key needs; default `read` for GET and `write` for everything else. */
  readonly role?: ApiKeyRole;
  /** `public` needs no API key. */
  readonly access?: 'key' | 'public';
  /** What it answers when all is well, by status. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>;
  /** Error codes of its own, beside those that every route may answer. */
  readonly errors?: readonly ErrorCode[];
  /** Its name in the description and in clients; default made of method and path, such as `pauseJob`. */
  readonly operationId?: string;
  /** POST and PATCH without Idempotency-Key: whether twice is as good as once, so that clients may repeat it unasked. */
  readonly repeatable?: boolean;
  /** For the description, where schemas cannot say it: bodies by media type, answers by status. */
  readonly examples?: {
    readonly body?: Readonly<Record<string, unknown>>;
    readonly answers?: Readonly<Record<number, unknown>>;
  };
  readonly handle: (call: Call<Query, Body>) => Promise<Answer>;
}

/** A route with its types forgotten, as the app keeps them. */
export type Route = RouteSpec<unknown, unknown>;

/** The least role that a key needs for a route. */
export function roleOf(route: Route): ApiKeyRole {
  return route.role ?? (route.method === 'get' ? 'read' : 'write');
}

/** Checks the types of a route where it is written. */
export function defineRoute<Query = undefined, Body = undefined>(spec: RouteSpec<Query, Body>): Route {
  return spec as unknown as Route;
}
