/** Cron expressions in all sorts of zones, over ten years and every change of clocks, against an independent implementation. */
import { expect, test } from '@jest/globals';
import { expectAgreement } from './scheduleAgreement.ts';
import { cronCases } from './scheduleOracle.ts';

const FROM = Date.UTC(2024, 0, 1);
const TO = Date.UTC(2034, 0, 1);

test('ten years or 3,000 moments of 300 pairs of expression and zone, and every change of clocks, are as others tell them', () => {
  const cases = cronCases(1);
  expect(cases.length).toBeGreaterThanOrEqual(300);
  let compared = 0;
  for (const cron of cases) compared += expectAgreement(cron, FROM, TO, 3_000);
  expect(compared).toBeGreaterThan(300_000);
}, 1_800_000);
