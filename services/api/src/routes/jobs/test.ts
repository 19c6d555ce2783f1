/**
 * `POST /v1/jobs/:id/test`: the job's content as it is now, to a few addresses outside of its audience. It is a job of its
 * own, of kind `test`: no list shows it unless asked, and it is none of the runs of the job that is tested, so that neither
 * counts nor duplicates of the one concern the other.
 */
import {
  type MessageChannelName,
  type StoredTrigger,
  storedPolicySchema,
  testAnswerSchema,
  testJobBodySchema,
} from '@carillon/contracts';
import { ApiError, formatId } from '@carillon/core';
import {
  type DeliveryRow,
  insertJob,
  listDeliveries,
  planRun,
  type Queryable,
  readJob,
  readRecipient,
  type StoredAnswer,
} from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { createOnce } from '../../http/idempotent.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId } from '../../http/validate.ts';
import { presentDelivery } from '../runs/present.ts';
import { readAddresses } from './addresses.ts';
import { storeInlinePeople } from './prepare.ts';

const NOW: StoredTrigger = { type: 'now' };

export function testJobRoute({ database, keys, wake }: ApiDependencies): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/jobs/:id/test',
    tag: 'Jobs',
    summary: 'Send a test of a job',
    description:
      "Sends the job's present content at once to given addresses outside of its audience. With `as` the variables are those " +
      'of that recipient. Suppressed addresses are skipped here too, and so is everybody when a variable has no value. The job ' +
      'itself stays as it is.',
    params: { id: 'The job, such as job_42' },
    body: testJobBodySchema,
    idempotencyKey: 'required',
    answers: { 202: { description: 'The deliveries to follow', schema: testAnswerSchema } },
    errors: ['invalid_id', 'invalid_phone', 'invalid_email', 'not_found', 'unknown_recipient'],
    async handle(call) {
      const jobId = requireId('job', call.params.id, 'id');
      let channel: MessageChannelName | undefined;
      const answer = await createOnce(database, call, async (client) => {
        const job = await readJob(client, call.caller.accountId, jobId);
        if (job === undefined || job.kind !== 'message') {
          throw new ApiError('not_found', { field: 'id', detail: 'There is no such job.' });
        }
        channel = job.channel as MessageChannelName;
        return await storeTest(client, call.caller, keys.address, { ...job, channel }, call.body);
      });
      if (channel !== undefined && !answer.replayed) wake(channel);
      return answer;
    },
  });
}

type TestedJob = NonNullable<Awaited<ReturnType<typeof readJob>>> & { readonly channel: MessageChannelName };

async function storeTest(
  client: Queryable,
  caller: Caller,
  pepper: Uint8Array,
  tested: TestedJob,
  body: { readonly addresses: readonly string[]; readonly as?: string | undefined },
): Promise<StoredAnswer> {
  const { accountId, country } = caller;
  const { channel } = tested;
  const as = await personOf(client, accountId, body.as);
  const read = readAddresses(
    body.addresses.map((address) => ({ address, attributes: as.attributes })),
    { channel, country, pepper },
    (index) => `addresses[${index}]`,
  );
  const people = [...new Map(read.map((person) => [person.addressKey, { ...person, name: as.name }])).values()];
  const { jobId: id, recipientIds } = await storeInlinePeople(client, { accountId, channel }, people);
  const target = { everyone: false, audienceIds: [], recipientIds, excludedAudienceIds: [], excludedRecipientIds: [] };
  // Whoever tests wants it now, and only once more than not at all; and knows the address.
  const { addressCheck: _, ...rest } = storedPolicySchema.parse(tested.policy);
  const policy = {
    ...rest,
    quietHours: 'ignore' as const,
    dedupeBy: 'address' as const,
  };
  const providerAccountId = tested.provider_account_id;
  await insertJob(client, {
    accountId,
    id,
    name: tested.name,
    kind: 'test',
    channel,
    providerAccountId,
    trigger: NOW,
    target,
    asked: {
      everyone: false,
      audiences: [],
      recipients: [],
      inlineAddresses: people.length,
      exclude: { audiences: [], recipients: [] },
      testOf: tested.id,
    },
    policy,
    content: tested.content,
    nextRunAtMs: null,
    actor: actorOf(caller),
  });
  const deliveries: DeliveryRow[] = [];
  for (const [index, recipientId] of recipientIds.entries()) {
    // A run for each: it is planned at once, and so there is something to follow when the answer is given.
    const job = { accountId, jobId: id, channel, providerAccountId, trigger: NOW, policy, contentVersion: 1 };
    const { runId, day } = await planRun(
      client,
      { ...job, target: { ...target, recipientIds: [recipientId] } },
      { occurrenceKey: `test:${index + 1}`, dueAtMs: null },
    );
    deliveries.push(
      ...(await listDeliveries(client, accountId, { runId, day, state: undefined, after: undefined, limit: 1 })),
    );
  }
  return {
    status: 202,
    body: { job: formatId('job', id), deliveries: deliveries.map(presentDelivery) },
    headers: { Location: `/v1/jobs/${formatId('job', id)}` },
    jobId: id,
  };
}

async function personOf(client: Queryable, accountId: number, externalId: string | undefined) {
  if (externalId === undefined) return { name: null, attributes: {} };
  const recipient = await readRecipient(client, accountId, externalId);
  if (recipient === undefined) throw new ApiError('unknown_recipient', { field: 'as' });
  return { name: recipient.name, attributes: recipient.attributes };
}
