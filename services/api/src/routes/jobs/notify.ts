/** How the owner of a job is told: from what a request says to what is stored, and back. */
import type { MessageChannelName, NotifyAnswer, NotifyBody, StoredNotify } from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { chooseProviderAccount, ensureCallAccount, type Queryable } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';
import type { Caller } from '../../http/auth.ts';
import { newSecret } from '../webhooks/secret.ts';
import { requireTarget } from '../webhooks/target.ts';
import { readAddresses } from './addresses.ts';

/**
 * Reads every way that is named, and sees that there is something to send it by.
 * @throws ApiError or ValidationError naming the way under `notify`
 */
export async function storedNotifyOf(
  client: Queryable,
  { keys, settings }: Pick<ApiDependencies, 'keys' | 'settings'>,
  { accountId, country }: Pick<Caller, 'accountId' | 'country'>,
  { email, whatsapp, webhook }: NotifyBody,
): Promise<StoredNotify> {
  const read = async (channel: MessageChannelName, address: string) => {
    const field = `notify.${channel}`;
    const [person] = readAddresses(
      [{ address, attributes: {} }],
      { channel, country, pepper: keys.address },
      () => field,
    );
    if (person === undefined) throw new Error('an address was neither read nor refused');
    if ((await chooseProviderAccount(client, { accountId, channel, id: undefined })) === undefined) {
      throw new ApiError('unknown_provider', {
        field,
        detail: `The account has no provider account for ${channel}. Create one, or name another way.`,
      });
    }
    return { address: person.address, key: person.addressKey };
  };
  if (webhook !== undefined) {
    requireTarget(webhook, settings.targets, 'notify.webhook');
    await ensureCallAccount(client, keys.provider, accountId, newSecret);
  }
  return {
    ...(email !== undefined && { email: await read('email', email) }),
    ...(whatsapp !== undefined && { whatsapp: await read('whatsapp', whatsapp) }),
    ...(webhook !== undefined && { webhook }),
  };
}

/** What is stored, as the API shows it. */
export function presentNotify({ email, whatsapp, webhook }: StoredNotify): NotifyAnswer {
  return {
    ...(email !== undefined && { email: email.address }),
    ...(whatsapp !== undefined && { whatsapp: `+${whatsapp.address}` }),
    ...(webhook !== undefined && { webhook }),
  };
}
