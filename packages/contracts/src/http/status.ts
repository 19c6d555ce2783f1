/** HTTP shape of the status: healthy or not and why, with the numbers behind it. */
import { z } from 'zod';
import { CHANNEL_NAMES } from '../channel.ts';

const channel = z.enum(CHANNEL_NAMES);
const seconds = (description: string, example: number | null = 12.4) =>
  z
    .number()
    .nonnegative()
    .nullable()
    .meta({ description: `${description}, in seconds; null when there is none`, example });
const count = (description: string, example = 0) => z.number().int().nonnegative().meta({ description, example });
const moment = (description: string) =>
  z.iso.datetime().nullable().meta({ description, example: '2026-11-20T09:00:00.000Z' });

const reasonSchema = z.object({
  code: z.string().meta({ description: 'Stable name of the reason', example: 'late' }),
  severity: z.enum(['critical', 'warning', 'notice']).meta({
    description:
      '`critical`: something due does not happen; `warning`: somebody should look; `notice`: good to know, and well',
    example: 'warning',
  }),
  summary: z.string().meta({
    description: 'What is the matter',
    example: 'WhatsApp is late: 1,204 deliveries are due and nobody began with them; the oldest was due 45 s ago.',
  }),
  action: z.string().meta({
    description: 'What to do about it',
    example: 'See that senders run and reach Redis; if they do and are busy, add senders.',
  }),
  docs: z.string().meta({ description: 'Where it is explained', example: 'docs/operations.md#carillonlate' }),
});

const momentSchema = z.object({
  at: z.iso.datetime().meta({ description: 'Begin of the moment', example: '2026-11-20T09:00:00.000Z' }),
  accepted: count('Messages that a provider accepted', 400),
  failed: count('Refused for good, or out of attempts'),
  unknown: count('Outcomes that nobody knows'),
  retried: count('Tries that are made again', 2),
  perSecond: z.number().meta({ description: 'Accepted messages a second', example: 40 }),
  p50Ms: z.number().nullable().meta({ description: 'Due to accepted, half of them within, in ms', example: 180 }),
  p99Ms: z.number().nullable().meta({ description: 'Due to accepted, 99 % of them within, in ms', example: 940 }),
});

const channelSchema = z.object({
  channel: channel.meta({ description: 'The channel', example: 'whatsapp' }),
  due: z
    .object({
      deliveries: count('Due and not begun'),
      batches: count('The batches that they are in'),
      oldestSeconds: seconds('How long ago the oldest was due', null),
      more: z.boolean().meta({ description: 'Whether there may be more than were looked at', example: false }),
    })
    .meta({ description: "What is due, in no sender's hands, and neither paused nor held" }),
  late: z
    .object({ deliveries: count('Late deliveries'), oldestSeconds: seconds('How long ago the oldest was due', null) })
    .meta({
      description: 'Of the due, what no sender works towards; the rest of a run that is being sent is not late',
    }),
  held: count('Due deliveries that a hold keeps back'),
  missing: z
    .object({ batches: count('Batches'), oldestSeconds: seconds('How long ago the oldest was enqueued', null) })
    .meta({
      description: 'Of the late, enqueued long ago: their wake-ups wait, or Redis does not know them any more',
    }),
  unknown: count('Deliveries whose outcome nobody knows', 3),
  series: z
    .object({
      stepSeconds: z.number().meta({ description: 'How much time each moment stands for', example: 10 }),
      moments: z.array(momentSchema).meta({ description: 'The last ten minutes, in order and without gaps' }),
    })
    .nullable()
    .meta({
      description:
        'What was sent in the last minutes; null when nothing was, and for a single account, since senders measure all accounts together',
    }),
});

const runSchema = z.object({
  id: z.string().meta({ description: 'The run', example: 'run_42' }),
  jobId: z.string().meta({ description: 'Its job', example: 'job_7' }),
  jobName: z.string().meta({ description: "The job's name", example: 'Flu vaccination on Friday' }),
  account: z.string().meta({ description: 'Whose it is', example: 'Harbour Clinics' }),
  channel: channel.meta({ description: 'The channel', example: 'whatsapp' }),
  state: z
    .enum(['planned', 'expanding', 'sending', 'completed'])
    .meta({ description: 'How far it is', example: 'sending' }),
  paused: z.boolean().meta({ description: 'Whether it is paused', example: false }),
  pauseReason: z.string().nullable().meta({ description: 'Why a sender paused it', example: null }),
  cancelled: z.boolean().meta({ description: 'Whether it was cancelled', example: false }),
  dueAt: z.iso.datetime().meta({ description: 'When it is due', example: '2026-11-20T09:00:00.000Z' }),
  size: count('Deliveries planned so far', 600),
  counts: z
    .object({
      scheduled: count('Waiting', 441),
      sending: count('On their way'),
      sent: count('Accepted by the provider', 159),
      delivered: count('Reported as delivered'),
      failed: count('Failed for good'),
      unknown: count('Outcome not known'),
      skipped: count('Left out for a reason'),
      cancelled: count('Cancelled'),
    })
    .meta({ description: 'Its deliveries by state' }),
  progress: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'Share of the deliveries that are settled; null while it is expanded', example: 0.26 }),
  perSecond: z
    .number()
    .nullable()
    .meta({ description: 'Deliveries a second, on average since it began', example: 36.2 }),
  finishAt: moment('When it ends at that pace; null when that cannot be told'),
});

/** GET /v1/status. */
export const statusSchema = z
  .object({
    scope: z.enum(['account', 'installation']).meta({
      description: "Whether this is the account's own view, or everybody's (keys of an operator account)",
      example: 'account',
    }),
    at: z.iso.datetime().meta({ description: "The database's time", example: '2026-11-20T09:00:07.000Z' }),
    healthy: z.boolean().meta({ description: 'Nothing needs anybody', example: true }),
    level: z
      .enum(['ok', 'attention', 'problem'])
      .meta({ description: '`problem` with a critical reason, `attention` with a warning, else `ok`', example: 'ok' }),
    reasons: z.array(reasonSchema).meta({ description: 'Why not, or what is good to know; the most urgent first' }),
    channels: z.array(channelSchema).meta({ description: 'What waits in each channel, and what was sent of late' }),
    openRuns: count('Runs that are not completed', 1),
    runs: z.array(runSchema).meta({ description: 'The largest and eldest of them, at most 20' }),
    holds: z
      .array(
        z.object({
          id: z.string().meta({ description: 'The hold', example: 'hld_3' }),
          scope: z.enum(['account', 'installation']).meta({ description: 'Whom it concerns', example: 'account' }),
          channel: channel.nullable().meta({ description: 'The channel; null is every channel', example: null }),
          reason: z.string().meta({ description: 'Why it was placed', example: 'The announcement has a wrong date' }),
          since: z.iso.datetime().meta({ description: 'Since when', example: '2026-11-20T08:55:00.000Z' }),
        }),
      )
      .meta({ description: 'What stops sending on purpose' }),
    pausedQueues: z.array(channel).meta({ description: 'Channels whose senders are not woken', example: [] }),
    rescues: z
      .array(
        z.object({
          kind: z.string().meta({ description: 'What was repaired', example: 'lease' }),
          rows: count('How many', 4),
          lastAt: z.iso.datetime().meta({ description: 'The last time', example: '2026-11-20T08:41:00.000Z' }),
        }),
      )
      .meta({ description: 'Repairs within the hour; told to operator accounts only' }),
    redisLostAt: moment('When Redis was last found without its data; told to operator accounts only'),
    restoredAt: moment('When the database was restored from a backup'),
    restoreSettledAt: moment('When that was settled; until then nothing is released'),
  })
  .meta({ id: 'Status' });
export type StatusAnswer = z.infer<typeof statusSchema>;
