/**
 * The parts of a job as they are stored: when (trigger), to whom (target), and how to go about trouble (policy). The
 * HTTP bodies are turned into these once, when a job is created or changed; everything behind the API reads only these.
 */
import { z } from 'zod';

const wallTimeRules = {
  /** What a wall time becomes that the zone's clocks skip in spring. */
  gap: z.enum(['later', 'earlier', 'skip']).default('later'),
  /** Which of the two passes of a wall time that the zone's clocks repeat in autumn. */
  repeated: z.enum(['first', 'second']).default('first'),
};

/** How a job that comes again goes about it; instants are epoch milliseconds. */
const scheduleRules = {
  /** First and last moment, both included. */
  startsAtMs: z.number().int().optional(),
  endsAtMs: z.number().int().optional(),
  /** When it took the place of another trigger: moments up to then are not its own. */
  sinceMs: z.number().int().optional(),
  /** The most runs that it makes. */
  maxOccurrences: z.number().int().positive().optional(),
  /** What becomes of moments that went by unplanned. */
  missed: z.enum(['skip', 'once', 'all']).default('once'),
  /** The most runs that `all` makes up for, or that wait by `queue`. */
  missedLimit: z.number().int().positive().default(100),
  /** What becomes of a moment that comes while an earlier run is not over. */
  overlap: z.enum(['allow', 'skip', 'queue']).default('allow'),
  /** By up to how much a run is later than its moment, at random. */
  jitterMs: z.number().int().nonnegative().default(0),
};

/** When a job runs. */
export const storedTriggerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('now') }),
  /** One instant for everybody. A wall time with zone keeps both, so that the answer can show what was asked. */
  z.object({
    type: z.literal('at'),
    /** Epoch milliseconds. */
    instantMs: z.number().int(),
    wallTime: z.string().optional(),
    zone: z.string().optional(),
  }),
  /** A wall time in each recipient's own zone, resolved as the run expands. */
  z.object({
    type: z.literal('local'),
    wallTime: z.string(),
    ...wallTimeRules,
    /** Zone of recipients who have none. */
    missingZone: z.string(),
  }),
  /** A date of each recipient's, such as a birthday: a run for each offset and civil day, for as long as the job is active. */
  z.object({
    type: z.literal('date'),
    /** Name of the date, such as `birthday`. */
    date: z.string(),
    /** Days from the date to the message; negative is before. Each once. */
    offsets: z.array(z.number().int().min(-366).max(366)).min(1),
    /** Wall time, `HH:MM`. */
    at: z.string(),
    /** Whose wall time: null is each recipient's own zone. */
    zone: z.string().nullable(),
    /** On the day of every year, or once for each value of the date. */
    repeat: z.enum(['yearly', 'once']),
    /** When 29 February is told of in years without one. */
    feb29: z.enum(['feb28', 'mar1']).default('feb28'),
    ...wallTimeRules,
    missingZone: z.string(),
    /** What becomes of a message whose moment is over. */
    lateness: z.discriminatedUnion('action', [
      z.object({ action: z.literal('send') }),
      z.object({ action: z.literal('skip') }),
      z.object({ action: z.literal('within'), ms: z.number().int().positive() }),
      /** Wall time of the same day, `HH:MM`, in the same zone. */
      z.object({ action: z.literal('until'), at: z.string() }),
    ]),
  }),
  /** A cron expression by the clocks of a zone. */
  z.object({
    type: z.literal('cron'),
    expression: z.string(),
    zone: z.string(),
    gap: wallTimeRules.gap,
    repeated: z.enum(['first', 'second', 'both']).default('first'),
    ...scheduleRules,
  }),
  /** At an interval, counted from an anchor. */
  z.object({
    type: z.literal('every'),
    /** Whole seconds, or an ISO 8601 duration. */
    interval: z.union([z.number().int(), z.string()]),
    anchorMs: z.number().int(),
    zone: z.string(),
    ...wallTimeRules,
    ...scheduleRules,
  }),
]);
export type StoredTrigger = z.infer<typeof storedTriggerSchema>;

/** A trigger that comes again by itself; one that follows dates is another matter. */
export type ScheduleTrigger = Extract<StoredTrigger, { type: 'cron' | 'every' }>;

/** Whether a job comes again by a schedule. */
export function isSchedule(trigger: StoredTrigger): trigger is ScheduleTrigger {
  return trigger.type === 'cron' || trigger.type === 'every';
}

/** To whom a run goes: the union of what is included, less what is excluded. All ids are of the job's account. */
export const targetSchema = z.object({
  everyone: z.boolean().default(false),
  audienceIds: z.array(z.number().int().positive()).default([]),
  recipientIds: z.array(z.number().int().positive()).default([]),
  excludedAudienceIds: z.array(z.number().int().positive()).default([]),
  excludedRecipientIds: z.array(z.number().int().positive()).default([]),
});
export type Target = z.infer<typeof targetSchema>;

/** Whether the target is one recipient and nothing else: such a job has a single delivery and batch. */
export function isSingleTarget(target: Target): boolean {
  return (
    !target.everyone &&
    target.audienceIds.length === 0 &&
    target.recipientIds.length === 1 &&
    target.excludedAudienceIds.length === 0 &&
    target.excludedRecipientIds.length === 0
  );
}

/** How a job goes about trouble. */
export const storedPolicySchema = z.object({
  /** Tries that may burn, the first one included. */
  attempts: z.number().int().min(1).max(50).default(5),
  backoff: z
    .object({
      initialMs: z.number().int().min(100).default(5_000),
      factor: z.number().min(1).max(10).default(2),
      maxMs: z.number().int().min(100).default(3_600_000),
    })
    .prefault({}),
  /** A delivery that is not claimed this long after its due time is skipped as expired; null is never. */
  expireAfterMs: z.number().int().positive().nullable().default(null),
  /** A run that is not begun this long after its moment is told to be late; null never, left out as its kind has it. */
  lateAfterMs: z.number().int().positive().nullable().optional(),
  /** What becomes of an outcome that nobody knows, and after how long without a report. */
  unknown: z
    .object({
      action: z.enum(['hold', 'fail', 'resend']).default('hold'),
      afterSeconds: z.number().int().min(1).default(3_600),
    })
    .prefault({}),
  /** Who counts as the same addressee: whoever shares the address, or the recipient alone. */
  dedupeBy: z.enum(['address', 'recipient']).default('address'),
  /** Whether a moment within the account's quiet hours moves to their end, by the recipient's own clock. */
  quietHours: z.enum(['respect', 'ignore']).default('respect'),
  /** How addresses are checked before they are written to; without it they are not. */
  addressCheck: z
    .object({
      /** How long before the first message an address is checked. */
      aheadMs: z.number().int().nonnegative().default(172_800_000),
      /** How long after its due time a message waits for a verdict. */
      waitMs: z.number().int().nonnegative().default(3_600_000),
      /** What becomes of a message to a risky address. */
      risky: z.enum(['send', 'skip']).default('send'),
      /** And to one that nothing is known of when the waiting is over. */
      unknown: z.enum(['send', 'skip']).default('skip'),
    })
    .optional(),
});
export type StoredPolicy = z.infer<typeof storedPolicySchema>;

/**
 * What jobs of an account do. Besides there are `test` (of a message), and `notice` and `check`, which carry what the house itself
 * sends and asks.
 */
export const JOB_KINDS = ['message', 'webhook', 'payment', 'report', 'script'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** How long after its moment a run that is not begun is late, where its job does not say it, ms: crowds take longer than tasks. */
const LATE_AFTER_MS = { message: 900_000, task: 60_000 };

/** When a run of a job is late, ms after its moment; null is never. */
export function lateAfterMs(kind: JobKind, policy: Pick<StoredPolicy, 'lateAfterMs'>): number | null {
  return policy.lateAfterMs === undefined ? LATE_AFTER_MS[kind === 'message' ? 'message' : 'task'] : policy.lateAfterMs;
}

/** Whether a stored kind is one that its account made, and not the test of one or something of the house's own. */
export function isJobKind(kind: string): kind is JobKind {
  return (JOB_KINDS as readonly string[]).includes(kind);
}

/** The most deliveries one batch holds. */
export const BATCH_SIZE_MAX = 1_000;

/** The occurrence key of triggers that happen once; constant, so that moving the moment never makes a second run. */
export const OCCURRENCE_ONCE = 'once';

/** How occurrence keys of runs begin that somebody asked for besides the job's trigger. */
export const OCCURRENCE_MANUAL = 'manual:';
