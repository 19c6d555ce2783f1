/**
 * How users of the account are told of their jobs. One contact for each user, and no template for all of them: an address must be one
 * that somebody gave, for what a template makes of an id may be a stranger's.
 */
import { type ContactAnswer, contactBodySchema, contactSchema, externalIdSchema } from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { deleteContact, putContact, readContact, type UserContact } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { validate } from '../../http/validate.ts';
import { presentNotify, storedNotifyOf } from '../jobs/notify.ts';
import { isoOf } from '../jobs/present.ts';

const TAG = 'Jobs';
const path = '/v1/users/:userId/contact';
const params = { userId: 'Your own id of the user, such as u-1204' };

/** The routes under /v1/users. */
export function userRoutes(dependencies: ApiDependencies): Route[] {
  const { pool } = dependencies.database;
  return [
    defineRoute({
      method: 'put',
      path,
      tag: TAG,
      operationId: 'putUserContact',
      summary: 'Say how a user is told of jobs',
      description:
        'Holds for all jobs of this `userId` that have no `notify` of their own, those that exist already too. The owner is told ' +
        'when a run is late, when one ended with failures, when a payment was refused, and when the job is completed.',
      params,
      body: contactBodySchema,
      answers: { 200: { description: 'The contact as it is now', schema: contactSchema } },
      errors: ['invalid_email', 'invalid_phone', 'unknown_provider', 'private_target'],
      async handle({ caller, params: { userId: text }, body: { notify } }) {
        const { accountId } = caller;
        const contact = await putContact(
          pool,
          { accountId, userId: validate(externalIdSchema, text, 'userId') },
          (client) => storedNotifyOf(client, dependencies, caller, notify),
          actorOf(caller),
        );
        return { status: 200, body: present(contact) };
      },
    }),
    defineRoute({
      method: 'get',
      path,
      tag: TAG,
      operationId: 'getUserContact',
      summary: 'Read how a user is told of jobs',
      params,
      answers: { 200: { description: 'The contact', schema: contactSchema } },
      errors: ['not_found'],
      async handle({ caller: { accountId }, params: { userId } }) {
        const contact = await readContact(pool, accountId, validate(externalIdSchema, userId, 'userId'));
        if (contact === undefined) throw noContact();
        return { status: 200, body: present(contact) };
      },
    }),
    defineRoute({
      method: 'delete',
      path,
      tag: TAG,
      operationId: 'deleteUserContact',
      summary: 'Forget how a user is told of jobs',
      description: 'Jobs that say themselves how their owner is told go on doing so.',
      params,
      answers: { 204: { description: 'Forgotten' } },
      errors: ['not_found'],
      async handle({ caller, params: { userId: text } }) {
        const contact = { accountId: caller.accountId, userId: validate(externalIdSchema, text, 'userId') };
        if (!(await deleteContact(pool, contact, actorOf(caller)))) throw noContact();
        return { status: 204 };
      },
    }),
  ];
}

function noContact(): ApiError {
  return new ApiError('not_found', { field: 'userId', detail: 'Nothing is known of how this user is told.' });
}

function present({ userId, notify, updatedAtMs }: UserContact): ContactAnswer {
  return { userId, notify: presentNotify(notify), updatedAt: isoOf(updatedAtMs) };
}
