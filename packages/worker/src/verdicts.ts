/** What checks of addresses find out, on its way into Postgres: stored before the outcome that carries it, and counted. */
import type { SendOutcome } from '@carillon/contracts';
import { type Database, type FoundVerdict, storeVerdicts } from '@carillon/db';
import type { Metrics } from '@carillon/runtime';
import type { Decision } from './decide.ts';

/** The verdict of a call, without whose it is. */
export type CallVerdict = Omit<FoundVerdict, 'accountId' | 'batchId' | 'number'>;

/** Stores verdicts of one day; repeating it changes nothing. */
export type VerdictStore = (found: readonly FoundVerdict[], day: string) => Promise<void>;

/** Every verdict there is; labels of `carillon_checks_total`. */
const VERDICTS = ['deliverable', 'undeliverable', 'risky', 'unknown'] as const;

/** What a check's outcome says about the address; nothing while it goes on, or while nobody knows. */
export function verdictOf(outcome: SendOutcome, decision: Pick<Decision, 'state' | 'code'>): CallVerdict | undefined {
  if (outcome.kind === 'accepted') {
    return outcome.verdict ?? { verdict: 'unknown', reason: 'no_verdict', checkedBy: null, costMicros: 0 };
  }
  if (decision.state !== 'failed') return undefined;
  return { verdict: 'unknown', reason: decision.code ?? 'failed', checkedBy: null, costMicros: 0 };
}

/**
 * A store that counts what is new.
 * @param restMs how long an address rests after a check that found nothing out
 */
export function createVerdictStore(db: Database['pool'], metrics: Metrics, restMs?: number): VerdictStore {
  const counters = new Map(
    VERDICTS.map((verdict) => [
      verdict,
      metrics.hotCounter('carillon_checks_total', 'Checks of addresses that ended, by verdict', { verdict }),
    ]),
  );
  const spent = metrics.counter(
    'carillon_check_spend_micros_total',
    "What checks cost, in millionths of the currency's unit",
    ['currency'],
  );
  return async (found, day) => {
    for (const { verdict, currency, costMicros } of await storeVerdicts(db, found, day, restMs)) {
      counters.get(verdict)?.add();
      spent.inc({ currency }, costMicros);
    }
  };
}
