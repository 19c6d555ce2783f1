/** `PATCH /v1/jobs/:id`: a change with the version that it is based on, all of it or nothing. */
import {
  type ChangeJobBody,
  changeJobBodySchema,
  jobSchema,
  type MessageChannelName,
  policyBodySchema,
  storedPaymentOf,
} from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import {
  changeJob,
  isAnnouncement,
  type JobChange,
  type JobChangeResult,
  type JobToChange,
  lockAnnouncements,
  type Queryable,
  readJob,
} from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { readAddresses } from './addresses.ts';
import { requireVerifier } from './checks.ts';
import { requireContent, resolveContent } from './content.ts';
import { JOB_ERRORS } from './create.ts';
import { callOf, requirePartsOfKind, scriptOf } from './kinds.ts';
import { storedNotifyOf } from './notify.ts';
import { storedPolicyOf } from './policy.ts';
import { askedOf, NOBODY, refuseSimilar, storeInlinePeople, wayOf } from './prepare.ts';
import { presentJob } from './present.ts';
import { reportOf } from './reports.ts';
import { resolveTarget } from './target.ts';
import { resolveTrigger } from './trigger.ts';

export function changeJobRoute(dependencies: ApiDependencies): Route {
  const { database, wake } = dependencies;
  return defineRoute({
    method: 'patch',
    path: '/v1/jobs/:id',
    tag: 'Jobs',
    summary: 'Change a job',
    description:
      'Name the `version` that you have read; when the job has another by now, nothing is changed (`version_conflict`). Each ' +
      'part that is given replaces the whole of it. Trigger, audience, `dedupeBy` and `quietHours` can be changed until the ' +
      'first message was begun, after that the answer is `run_started`; once it is accepted, nothing is sent before the new ' +
      'moment. Another content goes to everybody while nothing was begun; from then on only to those who are not planned ' +
      'yet. The rest of the policy holds for whatever is begun from now on. Of a job that follows a date everything can be changed ' +
      'at any time but that it follows one: what was not begun is planned anew, and moments before a change of the trigger are not ' +
      'made up for. Another `kind`, with all that it consists of, is taken while nothing of the job was ever begun.',
    params: { id: 'The job, such as job_42' },
    body: changeJobBodySchema,
    answers: { 200: { description: 'The job as it is now', schema: jobSchema } },
    errors: [
      ...JOB_ERRORS,
      'private_target',
      'executor_unavailable',
      'not_found',
      'version_conflict',
      'invalid_state',
      'run_started',
      'similar_job',
    ],
    async handle({ caller, params, body }) {
      const jobId = requireId('job', params.id, 'id');
      const { accountId } = caller;
      await applyChange(dependencies, caller, jobId, body);
      const row = await readJob(database.pool, accountId, jobId);
      if (row === undefined) throw new Error(`job ${jobId} is not there after its change`);
      wake(row.channel as MessageChannelName);
      return { status: 200, body: presentJob(row) };
    },
  });
}

const STARTED: Readonly<Record<string, string>> = {
  kind: 'A run of it was begun already. Cancel it and create another.',
};

/** Changes a job. @returns its channel @throws ApiError where it cannot be */
export async function applyChange(
  dependencies: ApiDependencies,
  caller: Caller,
  jobId: number,
  body: ChangeJobBody,
): Promise<string> {
  const { database, settings } = dependencies;
  const { accountId } = caller;
  const result = await changeJob(
    database.pool,
    { accountId, jobId, version: body.version, actor: actorOf(caller), horizonMs: settings.horizonMs },
    (client, job, nowMs) => resolveChange(client, dependencies, caller, body, job, nowMs),
  );
  refuse(result);
  return result.channel;
}

async function resolveChange(
  client: Queryable,
  dependencies: ApiDependencies,
  caller: Caller,
  body: ChangeJobBody,
  job: JobToChange,
  nowMs: number,
): Promise<JobChange> {
  const { settings, keys, system } = dependencies;
  const { accountId, country } = caller;
  requirePartsOfKind(job, body);
  const kind = body.kind ?? job.kind;
  const way = await otherWay(client, dependencies, accountId, job, body);
  const channel = (way?.channel ?? job.channel) as MessageChannelName;
  const providerAccountId = way?.providerAccountId ?? job.providerAccountId;
  const trigger = body.trigger && resolveTrigger(body.trigger, nowMs, caller.zone);
  let content: JobChange['content'] =
    (body.webhook && callOf(body.webhook, settings.targets)) ??
    (body.payment && storedPaymentOf(body.payment)) ??
    (body.report && (await reportOf(client, { accountId, userId: job.userId }, body.report, settings.targets)));
  if (body.script) content = await scriptOf(client, system.pool, accountId, body.script);
  if (body.content !== undefined) {
    requireContent(channel, body.content);
    content = await resolveContent(client, accountId, channel, providerAccountId, body.content);
  }
  let audience: JobChange['audience'];
  if (body.audience !== undefined) {
    const people = readAddresses(body.audience.addresses, { channel, country, pepper: keys.address });
    if (job.trigger.type === 'date' && people.length > 0) {
      throw new ApiError('validation_failed', {
        field: 'audience.addresses',
        detail: 'Addresses have no dates; store the people as recipients and name those.',
      });
    }
    const named = await resolveTarget(client, accountId, body.audience);
    const inline =
      people.length === 0
        ? []
        : (await storeInlinePeople(client, { accountId, jobId: job.id, channel }, people)).recipientIds;
    const target = { ...named, recipientIds: [...named.recipientIds, ...inline] };
    audience = { target, asked: askedOf(body.audience) };
  }
  if (way !== undefined && body.audience === undefined) audience = NOBODY;
  const target = audience?.target ?? job.target;
  const isCompared = body.content !== undefined || body.trigger !== undefined || body.audience !== undefined;
  if (isCompared && isAnnouncement(kind, target, trigger?.stored ?? job.trigger)) {
    await lockAnnouncements(client, accountId);
    const plannedAtMs = trigger === undefined ? (job.plannedAtMs ?? nowMs) : (trigger.dueAtMs ?? nowMs);
    const changed = { accountId, id: job.id, target, content: content ?? job.content, plannedAtMs };
    if (!body.allowSimilar) await refuseSimilar(client, changed, settings.similarity);
  }
  // How one kind goes about trouble may be wrong for another: who does not say it gets what is right for that.
  const asked = body.policy ?? (way && policyBodySchema.parse({}));
  const policy = asked && storedPolicyOf(asked, { kind, channel, trigger: trigger?.stored ?? job.trigger });
  if (policy) await requireVerifier(system.pool, { accountId, channel, policy });
  return {
    name: body.name,
    way: way && { kind, ...way },
    tags: body.tags,
    notify: body.notify && (await storedNotifyOf(client, dependencies, caller, body.notify)),
    content,
    trigger,
    audience,
    policy,
  };
}

/** How it goes out from now on; undefined where that stays as it is. */
async function otherWay(
  client: Queryable,
  { keys }: ApiDependencies,
  accountId: number,
  job: JobToChange,
  { kind, channel, providerAccount }: ChangeJobBody,
): Promise<Awaited<ReturnType<typeof wayOf>> | undefined> {
  if (kind === undefined) return undefined;
  const isSame = kind === job.kind && (channel === undefined || channel === job.channel);
  if (isSame && providerAccount === undefined) return undefined;
  const way = await wayOf(client, keys, accountId, { kind, channel, providerAccount });
  return isSame && way.providerAccountId === job.providerAccountId ? undefined : way;
}

/** @throws ApiError for everything but a change */
function refuse(result: JobChangeResult): asserts result is Extract<JobChangeResult, { kind: 'changed' }> {
  switch (result.kind) {
    case 'changed':
      return;
    case 'not_found':
      throw new ApiError('not_found', { field: 'id', detail: 'There is no such job.' });
    case 'version_conflict':
      throw new ApiError('version_conflict', {
        field: 'version',
        detail: `The job has the version ${result.version}.`,
        members: { version: result.version },
      });
    case 'invalid_state':
      throw new ApiError('invalid_state', { field: 'status', detail: `The job is ${result.status}.` });
    case 'other_kind_of_trigger':
      throw new ApiError('validation_failed', {
        field: 'trigger.type',
        detail: 'A job that follows a date stays one, and no other becomes one. Cancel it and create another.',
      });
    case 'run_started':
      throw new ApiError('run_started', {
        field: result.part,
        detail: STARTED[result.part] ?? 'Its run was begun already.',
      });
  }
}
