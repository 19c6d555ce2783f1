/**
 * Contents with variables: the recipients of a claim are read in one statement, and each row gets a content of its own.
 *
 * They are read at each try, so a second try says what is true of the person by then, not what the first try said. No harm
 * comes of that where it can happen: a second try follows only a first one that the provider did not take, and no channel
 * that has variables promises its provider the same bytes under the same key. (A notice has none, and its bytes are frozen.)
 */
import { type Content, type RenderedContent, renderContent } from '@carillon/contracts';
import {
  type ClaimedDelivery,
  type Queryable,
  type RecipientValues,
  readRecipientValues,
  recipientVariables,
} from '@carillon/db';

/** The values of all recipients of these rows. */
export async function readValues(
  db: Queryable,
  accountId: number,
  rows: readonly { readonly row: ClaimedDelivery }[],
): Promise<Map<number, RecipientValues>> {
  const ids = rows.flatMap(({ row }) => (row.recipientId === null ? [] : [row.recipientId]));
  return ids.length === 0 ? new Map() : await readRecipientValues(db, accountId, ids);
}

/** The links of one recipient, where there are such links. */
export interface RecipientLinks {
  /** Ends such messages. */
  readonly unsubscribeUrl?: string | undefined;
  /** Confirms the address. */
  readonly confirmUrl?: string | undefined;
}

/**
 * The content for one recipient.
 * @param values `undefined` when the recipient was deleted meanwhile
 */
export function renderFor(
  content: Content,
  values: RecipientValues | undefined,
  links: RecipientLinks,
): RenderedContent {
  return renderContent(content, {
    ...(values && recipientVariables(values)),
    ...(links.unsubscribeUrl === undefined ? {} : { unsubscribe_url: links.unsubscribeUrl }),
    ...(links.confirmUrl === undefined ? {} : { confirm_url: links.confirmUrl }),
  });
}
