/** What jobs without recipients do, as far as it can be told from their content alone. */
import type { Content } from './channel.ts';

/** As many characters of a hash tell scripts apart for people. */
const HASH_SHOWN = 12;

/**
 * Where a task goes, short enough for lists: of a call the origin of its URL, for the path may hold a secret; of a payment its receiver;
 * of a script its hash.
 * @throws TypeError for a content that goes to recipients
 */
export function taskAddress(content: Content): string {
  switch (content.type) {
    case 'call':
      return new URL(content.url).origin;
    case 'payment':
      return content.receiver;
    case 'script':
      return `${content.language}:${content.sha256.slice(0, HASH_SHOWN)}`;
    default:
      throw new TypeError(`a content of type ${content.type} goes to recipients`);
  }
}
