/** What jobs without recipients do, as far as it can be told from their content alone. */
import type { Content } from './channel.ts';

/**
 * Where a task goes, short enough for lists: of a call the origin of its URL, for the path may hold a secret; of a payment its receiver.
 * @throws TypeError for a content that goes to recipients
 */
export function taskAddress(content: Content): string {
  switch (content.type) {
    case 'call':
      return new URL(content.url).origin;
    case 'payment':
      return content.receiver;
    default:
      throw new TypeError(`a content of type ${content.type} goes to recipients`);
  }
}
