/** `POST /v1/jobs/preview`: what a job would come to. The body is that of creation, and nothing is written. */
import {
  type Content,
  type CreateJobBody,
  createJobBodySchema,
  type JobPreviewAnswer,
  jobPreviewSchema,
  type MessageJobBody,
  type ReportJobBody,
  renderContent,
} from '@carillon/contracts';
import { formatDayOffset, maskAddress } from '@carillon/core';
import {
  type DateOutlook,
  findSimilarJob,
  inDiscardedTransaction,
  isAnnouncement,
  type PreviewSample,
  previewDates,
  previewTarget,
  type Queryable,
  readDatabaseTime,
  readProviderOutlook,
  recipientVariables,
  type TargetedJob,
  type TargetPreview,
} from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import type { Caller } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { readAddresses } from './addresses.ts';
import { checkWarnings, presentPreviewChecks, requireVerifier } from './checks.ts';
import { presentContent } from './content.ts';
import { JOB_ERRORS } from './create.ts';
import { prepareJob, presentSimilar, storeInlinePeople } from './prepare.ts';
import { isoOf, isoOrNull } from './present.ts';
import { presentMoments } from './schedule.ts';
import { resolveTarget } from './target.ts';

/** What stands for the link that is made for each recipient while sending. */
const SAMPLE_LINK = 'https://unsubscribe.example/';
const SAMPLE_CONFIRMATION = 'https://confirm.example/';

export function previewJobRoute(dependencies: ApiDependencies): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/jobs/preview',
    tag: 'Jobs',
    summary: 'Tell what a job would come to',
    description:
      'Takes the body of `POST /v1/jobs` and writes nothing: how many would be told, who would not and why, when, and three ' +
      'messages as they would be sent. Counts are of now; the audience is read again when the run expands. Of a job without recipients ' +
      'it tells when it would run, and all counts are zero.',
    body: createJobBodySchema,
    repeatable: true,
    answers: { 200: { description: 'What would come of it', schema: jobPreviewSchema } },
    errors: [...JOB_ERRORS, 'private_target'],
    async handle({ caller, body }) {
      // Inline addresses are counted as the recipients that they would become, which are taken back with the transaction.
      const preview = await inDiscardedTransaction(dependencies.database.pool, (client) =>
        'audience' in body
          ? previewJob(client, dependencies, caller, body)
          : previewTask(client, dependencies, caller, body),
      );
      return { status: 200, body: preview };
    },
  });
}

async function previewJob(
  client: Queryable,
  dependencies: ApiDependencies,
  caller: Caller,
  body: MessageJobBody | ReportJobBody,
): Promise<JobPreviewAnswer> {
  const { settings, keys, system } = dependencies;
  const { accountId, country } = caller;
  const channel = body.kind === 'report' ? 'email' : body.channel;
  const nowMs = await readDatabaseTime(client);
  const people = readAddresses(body.audience.addresses, { channel, country, pepper: keys.address });
  const { trigger, providerAccountId, content, policy } = await prepareJob(client, dependencies, caller, body, nowMs);
  const verifier = await requireVerifier(system.pool, { accountId, channel, policy });
  const named = await resolveTarget(client, accountId, body.audience);
  const inline =
    people.length === 0 ? [] : (await storeInlinePeople(client, { accountId, channel }, people)).recipientIds;
  const target = { ...named, recipientIds: [...named.recipientIds, ...inline] };
  const job = { accountId, channel, trigger: trigger.stored, target, policy };
  const { found, dates } = await countPeople(client, job, content, nowMs);
  const checks = verifier && (await presentPreviewChecks(client, accountId, verifier, found));
  const untilMs = Math.max(found.latestMs ?? nowMs, nowMs);
  const outlook = await readProviderOutlook(client, { accountId, providerAccountId, untilMs });
  const similar = isAnnouncement(body.kind, target, trigger.stored)
    ? await findSimilarJob(
        client,
        { accountId, target, content, plannedAtMs: trigger.dueAtMs ?? nowMs },
        settings.similarity,
      )
    : undefined;
  const begunMs = Math.max(found.earliestMs ?? nowMs, nowMs);
  const endMs = Math.max(untilMs, begunMs + ((outlook.backlog + found.deliveries) / outlook.messagesPerSecond) * 1000);
  return {
    people: found.people,
    deliveries: found.deliveries,
    duplicates: found.duplicates,
    unreachable: found.unreachable,
    suppressed: found.suppressed,
    incomplete: found.incomplete,
    missing: found.missing.map((one) => ({ ...one })),
    inGap: found.inGap,
    zones: found.zones,
    earliestAt: isoOrNull(found.earliestMs),
    latestAt: isoOrNull(found.latestMs),
    // Dates have no end.
    estimatedEndAt: found.deliveries === 0 || dates !== null ? null : isoOf(endMs),
    backlog: outlook.backlog,
    dates: dates && presentDates(dates),
    moments: presentMoments(trigger.stored, { ...trigger, nowMs }),
    addressChecks: checks ?? null,
    samples: found.samples.flatMap((sample) => presentSample(sample, content)),
    warnings: [
      ...warningsOf(found, dates, outlook.dailyLimit, similar && presentSimilar(similar)),
      ...(checks ? checkWarnings(checks) : []),
    ],
  };
}

/** A job without recipients: nobody to be counted, but when. */
async function previewTask(
  client: Queryable,
  dependencies: ApiDependencies,
  caller: Caller,
  body: CreateJobBody,
): Promise<JobPreviewAnswer> {
  const nowMs = await readDatabaseTime(client);
  const { trigger, providerAccountId } = await prepareJob(client, dependencies, caller, body, nowMs);
  const { accountId } = caller;
  const outlook = await readProviderOutlook(client, { accountId, providerAccountId, untilMs: nowMs });
  const moments = presentMoments(trigger.stored, { ...trigger, nowMs });
  return {
    people: 0,
    deliveries: 0,
    duplicates: { sameAddress: 0 },
    unreachable: 0,
    suppressed: 0,
    incomplete: 0,
    missing: [],
    inGap: 0,
    zones: 0,
    earliestAt: moments[0]?.at ?? null,
    latestAt: null,
    estimatedEndAt: null,
    backlog: outlook.backlog,
    dates: null,
    moments,
    addressChecks: null,
    samples: [],
    warnings: [],
  };
}

function presentSample(sample: PreviewSample, content: Content): JobPreviewAnswer['samples'] {
  const { externalId, name, address, attributes, dueAtMs } = sample;
  const variables = recipientVariables({ externalId: externalId ?? '', name, attributes });
  const rendered = renderContent(content, {
    ...variables,
    unsubscribe_url: SAMPLE_LINK,
    confirm_url: SAMPLE_CONFIRMATION,
  });
  if (rendered.kind === 'missing') return [];
  const shown = presentContent(rendered.content);
  return [{ recipient: externalId, name, address: maskAddress(address), dueAt: isoOf(dueAtMs), content: shown }];
}

/** Everybody, or of a job that follows a date those who have it. */
async function countPeople(
  client: Queryable,
  job: TargetedJob,
  content: Content,
  nowMs: number,
): Promise<{ found: TargetPreview; dates: DateOutlook | null }> {
  if (job.trigger.type !== 'date') return { found: await previewTarget(client, { job, content }), dates: null };
  return await previewDates(client, { job, content, nowMs });
}

function presentDates({ withDate, withoutDate, upcoming }: DateOutlook): JobPreviewAnswer['dates'] {
  return {
    withDate,
    withoutDate,
    upcoming: upcoming.map(({ offsetDays, day, people, earliestMs, latestMs }) => ({
      offset: formatDayOffset(offsetDays),
      day,
      people,
      earliestAt: isoOf(earliestMs),
      latestAt: isoOf(latestMs),
    })),
  };
}

/** The most that would be sent on one day. */
function messagesOfADay(found: TargetPreview, dates: DateOutlook | null): number {
  if (dates === null) return found.deliveries;
  const days = new Map<string, number>();
  for (const { day, people } of dates.upcoming) days.set(day, (days.get(day) ?? 0) + people);
  return Math.max(0, ...days.values());
}

function warningsOf(
  found: TargetPreview,
  dates: DateOutlook | null,
  dailyLimit: number | null,
  similar: ReturnType<typeof presentSimilar> | undefined,
): JobPreviewAnswer['warnings'] {
  const count = (people: number): string => people.toLocaleString('en-US');
  const warnings: JobPreviewAnswer['warnings'] = [];
  if (found.deliveries === 0) warnings.push({ code: 'nobody', detail: 'Nobody would be told.' });
  if (found.incomplete > 0) {
    const names = found.missing.map(({ name }) => name).join(', ');
    warnings.push({
      code: 'missing_variables',
      detail: `${count(found.incomplete)} would be skipped for want of a value: ${names}. Give defaults to tell them too.`,
    });
  }
  const messages = messagesOfADay(found, dates);
  if (dailyLimit !== null && dailyLimit < messages) {
    warnings.push({
      code: 'daily_limit',
      detail: `The provider lets ${count(dailyLimit)} people be reached a day; this would be ${count(messages)}.`,
    });
  }
  if (similar !== undefined) {
    warnings.push({
      code: 'similar_job',
      detail: `${similar.id} "${similar.name}" says nearly the same to the same people, planned at ${similar.plannedAt}.`,
    });
  }
  return warnings;
}
