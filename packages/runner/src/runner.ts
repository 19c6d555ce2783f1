/**
 * The seam between who executes scripts of users and what keeps them contained. Another way of containing them (a micro virtual
 * machine, a remote service) stands beside `bubblewrap/` and answers with the same shapes.
 */

/** What a script may be written in. */
export const SCRIPT_LANGUAGES = ['python', 'javascript'] as const;
export type ScriptLanguage = (typeof SCRIPT_LANGUAGES)[number];

/** What one run of a script may take. What exceeds one of them is ended or refused, never the machine. */
export interface ScriptLimits {
  /** Of all its processes together where a control group is writable, else of each of them and, a tenth of a second late, of all. */
  readonly memoryBytes: number;
  /** Processes and threads at once. The runtime's own are among them: JavaScript begins with about eleven. */
  readonly processes: number;
  /** Seconds of processor time of each process. */
  readonly cpuSeconds: number;
  /** From its start to its end, ms. */
  readonly wallMs: number;
  /** Of one file that it writes. */
  readonly fileBytes: number;
  /** Of its scratch folder, which counts as memory. */
  readonly scratchBytes: number;
  /** Written to output and error together before it is ended; far above what is kept of them. */
  readonly outputBytes: number;
}

/** For scripts that fetch nothing and count something. */
export const DEFAULT_LIMITS: ScriptLimits = {
  memoryBytes: 256 * 1024 * 1024,
  processes: 64,
  cpuSeconds: 30,
  wallMs: 60_000,
  fileBytes: 16 * 1024 * 1024,
  scratchBytes: 32 * 1024 * 1024,
  outputBytes: 10 * 1024 * 1024,
};

/** Bytes that are kept of output and of error. */
export const KEPT_BYTES = 3_072;

export interface ScriptToRun {
  readonly language: ScriptLanguage;
  readonly source: string;
  /** JSON; the script reads it from its standard input. */
  readonly parameters: string;
}

/**
 * What ended it.
 * - `exit`: itself, with any code, also by a signal or because it was refused something.
 * - `wall_time`, `cpu_time`, `memory`, `output`: the limit of that name.
 * - `cancelled`: who ran it.
 */
export type EndedBy = 'exit' | 'wall_time' | 'cpu_time' | 'memory' | 'output' | 'cancelled';

/** What became of it. */
export type ScriptEnd =
  | {
      readonly kind: 'ended';
      readonly by: EndedBy;
      /** As a shell tells it: 128 and the signal's number for a process that a signal ended. */
      readonly exitCode: number;
      /** The first {@link KEPT_BYTES} of what it wrote, as text. */
      readonly output: string;
      /** The last {@link KEPT_BYTES} of it: of an error the end says most. */
      readonly error: string;
      /** Whether more was written than is kept. */
      readonly truncated: boolean;
      readonly startedAtMs: number;
      readonly endedAtMs: number;
      /** Memory of all its processes at most, where the machine tells. */
      readonly peakMemoryBytes?: number;
    }
  /** Not a line of it ran. `busy`: as many as may are running. */
  | { readonly kind: 'not_started'; readonly because: 'busy' | 'cancelled' | 'failed'; readonly reason: string };

export interface ScriptRunner {
  /** What can be run here, and why not what cannot. */
  readonly languages: readonly ScriptLanguage[];
  readonly missing: Readonly<Partial<Record<ScriptLanguage, string>>>;
  /** What bounds memory here. */
  readonly memory: 'cgroup' | 'rlimit';
  /** How many scripts could start at this moment. */
  readonly free: number;
  /**
   * Runs one to its end. Never rejects. Takes its place at once, synchronously.
   * @param signal asks it to stop: it is killed with everything that it started
   */
  run(script: ScriptToRun, signal?: AbortSignal): Promise<ScriptEnd>;
  /** Ends what runs, and removes what was made for it. */
  close(): Promise<void>;
}

/** Without what it needs a runner is off, and says what is missing and what to do. */
export type RunnerResult =
  | { readonly kind: 'ready'; readonly runner: ScriptRunner }
  | { readonly kind: 'off'; readonly reason: string };
