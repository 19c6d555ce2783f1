/**
 * All routes under /v1. How one is added:
 *
 * 1. Its body and answer are zod schemas in packages/contracts/src/http/<resource>.ts, exported by the package's index. Bodies
 *    are `z.strictObject`, so that an unknown field is refused by name. A refinement chooses its error code by
 *    `params: { code: 'invalid_zone' }`; any other issue is `validation_failed`.
 * 2. routes/<resource>/index.ts exports `<resource>Routes(dependencies): Route[]`, each made with `defineRoute({...})`
 *    (http/route.ts says what there is). The handler gets a call whose caller, query and body have been checked, and returns
 *    `{ status, body, headers }`. What goes wrong is thrown as ApiError (core) or ValidationError (http/problem.ts).
 *    - ids in paths: `requireId('rcp', call.params.id, 'id')` (http/validate.ts)
 *    - lists: `query: z.strictObject({ ...pagingQuery, ... })`, `decodeCursor`, `page` (http/paging.ts)
 *    - creation: `idempotencyKey: 'required'` and `createOnce(database, call, async (client, nowMs) => ...)` (http/idempotent.ts)
 *    - a body read as a stream: `streamBody: { mediaTypes: [...] }`, then read `call.request`
 *    - each change writes `recordAudit(client, ...)` in its transaction; the actor is `actorOf(call.caller)` (http/auth.ts)
 *    - SQL stays in packages/db
 * 3. It is added to the list below. Description, 405 and metrics follow by themselves.
 *
 * Where a job names an audience, a text that begins with `aud_` is an id and any other a name; recipients are named by
 * `externalId` only.
 */
import type { ApiDependencies } from '../dependencies.ts';
import type { Route } from '../http/route.ts';
import { accountRoutes } from './accounts/index.ts';
import { addressRoutes } from './addresses/index.ts';
import { audienceRoutes } from './audiences/index.ts';
import { auditRoutes } from './audit/index.ts';
import { callbackRoutes } from './callbacks/index.ts';
import { callRoutes } from './calls/index.ts';
import { confirmRoutes } from './confirm/index.ts';
import { holdRoutes } from './holds/index.ts';
import { importRoutes } from './imports/index.ts';
import { jobRoutes } from './jobs/index.ts';
import { ofUser } from './jobs/ofUser.ts';
import { keyRoutes } from './keys/index.ts';
import { providerRoutes } from './providers/index.ts';
import { recipientRoutes } from './recipients/index.ts';
import { resendRoutes } from './resend/index.ts';
import { runRoutes } from './runs/index.ts';
import { scriptRoutes } from './scripts/index.ts';
import { statusRoutes } from './status/index.ts';
import { suppressionRoutes } from './suppressions/index.ts';
import { templateRoutes } from './templates/index.ts';
import { unknownRoutes } from './unknowns/index.ts';
import { unsubscribeRoutes } from './unsubscribe/index.ts';
import { userRoutes } from './users/index.ts';
import { webhookRoutes } from './webhooks/index.ts';

/** Every route, in the order of the description. */
export function apiRoutes(dependencies: ApiDependencies): Route[] {
  const routes = [
    ...recipientRoutes(dependencies),
    ...audienceRoutes(dependencies),
    ...importRoutes(dependencies),
    ...templateRoutes(dependencies),
    ...jobRoutes(dependencies),
    ...callRoutes(dependencies),
    ...userRoutes(dependencies),
    ...scriptRoutes(dependencies),
    ...resendRoutes(dependencies),
    ...runRoutes(dependencies),
    ...unknownRoutes(dependencies),
    ...suppressionRoutes(dependencies),
    ...addressRoutes(dependencies),
    ...confirmRoutes(dependencies),
    ...unsubscribeRoutes(dependencies),
    ...holdRoutes(dependencies),
    ...statusRoutes(dependencies),
    ...accountRoutes(dependencies),
    ...keyRoutes(dependencies),
    ...providerRoutes(dependencies),
    ...auditRoutes(dependencies),
    ...webhookRoutes(dependencies),
    ...callbackRoutes(dependencies),
  ];
  return routes.map((route) => ofUser(dependencies, route));
}
