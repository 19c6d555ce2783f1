/** The questions about the charges, and the control of the paid service. */
import { BadRequest, type Handler, readJson } from '../answering.ts';
import { type Control, checkRuleSchema, checkSettingsSchema } from '../control.ts';
import type { Charge, Charges } from './charges.ts';
import type { Checks } from './checks.ts';

export interface CheckRoutesOptions {
  readonly control: Control;
  readonly charges: Charges;
  readonly checks: Checks;
}

const ENTRIES_LIMIT = 10_000;
const RULES_LIMIT = 100_000;

export function makeCheckRoutes({ control, charges, checks }: CheckRoutesOptions): Record<string, Handler> {
  const changed = () => {
    control.save();
    checks.reload();
    return control.state.checks;
  };
  return {
    'GET /charges/totals': () => charges.totals(),
    'GET /charges/addresses': ({ query: { cursor, limit } }) => charges.addresses({ cursor, limit }),
    'GET /charges/duplicates': async ({ query: { cursor, limit } }) => ({
      duplicates: (await charges.totals()).duplicates,
      ...(await charges.addresses({ cursor, limit, onlyDuplicates: true })),
    }),
    'GET /charges/entries': async ({ query: { to } }) => {
      const entries: Charge[] = [];
      await charges.scan((charge) => {
        if (entries.length < ENTRIES_LIMIT && (to === undefined || charge.to === to.toLowerCase())) {
          entries.push(charge);
        }
      });
      return { entries };
    },
    'DELETE /charges': () => {
      charges.clear();
      return {};
    },

    'GET /control/checks': () => control.state.checks,
    'PUT /control/checks': async ({ request }) => {
      control.state.checks = checkSettingsSchema.parse(await readJson(request));
      return changed();
    },
    'POST /control/checks/rules': async ({ request }) => {
      const { rules } = control.state.checks;
      if (rules.length >= RULES_LIMIT) throw new BadRequest('there are too many rules');
      rules.push(checkRuleSchema.parse(await readJson(request)));
      return changed();
    },
    'DELETE /control/checks': () => {
      control.state.checks = checkSettingsSchema.parse({});
      return changed();
    },
  };
}
