/** HTTP shapes of reports: a document that is sent to people as an attachment. */
import { z } from 'zod';
import type { ReportContent } from '../channel.ts';
import { checkContent } from '../rendering.ts';
import type { Refuse } from './refuse.ts';

const LINE_BREAK = /[\r\n\u2028\u2029\v\f]/;

const source = z
  .union([
    z.strictObject({
      url: z.string().min(1).max(2_000).meta({
        description: 'Where the document is: `https:`, in the public internet',
        example: 'https://example.com/reports/november.pdf',
      }),
    }),
    z.strictObject({ run: z.string().max(32).meta({ description: 'A run of yours, as CSV', example: 'run_42' }) }),
    z.strictObject({
      job: z.string().max(32).meta({ description: 'The newest run of a job of yours, as CSV', example: 'job_42' }),
    }),
  ])
  .meta({ description: 'What is attached: a document by its URL, or a run', example: { run: 'run_42' } });

/** Body of a job of kind `report`: its part `report`. */
export const reportBodySchema = z
  .strictObject({
    source,
    subject: z
      .string()
      .min(1)
      .max(500)
      .refine((text) => text.trim() !== '' && !LINE_BREAK.test(text), 'A subject is one line.')
      .meta({ description: 'Subject of the e-mail; may hold variables', example: 'Your report of November' }),
    text: z
      .string()
      .min(1)
      .max(100_000)
      .refine((text) => text.trim() !== '', 'It must not be empty.')
      .meta({ description: 'Text of the e-mail; may hold variables', example: 'Dear {{name}}, here is your report.' }),
    fileName: z
      .string()
      .regex(/^[^\p{C}/\\:*?"<>|]{1,100}$/u, 'It must be a name of a file, without a folder.')
      .optional()
      .meta({
        description: 'Name of the attachment; default `report.csv`, or the last part of the URL',
        example: 'november.pdf',
      }),
  })
  .meta({
    description: 'What is sent',
    example: { source: { run: 'run_42' }, subject: 'Your report', text: 'Dear {{name}}, here it is.' },
  });
export type ReportBody = z.output<typeof reportBodySchema>;

/** Refuses faulty variables. */
export function refuseReport({ subject, text }: ReportBody, refuse: Refuse): void {
  for (const { field, problem } of checkContent({ type: 'email', subject, text })) {
    refuse('validation_failed', `It ${problem}.`, ['report', field]);
  }
}

/** The name of an attachment that was given none. */
export function fileNameOf(source: ReportContent['source']): string {
  if (source.type !== 'url') return 'report.csv';
  const last = URL.canParse(source.url) ? (new URL(source.url).pathname.split('/').at(-1) ?? '') : '';
  return /^[\w.-]{1,100}$/.test(last) && !/^\.+$/.test(last) ? last : 'report';
}

/** What a job reports, as the API shows it. */
export const reportSchema = z
  .object({
    source,
    subject: z.string().meta({ description: 'Subject of the e-mail', example: 'Your report of November' }),
    text: z.string().meta({ description: 'Text of the e-mail', example: 'Dear {{name}}, here is your report.' }),
    fileName: z.string().meta({ description: 'Name of the attachment', example: 'november.pdf' }),
  })
  .meta({ description: 'Only of kind `report`: what is sent' });
