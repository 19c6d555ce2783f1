/**
 * All benchmarks one after the other, each in a process of its own, and what becomes of their answers: a dated result file, and from it the
 * figures and plots of the docs. The file is written after each, so that what was measured is not lost with what comes later.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { Explained, root } from '../../scripts/bootstrap.mjs';
import { atEnd } from './ending.mjs';
import { missedOf, plotsOf, withFigures } from './figures.mjs';
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
/** One that takes so many times as long as usual, and this on top, hangs. */
const HANGS_TIMES = 4;
const HANGS_MINUTES = 30;

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
  const moment = result.startedAt.slice(0, 19).replaceAll(':', '');
  // Those of all are told of in the docs; others become so by `report`, and are whole only when they are done.
  const finished = join(RESULTS, `${quick ? 'quick-' : ''}${moment}.json`);
  const file = quick ? finished : join(RESULTS, `partial-${moment}.json`);
  for (const [n, name] of wanted.entries()) {
    const elapsed = Math.round((Date.now() - startedMs) / 60_000);
    say(
      `\n${n + 1} of ${wanted.length}: ${name}, about ${minutesOf(name)} min; ${elapsed} min elapsed of about ${sum}`,
    );
    result.results[name] = await runOne(name, quick ? (SUITE[name]?.quick ?? []) : [], minutesOf(name));
    write(file, result);
  }
  const isWhole = !quick && only === undefined;
  if (isWhole) renameSync(file, finished);
  say(`\nwritten: ${relative(root, isWhole ? finished : file)}`);
  tellMissed(result.results);
  if (quick) say('the docs are as they were: small sizes say nothing');
  else if (only !== undefined)
    say('the docs are as they were; `npm run bench -- report FILE FILE` puts several results together');
  else writeReport([finished]);
  const failed = Object.entries(result.results).filter(([, { error }]) => error !== undefined);
  if (failed.length > 0) throw new Explained(`these failed: ${failed.map(([name]) => name).join(', ')}`);
}

/** Writes the figures and plots of result files into the docs; the last one counts. Those that were partial are named as those of all from then on. */
export function writeReport(given) {
  const paths = given.map((path) => {
    const kept = join(dirname(path), basename(path).replace(/^partial-/, ''));
    if (kept !== path) renameSync(path, kept);
    return kept;
  });
  const files = paths.map((path) => ({ name: relative(root, path), result: JSON.parse(readFileSync(path, 'utf8')) }));
  writeFileSync(DOCUMENT, withFigures(readFileSync(DOCUMENT, 'utf8'), files));
  mkdirSync(PLOTS, { recursive: true });
  for (const [name, svg] of Object.entries(plotsOf(files))) writeFileSync(join(PLOTS, name), svg);
  say(`written: ${relative(root, DOCUMENT)} and its plots`);
}

function tellMissed(results) {
  for (const { name, what, floor, measured } of missedOf(results))
    say(`${name} misses a floor: ${what}: ${measured}, and not ${floor}`);
}

/** Those of the suite in its order, then the others. */
function inOrder(names) {
  const known = Object.keys(SUITE).filter((name) => names.includes(name));
  return [...known, ...names.filter((name) => !known.includes(name))];
}

async function runOne(name, words, minutes) {
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
  const hangs = setTimeout(() => child.kill('SIGTERM'), (HANGS_TIMES * minutes + HANGS_MINUTES) * 60_000);
  const output = await text(child.stdout);
  const [code] = await closed;
  clearTimeout(hangs);
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
