/**
 * Scripts in isolation by bubblewrap, on Linux. Before it is ready it runs a script of each language: what does not work on this
 * machine is found out at the start, with the reason, and not by the first user.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  DEFAULT_LIMITS,
  type RunnerResult,
  type ScriptEnd,
  type ScriptLanguage,
  type ScriptLimits,
  type ScriptRunner,
  type ScriptToRun,
} from '../runner.ts';
import { bubblewrapArguments, type RunnerControl } from './arguments.ts';
import { type Cgroup, makeCgroups } from './cgroups.ts';
import { coverInherited } from './descriptors.ts';
import { findNode, findPython, type Runtime, sharedObjects } from './runtimes.ts';
import { runInSandbox } from './sandbox.ts';
import { seccompProgram } from './seccomp.ts';

/** Users that nobody has: between those of containers and the end. */
const FIRST_USER = 1_900_000_000;
/** Where a container has no such numbers. */
const FIRST_USER_IN_CONTAINER = 60_000;

export interface BubblewrapOptions {
  /** Scripts at once. */
  readonly places: number;
  readonly limits?: Partial<ScriptLimits>;
  /** Folders where `bwrap` and `prlimit` are looked for, as in PATH. */
  readonly searchPath: string;
  /** Programs to use instead of the usual ones. */
  readonly python?: string;
  readonly node?: string;
  /** The wall clock, ms. */
  readonly now: () => number;
  /** Makes no control groups, as where they cannot be made. */
  readonly withoutCgroups?: boolean;
  /** For negative controls of tests. */
  readonly control?: RunnerControl;
}

interface Place {
  readonly cgroup: Cgroup | undefined;
  readonly uid: number | undefined;
}

/** Finds what it needs and tries it. Never rejects for what is missing. */
export async function createBubblewrapRunner(options: BubblewrapOptions): Promise<RunnerResult> {
  if (process.platform !== 'linux') return off('scripts run on Linux only');
  const bubblewrap = find('bwrap', options.searchPath);
  if (bubblewrap === undefined) return off("no bubblewrap (bwrap): install Debian's package bubblewrap");
  const prlimit = find('prlimit', options.searchPath);
  if (prlimit === undefined) return off("no prlimit: install Debian's package util-linux");
  const shell = realpathSync('/bin/sh');
  const users = chooseUsers(options.places);
  if (users.kind === 'none') return off(users.reason);

  const [python, node, files] = await Promise.all([
    findPython(options.python),
    findNode(options.node),
    sharedObjects([prlimit, shell]),
  ]);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const cgroups =
    options.withoutCgroups || options.control === 'no_limits' ? undefined : makeCgroups(options.places, limits);
  const seccomp =
    options.control === 'no_seccomp' || options.control === 'network' ? undefined : seccompProgram(process.arch);
  const places: Place[] = Array.from({ length: options.places }, (_, index) => ({
    cgroup: cgroups?.[index],
    uid: users.first === undefined ? undefined : users.first + index,
  }));
  const runtimes = new Map<ScriptLanguage, Runtime>();
  const missing: Partial<Record<ScriptLanguage, string>> = {};
  for (const [language, found] of [
    ['python', python],
    ['javascript', node],
  ] as const)
    if (found.kind === 'found') runtimes.set(language, found.runtime);
    else missing[language] = found.reason;

  const cover = coverInherited();
  const free = [...places];
  const running = new Set<{ readonly end: Promise<ScriptEnd>; readonly stop: AbortController }>();

  async function runIn(place: Place, runtime: Runtime, script: ScriptToRun, signal: AbortSignal): Promise<ScriptEnd> {
    const args = bubblewrapArguments({
      runtime,
      limits,
      tools: { prlimit: prlimit ?? '', shell, files },
      hasSeccomp: seccomp !== undefined,
      isGated: place.cgroup !== undefined,
      control: options.control,
    });
    const { cgroup, uid } = place;
    const end = await runInSandbox({
      bubblewrap: bubblewrap ?? '',
      args,
      script,
      limits,
      seccomp,
      cgroup,
      unlimited: options.control === 'no_limits',
      uid,
      signal,
      cover,
      now: options.now,
    }).catch((error: unknown): ScriptEnd => ({ kind: 'not_started', because: 'failed', reason: String(error) }));
    // A place whose group does not empty is not used again: what is in it would count against the next script.
    if ((await cgroup?.empty().catch(() => false)) !== false) free.push(place);
    return end;
  }

  const runner: ScriptRunner = {
    get languages() {
      return [...runtimes.keys()];
    },
    missing,
    memory: cgroups === undefined ? 'rlimit' : 'cgroup',
    get free() {
      return free.length;
    },
    run(script, signal) {
      const runtime = runtimes.get(script.language);
      if (runtime === undefined)
        return refused('failed', `scripts in ${script.language} do not run here: ${missing[script.language]}`);
      const place = free.shift();
      if (place === undefined) return refused('busy', `${options.places} scripts are running, and no more may`);
      const stop = new AbortController();
      const end = runIn(place, runtime, script, signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
      const entry = { end, stop };
      running.add(entry);
      void end.then(() => running.delete(entry));
      return end;
    },
    async close() {
      const last = [...running];
      for (const { stop } of last) stop.abort();
      await Promise.all(last.map(({ end }) => end));
      for (const group of cgroups ?? []) group.remove();
    },
  };

  for (const [language] of [...runtimes]) {
    const complaint = await tryOut(runner, language);
    if (complaint === undefined) continue;
    runtimes.delete(language);
    missing[language] = complaint;
  }
  if (runtimes.size > 0) return { kind: 'ready', runner };
  await runner.close();
  return off(
    Object.entries(missing)
      .map(([language, reason]) => `${language}: ${reason}`)
      .join('; '),
  );
}

const TRIALS: Readonly<Record<ScriptLanguage, string>> = {
  python: 'import json, sys\nprint(json.load(sys.stdin)["trial"])\n',
  javascript: "console.log(JSON.parse(require('node:fs').readFileSync(0, 'utf8')).trial);\n",
};

/** @returns why it does not work */
async function tryOut(runner: ScriptRunner, language: ScriptLanguage): Promise<string | undefined> {
  const end = await runner.run({ language, source: TRIALS[language], parameters: '{"trial":"works"}' });
  if (end.kind === 'not_started') return explained(end.reason);
  if (end.exitCode === 0 && end.output === 'works\n') return undefined;
  return `a trial ended with exit code ${end.exitCode} (${end.by}): ${end.error.trim() || 'without a word'}`;
}

/** What people can do about bubblewrap's commonest complaints. */
function explained(complaint: string): string {
  if (/unknown option/i.test(complaint)) return `${complaint}; bubblewrap 0.8 or newer is needed`;
  if (/uid map|namespace|NEWUSER|Operation not permitted|Permission denied/i.test(complaint))
    return `${complaint}; user namespaces must be allowed to this user (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0; in a container its seccomp profile)`;
  return complaint;
}

type Users =
  | { readonly kind: 'chosen'; readonly first: number | undefined }
  | { readonly kind: 'none'; readonly reason: string };

/** Root gives each place a user of its own outside too; others cannot, and stay who they are. */
function chooseUsers(places: number): Users {
  if (process.getuid?.() !== 0) return { kind: 'chosen', first: undefined };
  const ranges = readFileSync('/proc/self/uid_map', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  for (const first of [FIRST_USER, FIRST_USER_IN_CONTAINER])
    if (ranges.some(([from = 0, , length = 0]) => from <= first && first + places <= from + length))
      return { kind: 'chosen', first };
  return {
    kind: 'none',
    reason: 'root has no other users here to run scripts as; start the executor as an ordinary user',
  };
}

function find(name: string, searchPath: string): string | undefined {
  const found = searchPath
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  return found === undefined ? undefined : realpathSync(found);
}

function off(reason: string): RunnerResult {
  return { kind: 'off', reason };
}

function refused(because: 'busy' | 'failed', reason: string): Promise<ScriptEnd> {
  return Promise.resolve({ kind: 'not_started', because, reason });
}
