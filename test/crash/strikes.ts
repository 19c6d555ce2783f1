/**
 * Where each suite kills a worker: at every failpoint that it marks, in the middle of the work, or why that place is never reached there.
 * A failpoint that a table lacks is an error of types; strikes.test.ts compares tables, tests and code.
 */
import type { FAILPOINTS } from '@carillon/runtime';

type WorkerFailpoint = (typeof FAILPOINTS)['worker'][number];

/** The hit at which it strikes, or the reason why it never does. */
type Strikes = Readonly<Record<WorkerFailpoint, number | { readonly never: string }>>;

const NO_VERDICTS = { never: 'only checks have verdicts' };
const NOT_ASKED = { never: 'such a provider cannot be asked what became of a call' };

/** By suite. */
export const STRIKES = {
  announcements: {
    before_claim: 15,
    after_claim: 15,
    after_read_back: 15,
    after_write: 1_500,
    before_settle: 15,
    after_verdicts: NO_VERDICTS,
    after_settle: 15,
    after_lookup: NOT_ASKED,
  },
  email: {
    before_claim: 10,
    after_claim: 10,
    after_read_back: 10,
    after_write: 500,
    before_settle: 10,
    after_verdicts: NO_VERDICTS,
    after_settle: 10,
    after_lookup: NOT_ASKED,
  },
  payments: {
    before_claim: 4,
    after_claim: 4,
    after_read_back: 4,
    after_write: 100,
    before_settle: 8,
    after_verdicts: NO_VERDICTS,
    after_settle: 8,
    after_lookup: 5,
  },
  checks: {
    before_claim: 4,
    after_claim: 4,
    after_read_back: 4,
    after_write: 200,
    before_settle: 8,
    after_verdicts: 8,
    after_settle: 8,
    after_lookup: 5,
  },
} as const satisfies Readonly<Record<string, Strikes>>;

/** The failpoints at which a suite kills, each with what is armed for that. */
export function strikesOf(suite: keyof typeof STRIKES): [WorkerFailpoint, string][] {
  return (Object.entries(STRIKES[suite]) as [WorkerFailpoint, Strikes[WorkerFailpoint]][]).flatMap(([name, hit]) =>
    typeof hit === 'number' ? [[name, armed(name, hit)]] : [],
  );
}

function armed(name: WorkerFailpoint, hit: number): string {
  // A claim is read back only when its answer was lost.
  return name === 'after_read_back' ? `after_claim=throw:${hit},after_read_back=kill` : `${name}=kill:${hit}`;
}
