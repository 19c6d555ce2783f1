/** 2,000 slow checks at once in one real validator process: that they are, and what memory that takes, as the benchmark says it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('one validator holds 2,000 checks at once below 300 MB', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/bench.mjs', 'checks', '--rows', '2000', '--json'],
    { cwd: ROOT },
  );
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({ checks: 2_000, mostInFlight: 2_000, charged: 2_000, chargedTwice: 0 });
  expect(answer.peakRssMb).toBeLessThan(300);
}, 300_000);
