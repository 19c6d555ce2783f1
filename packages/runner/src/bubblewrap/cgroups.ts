/**
 * Control groups: the only limit of memory that counts all processes of a script together, files in memory and buffers of the
 * kernel included. Made where they may be made: by root, or where a part of the tree was handed to the service's user. Versions
 * 1 (a tree for each controller) and 2 (one tree).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ScriptLimits } from '../runner.ts';

const PREFIX = 'carillon-script-';
/** Killed processes are gone within milliseconds, unless the machine is very busy. */
const EMPTY_WITHIN_MS = 5_000;
const EMPTY_CHECK_MS = 2;

/** Several runners of one process have groups of their own. */
let runners = 0;

/** The group of one place, used by one script after the other. */
export interface Cgroup {
  /** Puts a process in, with all that it will start. Throws when that is refused. */
  join(pid: number): void;
  /** Since {@link Cgroup.begin}: whether the kernel ended one of its processes for want of memory. */
  ranOut(): boolean;
  /** Bytes at most since then; only version 1 can say it of a group that is used again. */
  peakBytes(): number | undefined;
  begin(): void;
  /** Waits until nobody is in it, and kills who stays. @returns whether it is empty */
  empty(): Promise<boolean>;
  remove(): void;
}

/** Where groups can be made, one folder for each controller that is needed. */
interface Tree {
  readonly version: 1 | 2;
  readonly memory: string;
  readonly pids: string;
}

/**
 * Makes the groups of all places, and removes those of processes that are no more.
 * @returns `undefined` where none can be made, which is common: then other limits hold
 */
export function makeCgroups(places: number, limits: ScriptLimits): Cgroup[] | undefined {
  const made: Cgroup[] = [];
  runners += 1;
  try {
    const tree = findTree();
    if (tree === undefined) return undefined;
    for (const parent of new Set([tree.memory, tree.pids])) removeStale(parent);
    for (let place = 0; place < places; place++)
      made.push(makeCgroup(tree, `${PREFIX}${process.pid}-${runners}-${place}`, limits));
    return made;
  } catch {
    for (const group of made) group.remove();
    return undefined;
  }
}

function makeCgroup(tree: Tree, name: string, limits: ScriptLimits): Cgroup {
  const folders = [...new Set([join(tree.memory, name), join(tree.pids, name)])];
  const memory = folders[0] ?? '';
  const pids = folders.at(-1) ?? '';
  const isOld = tree.version === 1;
  function make(): void {
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    write(memory, isOld ? 'memory.limit_in_bytes' : 'memory.max', limits.memoryBytes);
    // Memory that is swapped out is memory. Not every kernel counts it.
    if (isOld) writeIfThere(memory, 'memory.memsw.limit_in_bytes', limits.memoryBytes);
    else writeIfThere(memory, 'memory.swap.max', 0);
    // The shell that waits for the script stands beside its processes.
    write(pids, 'pids.max', limits.processes + 1);
  }
  make();
  const kills = (): number =>
    Number(
      /^oom_kill (\d+)$/m.exec(
        readFileSync(join(memory, isOld ? 'memory.oom_control' : 'memory.events'), 'utf8'),
      )?.[1] ?? 0,
    );
  const members = (): number[] =>
    folders.flatMap((folder) =>
      readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number),
    );
  let killsBefore = 0;
  return {
    join(pid) {
      for (const folder of folders) write(folder, 'cgroup.procs', pid);
    },
    begin() {
      // Others tidy up as well, and an idle group looks like a forgotten one.
      if (!folders.every((folder) => existsSync(folder))) make();
      killsBefore = kills();
      if (isOld) write(memory, 'memory.max_usage_in_bytes', 0);
    },
    ranOut: () => kills() > killsBefore,
    peakBytes: () => (isOld ? Number(readFileSync(join(memory, 'memory.max_usage_in_bytes'), 'utf8')) : undefined),
    async empty() {
      const deadline = performance.now() + EMPTY_WITHIN_MS;
      for (;;) {
        const left = members();
        if (left.length === 0) return true;
        if (performance.now() > deadline) return false;
        for (const pid of left) kill(pid);
        await pause(EMPTY_CHECK_MS);
      }
    },
    remove() {
      for (const folder of folders) removeFolder(folder);
    },
  };
}

function findTree(): Tree | undefined {
  const own = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  const pathOf = (controller: string): string | undefined =>
    own
      .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
      .find((match) => match?.[1]?.split(',').includes(controller))?.[2];
  const memory = folderOf('cgroup', 'memory', pathOf('memory'));
  const pids = folderOf('cgroup', 'pids', pathOf('pids'));
  if (memory !== undefined && pids !== undefined) return { version: 1, memory, pids };
  const only = folderOf('cgroup2', undefined, pathOf(''));
  return only !== undefined && hasControllers(only) ? { version: 2, memory: only, pids: only } : undefined;
}

/** The folder of our own group, where its tree is mounted; a mount may show a part of the tree only. */
function folderOf(type: string, controller: string | undefined, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    const [head = '', tail = ''] = line.split(' - ');
    const [, , , root = '/', mountPoint = ''] = head.split(' ');
    const [kind, , options = ''] = tail.split(' ');
    if (kind !== type || (controller !== undefined && !options.split(',').includes(controller))) continue;
    const within = relative(root, path);
    return within.startsWith('..') ? mountPoint : join(mountPoint, within);
  }
  return undefined;
}

/**
 * Version 2: a group that hands controllers to groups below it may hold no processes itself (but for the tree's root), so the
 * service moves into a group of its own first. Where others are in there too, it is left as it is.
 */
function hasControllers(folder: string): boolean {
  const has = (file: string): boolean => {
    const names = readFileSync(join(folder, file), 'utf8').trim().split(' ');
    return names.includes('memory') && names.includes('pids');
  };
  if (!has('cgroup.controllers')) return false;
  if (has('cgroup.subtree_control')) return true;
  try {
    write(folder, 'cgroup.subtree_control', '+memory +pids');
  } catch {
    const service = join(folder, 'carillon-service');
    mkdirSync(service, { recursive: true });
    write(service, 'cgroup.procs', process.pid);
    write(folder, 'cgroup.subtree_control', '+memory +pids');
  }
  return true;
}

/** Those of a process that was killed: it could not remove them. */
function removeStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !existsSync(`/proc/${pid}`)) removeFolder(join(parent, name));
  }
}

function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody is still in it; the next start removes it.
  }
}

function write(folder: string, file: string, value: number | string): void {
  writeFileSync(join(folder, file), String(value));
}

function writeIfThere(folder: string, file: string, value: number): void {
  if (existsSync(join(folder, file))) write(folder, file, value);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
