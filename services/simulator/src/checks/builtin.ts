/**
 * What the paid service says of an address without being told to, so that a person or a script can try each verdict and each
 * fault by the address alone. The rules of the control API come first. The names are under `.example`, which nobody has
 * (RFC 2606).
 */
import { type CheckRule, checkRuleSchema } from '../control.ts';

/** `<anything>@<name>.check.example`. */
const BY_NAME: Readonly<Record<string, object>> = {
  deliverable: { result: 'deliverable' },
  rejected: { result: 'undeliverable', reason: 'rejected_email' },
  nodomain: { result: 'undeliverable', reason: 'invalid_domain' },
  catchall: { result: 'risky', reason: 'low_deliverability', acceptAll: true },
  disposable: { result: 'risky', reason: 'low_quality', disposable: true },
  role: { result: 'risky', reason: 'low_quality', role: true },
  quality: { result: 'risky', reason: 'low_quality' },
  unknown: { result: 'unknown', reason: 'timeout' },
  shy: { result: 'unknown', reason: 'unavailable_smtp' },
  slow: { latencyMs: 3_000 },
  limit: { status: 429, retryAfterSeconds: 1 },
  busy: { status: 503 },
  unpaid: { status: 402 },
  hang: { fault: 'hang' },
  lostbefore: { fault: 'reset_before_accept' },
  lostafter: { fault: 'accept_and_reset' },
  silent: { fault: 'accept_and_hang' },
  error: { fault: 'accept_and_500' },
};
/** They give trouble to an address once, and then no more. */
const ONCE: ReadonlySet<string> = new Set(['shy', 'limit', 'busy']);

/** What `@demo.example` is like. Whom its mail server refuses (see `mail/builtin.ts`) is undeliverable here as well. */
const DEMO = '@demo.example';
const DEMO_RULES = [
  { match: { share: { from: 0, below: 0.02 } }, does: { result: 'undeliverable', reason: 'rejected_email' } },
  {
    match: { share: { from: 0.1, below: 0.13 } },
    does: { result: 'risky', reason: 'low_deliverability', acceptAll: true },
  },
  {
    match: { share: { from: 0.13, below: 0.15 }, timesPerAddress: 1 },
    does: { result: 'unknown', reason: 'unavailable_smtp' },
  },
  { match: { share: { from: 0.15, below: 0.16 }, timesPerAddress: 1 }, does: { fault: 'accept_and_reset' } },
];

/** Made anew for each simulator, because rules count their use. */
export function builtInCheckRules(): CheckRule[] {
  const named = Object.entries(BY_NAME).map(([name, does]) => ({
    match: { toSuffix: `@${name}.check.example`, ...(ONCE.has(name) && { timesPerAddress: 1 }) },
    does,
  }));
  const demo = DEMO_RULES.map(({ match, does }) => ({ match: { toSuffix: DEMO, ...match }, does }));
  return [...named, ...demo].map((rule) => checkRuleSchema.parse(rule));
}
