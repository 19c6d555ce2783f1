/**
 * How many scripts can be started in isolation a second, and how many cores would 100 a second need? The runner as the executor has it,
 * with a script of one line in each language; from asking for a run to the end of everything that it was.
 */
import { availableParallelism } from 'node:os';
import { createBubblewrapRunner } from '@carillon/runner';
import { Explained } from '../scripts/bootstrap.mjs';
import { installSandbox } from '../scripts/lib/debian.mjs';
import { atEnd } from './lib/ending.mjs';
import { processorSecondsWithEnded } from './lib/processor.mjs';
import { median, say } from './lib/report.mjs';

const SOURCES = { python: 'print("hello")', javascript: 'console.log("hello")' };
const WANTED_PER_SECOND = 100;

/** @param {{ json?: boolean, rows?: number }} options `rows` are runs in each language */
export async function run({ json = false, rows = 300 } = {}) {
  if (!(rows >= 2)) throw new Explained(`--rows is ${rows}: it must be at least 2`);
  installSandbox(say);
  const places = 2 * availableParallelism();
  const found = await createBubblewrapRunner({ places, searchPath: '/usr/local/bin:/usr/bin:/bin', now: Date.now });
  if (found.kind === 'off') throw new Explained(`scripts cannot be run here: ${found.reason}`);
  const { runner } = found;
  const release = atEnd(() => runner.close());
  try {
    const answer = {
      cores: availableParallelism(),
      atOnce: places,
      memory: runner.memory,
      isRoot: process.getuid() === 0,
    };
    for (const language of Object.keys(SOURCES)) {
      const missing = runner.missing[language];
      if (missing !== undefined) throw new Explained(`no ${language}: ${missing}`);
      say(`starting ${rows} scripts in ${language}`);
      answer[language] = await measure(runner, language, rows, places);
    }
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else console.table(Object.fromEntries(Object.keys(SOURCES).map((language) => [language, answer[language]])));
    return answer;
  } finally {
    await runner.close();
    release();
  }
}

async function measure(runner, language, rows, places) {
  const times = [];
  const one = async () => {
    const startedMs = performance.now();
    const end = await runner.run({ language, source: SOURCES[language], parameters: '{}' });
    if (end.kind !== 'ended' || end.output !== 'hello\n')
      throw new Error(`a script did not run: ${JSON.stringify(end)}`);
    times.push(performance.now() - startedMs);
  };
  // Alone on the machine: what a start takes; its files are then in memory.
  for (let n = 0; n < Math.min(20, rows); n++) await one();
  const aloneMs = median(times.splice(0));
  let left = rows;
  const cpuBefore = processorSecondsWithEnded('self');
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: places }, async () => {
      while (left-- > 0) await one();
    }),
  );
  const seconds = (performance.now() - startedMs) / 1_000;
  const cpuMs = ((processorSecondsWithEnded('self') - cpuBefore) * 1_000) / rows;
  return {
    aloneMs: Math.round(aloneMs * 10) / 10,
    startsPerSecond: Math.round((rows / seconds) * 10) / 10,
    cpuMsPerStart: Math.round(cpuMs * 10) / 10,
    coresFor100PerSecond: Math.round(((cpuMs * WANTED_PER_SECOND) / 1_000) * 100) / 100,
  };
}
