/** HTTP shapes of payments: what a job of kind `payment` does. */
import { z } from 'zod';
import type { PaymentContent } from '../channel.ts';

/** The largest amount: far above any payment, and far below where numbers lose their units. */
const AMOUNT_MAX = 1_000_000_000_000;

const party = (description: string, example: string) =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\x21-\x7e]+$/, 'It must be printable ASCII without blanks.')
    .meta({ description, example });

/** Body of a job of kind `payment`: its part `payment`. */
export const paymentBodySchema = z
  .strictObject({
    sender: party('Who pays, as the provider names them', 'acct_1204'),
    receiver: party('Who is paid, as the provider names them', 'acct_77'),
    amount: z
      .int()
      .min(1)
      .max(AMOUNT_MAX)
      .meta({ description: "In the currency's smallest unit, such as cents", example: 1_250 }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'It must be a currency of three capital letters, as in ISO 4217.')
      .meta({ description: 'Currency, as in ISO 4217', example: 'EUR' }),
    description: z
      .string()
      .min(1)
      .max(200)
      .refine((text) => !/\p{C}/u.test(text), 'It must be one line of text.')
      .optional()
      .meta({ description: 'What it is for', example: 'Rent, December' }),
  })
  .meta({
    description: 'What is paid',
    example: { sender: 'acct_1204', receiver: 'acct_77', amount: 1_250, currency: 'EUR' },
  });
export type PaymentBody = z.output<typeof paymentBodySchema>;

/** The payment to store. */
export function storedPaymentOf({ sender, receiver, amount, currency, description }: PaymentBody): PaymentContent {
  return {
    type: 'payment',
    sender,
    receiver,
    amountMinor: amount,
    currency,
    ...(description !== undefined && { description }),
  };
}

/** What a job pays, as the API shows it. */
export const paymentSchema = z
  .object({
    sender: z.string().meta({ description: 'Who pays', example: 'acct_1204' }),
    receiver: z.string().meta({ description: 'Who is paid', example: 'acct_77' }),
    amount: z.int().meta({ description: "In the currency's smallest unit", example: 1_250 }),
    currency: z.string().meta({ description: 'Currency, as in ISO 4217', example: 'EUR' }),
    description: z.string().nullable().meta({ description: 'What it is for; null is nothing', example: 'Rent' }),
  })
  .meta({ description: 'Only of kind `payment`: what is paid' });
