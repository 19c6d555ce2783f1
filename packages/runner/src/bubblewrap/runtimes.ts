/**
 * What a language's runtime consists of on this machine: its program, its library and the shared objects that these load. Only
 * these files are shown to a script, read-only, at the places where they are.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ScriptLanguage, ScriptLimits } from '../runner.ts';

const execute = promisify(execFile);

/** Asking programs for their parts takes milliseconds; what takes so long hangs. */
const ASK_TIMEOUT_MS = 20_000;
const MEBIBYTE = 1024 * 1024;

/** Interfaces with a screen bring fifty libraries of which none works here. */
const NEEDS_A_SCREEN = /tkinter/;

/** Where Debian and the images of Docker have it. Not the PATH: its first Python may belong to somebody's home. */
const PYTHONS = ['/usr/bin/python3', '/usr/local/bin/python3'];
const ZONES = '/usr/share/zoneinfo';

export interface Runtime {
  readonly language: ScriptLanguage;
  /** Files and folders that it needs. */
  readonly files: readonly string[];
  /** The file's name in the sandbox; JavaScript decides by it how the source is read. */
  readonly sourceName: string;
  /** The command that runs that file. */
  command(sourcePath: string, limits: ScriptLimits): readonly string[];
  /** RLIMIT_DATA of each process, bytes: what it may hold of memory of its own. */
  dataBytes(limits: ScriptLimits): number;
}

export type RuntimeResult =
  | { readonly kind: 'found'; readonly runtime: Runtime }
  | { readonly kind: 'missing'; readonly reason: string };

/** @param path the program; without it the first of the usual places */
export async function findPython(path?: string): Promise<RuntimeResult> {
  const program = path ?? PYTHONS.find((candidate) => existsSync(candidate));
  if (program === undefined) return { kind: 'missing', reason: "no Python: install Debian's package python3" };
  const question = `import json, sys, sysconfig
print(json.dumps([sys.executable, sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), sys.version_info[:2]]))`;
  try {
    const { stdout } = await execute(program, ['-I', '-c', question], { timeout: ASK_TIMEOUT_MS });
    const [executable, library, platformLibrary, version] = JSON.parse(stdout) as [string, string, string, number[]];
    const modules = join(platformLibrary, 'lib-dynload');
    const loaded = existsSync(modules) ? readdirSync(modules).filter((name) => name.endsWith('.so')) : [];
    const wanted = loaded.filter((name) => !NEEDS_A_SCREEN.test(name)).map((name) => join(modules, name));
    const real = realpathSync(executable);
    const files = [real, library, platformLibrary, ...(await sharedObjects([real, ...wanted]))];
    if (existsSync(ZONES)) files.push(ZONES);
    if ((version[0] ?? 0) < 3) return { kind: 'missing', reason: `${program} is not Python 3` };
    return {
      kind: 'found',
      runtime: {
        language: 'python',
        files: unique(files),
        sourceName: 'main.py',
        // Isolated from files beside it, without writing what it compiled, and each line at once: it may be ended any moment.
        command: (sourcePath) => [real, '-I', '-B', '-u', sourcePath],
        dataBytes: (limits) => limits.memoryBytes,
      },
    };
  } catch (error) {
    return { kind: 'missing', reason: `${program} does not work: ${firstLine(error)}` };
  }
}

/** @param path the program; without it the one that runs this process */
export async function findNode(path: string = process.execPath): Promise<RuntimeResult> {
  try {
    const real = realpathSync(path);
    const files = [real, ...(await sharedObjects([real]))];
    return {
      kind: 'found',
      runtime: {
        language: 'javascript',
        files: unique(files),
        sourceName: 'main.js',
        command: (sourcePath, limits) => [
          real,
          `--max-old-space-size=${Math.max(16, Math.floor((limits.memoryBytes * 0.75) / MEBIBYTE))}`,
          sourcePath,
        ],
        // Buffers stand beside the heap, and its code and stacks beside both.
        dataBytes: (limits) => limits.memoryBytes + 64 * MEBIBYTE,
      },
    };
  } catch (error) {
    return { kind: 'missing', reason: `${path} does not work: ${firstLine(error)}` };
  }
}

/** The shared objects that programs and modules load, with the loader. Programs without any have none. */
export async function sharedObjects(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const { stdout } = await execute('ldd', [path], { timeout: ASK_TIMEOUT_MS }).catch(
        (error: { stdout?: string; code?: unknown }) => {
          // ldd's answer to a program that is linked statically.
          if (typeof error.code === 'number') return { stdout: error.stdout ?? '' };
          throw error;
        },
      );
      return [...stdout.matchAll(/(?:=>\s*|^\s*)(\/\S+)\s+\(0x/gm)].map(([, file]) => file ?? '');
    }),
  );
  return unique(found.flat());
}

function unique(files: readonly string[]): string[] {
  return [...new Set(files)].toSorted();
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
