/** What a `.cpuprofile` of Node says: which part of a program the processor was in, by its samples. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of V8's own entries: waiting is no work. */
const WAITING = '(idle)';
const BY_NAME = { '(garbage collector)': 'garbage collection', '(program)': 'native code, system calls' };

/**
 * The shares of the processor time of a process, in percent, the largest first.
 * @param folder where Node wrote one profile
 * @returns `{ part, percent }` of all that is at least `leastPercent`, and the rest together
 */
export function sharesOfProfile(folder, leastPercent = 1) {
  const name = readdirSync(folder).find((entry) => entry.endsWith('.cpuprofile'));
  if (name === undefined) throw new Error(`there is no profile in ${folder}`);
  return sharesOf(JSON.parse(readFileSync(join(folder, name), 'utf8')), leastPercent);
}

/** The same of a profile that is read already. */
export function sharesOf({ nodes, samples, timeDeltas }, leastPercent = 1) {
  const partOfNode = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]));
  const micros = new Map();
  let all = 0;
  for (const [n, id] of samples.entries()) {
    const part = partOfNode.get(id);
    // A sample lasts until the next one.
    const lasted = timeDeltas[n + 1] ?? 0;
    if (part === undefined || lasted <= 0) continue;
    micros.set(part, (micros.get(part) ?? 0) + lasted);
    all += lasted;
  }
  const shares = [...micros].map(([part, value]) => ({ part, percent: (100 * value) / all }));
  const large = shares.filter(({ percent }) => percent >= leastPercent).sort((a, b) => b.percent - a.percent);
  const small = shares.filter(({ percent }) => percent < leastPercent).reduce((sum, { percent }) => sum + percent, 0);
  if (small > 0) large.push({ part: 'the rest', percent: small });
  return large.map(({ part, percent }) => ({ part, percent: Number(percent.toFixed(1)) }));
}

/** What a frame belongs to: a package, a part of Carillon or of Node; undefined while nothing is done. */
function partOf({ functionName, url }) {
  if (functionName === WAITING) return undefined;
  if (BY_NAME[functionName] !== undefined) return BY_NAME[functionName];
  const library = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url);
  if (library !== null) return library[1];
  const own = /\/(packages|services)\/([^/]+)\/dist\//.exec(url);
  if (own !== null) return `Carillon: ${own[1] === 'services' ? 'service ' : ''}${own[2]}`;
  if (url.startsWith('node:'))
    return `Node: ${
      url
        .slice(5)
        .replace(/^internal\//, '')
        .split(/[/_]/)[0]
    }`;
  if (url.startsWith('wasm:')) return 'llhttp, by WebAssembly';
  return 'native code, system calls';
}
