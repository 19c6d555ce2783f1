/**
 * Looks up calls whose outcome nobody knows, where the provider can be asked: what it has is settled as it says, what it does not
 * have goes on to its next try. Nothing is done a second time unseen. Any number of processes may look the same call up: the first
 * truth counts.
 */
import type { Channel, LookupResult } from '@carillon/channels';
import type { Provider, SendOutcome } from '@carillon/contracts';
import { encodeReference, type Random } from '@carillon/core';
import {
  clearDoubts,
  type Database,
  findLostCalls,
  type LostCall,
  readPolicy,
  settleLateOutcomes,
  storeResults,
} from '@carillon/db';
import { createDuty, type Duty, failpoint, type Logger, type Metrics } from '@carillon/runtime';
import { FRESH_MS } from './context.ts';
import type { NegativeControl } from './controls.ts';
import { decide } from './decide.ts';
import type { OnJobRefused } from './refusals.ts';
import { type VerdictStore, verdictOf } from './verdicts.ts';

/** Calls read at once, and asked about at once: a look-up is a short call, and there should be few. */
const PER_PAGE = 200;
const PARALLEL = 16;

/** What is asked in place of an answer that was lost, and what it came to. */
const ABSENT = {
  kind: 'retry',
  code: 'call_lost',
  message: 'the answer was lost, and the provider does not have the request',
} as const satisfies SendOutcome;

/** Somebody else is asked than was called. A person who knows both has to say what became of it. */
const MOVED = {
  kind: 'unavailable',
  message: 'the address of the provider was changed since the call; settle it by hand',
} as const satisfies LookupResult;

export interface LookupOptions {
  readonly db: Database['pool'];
  readonly channel: Channel;
  /** The newest state of a provider account, secrets in the clear. */
  readonly provider: (id: number) => Promise<Provider>;
  readonly verdicts: VerdictStore | undefined;
  readonly onJobRefused: OnJobRefused;
  readonly referenceKey: Uint8Array;
  readonly intervalMs: number;
  /** How long an outcome must have been unknown: longer than a request can be on its way. */
  readonly settledMs: number;
  readonly random: Random;
  readonly control: NegativeControl;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Something is to be tried again. */
  readonly wake: () => void;
}

/** The duty that does so; undefined for a channel whose provider cannot be asked. */
export function createLookups(options: LookupOptions): Duty | undefined {
  const { db, channel, logger, metrics } = options;
  const lookup = channel.lookup?.bind(channel);
  if (lookup === undefined) return undefined;
  const results = Object.fromEntries(
    (['found', 'absent', 'unavailable'] as const).map((result) => [
      result,
      metrics.hotCounter('carillon_lookups_total', 'Look-ups of calls whose answer was lost, by result', {
        channel: channel.name,
        result,
      }),
    ]),
  ) as Record<LookupResult['kind'], ReturnType<Metrics['hotCounter']>>;

  /** What became of the latest of the lost tries that the provider has; `absent` when it has none of them. */
  async function ask(lost: LostCall): Promise<LookupResult> {
    // The negative control: what was lost is taken for not done.
    if (options.control === 'blind_recheck') return { kind: 'absent' };
    const provider = await options.provider(lost.providerAccountId);
    // A claim may have been called for by what was known of the provider a little before.
    if ('movedAtMs' in provider && lost.begunAtMs <= provider.movedAtMs + FRESH_MS) return MOVED;
    for (const tried of lost.lostTries) {
      const found = await lookup?.(encodeReference({ ...lost, try: tried }, options.referenceKey), provider);
      if (found !== undefined && found.kind !== 'absent') return found;
    }
    return { kind: 'absent' };
  }

  async function settle(lost: LostCall): Promise<void> {
    const result = await ask(lost);
    results[result.kind].add();
    if (result.kind === 'unavailable') {
      logger.warn({ batch: lost.batchId, reason: result.message }, 'a lost call could not be looked up; later again');
      return;
    }
    await failpoint('after_lookup');
    const outcome: SendOutcome = result.kind === 'found' ? result.outcome : ABSENT;
    const decision = decide(outcome, lost, await readPolicy(db, lost), options.random);
    const { accountId, batchId, number, day } = lost;
    const verdict = options.verdicts && verdictOf(outcome, decision);
    if (verdict) await options.verdicts?.([{ accountId, batchId, number, ...verdict }], day);
    const { result: found } = outcome;
    if (found) await storeResults(db, [{ accountId, batchId, number, try: lost.try, result: found }], day);
    if (outcome.kind === 'rejected' && outcome.concerns === 'job') await options.onJobRefused(lost, outcome.code);
    // Of none of its tries the provider has anything.
    if (outcome === ABSENT && lost.lostTries.some((tried) => tried !== lost.try))
      await clearDoubts(db, [lost], ABSENT, day);
    await settleLateOutcomes(db, [{ accountId, day, batchId, number, try: lost.try, ...decision }], day);
    if (decision.state === 'scheduled') options.wake();
  }

  let after: LostCall | undefined;
  return createDuty({
    name: 'lookups',
    intervalMs: options.intervalMs,
    logger,
    metrics,
    async runOnce(signal) {
      const found = await findLostCalls(db, {
        channel: channel.name,
        settledMs: options.settledMs,
        limit: PER_PAGE,
        after,
      });
      const left = [...found];
      const worker = async (): Promise<void> => {
        for (let lost = left.shift(); lost !== undefined && !signal.aborted; lost = left.shift()) await settle(lost);
      };
      // Where this page ends, also when one of it fails: it is met again in the next round.
      const more = found.length === PER_PAGE;
      after = more ? found.at(-1) : undefined;
      await Promise.all(Array.from({ length: PARALLEL }, worker));
      return { more };
    },
  });
}
