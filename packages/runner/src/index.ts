/** Runs scripts of strangers so that nothing of this machine is theirs. The only place where such a process is started. */
export type { RunnerControl } from './bubblewrap/arguments.ts';
export { type BubblewrapOptions, createBubblewrapRunner } from './bubblewrap/runner.ts';
export {
  DEFAULT_LIMITS,
  type EndedBy,
  KEPT_BYTES,
  type RunnerResult,
  SCRIPT_LANGUAGES,
  type ScriptEnd,
  type ScriptLanguage,
  type ScriptLimits,
  type ScriptRunner,
  type ScriptToRun,
} from './runner.ts';
