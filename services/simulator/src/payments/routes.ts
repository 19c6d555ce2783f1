/** The questions about payments, and the control of the payment provider. */
import { BadRequest, type Handler, readJson } from '../answering.ts';
import { type Control, payRuleSchema, paySettingsSchema } from '../control.ts';
import type { PayEntry, PayLedger } from './payLedger.ts';
import type { Payments } from './payments.ts';

export interface PayRoutesOptions {
  readonly control: Control;
  readonly ledger: PayLedger;
  readonly payments: Payments;
}

const ENTRIES_LIMIT = 100_000;
const RULES_LIMIT = 100_000;

export function makePayRoutes({ control, ledger, payments }: PayRoutesOptions): Record<string, Handler> {
  const changed = () => {
    control.save();
    payments.reload();
    return control.state.payments;
  };
  return {
    'GET /payments/totals': () => ledger.totals(),
    'GET /payments/entries': async ({ query: { to } }) => {
      const entries: PayEntry[] = [];
      await ledger.scan((entry) => {
        if (entries.length < ENTRIES_LIMIT && (to === undefined || entry.receiver === to)) entries.push(entry);
      });
      return { entries };
    },
    'DELETE /payments': () => {
      ledger.clear();
      return {};
    },

    'GET /control/payments': () => control.state.payments,
    'PUT /control/payments': async ({ request }) => {
      control.state.payments = paySettingsSchema.parse(await readJson(request));
      return changed();
    },
    'POST /control/payments/rules': async ({ request }) => {
      const { rules } = control.state.payments;
      if (rules.length >= RULES_LIMIT) throw new BadRequest('there are too many rules');
      rules.push(payRuleSchema.parse(await readJson(request)));
      return changed();
    },
    'DELETE /control/payments': () => {
      control.state.payments = paySettingsSchema.parse({});
      return changed();
    },
  };
}
