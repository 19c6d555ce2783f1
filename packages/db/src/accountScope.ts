/**
 * Whose rows the current work may see. It travels with the asynchronous work and not through every call, because
 * row-level security is the second lock: it has to hold where somebody forgot to hand the account on.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** For whom, and on whose behalf: `origin` (network address) and `requestId` go into the audit trail. */
export interface AccountScope {
  readonly accountId?: number | undefined;
  readonly origin?: string | undefined;
  readonly requestId?: string | undefined;
}

const NOBODY: AccountScope = {};
const storage = new AsyncLocalStorage<AccountScope>();

/** Runs `work`, whose statements through a database of role `app` see that account's rows and no others. */
export function inAccount<T>(scope: AccountScope, work: () => T): T {
  return storage.run(scope, work);
}

/** The scope of the current work; outside of any, nobody's. */
export function currentAccount(): AccountScope {
  return storage.getStore() ?? NOBODY;
}
