/**
 * E-mail addresses that give trouble without being told to, so that a person or a script can try a fault by the address
 * alone. The rules of the control API come first. The names are under `.example`, which nobody has (RFC 2606).
 */
import { type Rule, ruleSchema } from '../control.ts';

/** `<anything>@<name>.fault.example`. */
const FAULTS: Readonly<Record<string, object>> = {
  slow: { latencyMs: 3_000 },
  unknown: { status: 550 },
  full: { status: 552 },
  busy: { status: 451 },
  greylist: { status: 450 },
  limit: { status: 421 },
  spam: { status: 554, at: 'dot' },
  hang: { fault: 'hang' },
  lostbefore: { fault: 'reset_before_accept', at: 'data' },
  lostbody: { fault: 'reset_before_accept', at: 'body' },
  lostafter: { fault: 'accept_and_reset' },
  silent: { fault: 'accept_and_hang' },
};

/** What `@demo.example` is like: eight people of a hundred, always the same ones, are some trouble. */
const DEMO = '@demo.example';
const DEMO_RULES = [
  { match: { share: { from: 0, below: 0.02 } }, does: { status: 550 } },
  { match: { share: { from: 0.02, below: 0.04 }, timesPerAddress: 1 }, does: { status: 450 } },
  { match: { share: { from: 0.04, below: 0.05 } }, does: { fault: 'accept_and_reset' } },
  { match: { share: { from: 0.05, below: 0.08 } }, does: { latencyMs: 1_500 } },
];

/** Made anew for each simulator, because rules count their use. */
export function builtInRules(): Rule[] {
  const faults = Object.entries(FAULTS).map(([name, does]) => ({
    match: { toSuffix: `@${name}.fault.example`, ...(name === 'greylist' && { timesPerAddress: 1 }) },
    does,
  }));
  const demo = DEMO_RULES.map(({ match, does }) => ({ match: { toSuffix: DEMO, ...match }, does }));
  return [...faults, ...demo].map((rule) => ruleSchema.parse(rule));
}
