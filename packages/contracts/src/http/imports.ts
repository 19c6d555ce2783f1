/** HTTP shapes of imports: a file of recipients, streamed in, and the report on each of its bad lines. */
import { z } from 'zod';
import { nameProblem } from './recipients.ts';

export const IMPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/**
 * - `running`: lines are being read.
 * - `completed`: the file was read to its end; bad lines are in the report.
 * - `interrupted`: the upload broke off, or the api did; what was kept stays.
 * - `failed`: the database refused in the middle; what was kept stays.
 */
export const IMPORT_STATES = ['running', 'completed', 'interrupted', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Why a line was not kept. */
export const IMPORT_LINE_PROBLEMS = {
  line_too_long: 'The line, or the record over several lines, is longer than 64 KiB.',
  invalid_utf8: 'The line is not valid UTF-8.',
  malformed_csv: 'A quoted value is not closed, or something follows its closing quote.',
  malformed_json: 'The line is not one JSON object.',
  wrong_column_count: 'The line has more or fewer values than the header has columns.',
  validation_failed: 'A value is missing, too long, of the wrong type, or holds forbidden characters.',
  invalid_phone: 'The phone number is not valid, or could be two different numbers.',
  invalid_zone: 'The time zone is not known.',
  too_many_audiences: 'The file names more audiences than one import may.',
  invalid_compression: 'The compressed upload is damaged here; nothing after it could be read.',
} as const;
export type ImportLineProblem = keyof typeof IMPORT_LINE_PROBLEMS;

/** How many audiences the query of an import may name. */
const IMPORT_COMMON_AUDIENCES_MAX = 20;

/** `a; b;;a` is a and b. */
export function splitAudienceNames(text: string): string[] {
  if (text === '') return [];
  return [...new Set(text.split(';').map((name) => name.trim()))].filter((name) => name !== '');
}

/** Query of POST /v1/imports. */
export const importQuerySchema = z.strictObject({
  format: z.enum(IMPORT_FORMATS),
  audience: z
    .string()
    .transform((text) => splitAudienceNames(text))
    .superRefine((names, context) => {
      if (names.length > IMPORT_COMMON_AUDIENCES_MAX) {
        const message = `It must not name more than ${IMPORT_COMMON_AUDIENCES_MAX} audiences.`;
        context.addIssue({ code: 'custom', message });
      }
      for (const name of names) {
        const problem = nameProblem(name);
        if (problem !== undefined) context.addIssue({ code: 'custom', message: `A name in it ${problem}.` });
      }
    })
    .prefault('')
    .meta({ description: 'Names, separated by semicolons, of audiences that every line joins; made where missing' }),
});

/** An import as the API shows it. */
export const importSchema = z.object({
  /** Such as `imp_7`. */
  id: z.string(),
  format: z.enum(IMPORT_FORMATS),
  state: z.enum(IMPORT_STATES),
  /** Lines with data: kept and bad ones, without header and blank lines. */
  rowsRead: z.number().int(),
  /** Lines that were stored. A later line of the same externalId replaces the earlier one; both count. */
  rowsKept: z.number().int(),
  rowsBad: z.number().int(),
  /** From the start to the end, or to now. */
  seconds: z.number(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ImportAnswer = z.infer<typeof importSchema>;

/** One bad line. */
export const importErrorSchema = z.object({
  /** Counted from 1, the header included. A record over several lines has the number of its first. */
  line: z.number().int(),
  code: z.string(),
  field: z.string().nullable(),
  detail: z.string(),
});
export type ImportErrorAnswer = z.infer<typeof importErrorSchema>;
