/** `POST /v1/jobs`: the key, the job, and what is due soon, all in one transaction; waking the senders after it. */
import {
  type ChannelName,
  type CreateJobBody,
  createJobBodySchema,
  isSchedule,
  jobSchema,
  type MessageChannelName,
  OCCURRENCE_ONCE,
  type Target,
  type TargetBody,
} from '@carillon/contracts';
import { type ErrorCode, formatId } from '@carillon/core';
import {
  type AskedAudience,
  insertJob,
  isAnnouncement,
  lockAnnouncements,
  planRun,
  type Queryable,
  readJob,
  type StoredAnswer,
  setSchedule,
} from '@carillon/db';
import { failpoint } from '@carillon/runtime';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { readAddresses } from './addresses.ts';
import { requireVerifier } from './checks.ts';
import { storedNotifyOf } from './notify.ts';
import { askedOf, NOBODY, prepareJob, refuseSimilar, storeInlinePeople } from './prepare.ts';
import { presentJob } from './present.ts';
import { runNow } from './run.ts';
import { resolveTarget } from './target.ts';

/** What can be wrong with the parts of a job. */
export const JOB_ERRORS = [
  'invalid_id',
  'invalid_phone',
  'invalid_email',
  'invalid_zone',
  'invalid_instant',
  'invalid_wall_time',
  'invalid_duration',
  'invalid_cron',
  'no_occurrence',
  'unknown_audience',
  'unknown_recipient',
  'unknown_template',
  'unknown_provider',
  'no_verifier',
  'wall_time_in_gap',
  'moment_in_past',
  'moment_too_far',
] as const satisfies readonly ErrorCode[];

export function createJobRoute(dependencies: ApiDependencies): Route {
  const { database, wake } = dependencies;
  return defineRoute({
    method: 'post',
    path: '/v1/jobs',
    tag: 'Jobs',
    summary: 'Schedule a job',
    description:
      'A `message` says something to people, a `webhook` calls a URL, a `payment` pays somebody, a `report` sends a document, a ' +
      '`script` runs a program. ' +
      'The answer is given once the job is stored for good. A job due soon has its run at once; another gets it when its time ' +
      'comes near. A moment up to one minute in the past counts as now. A job that names everyone, an audience or more than ' +
      'one person is refused with `similar_job` when another one says nearly the same to the same people about the same ' +
      'time; `allowSimilar` says that it is meant.',
    body: createJobBodySchema,
    idempotencyKey: 'required',
    answers: { 201: { description: 'Stored', schema: jobSchema } },
    errors: [...JOB_ERRORS, 'private_target', 'executor_unavailable', 'similar_job'],
    async handle(call) {
      const { caller, body } = call;
      let channel: ChannelName | undefined;
      const answer = await createOnce(database, call, async (client, nowMs) => {
        const stored = await storeJob(client, dependencies, caller, body, nowMs);
        channel = stored.channel;
        await failpoint('api_before_commit');
        return stored.answer;
      });
      await failpoint('api_after_commit');
      // Not waited for: the job is safe, and what is not woken now is found by the sweeper.
      if (!answer.replayed && channel !== undefined) wake(channel);
      return answer;
    },
  });
}

/** Whom a job reaches, where it reaches anybody. */
interface Reached {
  /** Where it had to be known before the job is stored. */
  readonly id?: number;
  readonly target: Target;
  readonly asked: AskedAudience;
}

async function reach(
  client: Queryable,
  { keys }: ApiDependencies,
  { accountId, country }: Caller,
  { channel, audience }: { readonly channel: MessageChannelName; readonly audience: TargetBody },
): Promise<Reached> {
  const people = readAddresses(audience.addresses, { channel, country, pepper: keys.address });
  const target = await resolveTarget(client, accountId, audience);
  const asked = askedOf(audience);
  if (people.length === 0) return { target, asked };
  const { jobId: id, recipientIds: inline } = await storeInlinePeople(client, { accountId, channel }, people);
  return { id, target: { ...target, recipientIds: [...target.recipientIds, ...inline] }, asked };
}

async function storeJob(
  client: Queryable,
  dependencies: ApiDependencies,
  caller: Caller,
  body: CreateJobBody,
  nowMs: number,
): Promise<{ readonly channel: ChannelName; readonly answer: StoredAnswer }> {
  const { settings, tracer, system } = dependencies;
  const { accountId } = caller;
  const { channel, trigger, providerAccountId, content, policy } = await prepareJob(
    client,
    dependencies,
    caller,
    body,
    nowMs,
  );
  await requireVerifier(system.pool, { accountId, channel, policy });
  const { id, target, asked }: Reached =
    'audience' in body
      ? await reach(client, dependencies, caller, { channel: channel as MessageChannelName, audience: body.audience })
      : NOBODY;
  const { stored, dueAtMs } = trigger;
  if (isAnnouncement(body.kind, target, stored)) {
    // As late as can be: it is held until this is committed.
    await lockAnnouncements(client, accountId);
    if ('allowSimilar' in body && !body.allowSimilar) {
      const job = { accountId, target, content, plannedAtMs: dueAtMs ?? nowMs };
      await refuseSimilar(client, job, settings.similarity);
    }
  }
  // Whose day it is, the scheduler finds out at once.
  const isDated = stored.type === 'date';
  const dueSoon = !isDated && !isSchedule(stored) && (dueAtMs === null || dueAtMs <= nowMs + settings.horizonMs);
  const jobId = await insertJob(client, {
    accountId,
    ...(id !== undefined && { id }),
    name: body.name,
    kind: body.kind,
    channel,
    providerAccountId,
    trigger: stored,
    target,
    asked,
    policy,
    content,
    nextRunAtMs: dueSoon ? null : (dueAtMs ?? nowMs),
    plannedAtMs: dueAtMs,
    traceContext: tracer.currentTraceparent(),
    userId: body.userId,
    notify: body.notify && (await storedNotifyOf(client, dependencies, caller, body.notify)),
    tags: body.tags,
    actor: actorOf(caller),
  });
  if (dueSoon) {
    await planRun(
      client,
      { accountId, jobId, channel, providerAccountId, trigger: stored, target, policy, contentVersion: 1 },
      { occurrenceKey: OCCURRENCE_ONCE, dueAtMs, content },
    );
  }
  if (isSchedule(stored)) await setSchedule(client, { accountId, jobId }, stored, trigger.afterMs ?? nowMs);
  if (body.runNow) await runNow(client, caller, jobId);
  const row = await readJob(client, accountId, jobId);
  if (row === undefined) throw new Error(`job ${jobId} is not there after its insert`);
  const location = `/v1/jobs/${formatId('job', jobId)}`;
  return { channel, answer: { status: 201, body: presentJob(row), headers: { Location: location }, jobId } };
}
