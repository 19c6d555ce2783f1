/**
 * All benchmarks one after the other, each in a process of its own, and what becomes of their answers: a dated result file, and from it the
 * figures and plots of the docs. The file is written after each, so that what was measured is not lost with what comes later.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { Explained, root } from '../../scripts/bootstrap.mjs';
import { atEnd } from './ending.mjs';
import { plotsOf, withFigures } from './figures.mjs';
import { describeMachine } from './machine.mjs';
import { say } from './report.mjs';
import { watchStolen } from './stolen.mjs';
import { SUITE } from './suite.mjs';

const RESULTS = join(root, 'bench', 'results');
const DOCUMENT = join(root, 'docs', 'benchmarks.md');
const PLOTS = join(root, 'docs', 'benchmarks');
/** Of one that nothing is known of. */
const MINUTES = 5;
const QUICK_MINUTES = 1;

/**
 * Runs them and writes the result file, and unless they are quick the docs.
 * @param names of all that there are
 * @param quick at small sizes, to see that each works; the docs stay as they are
 * @param only the names of those that are wanted; all without it. The docs stay as they are then, too
 * @throws Explained with the names of those that failed, once all have run
 */
export async function runAll({ names, quick = false, only }) {
  const unknown = (only ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Explained(`there is no benchmark ${unknown.join(', ')}`);
  const wanted = inOrder(names).filter((name) => only === undefined || only.includes(name));
  const minutesOf = (name) => (quick ? QUICK_MINUTES : (SUITE[name]?.minutes ?? MINUTES));
  const sum = wanted.reduce((total, name) => total + minutesOf(name), 0);
  const startedMs = Date.now();
  const result = { startedAt: new Date(startedMs).toISOString(), quick, machine: await describeMachine(), results: {} };
  const file = join(RESULTS, `${quick ? 'quick-' : ''}${result.startedAt.slice(0, 16).replaceAll(':', '')}.json`);
  for (const [n, name] of wanted.entries()) {
    const elapsed = Math.round((Date.now() - startedMs) / 60_000);
    say(
      `\n${n + 1} of ${wanted.length}: ${name}, about ${minutesOf(name)} min; ${elapsed} min elapsed of about ${sum}`,
    );
    result.results[name] = await runOne(name, quick ? (SUITE[name]?.quick ?? []) : []);
    write(file, result);
  }
  say(`\nwritten: ${relative(root, file)}`);
  if (quick) say('the docs are as they were: small sizes say nothing');
  else if (only !== undefined)
    say('the docs are as they were; `npm run bench -- report FILE FILE` puts several results together');
  else writeReport([file]);
  const failed = Object.entries(result.results).filter(([, { error }]) => error !== undefined);
  if (failed.length > 0) throw new Explained(`these failed: ${failed.map(([name]) => name).join(', ')}`);
}

/** Writes the figures and plots of result files into the docs; the last one counts. */
export function writeReport(paths) {
  const files = paths.map((path) => ({ name: relative(root, path), result: JSON.parse(readFileSync(path, 'utf8')) }));
  writeFileSync(DOCUMENT, withFigures(readFileSync(DOCUMENT, 'utf8'), files));
  mkdirSync(PLOTS, { recursive: true });
  for (const [name, svg] of Object.entries(plotsOf(files))) writeFileSync(join(PLOTS, name), svg);
  say(`written: ${relative(root, DOCUMENT)} and its plots`);
}

/** Those of the suite in its order, then the others. */
function inOrder(names) {
  const known = Object.keys(SUITE).filter((name) => names.includes(name));
  return [...known, ...names.filter((name) => !known.includes(name))];
}

async function runOne(name, words) {
  const stolenPercent = watchStolen();
  const startedMs = performance.now();
  // By the channel it notices when this process is gone.
  const child = spawn(process.execPath, ['scripts/bench.mjs', name, ...words, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const closed = once(child, 'close');
  const release = atEnd(async () => {
    child.kill('SIGTERM');
    await closed;
  });
  const output = await text(child.stdout);
  const [code] = await closed;
  release();
  const answer = answerOf(output);
  return {
    words,
    seconds: Math.round((performance.now() - startedMs) / 1_000),
    stolenPercent: stolenPercent(),
    ...(code === 0 && answer !== undefined
      ? { answer }
      : { error: `it ended with ${code}`, ...(answer && { found: answer }) }),
  };
}

/** The last line is the answer. */
function answerOf(output) {
  try {
    return JSON.parse(output.trimEnd().split('\n').at(-1));
  } catch {
    return undefined;
  }
}

function write(file, result) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}
