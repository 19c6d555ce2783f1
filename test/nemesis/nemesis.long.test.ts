/**
 * The nemesis, shortly: all of the product with everything done to it that a seed says, once with the same seed each time and once with one
 * by chance, which is printed. `npm run nemesis -- --seed N --seconds 20` does the same again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SECONDS = 20;
const SAME_SEED = 20_261_130;
/** The start may wait for a minute, so that people are greeted in the middle; and what does not come to rest is waited for. */
const LIMIT_MS = 480_000;
/** So much of what it says of each violation is enough to know what it is about. */
const SHOWN = 2_000;

interface Verdict {
  readonly seed: number;
  readonly verdict: string;
  readonly faults: Record<string, number>;
  readonly deliveries: number;
  readonly violations: readonly { kind: string; who: string; evidence: unknown }[];
}

/** Runs it as a process of its own. @throws with the seed and whatever it said, when it ends without a verdict */
async function run(seed: number, ...how: string[]): Promise<{ code: number | null; verdict: Verdict }> {
  const child = spawn(process.execPath, ['scripts/nemesis.mjs', '--seed', `${seed}`, ...how, '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, log, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  try {
    return { code, verdict: JSON.parse(out) };
  } catch {
    throw new Error(
      `seed ${seed} ended with ${code} and without a verdict:\n${log.slice(-SHOWN)}\n${out.slice(-SHOWN)}`,
    );
  }
}

function shown(violations: Verdict['violations']): string[] {
  return violations.map((violation) => JSON.stringify(violation).slice(0, SHOWN));
}

test.each<[string, number]>([
  ['the same seed each time', SAME_SEED],
  ['a seed by chance', Math.floor(Math.random() * 1_000_000)],
])(
  'the promise is kept with %s (%i)',
  async (_which, seed) => {
    process.stderr.write(`nemesis: seed ${seed}, ${SECONDS} s\n`);
    const { code, verdict } = await run(seed, '--seconds', `${SECONDS}`);
    const { deliveries, faults, violations } = verdict;
    const told = shown(violations);
    // All in one, so that whoever sees it fail sees the seed and what was found.
    const { verdict: word } = verdict;
    expect({ seed: verdict.seed, word, violations: told, code }).toEqual({
      seed,
      word: 'kept',
      violations: [],
      code: 0,
    });
    expect(deliveries).toBeGreaterThan(0);
    expect(Object.values(faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
