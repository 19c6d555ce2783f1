/** By what the account's calls are signed, and how many a second there may be. Receivers verify by these secrets. */
import {
  type CallSettingsAnswer,
  callSettingsChangeSchema,
  callSettingsSchema,
  webhookRotationSchema,
} from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import {
  changeCallSettings,
  readCallSettings,
  rotateCallSecret,
  SECRETS_MAX,
  type StoredCallSettings,
} from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { newSecret } from '../webhooks/secret.ts';

const TAG = 'Jobs';
const PATH = '/v1/call-settings';

/** The routes under /v1/call-settings. */
export function callRoutes({ database, keys }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: PATH,
      tag: TAG,
      summary: "Read what signs the account's calls",
      description:
        'Jobs of kind `webhook` are signed as Standard Webhooks says, all by the same secrets. They are made when first asked for, ' +
        'here or by such a job.',
      role: 'admin',
      answers: { 200: { description: 'The settings, secrets included', schema: callSettingsSchema } },
      errors: [],
      async handle({ caller: { accountId } }) {
        const settings = await readCallSettings(database.pool, keys.provider, accountId, newSecret);
        return { status: 200, body: present(settings) };
      },
    }),
    defineRoute({
      method: 'patch',
      path: PATH,
      tag: TAG,
      summary: "Change the limit of the account's calls",
      description: 'Senders read it again within seconds.',
      role: 'admin',
      repeatable: true,
      body: callSettingsChangeSchema,
      answers: { 200: { description: 'The settings as they are now', schema: callSettingsSchema } },
      errors: [],
      async handle({ caller, body: { requestsPerSecond } }) {
        const wanted = { accountId: caller.accountId, requestsPerSecond, newSecret };
        const settings = await changeCallSettings(database.pool, keys.provider, wanted, actorOf(caller));
        return { status: 200, body: present(settings) };
      },
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/rotate`,
      tag: TAG,
      summary: "Give the account's calls a new secret",
      description:
        'Until the overlap ends, calls carry a signature by each secret, so that a receiver may verify with either; at most ' +
        `${SECRETS_MAX} sign at once.`,
      role: 'admin',
      repeatable: false,
      body: webhookRotationSchema,
      answers: { 200: { description: 'The settings as they are now', schema: callSettingsSchema } },
      errors: ['invalid_state'],
      async handle({ caller, body: { overlapSeconds } }) {
        const rotation = { accountId: caller.accountId, newSecret, overlapSeconds };
        const settings = await rotateCallSecret(database.pool, keys.provider, rotation, actorOf(caller));
        if (settings === undefined) {
          throw new ApiError('invalid_state', {
            field: 'overlapSeconds',
            detail: `${SECRETS_MAX} secrets sign already. Wait until one ends, or end them with overlapSeconds 0.`,
          });
        }
        return { status: 200, body: present(settings) };
      },
    }),
  ];
}

function present({ requestsPerSecond, secrets }: StoredCallSettings): CallSettingsAnswer {
  return { requestsPerSecond, secrets: secrets.map(({ secret, until }) => ({ secret, until: until ?? null })) };
}
