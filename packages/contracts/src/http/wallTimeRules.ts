/** What all triggers with a wall time share: its zone, and the rules for days on which clocks change. */
import { isZone } from '@carillon/core';
import { z } from 'zod';
import { refuser } from './refuse.ts';

/** A name of the IANA database; refused with `invalid_zone`. */
export const zoneSchema = z
  .string()
  .max(64)
  .superRefine((name, context) => {
    if (!isZone(name)) refuser(context)('invalid_zone', 'There is no such time zone in the IANA database.', []);
  });

export const gapRule = z.enum(['later', 'earlier', 'skip']).meta({
  description: 'What becomes of a wall time that clocks skip going forward: the gap later, the gap earlier, or nothing',
  example: 'later',
});
export const repeatedRule = z.enum(['first', 'second']).meta({
  description: 'Which of the two passes of a wall time that clocks repeat going back',
  example: 'first',
});
