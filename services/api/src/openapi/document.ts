/** The description without a running API: for what is generated from it, and for the tests that read it. */
import type { ApiDependencies } from '../dependencies.ts';
import type { Route } from '../http/route.ts';
import { describeApi } from '../openapi.ts';
import { apiRoutes } from '../routes/index.ts';

/** Stands in for everything: its properties, its results and what it constructs are itself again. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, name) => (name === Symbol.toPrimitive ? () => '' : nothing),
  apply: () => nothing,
});

/** Every route, to be looked at and never called. */
export function routesToRead(): Route[] {
  return apiRoutes(nothing as ApiDependencies);
}

/** The description as the app serves it at `/openapi.json`. */
export function apiDocument(): object {
  return describeApi(routesToRead());
}
