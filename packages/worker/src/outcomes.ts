/**
 * Gathers outcomes and writes them together, one statement at a time. Only outcomes are gathered, never intents: an
 * outcome that is lost with the process leaves its row `sending`, and that is found. While Postgres is away they wait
 * here; no more can come, because claiming needs Postgres too.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { TaskResult } from '@carillon/contracts';
import type { Monotonic } from '@carillon/core';
import {
  type DeliveryOutcome,
  type Queryable,
  settleLateOutcomes,
  settleOutcomes,
  storeResults,
  suppressRefused,
} from '@carillon/db';
import { failpoint, type Logger } from '@carillon/runtime';
import type { CallVerdict, VerdictStore } from './verdicts.ts';

const ROWS_MAX = 1_000;
/**
 * Many are gathered longer than few, of which each keeps a connection waiting. Few are gathered too: answers of calls that began
 * together come together, and so stay together from statement to statement. Written as they come, they need three times the statements.
 */
const MANY = 32;
/** From the first of them on: what came while others were written has waited already. Where no call waits for it, few are gathered as long as many. */
const GATHER_FEW_MS = 2;
const RETRY_MS = 200;

/**
 * An outcome to be written; `refusesAddress` when it says that the address itself is none, and must not be written to again;
 * `verdict` when it ends a check of the address; `result` what there is to keep of the try; `beforeStored` what must be done before
 * the outcome is stored, and may be done again.
 */
export type WritableOutcome = DeliveryOutcome & {
  readonly refusesAddress?: boolean;
  readonly verdict?: CallVerdict | undefined;
  readonly result?: TaskResult | undefined;
  readonly beforeStored?: (() => Promise<void>) | undefined;
};

export interface OutcomeWriterOptions<Outcome extends WritableOutcome> {
  readonly db: Queryable;
  readonly logger: Logger;
  readonly monotonic: Monotonic;
  /** How long to gather before writing, at most. */
  readonly gatherMs: number;
  /** Whether calls begin without waiting for what is gathered, because rows are claimed ahead. */
  readonly ahead: boolean;
  /** Keeps the verdicts that outcomes carry, where they carry any. */
  readonly verdicts?: VerdictStore | undefined;
  /** Called after every write with how many of whose outcomes are stored now. */
  readonly onStored: (stored: readonly Outcome[]) => void;
}

/** Takes outcomes at any time; `flushed` resolves when none is waiting. */
export interface OutcomeWriter<Outcome extends WritableOutcome> {
  add(outcome: Outcome): void;
  readonly waiting: number;
}

/** Starts with nothing to do; writes as soon as there is something. */
export function createOutcomeWriter<Outcome extends WritableOutcome>(
  options: OutcomeWriterOptions<Outcome>,
): OutcomeWriter<Outcome> {
  let waiting: Outcome[] = [];
  let writing = false;
  let lastRows = 0;
  /** When the first of those that wait came. */
  let waitingSinceMs = 0;

  /** As many of one day as go into a statement; the order among days does not matter. */
  function takeOneDay(): { day: string; rows: Outcome[] } {
    const day = (waiting[0] as Outcome).day;
    if (waiting.length <= ROWS_MAX && waiting.every((outcome) => outcome.day === day)) {
      const rows = waiting;
      waiting = [];
      return { day, rows };
    }
    const rows: Outcome[] = [];
    const rest: Outcome[] = [];
    for (const outcome of waiting) (outcome.day === day && rows.length < ROWS_MAX ? rows : rest).push(outcome);
    waiting = rest;
    return { day, rows };
  }

  async function write(day: string, rows: Outcome[]): Promise<void> {
    const refused = rows.filter((row) => row.refusesAddress);
    const results = rows.flatMap((row) => (row.result === undefined ? [] : [{ ...row, result: row.result }]));
    const verdicts = options.verdicts && rows.flatMap((row) => (row.verdict ? { ...row, ...row.verdict } : []));
    for (let left: readonly DeliveryOutcome[] = rows; left.length > 0; ) {
      try {
        await failpoint('before_settle');
        // First, so that none is forgotten; once more after an error does no harm.
        if (refused.length > 0) await suppressRefused(options.db, refused, day);
        await storeResults(options.db, results, day);
        for (const { beforeStored } of rows) if (beforeStored) await beforeStored();
        if (verdicts !== undefined && verdicts.length > 0) {
          await options.verdicts?.(verdicts, day);
          await failpoint('after_verdicts');
        }
        const late = await settleOutcomes(options.db, left, day);
        await failpoint('after_settle');
        // Nothing of this write is lost from here on; a repeat after an error finds rows that no longer match, and asks.
        left = late;
        if (late.length > 0) await settleLateOutcomes(options.db, late, day);
        left = [];
      } catch (error) {
        options.logger.warn({ err: error, outcomes: left.length }, 'outcomes could not be stored; trying again');
        await pause(RETRY_MS);
      }
    }
    options.onStored(rows);
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // At least what ends in the same turn of the loop goes together.
      await nextTurn();
      const many = options.ahead || Math.max(lastRows, waiting.length) >= MANY;
      const waitedMs = options.monotonic.now() - waitingSinceMs;
      const gatherMs = many ? options.gatherMs : Math.min(options.gatherMs, GATHER_FEW_MS - waitedMs);
      if (gatherMs > 0 && waiting.length < ROWS_MAX) await pause(gatherMs);
      const { day, rows } = takeOneDay();
      lastRows = rows.length;
      await write(day, rows);
    }
    writing = false;
  }

  return {
    add(outcome) {
      if (waiting.length === 0) waitingSinceMs = options.monotonic.now();
      waiting.push(outcome);
      if (writing) return;
      writing = true;
      void run();
    },
    get waiting() {
      return waiting.length;
    },
  };
}
