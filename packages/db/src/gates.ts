/**
 * Why a planned delivery is skipped at once, and which variables a recipient has. The same rule stands here twice, for rows
 * and for values, and a test holds the two together: who is complete in the one is complete in the other.
 */
import { type Content, checkContent, contentVariables } from '@carillon/contracts';
import type { VariableValues } from '@carillon/core';
import type { Parameters } from './parameters.ts';

/** Codes of deliveries that were skipped while they were planned; the first that holds is the one that stands. */
export const SKIP_CODES = {
  suppressed: 'suppressed',
  missingVariable: 'missing_variable',
  wallTimeInGap: 'wall_time_in_gap',
} as const;

/** The code of deliveries whose recipient's date was another by the time that they were to be sent. */
export const NO_LONGER_DUE = 'no_longer_due';

/** How the external id of somebody begins whom a job named by address alone: `externalIdProblem` lets no account give such an id. */
export const INLINE_MARK = '\u0001';

/** These links are the recipient's own and made while sending; they are never missing. */
const MADE_WHILE_SENDING: ReadonlySet<string> = new Set(['unsubscribe_url', 'confirm_url']);

/** The variables that recipients must have for a content; none for one that was stored before contents were checked. */
export function requiredVariables(content: Content | null): readonly string[] {
  if (content === null || checkContent(content).length > 0) return [];
  return contentVariables(content).filter((name) => !MADE_WHILE_SENDING.has(name));
}

/**
 * What a recipient's variables hold: the attributes, and above them `name` and `externalId`. A recipient without a name has
 * the attribute `name`, if there is one; one that a job named by address alone has no external id.
 */
export function recipientVariables(recipient: {
  readonly externalId: string;
  readonly name: string | null;
  readonly attributes: VariableValues;
}): VariableValues {
  return {
    ...recipient.attributes,
    ...(recipient.name === null || recipient.name === '' ? {} : { name: recipient.name }),
    ...(isNobodys(recipient.externalId) ? {} : { externalId: recipient.externalId }),
  };
}

/** Whether an external id says nothing to the account. */
function isNobodys(externalId: string): boolean {
  return externalId === '' || externalId.startsWith(INLINE_MARK);
}

/** The condition that recipient `r` has no value for a variable. An empty text is none. */
export function lacksVariable(parameters: Parameters, name: string): string {
  const attribute = `coalesce(r.attributes ->> ${parameters.add(name)}::text, '') = ''`;
  if (name === 'name') return `coalesce(r.name, '') = '' AND ${attribute}`;
  if (name === 'externalId') return `r.inline_job_id IS NOT NULL AND ${attribute}`;
  return attribute;
}

/** The condition that recipient `r` lacks any of them. */
export function isIncomplete(parameters: Parameters, names: readonly string[]): string {
  if (names.length === 0) return 'false';
  return `(${names.map((name) => lacksVariable(parameters, name)).join(' OR ')})`;
}
