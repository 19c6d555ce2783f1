/**
 * Open files that this process was started with and that a child would inherit: what a supervisor left open would be a script's
 * to read. Node closes its own at each start of a child, and nobody closes these.
 */
import { openSync, readdirSync, readFileSync } from 'node:fs';

const CLOSED_AT_START = 0o2000000;
/** What a child is given on purpose. */
const FIRST_OTHER = 3;

/** The numbers of those above the standard streams. */
function inheritedDescriptors(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((descriptor) => descriptor >= FIRST_OTHER && stays(descriptor));
}

/** The listing's own descriptor is gone by now. */
function stays(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSED_AT_START) === 0;
  } catch {
    return false;
  }
}

export type StreamChoice = 'pipe' | 'ignore' | number;

/**
 * What a child's streams are beside those that it is given: /dev/null wherever it would inherit something.
 * @returns a function from the streams that are wanted to all that must be named
 */
export function coverInherited(): (wanted: readonly StreamChoice[]) => StreamChoice[] {
  const inherited = inheritedDescriptors();
  if (inherited.length === 0) return (wanted) => [...wanted];
  const nothing = openSync('/dev/null', 'r+');
  return (wanted) => {
    const all: StreamChoice[] = [...wanted];
    for (const descriptor of inherited) {
      while (all.length <= descriptor) all.push('ignore');
      if (all[descriptor] === 'ignore') all[descriptor] = nothing;
    }
    return all;
  };
}
