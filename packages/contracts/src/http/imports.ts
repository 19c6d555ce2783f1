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
  invalid_email: 'The e-mail address is not valid.',
  invalid_zone: 'The time zone is not known.',
  invalid_date: 'A date is neither a day, nor a day without a year, nor an instant, or does not exist.',
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
  format: z
    .enum(IMPORT_FORMATS)
    .meta({ description: 'Format of the file; the Content-Type must agree', example: 'csv' }),
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
    .meta({
      description: 'Names, separated by semicolons, of audiences that every line joins; made where missing',
      example: 'Headquarters;Canteen',
    }),
});

/** An import as the API shows it. */
export const importSchema = z.object({
  id: z.string().meta({ description: 'Id of the import', example: 'imp_7' }),
  format: z.enum(IMPORT_FORMATS).meta({ description: 'Format of the file', example: 'csv' }),
  state: z.enum(IMPORT_STATES).meta({
    description:
      '`running`: lines are being read. `completed`: the file was read to its end. `interrupted`: the upload broke off. ' +
      '`failed`: the database refused in the middle. What was kept stays in every case.',
    example: 'completed',
  }),
  rowsRead: z
    .number()
    .int()
    .meta({ description: 'Lines with data: kept and bad ones, without header and blank lines', example: 5_000 }),
  rowsKept: z.number().int().meta({
    description: 'Lines that were stored; a later line of the same externalId replaces the earlier one, and both count',
    example: 4_998,
  }),
  rowsBad: z.number().int().meta({ description: 'Lines that were not stored; `/errors` says why', example: 2 }),
  seconds: z.number().meta({ description: 'From the start to the end, or to now', example: 0.214 }),
  createdAt: z.iso.datetime().meta({ description: 'When it began' }),
  finishedAt: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'When it ended; null while it runs', example: '2026-11-21T09:00:00.214Z' }),
});
export type ImportAnswer = z.infer<typeof importSchema>;

/** One bad line. */
export const importErrorSchema = z.object({
  line: z.number().int().meta({
    description: 'Counted from 1, the header included; a record over several lines has the number of its first',
    example: 17,
  }),
  code: z.string().meta({ description: 'Stable; docs/errors.md lists them', example: 'invalid_phone' }),
  field: z
    .string()
    .nullable()
    .meta({ description: 'The column or name at fault; null when it is the line', example: 'phone' }),
  detail: z.string().meta({
    description: 'What is wrong, for people',
    example: 'The phone number is not valid, or could be two different numbers.',
  }),
});
export type ImportErrorAnswer = z.infer<typeof importErrorSchema>;
