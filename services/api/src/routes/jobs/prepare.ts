/** From a job's body to everything that is stored of it: what creating and previewing have in common. */
import {
  type Content,
  type CreateJobBody,
  type JobChannelName,
  type JobKind,
  type MessageChannelName,
  type StoredPolicy,
  storedPaymentOf,
  type TargetBody,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import {
  type AskedAudience,
  chooseProviderAccount,
  ensureCallAccount,
  ensureScriptAccount,
  findSimilarJob,
  insertInlineRecipients,
  type Queryable,
  type SimilarityLimits,
  type SimilarJob,
} from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import type { Caller } from '../../http/auth.ts';
import { requireId } from '../../http/validate.ts';
import { newSecret } from '../webhooks/secret.ts';
import type { InlinePerson } from './addresses.ts';
import { resolveContent } from './content.ts';
import { callOf, scriptOf } from './kinds.ts';
import { storedPolicyOf } from './policy.ts';
import { isoOf } from './present.ts';
import { reportOf } from './reports.ts';
import { type ResolvedTrigger, resolveTrigger } from './trigger.ts';

const LARGEST_INTEGER = 2 ** 31 - 1;

/** The parts of a job that do not depend on whom it goes to. */
export interface PreparedJob {
  readonly channel: JobChannelName;
  readonly trigger: ResolvedTrigger;
  readonly providerAccountId: number;
  readonly content: Content;
  readonly policy: StoredPolicy;
}

/** Looks up what a body names. @throws ApiError for what is not there or is over, or may not be called */
export async function prepareJob(
  client: Queryable,
  { keys, settings, system }: Pick<ApiDependencies, 'keys' | 'settings' | 'system'>,
  caller: Caller,
  body: CreateJobBody,
  nowMs: number,
): Promise<PreparedJob> {
  const { accountId } = caller;
  const trigger = resolveTrigger(body.trigger, nowMs, caller.zone);
  const { channel, providerAccountId } = await wayOf(client, keys, accountId, body);
  const policy = storedPolicyOf(body.policy, { kind: body.kind, channel, trigger: trigger.stored });
  const common = { channel, providerAccountId, trigger, policy };
  switch (body.kind) {
    case 'message':
      return {
        ...common,
        content: await resolveContent(client, accountId, body.channel, providerAccountId, body.content),
      };
    case 'webhook':
      return { ...common, content: callOf(body.webhook, settings.targets) };
    case 'payment':
      return { ...common, content: storedPaymentOf(body.payment) };
    case 'report': {
      const content = await reportOf(client, { accountId, userId: body.userId }, body.report, settings.targets);
      return { ...common, content };
    }
    case 'script':
      return { ...common, content: await scriptOf(client, system.pool, accountId, body.script) };
  }
}

/** By which channel and provider account a job of a kind goes out. @throws ApiError `unknown_provider` */
export async function wayOf(
  client: Queryable,
  keys: ApiDependencies['keys'],
  accountId: number,
  job: {
    readonly kind: JobKind;
    /** Of a message. */
    readonly channel?: MessageChannelName | undefined;
    readonly providerAccount?: string | undefined;
  },
): Promise<Pick<PreparedJob, 'channel' | 'providerAccountId'>> {
  const named = async (channel: JobChannelName) => ({
    channel,
    providerAccountId: await providerAccountOf(client, accountId, channel, job.providerAccount),
  });
  switch (job.kind) {
    case 'message':
      return await named(job.channel as MessageChannelName);
    case 'report':
      return await named('email');
    case 'payment':
      return await named('payment');
    case 'webhook':
      return {
        channel: 'call',
        providerAccountId: await ensureCallAccount(client, keys.provider, accountId, newSecret),
      };
    case 'script':
      return { channel: 'script', providerAccountId: await ensureScriptAccount(client, accountId) };
  }
}

async function providerAccountOf(
  client: Queryable,
  accountId: number,
  channel: JobChannelName,
  named: string | undefined,
): Promise<number> {
  const field = 'providerAccount';
  const asked = named === undefined ? undefined : requireId('pvd', named, field);
  const exists = asked === undefined || asked <= LARGEST_INTEGER;
  const found = exists ? await chooseProviderAccount(client, { accountId, channel, id: asked }) : undefined;
  if (found !== undefined) return found;
  const detail = asked === undefined ? `The account has no provider account for ${channel}.` : undefined;
  throw new ApiError('unknown_provider', { field, ...(detail !== undefined && { detail }) });
}

/** Whom a job without recipients reaches. */
export const NOBODY = {
  target: { everyone: false, audienceIds: [], recipientIds: [], excludedAudienceIds: [], excludedRecipientIds: [] },
  asked: { everyone: false, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
};

/** What is kept of the audience as it was asked for: of inline addresses only how many they are. */
export function askedOf({ addresses, ...audience }: TargetBody): AskedAudience {
  return { ...audience, ...(addresses.length > 0 && { inlineAddresses: addresses.length }) };
}

/** Stores whom the job names by address alone, at least one; their ids belong into its target. A job that is not stored yet gets its id. */
export async function storeInlinePeople(
  client: Queryable,
  job: { readonly accountId: number; readonly jobId?: number; readonly channel: MessageChannelName },
  people: readonly InlinePerson[],
): Promise<{ readonly jobId: number; readonly recipientIds: number[] }> {
  return await insertInlineRecipients(client, { ...job, people });
}

/** Refuses a job that is like another. Ask it only after `lockAnnouncements`. @throws ApiError `similar_job` */
export async function refuseSimilar(
  client: Queryable,
  job: Parameters<typeof findSimilarJob>[1],
  limits: SimilarityLimits,
): Promise<void> {
  const similar = await findSimilarJob(client, job, limits);
  if (similar === undefined) return;
  const shown = presentSimilar(similar);
  throw new ApiError('similar_job', {
    field: 'content',
    detail: `${shown.id} "${similar.name}" says nearly the same to the same people, planned at ${shown.plannedAt}.`,
    members: { similar: shown },
  });
}

/** A job that another one is like, as the API shows it. */
export function presentSimilar(similar: SimilarJob) {
  const { id, name, plannedAtMs, similarity } = similar;
  return {
    id: formatId('job', id),
    name,
    plannedAt: isoOf(plannedAtMs),
    similarity: Math.round(similarity * 1000) / 1000,
  };
}
