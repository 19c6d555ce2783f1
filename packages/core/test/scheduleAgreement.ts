/** Compares our moments with those of the oracle: from a beginning on, and around every change of clocks. */
import { expect } from '@jest/globals';
import { nextOccurrences, type Schedule } from '../src/index.ts';
import { type CronCase, clockChanges, oracleOccurrences } from './scheduleOracle.ts';

const AROUND_MS = 36 * 3_600_000;

/** The moments in [fromMs, toMs), at most `limit`. */
export function ownOccurrences(schedule: Schedule, fromMs: number, toMs: number, limit: number): number[] {
  return nextOccurrences({ ...schedule, endsAtMs: toMs - 1 }, fromMs - 1, limit);
}

/** @returns how many moments were compared */
export function expectAgreement(cron: CronCase, fromMs: number, toMs: number, limit: number): number {
  const schedule: Schedule = { type: 'cron', ...cron };
  const expected = oracleOccurrences(cron, fromMs, toMs, limit);
  expect({ cron, moments: ownOccurrences(schedule, fromMs, toMs, limit) }).toEqual({ cron, moments: expected });
  let compared = expected.length;
  for (const change of clockChanges(cron.zone, fromMs, toMs)) {
    const around = oracleOccurrences(cron, change - AROUND_MS, change + AROUND_MS, 3_000);
    const own = ownOccurrences(schedule, change - AROUND_MS, change + AROUND_MS, 3_000);
    expect({ cron, change, moments: own }).toEqual({ cron, change, moments: around });
    compared += around.length;
  }
  return compared;
}
