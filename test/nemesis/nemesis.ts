/** Runs the nemesis as its users do. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_OUTPUT = 256 * 1024 * 1024;

/** What `--json` answers. */
export interface Verdict {
  readonly seed: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly deliveries: number;
  readonly violations: readonly { readonly kind: string; readonly who: string; readonly evidence: unknown }[];
}

/** @returns its verdict, its exit code, and what it told while it worked */
export async function nemesis(...words: string[]): Promise<{ verdict: Verdict; code: number; told: string }> {
  const asked = promisify(execFile)(process.execPath, ['scripts/nemesis.mjs', ...words, '--json'], {
    cwd: ROOT,
    maxBuffer: MOST_OUTPUT,
  });
  // It ends with a code when it found something; what it found stands in its answer.
  const { stdout, stderr, code = 0 } = await asked.catch((error) => error);
  if (stdout === '') throw new Error(`the nemesis ended without a verdict:\n${stderr}`);
  return { verdict: JSON.parse(stdout), code, told: stderr };
}
