/**
 * A part of a benchmark in a process of its own, so that it shares no loop with what is measured. It gets its task as one line of JSON and
 * answers with one; while it works its stdin stays open, and when that closes, because whoever asked is gone, it ends.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { atEnd } from './ending.mjs';

/** Runs `file` with `task`, and resolves with its answer. Throws when it ends without one; the reason stands on stderr. */
export async function askChild(file, task) {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'close');
  const release = atEnd(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  // One that is gone tells so by its missing answer.
  child.stdin.on('error', () => {});
  child.stdin.write(`${JSON.stringify(task)}\n`);
  const answer = await text(child.stdout);
  child.stdin.end();
  await gone;
  release();
  if (answer === '') throw new Error(`${basename(file)} ended without an answer`);
  return JSON.parse(answer);
}

/** The task of this process. */
export async function readTask() {
  const lines = createInterface({ input: process.stdin });
  const [line] = await once(lines, 'line');
  lines.on('close', () => process.exit(1));
  return JSON.parse(line);
}

/** Answers and ends, whatever is still open: nothing here outlives its answer. */
export function answerTask(answer) {
  process.stdout.write(JSON.stringify(answer), () => process.exit(0));
}
