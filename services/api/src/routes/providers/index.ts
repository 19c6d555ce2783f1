/** Provider accounts: what messages are sent by. Their secrets go in, and come out of no route. */
import { isIPv6 } from 'node:net';
import { checkTargetUrl, isPublicAddress, settingsProblem, type TargetProblem } from '@carillon/channels';
import {
  PROVIDER_CHANNEL_NAMES,
  type ProviderAnswer,
  type ProviderBody,
  type ProviderChangeBody,
  providerBodySchema,
  providerChangeSchema,
  providerSchema,
  type VerifierProvider,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import {
  activeJobsOfProvider,
  createProvider,
  listProviders,
  type NewProvider,
  type ProviderChange,
  type ProviderChanges,
  pauseJob,
  readProvider,
  resumeChecks,
  type StoredProvider,
  updateProvider,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { afterSmallId, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireSmallId } from '../../http/validate.ts';

const KIND = 'providers';
/** Endpoints for notices are kept beside them, and have routes of their own. */
const channels = PROVIDER_CHANNEL_NAMES;
const params = { id: 'The provider account, such as pvd_2' };

const TARGET_PROBLEMS: Readonly<Record<TargetProblem, string>> = {
  not_a_url: 'It must be a URL.',
  not_https: 'It must begin with https://.',
  user_info: 'It must not hold a user name or password.',
  private_address: 'It must not be an address within a private network.',
  private_name: 'It must not be a name within a private network.',
};

/** The routes under /v1/providers. */
export function providerRoutes({ database, system, settings, keys, wake }: ApiDependencies): Route[] {
  /** What the tenant chooses is called from inside our network. @throws ApiError `validation_failed` */
  const checkTarget = (body: ProviderBody | ProviderChangeBody): void => {
    const [field, url] =
      body.channel === 'email'
        ? (['settings.host', body.settings?.host && urlOfHost(body.settings.host)] as const)
        : ([
            'settings.baseUrl',
            body.settings && 'baseUrl' in body.settings ? body.settings.baseUrl : undefined,
          ] as const);
    if (url === undefined) return;
    const result = checkTargetUrl(url, settings.targets);
    if (!result.ok) throw new ApiError('validation_failed', { field, detail: TARGET_PROBLEMS[result.problem] });
  };

  /** @throws ApiError for what a verifier could not work with */
  const checkVerifier = (verifier: object): void => {
    const mayConnect = (address: string) => settings.targets.allowPrivate || isPublicAddress(address);
    const problem = settingsProblem(verifier as VerifierProvider, mayConnect);
    if (problem)
      throw new ApiError('validation_failed', { field: 'settings', detail: `It cannot be used: ${problem}.` });
  };

  const create = defineRoute({
    method: 'post',
    path: '/v1/providers',
    tag: 'Provider accounts',
    summary: 'Create a provider account',
    description:
      'Access to the WhatsApp Cloud API by one phone number, to a mail server, to who checks e-mail addresses (`email_check`), or to who makes payments (`payment`). Secrets are encrypted before they are stored, and never shown again. Jobs use the first of their channel unless they name another.',
    role: 'admin',
    repeatable: false,
    body: providerBodySchema,
    answers: { 201: { description: 'Created', schema: providerSchema } },
    errors: ['name_taken', 'invalid_email'],
    handle: async ({ caller, body }) => {
      checkTarget(body);
      if (body.channel === 'email_check') checkVerifier(body.settings);
      const wanted = { ...body, accountId: caller.accountId } as unknown as NewProvider;
      const provider = await createProvider(database.pool, keys.provider, wanted, actorOf(caller));
      if (provider === undefined) throw nameTaken();
      const answer = present(provider);
      return { status: 201, body: answer, headers: { Location: `/v1/providers/${answer.id}` } };
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/v1/providers',
    tag: 'Provider accounts',
    summary: 'List provider accounts',
    description: 'Those that are disabled too.',
    role: 'admin',
    query: z.strictObject(pagingQuery),
    answers: { 200: { description: 'In the order in which they were created', schema: pageOf(providerSchema) } },
    errors: ['invalid_cursor'],
    handle: async ({ caller, query: { limit, cursor } }) => {
      const afterId = afterSmallId(KIND, cursor);
      const rows = await listProviders(database.pool, caller.accountId, { channels, afterId, limit: limit + 1 });
      return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(KIND, [row.id])) };
    },
  });

  const read = defineRoute({
    method: 'get',
    path: '/v1/providers/:id',
    tag: 'Provider accounts',
    summary: 'Read a provider account',
    role: 'admin',
    params,
    answers: { 200: { description: 'The provider account', schema: providerSchema } },
    errors: ['invalid_id', 'not_found'],
    handle: async ({ caller, params: { id } }) => {
      const number = requireSmallId('pvd', id, 'id', notFound);
      const provider = await readProvider(database.pool, caller.accountId, number, channels);
      if (provider === undefined) throw notFound();
      return { status: 200, body: present(provider) };
    },
  });

  const update = async (caller: Caller, id: string | undefined, change: Parameters<typeof updateProvider>[3]) => {
    const wanted = { accountId: caller.accountId, id: requireSmallId('pvd', id, 'id', notFound), channels };
    return providerOf(await updateProvider(database.pool, keys.provider, wanted, change, actorOf(caller)));
  };

  /** Jobs that would go on sending through it are paused, so that disabling means that nothing more goes out. */
  const pauseJobs = async (caller: Caller, provider: StoredProvider): Promise<void> => {
    const { accountId, id } = provider;
    for (const jobId of await activeJobsOfProvider(database.pool, { accountId, id })) {
      await pauseJob(database.pool, { accountId, jobId, actor: actorOf(caller) });
    }
  };

  const change = defineRoute({
    method: 'patch',
    path: '/v1/providers/:id',
    tag: 'Provider accounts',
    summary: 'Change a provider account',
    description:
      'What is left out stays, single fields of the settings too; so a token is replaced without the others. Senders read it again within seconds. Enabling does not resume jobs that disabling paused; checks of addresses go on with any change of their verifier.',
    role: 'admin',
    repeatable: true,
    params,
    body: providerChangeSchema,
    answers: { 200: { description: 'The provider account as it is now', schema: providerSchema } },
    errors: ['invalid_id', 'invalid_email', 'not_found', 'name_taken'],
    handle: async ({ caller, params: { id }, body }) => {
      checkTarget(body);
      const provider = await update(caller, id, (stored, settingsNow) => {
        if (stored.channel === body.channel) {
          if (body.channel === 'email_check' && body.settings) {
            requireFieldsOf(stored, body.settings);
            checkVerifier({ ...settingsNow, ...body.settings });
          }
          return changesOf(body, caller);
        }
        throw new ApiError('validation_failed', {
          field: 'channel',
          detail: `It is a provider account of the channel ${stored.channel}.`,
        });
      });
      if (body.enabled === false) await pauseJobs(caller, provider);
      else if (body.channel === 'email_check') {
        // Who mends a verifier wants the checks to go on that it stopped; they belong to jobs that nobody sees.
        await resumeChecks(system.pool, provider.id, actorOf(caller));
        wake('email_check');
      }
      return { status: 200, body: present(provider) };
    },
  });

  const disable = defineRoute({
    method: 'delete',
    path: '/v1/providers/:id',
    operationId: 'disableProvider',
    tag: 'Provider accounts',
    summary: 'Disable a provider account',
    description:
      'No new job may use it, and active jobs that do are paused. It stays, because deliveries name it, and reports of what was sent still count.',
    role: 'admin',
    params,
    answers: { 204: { description: 'Disabled, now or earlier' } },
    errors: ['invalid_id', 'not_found'],
    handle: async ({ caller, params: { id } }) => {
      const provider = await update(caller, id, () => disabledBy(caller));
      await pauseJobs(caller, provider);
      return { status: 204 };
    },
  });

  return [create, list, read, change, disable];
}

const ONLY_OF: Readonly<Record<string, readonly string[]>> = {
  http: ['baseUrl', 'apiKey'],
  smtp: ['heloName', 'mailFrom', 'port'],
};

/** @throws ApiError for a field of the other kind of verifier */
function requireFieldsOf({ settings: { verifier } }: StoredProvider, changes: object): void {
  const foreign = ONLY_OF[verifier === 'http' ? 'smtp' : 'http'] ?? [];
  const field = Object.keys(changes).find((name) => foreign.includes(name));
  if (field === undefined) return;
  throw new ApiError('validation_failed', {
    field: `settings.${field}`,
    detail: `The verifier is of the kind ${String(verifier)}, which has no such field.`,
  });
}

function urlOfHost(host: string): string {
  return `https://${isIPv6(host) ? `[${host}]` : host}`;
}

function disabledBy(caller: Caller): ProviderChanges {
  return { enabled: false, reason: `by ${actorOf(caller)}` };
}

function changesOf({ channel: _, enabled, ...rest }: ProviderChangeBody, caller: Caller): ProviderChanges {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...given, ...(enabled === true && { enabled }), ...(enabled === false && disabledBy(caller)) };
}

function providerOf(result: ProviderChange): StoredProvider {
  switch (result.kind) {
    case 'changed':
      return result.provider;
    case 'name_taken':
      throw nameTaken();
    case 'not_found':
      throw notFound();
  }
}

function present(provider: StoredProvider): ProviderAnswer {
  const id = formatId('pvd', provider.id);
  const secrets = Object.entries(provider.secretsSet).map(([field, set]) => [field, { set }]);
  return {
    id,
    channel: provider.channel as ProviderAnswer['channel'],
    name: provider.name,
    settings: { ...provider.settings },
    secrets: Object.fromEntries(secrets) as ProviderAnswer['secrets'],
    messagesPerSecond: provider.messagesPerSecond,
    dailyLimit: provider.dailyLimit,
    enabled: provider.disabledAt === null,
    disabledAt: provider.disabledAt?.toISOString() ?? null,
    disabledReason: provider.disabledReason,
    callbackPath: provider.channel === 'whatsapp' ? `/v1/provider-accounts/${id}/callbacks/whatsapp` : null,
    createdAt: provider.createdAt.toISOString(),
    updatedAt: provider.updatedAt.toISOString(),
  };
}

function nameTaken(): ApiError {
  return new ApiError('name_taken', {
    field: 'name',
    detail: 'There is a provider account of this channel and name.',
  });
}

function notFound(): ApiError {
  return new ApiError('not_found', { field: 'id', detail: 'There is no provider account of this id.' });
}
