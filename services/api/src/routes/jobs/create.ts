/** `POST /v1/jobs`: the key, the job, and what is due soon, all in one transaction; waking the senders after it. */
import {
  type Content,
  type CreateJobBody,
  createJobBodySchema,
  jobSchema,
  OCCURRENCE_ONCE,
  type StoredPolicy,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import { chooseProviderAccount, insertJob, planRun, type Queryable, readJob, type StoredAnswer } from '@carillon/db';
import { failpoint } from '@carillon/runtime';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { presentJob } from './present.ts';
import { resolveTarget } from './target.ts';
import { resolveTrigger } from './trigger.ts';

const LARGEST_INTEGER = 2 ** 31 - 1;

export function createJobRoute({ database, settings, wake }: ApiDependencies): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/jobs',
    tag: 'Jobs',
    summary: 'Schedule a message',
    description:
      'The answer is given once the job is stored for good. A job due soon has its run at once; another gets it when its time ' +
      'comes near. A moment up to one minute in the past counts as now.',
    body: createJobBodySchema,
    idempotencyKey: 'required',
    answers: { 201: { description: 'Stored', schema: jobSchema } },
    errors: [
      'invalid_id',
      'invalid_zone',
      'invalid_instant',
      'invalid_wall_time',
      'invalid_duration',
      'unknown_audience',
      'unknown_recipient',
      'unknown_provider',
      'wall_time_in_gap',
      'moment_in_past',
      'moment_too_far',
    ],
    async handle(call) {
      const { caller, body } = call;
      const answer = await createOnce(database, call, async (client, nowMs) => {
        const stored = await storeJob(client, caller, body, nowMs, settings.horizonMs);
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
  caller: Caller,
  body: CreateJobBody,
  nowMs: number,
  horizonMs: number,
): Promise<StoredAnswer> {
  const { accountId } = caller;
  const { stored: trigger, dueAtMs } = resolveTrigger(body.trigger, nowMs, caller.zone);
  const target = await resolveTarget(client, accountId, body.audience);
  const providerAccountId = await providerAccountOf(client, accountId, body);
  const policy = policyOf(body.policy);
  const dueSoon = dueAtMs === null || dueAtMs <= nowMs + horizonMs;
  const { channel } = body;
  const jobId = await insertJob(client, {
    accountId,
    name: body.name,
    kind: body.kind,
    channel,
    providerAccountId,
    trigger,
    target,
    asked: body.audience,
    policy,
    content: contentOf(body.content),
    nextRunAtMs: dueSoon ? null : dueAtMs,
    actor: actorOf(caller),
  });
  if (dueSoon) {
    await planRun(
      client,
      { accountId, jobId, channel, providerAccountId, trigger, target, policy, contentVersion: 1 },
      { occurrenceKey: OCCURRENCE_ONCE, dueAtMs },
    );
  }
  const row = await readJob(client, accountId, jobId);
  if (row === undefined) throw new Error(`job ${jobId} is not there after its insert`);
  const id = formatId('job', jobId);
  return { status: 201, body: presentJob(row), headers: { Location: `/v1/jobs/${id}` }, jobId };
}

async function providerAccountOf(client: Queryable, accountId: number, body: CreateJobBody): Promise<number> {
  const field = 'providerAccount';
  const asked = body.providerAccount === undefined ? undefined : requireId('pvd', body.providerAccount, field);
  const exists = asked === undefined || asked <= LARGEST_INTEGER;
  const found = exists
    ? await chooseProviderAccount(client, { accountId, channel: body.channel, id: asked })
    : undefined;
  if (found !== undefined) return found;
  const detail = asked === undefined ? `The account has no provider account for ${body.channel}.` : undefined;
  throw new ApiError('unknown_provider', { field, ...(detail !== undefined && { detail }) });
}

function contentOf({ text, template }: CreateJobBody['content']): Content {
  if (template !== undefined) return { type: 'template', ...template };
  return { type: 'text', text: text ?? '' };
}

function policyOf(policy: CreateJobBody['policy']): StoredPolicy {
  return {
    attempts: policy.attempts,
    backoff: {
      initialMs: Math.round(policy.backoff.initialSeconds * 1000),
      factor: policy.backoff.factor,
      maxMs: Math.round(policy.backoff.maxSeconds * 1000),
    },
    expireAfterMs: policy.expireAfter,
    // The sweeper settles in whole seconds.
    unknown: { action: policy.unknown.action, afterSeconds: Math.ceil(policy.unknown.after / 1000) },
    dedupeBy: policy.dedupeBy,
  };
}
