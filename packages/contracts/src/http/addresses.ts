/** HTTP shapes of addresses: what an account knows of them, confirmations, verdicts that it brings along, and what checks cost. */
import { parseInstant } from '@carillon/core';
import { z } from 'zod';
import { instantForm } from './refuse.ts';

/** More of a text is no address in any spelling. */
const ADDRESS_MAX = 1_000;
/** How many verdicts one request may bring along. */
const VERDICTS_MAX = 1_000;
/** Millionths of a currency's unit are kept. */
const MICROS = 1_000_000;
const AMOUNT_MAX = 1_000_000_000;

const instant = (description: string) =>
  z.string().meta({ ...instantForm, description, example: '2026-11-20T09:00:00.000Z' });
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'It must be a currency of three capital letters, as in ISO 4217.')
  .meta({ description: 'Currency, as in ISO 4217', example: 'EUR' });
const amount = (description: string, example: number) => z.number().meta({ description, example });
const money = (description: string) =>
  z
    .object({
      amount: amount('In units of the currency', 0.004),
      currency: z.string().meta({ description: 'Currency, as in ISO 4217', example: 'EUR' }),
    })
    .meta({ description });

/** An amount of money, of millionths. */
export const unitsOf = (micros: number): number => micros / MICROS;

/** What checks may cost on one day; null is without a limit. */
export const checkBudgetSchema = z
  .strictObject({
    amount: z
      .number()
      .min(0)
      .max(AMOUNT_MAX)
      .refine((units) => Number.isSafeInteger(Math.round(units * MICROS)), 'It has too many digits.')
      .meta({ description: 'In units of the currency; smaller parts than a millionth are rounded', example: 25 }),
    currency,
  })
  .nullable()
  .meta({
    description:
      'What checks of addresses may cost on one day (UTC); null is without a limit. In another currency than the verifier’s it buys nothing',
  });
export type CheckBudget = z.output<typeof checkBudgetSchema>;

/** The budget in millionths. */
export const budgetMicrosOf = (budget: NonNullable<CheckBudget>): number => Math.round(budget.amount * MICROS);

/** How an address stands; see docs/address-checks.md. */
const ADDRESS_STANDINGS = [
  'confirmed',
  'deliverable',
  'undeliverable',
  'risky',
  'unknown',
  'pending',
  'unchecked',
] as const;
export type AddressStanding = (typeof ADDRESS_STANDINGS)[number];

/** What an account knows of an address. */
export const addressSchema = z.object({
  address: z.string().meta({ description: 'The address, normalized', example: 'dilara.peters@example.com' }),
  standing: z.enum(ADDRESS_STANDINGS).meta({
    description:
      'How it stands now: `confirmed` by its owner, the verdict that counts, `pending` while a first check is under way, `unknown` after one that found nothing out, else `unchecked`',
    example: 'deliverable',
  }),
  own: z
    .object({
      verdict: z
        .enum(['confirmed', 'deliverable', 'undeliverable', 'risky', 'unknown'])
        .meta({ description: 'What the account says of it', example: 'confirmed' }),
      reason: z.string().nullable().meta({ description: 'Why, if that was said', example: null }),
      source: z.string().meta({ description: 'Who said so: `link`, `api`, `import`', example: 'link' }),
      at: instant('When it was said or found out'),
      validUntil: instant('Until when it counts; null for ever').nullable(),
    })
    .nullable()
    .meta({ description: 'A confirmation, or a verdict that the account brought along; it comes first' }),
  check: z
    .object({
      pending: z.boolean().meta({ description: 'Whether a check is under way', example: false }),
      verdict: z
        .enum(['deliverable', 'undeliverable', 'risky', 'unknown'])
        .nullable()
        .meta({ description: 'What the last check found out; null before the first ended', example: 'deliverable' }),
      reason: z.string().nullable().meta({ description: 'Why, in one word', example: 'accepted_email' }),
      checkedAt: instant('When that was').nullable(),
      checkedBy: z
        .enum(['rules', 'smtp', 'http'])
        .nullable()
        .meta({ description: 'By our own rules, the mail server, or a paid service', example: 'http' }),
      validUntil: instant('Until when it counts').nullable(),
      cost: money('What the account paid for it, or may have to while it is pending'),
    })
    .nullable()
    .meta({ description: 'The newest check that the account pays for; null when there is none' }),
});
export type AddressAnswer = z.infer<typeof addressSchema>;

/** The answer to a request for a link by which an owner confirms an address. */
export const confirmationLinkSchema = z.object({
  token: z.string().meta({
    description: 'Signed; names the account and the address, and does not expire',
    example: 'k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw',
  }),
  path: z.string().meta({
    description: 'Where the page is, below the address of this API',
    example: '/v1/confirm/k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw',
  }),
  url: z.string().nullable().meta({
    description: 'The whole link; null where the operator has not said under which address people reach the API',
    example: 'https://carillon.example.com/v1/confirm/k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw',
  }),
});
export type ConfirmationLinkAnswer = z.infer<typeof confirmationLinkSchema>;

const instantBody = (description: string) =>
  z
    .string()
    .max(64)
    .refine((given) => parseInstant(given).ok, {
      message: 'It must be ISO 8601 with Z or an offset.',
      params: { code: 'invalid_instant' },
    })
    .meta({ ...instantForm, description, example: '2026-11-20T09:00:00.000Z' });

/** One verdict of an import; checked by itself, so that a bad one does not keep the others away. */
export const verdictItemSchema = z.strictObject({
  address: z
    .string()
    .max(ADDRESS_MAX)
    .meta({ description: 'The address, in any usual spelling', example: 'dilara.peters@example.com' }),
  verdict: z
    .enum(['deliverable', 'undeliverable', 'risky'])
    .meta({ description: 'What was found out', example: 'undeliverable' }),
  reason: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, 'It must be one word of small letters, digits and _.')
    .optional()
    .meta({ description: 'Why, in one word', example: 'bounced' }),
  at: instantBody('When it was found out; now, if left out').optional(),
  validUntil: instantBody('Until when it counts; for ever, if left out').optional(),
});

/** POST /v1/addresses/verdicts. */
export const verdictsBodySchema = z.strictObject({
  verdicts: z
    .array(z.unknown())
    .min(1)
    .max(VERDICTS_MAX)
    .meta({
      description: `At most ${VERDICTS_MAX}, each an object of \`address\`, \`verdict\` (\`deliverable\`, \`undeliverable\` or \`risky\`) and perhaps \`reason\`, \`at\` and \`validUntil\``,
      example: [{ address: 'dilara.peters@example.com', verdict: 'undeliverable', reason: 'bounced' }],
    }),
});

/** The answer: what became of them. */
export const verdictsAnswerSchema = z.object({
  stored: z.int().meta({ description: 'Addresses whose verdict was stored', example: 998 }),
  kept: z.int().meta({
    description: 'Addresses that stayed as they were: confirmed by their owner, or with a newer verdict of yours',
    example: 1,
  }),
  bad: z.int().meta({ description: 'Items that were not taken', example: 1 }),
  errors: z
    .array(
      z.object({
        index: z.int().meta({ description: 'Place in the list, counted from 0', example: 12 }),
        code: z.string().meta({ description: 'Why it was not taken', example: 'invalid_email' }),
        field: z.string().nullable().meta({ description: 'The value at fault', example: 'address' }),
        detail: z
          .string()
          .meta({ description: 'What is wrong with it', example: 'It is no usable e-mail address: domain.' }),
      }),
    )
    .meta({ description: 'The items that were not taken' }),
});
export type VerdictsAnswer = z.infer<typeof verdictsAnswerSchema>;

const day = z.iso.date('It must be a day such as 2026-11-20.').optional();

/** The filters of GET /v1/address-checks/spend. */
export const spendFilter = {
  from: day.meta({ description: 'From this day (UTC) on; 30 days before `to`, if left out', example: '2026-11-01' }),
  to: day.meta({ description: 'To this day, included; today, if left out', example: '2026-11-30' }),
};

/** What checks cost. */
export const checkSpendSchema = z.object({
  days: z
    .array(
      z.object({
        day: z.string().meta({ description: 'The day, in UTC', example: '2026-11-20' }),
        currency: z.string().meta({ description: 'Currency, as in ISO 4217', example: 'EUR' }),
        charged: amount('What was paid, in units of the currency', 1.296),
        reserved: amount('What checks under way may still cost', 0.004),
        asked: z.int().meta({ description: 'Checks that were made for the account', example: 300 }),
        shared: z.int().meta({ description: "Results of other accounts' checks that it uses too", example: 25 }),
      }),
    )
    .meta({ description: 'Days on which checks were asked for, newest first' }),
  budget: checkBudgetSchema,
  left: amount('What is left of the budget today; null without one', 23.7).nullable(),
});
export type CheckSpendAnswer = z.infer<typeof checkSpendSchema>;

/** How the addresses of planned messages stand; part of a job's answer. */
export const jobChecksSchema = z
  .object({
    confirmed: z.int().meta({ description: 'Confirmed by their owners', example: 120 }),
    deliverable: z.int().meta({ description: 'Deliverable', example: 830 }),
    undeliverable: z.int().meta({ description: 'Undeliverable: these are skipped', example: 31 }),
    risky: z.int().meta({ description: 'Risky: `policy.addressCheck.risky` decides', example: 12 }),
    unknown: z.int().meta({ description: 'Whose check found nothing out, and is made again', example: 3 }),
    pending: z.int().meta({ description: 'Being checked', example: 4 }),
    unasked: z.int().meta({ description: 'That could not be asked for yet', example: 0 }),
    blocked: z.enum(['budget', 'no_verifier']).nullable().meta({
      description: 'Why some could not: the budget of the day is used up, or nobody can check; null when none',
      example: null,
    }),
  })
  .nullable()
  .meta({
    description:
      'How the addresses of the messages that are planned stand, as of the last look at them; null for a job that checks none',
  });
export type JobChecksAnswer = z.infer<typeof jobChecksSchema>;

/** What checks a job would need; part of a preview. */
export const previewChecksSchema = z
  .object({
    known: z.int().meta({ description: 'Addresses that need no check', example: 700 }),
    toCheck: z.int().meta({ description: 'Addresses that would be checked', example: 450 }),
    cost: money('What that costs at most'),
    budgetLeft: amount('What is left of the budget today, in units of its currency; null without one', 23.7).nullable(),
    enough: z.boolean().meta({ description: 'Whether that suffices today', example: true }),
  })
  .nullable()
  .meta({ description: 'Which addresses would be checked, and what that costs; null for a job that checks none' });
export type PreviewChecksAnswer = z.infer<typeof previewChecksSchema>;
