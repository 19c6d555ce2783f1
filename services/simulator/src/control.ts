/**
 * What the simulator was told to do: rules, latency, limits, capacities, callbacks, checks, payments. Kept in one small file, replaced as a whole, so
 * that a restarted simulator behaves as the one before.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { digitsOf } from './validate.ts';

const milliseconds = z.number().int().min(0).max(600_000);
const errorCode = z.number().int().min(0).max(999_999);

/** Faults beyond an error answer. */
const FAULTS = [
  /** Recorded as accepted, never answered. */
  'accept_and_hang',
  /** Recorded as accepted, then the connection is reset. */
  'accept_and_reset',
  /** The connection is reset, nothing is accepted. */
  'reset_before_accept',
  /** Recorded as accepted, then answered with HTTP 500 (and the rule's code, by default 1). */
  'accept_and_500',
  /** Not accepted, never answered. */
  'hang',
] as const;

/** How far an e-mail comes before its fault: the recipient, before the message, within it, after its final dot. */
const PLACES = ['rcpt', 'data', 'body', 'dot'] as const;
export type Fault = (typeof FAULTS)[number];
export type SmtpPlace = (typeof PLACES)[number];

/** Which messages, checks or payments a rule is for; all of them without any condition. */
const matchSchema = z
  .strictObject({
    to: z
      .string()
      .transform((to) => (to.includes('@') ? to.toLowerCase() : digitsOf(to)))
      .refine((to) => to !== '', 'neither a phone number nor an e-mail address')
      .optional(),
    /** The last digits of a number, or the end of an e-mail address, such as `@slow.example`. */
    toSuffix: z
      .string()
      .regex(/^(\d+|[^\s@]*@?[^\s@]+)$/)
      .toLowerCase()
      .optional(),
    /** Addresses whose hash falls into this part of 0 to 1: always the same ones. */
    share: z.strictObject({ from: z.number().min(0).max(1), below: z.number().min(0).max(1) }).optional(),
    /** For e-mail the user who logged in, or else the sender's address. */
    phoneNumberId: z.string().optional(),
    probability: z.number().min(0).max(1).optional(),
    /** How often the rule applies, then no more. */
    times: z.number().int().min(1).optional(),
    /** How often it applies to one address; counted anew after a restart. */
    timesPerAddress: z.number().int().min(1).optional(),
  })
  .default({});
export type Match = z.infer<typeof matchSchema>;

/** How often a rule has applied. */
const used = z.number().int().min(0).default(0);

/** The first rule that matches decides. A rule without any condition matches every message, of either channel. */
export const ruleSchema = z.strictObject({
  match: matchSchema,
  does: z
    .strictObject({
      /** Between arrival (and acceptance) and the answer, instead of the general latency. */
      latencyMs: milliseconds.optional(),
      /**
       * An error answer. A code alone implies its usual status; a status alone gives an answer without a code. To an e-mail
       * only a status is an answer (400 to 599), to the recipient or, with `at`, to the final dot.
       */
      status: z.number().int().min(300).max(599).optional(),
      code: errorCode.optional(),
      fault: z.enum(FAULTS).optional(),
      /** E-mail only. */
      at: z.enum(PLACES).optional(),
      /** E-mail only: the text of the reply after its status. */
      reply: z
        .string()
        .regex(/^[\x20-\x7e]{1,400}$/)
        .optional(),
      retryAfterSeconds: z.number().int().min(0).optional(),
      /** Accepts the message, and reports it later as failed with this code. */
      failLaterCode: errorCode.optional(),
    })
    .default({}),
  used,
});
export type Rule = z.infer<typeof ruleSchema>;

/** The first rule that matches decides what becomes of a check; see `checks/builtin.ts` for what holds without one. */
export const checkRuleSchema = z.strictObject({
  match: matchSchema,
  does: z
    .strictObject({
      latencyMs: milliseconds.optional(),
      /** Refused with this status: nothing is checked, nothing is charged. */
      status: z.number().int().min(300).max(599).optional(),
      retryAfterSeconds: z.number().int().min(0).optional(),
      /** `accept_…` are checked and charged before they go wrong. */
      fault: z.enum(FAULTS).optional(),
      /** `unknown` is refunded. */
      result: z.enum(['deliverable', 'undeliverable', 'risky', 'unknown']).optional(),
      reason: z
        .string()
        .regex(/^[a-z][a-z_]{0,63}$/)
        .optional(),
      role: z.boolean().optional(),
      disposable: z.boolean().optional(),
      acceptAll: z.boolean().optional(),
    })
    .default({}),
  used,
});
export type CheckRule = z.infer<typeof checkRuleSchema>;

export const latencySchema = z.union([
  z.strictObject({ fixedMs: milliseconds }),
  z
    .strictObject({ minMs: milliseconds, maxMs: milliseconds })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs must not exceed maxMs'),
]);

export type Latency = z.infer<typeof latencySchema>;

/** Without a phone number id a setting holds for every number that has none of its own. */
export const limitSchema = z.strictObject({
  phoneNumberId: z.string().default(''),
  /** In any one second; null lifts the limit. */
  messagesPerSecond: z.number().int().min(1).max(100_000).nullable(),
});

/** What a number's messages are served at, and how many may wait for it; more are refused as too many. */
export const capacitySchema = z.strictObject({
  phoneNumberId: z.string().default(''),
  messagesPerSecond: z.number().min(0.1).max(100_000),
  queue: z.number().int().min(0).max(100_000).default(100),
});

export const callbackSchema = z.strictObject({
  phoneNumberId: z.string().default(''),
  url: z.url({ protocol: /^https?$/ }),
  appSecret: z.string().min(1),
  /** From acceptance to the callback. */
  delayMs: milliseconds.default(0),
  statuses: z
    .array(z.enum(['sent', 'delivered', 'read']))
    .min(1)
    .default(['sent', 'delivered']),
  /** Probability that a status is sent a second time. */
  double: z.number().min(0).max(1).default(0),
  /** Whether due statuses are sent in random order. */
  shuffle: z.boolean().default(false),
  /** Whether callbacks are sent, and taken by the receiver, before the message is answered. */
  early: z.boolean().default(false),
  maxPerRequest: z.number().int().min(1).max(1_000).default(50),
});
export type CallbackSettings = z.infer<typeof callbackSchema>;

/** A person writes to one of our numbers: a text, or a pressed button. */
export const replySchema = z
  .strictObject({
    phoneNumberId: z.string().min(1),
    from: z
      .string()
      .transform(digitsOf)
      .refine((from) => from !== '', 'not a phone number'),
    text: z.string().min(1).max(4_096).optional(),
    button: z.strictObject({ payload: z.string().max(256), text: z.string().max(256) }).optional(),
    /** When it was written, epoch ms; now without it. */
    saidAtMs: z.number().int().min(0).optional(),
    /** How often it is told, with the same message id. */
    copies: z.number().int().min(1).max(20).default(1),
  })
  .refine(({ text, button }) => (text === undefined) !== (button === undefined), 'either a text or a button');
export type Reply = z.infer<typeof replySchema>;

export const checkSettingsSchema = z.strictObject({
  rules: z.array(checkRuleSchema).max(100_000).default([]),
  /** Between a check's request and its answer; real services take 1 to 60 seconds. */
  latency: latencySchema.nullable().default(null),
  /** What one check costs, in millionths of whatever the money is. */
  priceMicros: z.number().int().min(0).max(1_000_000_000).default(8_000),
  /** Checks in any one second; more are answered with 429. */
  checksPerSecond: z.number().int().min(1).max(100_000).nullable().default(null),
});
export type CheckSettings = z.infer<typeof checkSettingsSchema>;

/** The first rule that matches a payment's receiver decides what becomes of it; without one it is paid. */
export const payRuleSchema = z.strictObject({
  match: matchSchema,
  does: z
    .strictObject({
      latencyMs: milliseconds.optional(),
      /** Answered with this status, and nothing is decided. */
      status: z.number().int().min(300).max(599).optional(),
      retryAfterSeconds: z.number().int().min(0).optional(),
      /** Decided against, for good. */
      refuse: z.enum(['insufficient_funds', 'unauthorized']).optional(),
      /** `accept_…` are decided before they go wrong; `answer_twice` is answered twice on one connection. */
      fault: z.enum([...FAULTS, 'answer_twice']).optional(),
    })
    .default({}),
  used,
});
export type PayRule = z.infer<typeof payRuleSchema>;

export const paySettingsSchema = z.strictObject({
  rules: z.array(payRuleSchema).max(100_000).default([]),
  /** Between a request and its answer. */
  latency: latencySchema.nullable().default(null),
  /** For how long a key is remembered; real providers say a day. */
  keyValidSeconds: z.number().min(0).max(31_536_000).default(86_400),
  /** Payments in any one second; more are answered with 429. */
  paymentsPerSecond: z.number().int().min(1).max(100_000).nullable().default(null),
  /** Whether look-ups are answered. */
  lookup: z.enum(['works', 'fails']).default('works'),
});
export type PaySettings = z.infer<typeof paySettingsSchema>;

const stateSchema = z.object({
  rules: z.array(ruleSchema).default([]),
  latency: latencySchema.nullable().default(null),
  limits: z.record(z.string(), z.number().int()).default({}),
  capacities: z.record(z.string(), capacitySchema.omit({ phoneNumberId: true })).default({}),
  callbacks: z.record(z.string(), callbackSchema).default({}),
  checks: checkSettingsSchema.default(() => checkSettingsSchema.parse({})),
  payments: paySettingsSchema.default(() => paySettingsSchema.parse({})),
});
export type ControlState = z.infer<typeof stateSchema>;

/** The settings, with their file. */
export class Control {
  readonly #path: string;
  state: ControlState;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'control.json');
    this.state = stateSchema.parse(readIfThere(this.#path));
  }

  reset(): void {
    this.state = stateSchema.parse({});
    this.save();
  }

  /** Replaces the file in one step. Only the owner may read it: it holds app secrets. */
  save(): void {
    writeFileSync(`${this.#path}.new`, JSON.stringify(this.state, undefined, 1), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function readIfThere(path: string): unknown {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`the simulator's settings in ${path} cannot be read`, { cause: error });
  }
}
