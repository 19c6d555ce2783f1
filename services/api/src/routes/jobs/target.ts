/** To whom: from what a request names to the ids of what exists, naming every one that does not. */
import type { Target, TargetBody } from '@carillon/contracts';
import { parseId } from '@carillon/core';
import { type Queryable, type ResolvedNames, resolveNames } from '@carillon/db';
import { type FieldFault, ValidationError } from '../../http/problem.ts';

const AUDIENCE_ID_BEGINS = 'aud_';
const MOST_FAULTS = 20;

/**
 * Looks up everything that the audience of a body names.
 * @throws ValidationError with `unknown_audience`, `unknown_recipient` or `invalid_id` for each that is not there
 */
export async function resolveTarget(client: Queryable, accountId: number, audience: TargetBody): Promise<Target> {
  const { everyone, audiences, recipients, exclude } = audience;
  const named = [...audiences, ...exclude.audiences];
  const ids = named.flatMap((text) => audienceIdOf(text) ?? []);
  const names = await resolveNames(client, accountId, {
    audienceIds: ids,
    audienceNames: named.filter((text) => !text.startsWith(AUDIENCE_ID_BEGINS)),
    externalIds: [...recipients, ...exclude.recipients],
  });
  const faults: FieldFault[] = [];
  const target: Target = {
    everyone,
    audienceIds: audienceIds(audiences, names, 'audience.audiences', faults),
    recipientIds: recipientIds(recipients, names, 'audience.recipients', faults),
    excludedAudienceIds: audienceIds(exclude.audiences, names, 'audience.exclude.audiences', faults),
    excludedRecipientIds: recipientIds(exclude.recipients, names, 'audience.exclude.recipients', faults),
  };
  const [first, ...more] = faults;
  if (first !== undefined) throw new ValidationError([first, ...more.slice(0, MOST_FAULTS - 1)]);
  return target;
}

function audienceIdOf(text: string): number | undefined {
  return text.startsWith(AUDIENCE_ID_BEGINS) ? parseId('aud', text) : undefined;
}

function audienceIds(texts: readonly string[], names: ResolvedNames, field: string, faults: FieldFault[]): number[] {
  const found = new Set<number>();
  texts.forEach((text, index) => {
    const at = `${field}[${index}]`;
    const isId = text.startsWith(AUDIENCE_ID_BEGINS);
    const id = isId ? audienceIdOf(text) : names.audiencesByName.get(text);
    if (isId && id === undefined) {
      faults.push({ field: at, code: 'invalid_id', detail: 'An id such as aud_42, or a name, is needed here.' });
    } else if (id === undefined || (isId && !names.audienceIds.has(id))) {
      faults.push({ field: at, code: 'unknown_audience', detail: `There is no audience "${text.slice(0, 100)}".` });
    } else found.add(id);
  });
  return [...found];
}

function recipientIds(texts: readonly string[], names: ResolvedNames, field: string, faults: FieldFault[]): number[] {
  const found = new Set<number>();
  texts.forEach((text, index) => {
    const id = names.recipientsByExternalId.get(text);
    if (id !== undefined) found.add(id);
    else {
      const detail = `There is no recipient with the externalId "${text.slice(0, 100)}".`;
      faults.push({ field: `${field}[${index}]`, code: 'unknown_recipient', detail });
    }
  });
  return [...found];
}
