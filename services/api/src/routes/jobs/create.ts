/** `POST /v1/jobs`: the key, the job, and what is due soon, all in one transaction; waking the senders after it. */
import { type CreateJobBody, createJobBodySchema, isSchedule, jobSchema, OCCURRENCE_ONCE } from '@carillon/contracts';
import { type ErrorCode, formatId } from '@carillon/core';
import {
  insertJob,
  isAnnouncement,
  lockAnnouncements,
  nextJobId,
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
import { askedOf, prepareJob, refuseSimilar, storeInlinePeople } from './prepare.ts';
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
    summary: 'Schedule a message',
    description:
      'The answer is given once the job is stored for good. A job due soon has its run at once; another gets it when its time ' +
      'comes near. A moment up to one minute in the past counts as now. A job that names everyone, an audience or more than ' +
      'one person is refused with `similar_job` when another one says nearly the same to the same people about the same ' +
      'time; `allowSimilar` says that it is meant.',
    body: createJobBodySchema,
    idempotencyKey: 'required',
    answers: { 201: { description: 'Stored', schema: jobSchema } },
    errors: [...JOB_ERRORS, 'similar_job'],
    async handle(call) {
      const { caller, body } = call;
      const answer = await createOnce(database, call, async (client, nowMs) => {
        const stored = await storeJob(client, dependencies, caller, body, nowMs);
        await failpoint('api_before_commit');
        return stored;
      });
      await failpoint('api_after_commit');
      // Not waited for: the job is safe, and what is not woken now is found by the sweeper.
      if (!answer.replayed) wake(body.channel);
      return answer;
    },
  });
}

async function storeJob(
  client: Queryable,
  { settings, keys, tracer, system }: ApiDependencies,
  caller: Caller,
  body: CreateJobBody,
  nowMs: number,
): Promise<StoredAnswer> {
  const { accountId, country } = caller;
  const { channel } = body;
  const people = readAddresses(body.audience.addresses, { channel, country, pepper: keys.address });
  const { trigger, providerAccountId, content, policy } = await prepareJob(client, caller, body, nowMs);
  await requireVerifier(system.pool, { accountId, channel, policy });
  const named = await resolveTarget(client, accountId, body.audience);
  const id = people.length === 0 ? undefined : await nextJobId(client);
  const inline = id === undefined ? [] : await storeInlinePeople(client, { accountId, jobId: id, channel }, people);
  const target = { ...named, recipientIds: [...named.recipientIds, ...inline] };
  const { stored, dueAtMs } = trigger;
  if (isAnnouncement(body.kind, target, stored)) {
    // As late as can be: it is held until this is committed.
    await lockAnnouncements(client, accountId);
    if (!body.allowSimilar) {
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
    asked: askedOf(body.audience),
    policy,
    content,
    nextRunAtMs: dueSoon ? null : (dueAtMs ?? nowMs),
    plannedAtMs: dueAtMs,
    traceContext: tracer.currentTraceparent(),
    actor: actorOf(caller),
  });
  if (dueSoon) {
    await planRun(
      client,
      { accountId, jobId, channel, providerAccountId, trigger: stored, target, policy, contentVersion: 1 },
      { occurrenceKey: OCCURRENCE_ONCE, dueAtMs },
    );
  }
  if (isSchedule(stored)) await setSchedule(client, { accountId, jobId }, stored, trigger.afterMs ?? nowMs);
  if (body.runNow) await runNow(client, caller, jobId);
  const row = await readJob(client, accountId, jobId);
  if (row === undefined) throw new Error(`job ${jobId} is not there after its insert`);
  const location = `/v1/jobs/${formatId('job', jobId)}`;
  return { status: 201, body: presentJob(row), headers: { Location: location }, jobId };
}
