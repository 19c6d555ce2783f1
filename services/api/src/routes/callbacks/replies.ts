/**
 * What people reply by WhatsApp: a word that stops messages, or lets them come again. Only messages to the very number whose
 * callback it is are obeyed, as its secret has signed them; everything else that people write is passed over.
 */
import type { InboundMessage } from '@carillon/channels';
import type { WhatsAppProvider } from '@carillon/contracts';
import { addressKey, normalizePhone } from '@carillon/core';
import { obeyReplies, type ReplyWish } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';

/** Obeys the messages of one callback; resolves when that is committed, with how many were understood. */
export type ObeyMessages = (provider: WhatsAppProvider, messages: readonly InboundMessage[]) => Promise<number>;

/** The word in a short text: without punctuation and signs around it, in one case and one form. */
function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .toLowerCase();
}

export function createObeyMessages({ system, keys, metrics, settings }: ApiDependencies): ObeyMessages {
  const [stops, starts] = [
    new Set(settings.replyWords.stop.map(wordOf)),
    new Set(settings.replyWords.start.map(wordOf)),
  ];
  const count = (result: string) =>
    metrics.hotCounter('carillon_replies_total', 'Messages of recipients by what became of them', { result });
  const [stopped, started, other, foreign] = [count('stop'), count('start'), count('other'), count('foreign')];

  function wishOf(message: InboundMessage): ReplyWish['wish'] | undefined {
    const words = message.texts.map(wordOf);
    // Whoever is misunderstood would rather hear nothing.
    if (words.some((word) => stops.has(word))) return 'stop';
    return words.some((word) => starts.has(word)) ? 'start' : undefined;
  }

  function read(message: InboundMessage): ReplyWish | undefined {
    const wish = wishOf(message);
    if (wish === undefined) return undefined;
    // With its plus sign a number says its country itself; the one given here is never asked.
    const phone = normalizePhone(`+${message.from}`, 'DE');
    const address = phone.ok ? phone.e164Digits : message.from;
    return { address, addressKey: addressKey(keys.address, 'whatsapp', address), wish, saidAtMs: message.timestampMs };
  }

  return async (provider, messages) => {
    const wishes: ReplyWish[] = [];
    for (const message of messages) {
      if (message.phoneNumberId !== provider.phoneNumberId) {
        foreign.add();
        continue;
      }
      const wish = read(message);
      if (wish === undefined) other.add();
      else wishes.push(wish);
    }
    if (wishes.length === 0) return 0;
    await obeyReplies(system.pool, provider.accountId, 'whatsapp', wishes);
    for (const { wish } of wishes) (wish === 'stop' ? stopped : started).add();
    return wishes.length;
  };
}
