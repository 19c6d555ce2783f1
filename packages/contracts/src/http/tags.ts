/** Labels that accounts give to their jobs. */
import { z } from 'zod';

const TAGS_MAX = 20;
const TAG_MAX = 64;

/** One label. */
export const tagSchema = z
  .string()
  .min(1)
  .max(TAG_MAX)
  .refine((tag) => tag.trim() === tag && !/[\p{Cc}\p{Cs}]/u.test(tag), 'A tag is one line without blanks around it.')
  .meta({ description: 'One label', example: 'billing' });

/** The labels of a job, each once. */
export const tagsSchema = z
  .array(tagSchema)
  .max(TAGS_MAX)
  .transform((tags) => [...new Set(tags)])
  .meta({ description: 'Labels of your own, by which lists can be filtered', example: ['billing'] });
