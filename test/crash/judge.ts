/**
 * The judge of the crash tests: compares three things that know nothing of each other. Who should be told (the seeded
 * people), what the database says became of each, and what the provider's ledger says each received.
 */
import { findWrongBatches, seededEmail, seededPhone } from '@carillon/testkit';
import { type Announcement, PEOPLE, type Stack } from './stack.ts';

/** Every number but `told`, `unknown` and `unknownAccepted` must be 0 for the promise to be kept. */
export interface Verdict {
  /** Addresses in the ledger at least once. */
  readonly told: number;
  /** Addresses in the ledger more than once. */
  readonly duplicates: number;
  /** People who are neither in the ledger nor in a recorded state that says why. */
  readonly lost: number;
  /** Deliveries that still are `scheduled` or `sending`. */
  readonly unsettled: number;
  /** Deliveries whose outcome nobody knows. */
  readonly unknown: number;
  /** Of these, those that the ledger has. */
  readonly unknownAccepted: number;
  /** Deliveries that the database calls sent or delivered and the ledger does not have. */
  readonly claimedFalsely: number;
  /** Addresses that the ledger has and whose delivery is in a state that denies it. */
  readonly denied: number;
  /** Addresses in the ledger that nobody meant to tell, and deliveries beside the one per person. */
  readonly surplus: number;
  /** Batches whose counts differ from the states of their deliveries. */
  readonly miscounted: number;
}

/** What a run looks like that went well, whatever was broken meanwhile. */
export const KEPT = {
  duplicates: 0,
  lost: 0,
  unsettled: 0,
  claimedFalsely: 0,
  denied: 0,
  surplus: 0,
  miscounted: 0,
} as const;

/** And one after which nothing is left to ask. */
export const COMPLETE = { ...KEPT, told: PEOPLE, unknown: 0, unknownAccepted: 0 } as const;

export async function judge(stack: Stack, { runId, channel, people: count }: Announcement): Promise<Verdict> {
  const addressOf = channel === 'email' ? seededEmail : seededPhone;
  const { rows: deliveries } = await stack.database.pool.query<{ address: string; state: string }>(
    'SELECT address, state FROM deliveries WHERE run_id = $1',
    [runId],
  );
  const wrong = await findWrongBatches(stack.database.pool, runId);
  const received = new Map(
    (await stack.ledger.addresses(runId)).map(({ to, acceptances }) => [to, acceptances] as const),
  );
  const people = new Set(Array.from({ length: count }, (_, index) => addressOf(index + 1)));
  const states = new Map<string, string[]>();
  for (const { address, state } of deliveries) {
    const known = states.get(address);
    if (known === undefined) states.set(address, [state]);
    else known.push(state);
  }

  const verdict = {
    told: [...received.values()].filter((count) => count > 0).length,
    duplicates: [...received.values()].filter((count) => count > 1).length,
    lost: 0,
    unsettled: 0,
    unknown: 0,
    unknownAccepted: 0,
    claimedFalsely: 0,
    denied: 0,
    surplus: deliveries.length - states.size,
    miscounted: wrong.length,
  };
  for (const address of new Set([...states.keys(), ...received.keys()])) if (!people.has(address)) verdict.surplus += 1;
  for (const address of people) {
    const accepted = (received.get(address) ?? 0) > 0;
    const own = states.get(address) ?? [];
    const says = (...wanted: string[]): boolean => own.some((state) => wanted.includes(state));
    if (own.length === 0 && !accepted) verdict.lost += 1;
    if (says('scheduled', 'sending')) {
      verdict.unsettled += 1;
      if (!accepted) verdict.lost += 1;
    }
    if (says('unknown')) {
      verdict.unknown += 1;
      if (accepted) verdict.unknownAccepted += 1;
    }
    if (says('sent', 'delivered') && !accepted) verdict.claimedFalsely += 1;
    if (accepted && !says('sent', 'delivered', 'unknown')) verdict.denied += 1;
  }
  return verdict;
}
