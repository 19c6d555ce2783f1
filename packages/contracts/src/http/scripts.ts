/** HTTP shapes of scripts: what a job of kind `script` runs. Whether anybody can run it now is for the API to say. */
import { z } from 'zod';
import { SCRIPT_LANGUAGES } from '../channel.ts';
import type { Refuse } from './refuse.ts';

const SOURCE_BYTES_MAX = 16_384;
const PARAMETERS_BYTES_MAX = 16_384;

/** Body of a job of kind `script`: its part `script`. */
export const scriptBodySchema = z
  .strictObject({
    language: z
      .enum(SCRIPT_LANGUAGES, `The language must be ${SCRIPT_LANGUAGES.join(' or ')}.`)
      .meta({ description: 'What it is written in', example: 'python' }),
    source: z
      .string()
      .min(1)
      // Characters first: what is far too long is not measured.
      .max(SOURCE_BYTES_MAX)
      .meta({
        description: `The program, at most ${SOURCE_BYTES_MAX} bytes. It reads its parameters as JSON from standard input`,
        example: 'import json, sys\nprint(json.load(sys.stdin)["month"])\n',
      }),
    parameters: z
      .unknown()
      .optional()
      .meta({
        description: `Any JSON, at most ${PARAMETERS_BYTES_MAX} bytes; \`{}\` unless given`,
        example: { month: '2026-11' },
      }),
  })
  .meta({
    description: 'What is run, in isolation: no network, no files but its own, and limits on everything',
    example: { language: 'python', source: 'print("hello")\n' },
  });
export type ScriptBody = z.output<typeof scriptBodySchema>;

/** Refuses what cannot be stored. */
export function refuseScript(
  { source, parameters }: ScriptBody,
  refuse: Refuse,
  at: readonly string[] = ['script'],
): void {
  if (Buffer.byteLength(source) > SOURCE_BYTES_MAX) {
    refuse('validation_failed', `At most ${SOURCE_BYTES_MAX} bytes.`, [...at, 'source']);
  } else if (source.includes('\0') || Buffer.from(source).toString() !== source) {
    refuse('validation_failed', 'It holds a NUL or half of a character; a source is text.', [...at, 'source']);
  }
  if (Buffer.byteLength(parametersOf({ parameters })) > PARAMETERS_BYTES_MAX) {
    refuse('validation_failed', `At most ${PARAMETERS_BYTES_MAX} bytes of JSON.`, [...at, 'parameters']);
  }
}

/** The JSON that a script reads; the same bytes at every try. */
export function parametersOf({ parameters }: Pick<ScriptBody, 'parameters'>): string {
  return JSON.stringify(parameters ?? {});
}

/** What a job runs, as the API shows it. */
export const scriptSchema = z
  .object({
    language: z.enum(SCRIPT_LANGUAGES).meta({ description: 'What it is written in', example: 'python' }),
    sha256: z.string().meta({
      description: 'Names its source, which `GET /v1/scripts/{sha256}` shows',
      example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    }),
    parameters: z.unknown().meta({ description: 'The JSON that it reads', example: { month: '2026-11' } }),
  })
  .meta({ description: 'Only of kind `script`: what is run' });

/** A source, as `GET /v1/scripts/:sha256` shows it. */
export const scriptSourceSchema = z.object({
  sha256: z.string().meta({
    description: 'Names it',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  }),
  language: z.enum(SCRIPT_LANGUAGES).meta({ description: 'What it is written in', example: 'python' }),
  source: z.string().meta({ description: 'The program', example: 'print("hello")\n' }),
});
