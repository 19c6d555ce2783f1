/**
 * Named places where a test can make a service die, stop or wait, so that "killed right after the claim was committed" is
 * a test and not a matter of luck. Unset, a failpoint is one comparison; in production loadConfig refuses to set one.
 *
 * `CARILLON_FAILPOINTS` is a list separated by commas: `after_claim=kill:3,before_settle=delay:500`.
 * - `kill:n`   kill -9 of the own process at the n-th hit (default 1)
 * - `stop:n`   SIGSTOP of the own process at the n-th hit; the test sends SIGCONT
 * - `throw:n`  an error at the n-th hit
 * - `delay:ms` every hit returns a promise that takes this long
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** All there are, by what marks them. Whoever adds one says in test/crash/strikes.ts, or in a service's test, where it is killed at. */
export const FAILPOINTS = {
  /** Of packages/worker, in every service that works batches off. */
  worker: [
    'before_claim',
    'after_claim',
    'after_read_back',
    'after_write',
    'before_settle',
    'after_verdicts',
    'after_settle',
    'after_lookup',
  ],
  scheduler: ['before_expand_commit', 'before_dates_commit'],
  api: ['api_before_commit', 'api_after_commit'],
} as const;

/** What marks a place in the code. */
export type FailpointName = (typeof FAILPOINTS)[keyof typeof FAILPOINTS][number];

type Action = { kind: 'kill' | 'stop' | 'throw'; atHit: number } | { kind: 'delay'; milliseconds: number };

/** What a list of failpoints says, or what is wrong with it. */
export type FailpointsResult =
  | { readonly ok: true; readonly actions: ReadonlyMap<string, Action> }
  | { readonly ok: false; readonly problem: string };

let armed: Map<string, { action: Action; hits: number }> | undefined;

/** Reads the list without arming it. */
export function parseFailpoints(text: string): FailpointsResult {
  const actions = new Map<string, Action>();
  for (const part of text.split(',').filter(Boolean)) {
    const match = /^([a-z][a-z0-9_]*)=(kill|stop|throw|delay)(?::(\d{1,7}))?$/.exec(part.trim());
    const [, name, kind, argument] = match ?? [];
    if (name === undefined || (kind === 'delay' && argument === undefined) || argument === '0')
      return { ok: false, problem: `"${part.trim()}" must look like after_claim=kill:3 or before_settle=delay:500` };
    const count = Number(argument ?? 1);
    actions.set(
      name,
      kind === 'delay' ? { kind, milliseconds: count } : { kind: kind as 'kill' | 'stop' | 'throw', atHit: count },
    );
  }
  return { ok: true, actions };
}

/** Arms what the list names, from now on in this process; an empty list disarms all. Called by loadConfig. */
export function armFailpoints(text: string): void {
  const parsed = parseFailpoints(text);
  if (!parsed.ok) throw new TypeError(parsed.problem);
  armed =
    parsed.actions.size === 0
      ? undefined
      : new Map([...parsed.actions].map(([name, action]) => [name, { action, hits: 0 }]));
}

/**
 * Marks a place. Await it where waiting is possible; on a hot path `const wait = failpoint(name); if (wait) await wait;`
 * costs nothing while no failpoint is armed.
 */
export function failpoint(name: FailpointName): Promise<void> | undefined {
  return armed === undefined ? undefined : hit(armed, name);
}

function hit(points: Map<string, { action: Action; hits: number }>, name: string): Promise<void> | undefined {
  const point = points.get(name);
  if (point === undefined) return undefined;
  point.hits += 1;
  const { action } = point;
  if (action.kind === 'delay') return pause(action.milliseconds);
  if (point.hits !== action.atHit) return undefined;
  // Synchronous, since nothing that is buffered survives what follows.
  writeSync(2, `${JSON.stringify({ msg: 'failpoint', name, action: action.kind, hit: point.hits })}\n`);
  if (action.kind === 'throw') throw new Error(`failpoint ${name}`);
  process.kill(process.pid, action.kind === 'kill' ? 'SIGKILL' : 'SIGSTOP');
  // The signal may take a moment; not one more instruction of the caller may run before it.
  if (action.kind === 'kill') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return undefined;
}
