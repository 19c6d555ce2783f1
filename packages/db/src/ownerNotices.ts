/**
 * Notices to the owner of a job: of an event one by each way that is named, on the channel of that way, so that limits, retries,
 * suppressions and crashes are those of every other message. By e-mail and WhatsApp an outcome that nobody knows is left at that,
 * for people are not to be told twice; a URL is called again, as it can tell by the `webhook-id`.
 */
import { randomUUID } from 'node:crypto';
import type { Content, StoredNotify, StoredPolicy } from '@carillon/contracts';
import { noticeBody, type StoredEvent } from './events.ts';
import type { Queryable } from './pool.ts';
import { chooseProviderAccount } from './providerAccounts.ts';
import { statement } from './statements.ts';

const DAY_SECONDS = 86_400;
/** Most of a name that is repeated in a message. */
const NAME_MAX = 100;

/** One way that an owner is told by. */
interface Way {
  readonly channel: 'email' | 'whatsapp' | 'call';
  readonly address: string;
  readonly key: string;
  readonly content: Content;
}

/** What an event says to its owner: a line for the subject and one for the text. Pure. */
export function ownerWords(event: Pick<StoredEvent, 'type' | 'data'>): {
  readonly subject: string;
  readonly text: string;
} {
  const of = (field: string): string => String(event.data[field] ?? '');
  // Braces would be read as a variable of the message.
  const name = of('name').replace(/\{\{/g, '{ {').slice(0, NAME_MAX);
  const what = `"${name}" (${of('job')})`;
  switch (event.type) {
    case 'run.late':
      return { subject: `${name} is late`, text: `${what} was due at ${of('dueAt')} and has not been begun in time.` };
    case 'run.failed':
      return {
        subject: `${name} failed`,
        text: `${what}, due at ${of('dueAt')}, ended with ${of('failed')} of ${of('deliveries')} failed (${of('run')}).`,
      };
    case 'payment.refused':
      return { subject: `${name} was refused`, text: `${what}: the payment was refused, and the job is cancelled.` };
    default:
      return { subject: `${name} is completed`, text: `${what} is completed: nothing of it is left to do.` };
  }
}

function waysOf(event: StoredEvent, notify: StoredNotify): Way[] {
  const { subject, text } = ownerWords(event);
  const { email, whatsapp, webhook } = notify;
  const ways: Way[] = [];
  if (email !== undefined) ways.push({ channel: 'email', ...email, content: { type: 'email', subject, text } });
  if (whatsapp !== undefined) ways.push({ channel: 'whatsapp', ...whatsapp, content: { type: 'text', text } });
  if (webhook !== undefined) {
    const content: Content = { type: 'call', method: 'POST', url: webhook, body: noticeBody(event) };
    ways.push({ channel: 'call', address: new URL(webhook).origin, key: randomUUID(), content });
  }
  return ways;
}

/**
 * Makes the notices of an event for its owner, due now; to be called in a transaction, and followed by a wake of the channels.
 * A way without a provider account that is in use is left out.
 * @param day whose partitions exist
 * @param policy of a notice, whose unknown outcomes are here another matter
 * @returns the channels
 */
export async function createOwnerNotices(
  client: Queryable,
  event: StoredEvent,
  { notify, day, policy }: { readonly notify: StoredNotify; readonly day: string; readonly policy: StoredPolicy },
): Promise<string[]> {
  const channels: string[] = [];
  for (const { channel, address, key, content } of waysOf(event, notify)) {
    const { accountId } = event;
    const provider = await chooseProviderAccount(client, { accountId, channel, id: undefined });
    if (provider === undefined) continue;
    const unknown = channel === 'call' ? policy.unknown : ({ action: 'fail', afterSeconds: DAY_SECONDS } as const);
    await client.query({
      ...statement('create_owner_notice'),
      values: [
        accountId,
        event.id,
        event.type,
        day,
        JSON.stringify({ ...policy, unknown }),
        JSON.stringify(content),
        policy.attempts,
        unknown.action,
        unknown.afterSeconds,
        channel,
        provider,
        address,
        key,
      ],
    });
    channels.push(channel);
  }
  return channels;
}
