/** Accounts: one's own, and for operators all of the installation. */
import {
  type AccountAnswer,
  accountBodySchema,
  accountChangeSchema,
  accountSchema,
  budgetMicrosOf,
  type CheckBudget,
  createdAccountSchema,
  unitsOf,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { createAccount, listAccounts, readAccount, type StoredAccount, updateAccount } from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { afterSmallId, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';

const KIND = 'accounts';

/** The routes under /v1/account and /v1/accounts. */
export function accountRoutes({ database, system }: ApiDependencies): Route[] {
  const read = defineRoute({
    method: 'get',
    path: '/v1/account',
    tag: 'Accounts',
    summary: 'Read your account',
    description: 'The account that the key belongs to.',
    answers: { 200: { description: 'Your account', schema: accountSchema } },
    handle: async ({ caller }) => {
      const account = await readAccount(database.pool, caller.accountId);
      if (account === undefined) throw new ApiError('not_found', { detail: 'The account is gone.' });
      return { status: 200, body: present(account) };
    },
  });

  const change = defineRoute({
    method: 'patch',
    path: '/v1/account',
    tag: 'Accounts',
    summary: 'Change your account',
    description:
      'What is left out stays. Zone, country and quiet hours count for jobs planned from now on. What is older than `keepDays` is forgotten but for the counts of its run, and does not come back. The name and the limit of requests are changed by keys of an operator account only: names are unique in the installation, so a refusal would tell who else is there.',
    role: 'admin',
    body: accountChangeSchema,
    answers: { 200: { description: 'Your account as it is now', schema: accountSchema } },
    errors: ['invalid_zone', 'version_conflict', 'name_taken', 'forbidden'],
    handle: async ({ caller, body: { version, checkBudget, ...changes } }) => {
      for (const field of ['name', 'requestsPerSecond'] as const) {
        if (changes[field] !== undefined) requireOperator(caller, field);
      }
      const { accountId } = caller;
      const result = await updateAccount(
        database.pool,
        { accountId, version, changes: { ...definedOnly(changes), ...budgetOf(checkBudget) } },
        actorOf(caller),
      );
      switch (result.kind) {
        case 'changed':
          return { status: 200, body: present(result.account) };
        case 'version_conflict':
          throw new ApiError('version_conflict', {
            field: 'version',
            detail: `The account is at version ${result.version}.`,
          });
        case 'name_taken':
          throw nameTaken();
        case 'not_found':
          throw new ApiError('not_found', { detail: 'The account is gone.' });
      }
    },
  });

  const create = defineRoute({
    method: 'post',
    path: '/v1/accounts',
    tag: 'Accounts',
    summary: 'Create an account',
    description:
      'For keys of an operator account. The answer holds the first key of the new account, of role `admin`, which is shown once.',
    role: 'admin',
    repeatable: false,
    body: accountBodySchema,
    answers: { 201: { description: 'Created, with its first key', schema: createdAccountSchema } },
    errors: ['forbidden', 'invalid_zone', 'name_taken'],
    handle: async ({ caller, body }) => {
      requireOperator(caller);
      const by = { actor: actorOf(caller), accountId: caller.accountId };
      const { checkBudget, ...rest } = body;
      const created = await createAccount(system.pool, { ...rest, ...budgetOf(checkBudget) }, by);
      if (created === undefined) throw nameTaken();
      const { account, keyId, key } = created;
      return {
        status: 201,
        body: { account: present(account), key: { id: formatId('key', keyId), role: 'admin', key } },
        headers: { 'Cache-Control': 'no-store' },
      };
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/v1/accounts',
    tag: 'Accounts',
    summary: 'List accounts',
    description: 'For keys of an operator account: every account of the installation.',
    role: 'admin',
    query: z.strictObject(pagingQuery),
    answers: { 200: { description: 'In the order in which they were created', schema: pageOf(accountSchema) } },
    errors: ['forbidden', 'invalid_cursor'],
    handle: async ({ caller, query: { limit, cursor } }) => {
      requireOperator(caller);
      const rows = await listAccounts(system.pool, { afterId: afterSmallId(KIND, cursor), limit: limit + 1 });
      return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(KIND, [row.id])) };
    },
  });

  return [read, change, create, list];
}

/** @throws ApiError `forbidden` for keys that do not belong to an operator account */
function requireOperator(caller: Caller, field = 'Authorization'): void {
  if (caller.operator) return;
  throw new ApiError('forbidden', { field, detail: 'This is for keys of an operator account.' });
}

function nameTaken(): ApiError {
  return new ApiError('name_taken', { field: 'name', detail: 'There is an account of this name.' });
}

/** The budget for checks as it is stored; nothing where none was said. */
function budgetOf(budget: CheckBudget | undefined): { checkBudget?: StoredAccount['checkBudget'] } {
  if (budget === undefined) return {};
  return { checkBudget: budget === null ? null : { micros: budgetMicrosOf(budget), currency: budget.currency } };
}

function definedOnly<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

function present(account: StoredAccount): AccountAnswer {
  return {
    id: formatId('acc', account.id),
    name: account.name,
    zone: account.zone,
    country: account.country,
    quietHours: account.quietHours,
    requestsPerSecond: account.requestsPerSecond,
    checkBudget: account.checkBudget && {
      amount: unitsOf(account.checkBudget.micros),
      currency: account.checkBudget.currency,
    },
    keepDays: account.keepDays,
    keepFailedDays: account.keepFailedDays,
    operator: account.operator,
    version: account.version,
    createdAt: account.createdAt.toISOString(),
    updatedAt: account.updatedAt.toISOString(),
  };
}
