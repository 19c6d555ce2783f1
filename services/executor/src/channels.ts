/** The one channel that an executor serves, and the word that it does. */
import type { Queryable } from '@carillon/db';
import type { ScriptRunner } from '@carillon/runner';
import type { Logger } from '@carillon/runtime';
import type { ServedChannel } from '@carillon/worker';
import { createScriptChannel } from './channel.ts';
import { ENDING_MS, type ExecutorConfig } from './config.ts';
import { startHeartbeat } from './heartbeat.ts';

export interface ExecutorParts {
  readonly runner: ScriptRunner;
  readonly db: Queryable;
  readonly logger: Logger;
  /** Unique among the executors that are alive. */
  readonly name: string;
  readonly onBegun: (() => void) | undefined;
}

/** Opens it, and says from now on that scripts are run here, until it is closed. */
export function createChannels(
  config: ExecutorConfig,
  { runner, db, logger, name, onBegun }: ExecutorParts,
): ServedChannel[] {
  const { SCRIPT_PLACES: places, SCRIPT_TIMEOUT_MS, SCRIPT_CANCEL_MS: cancelEveryMs } = config;
  const heartbeat = startHeartbeat(db, { name, languages: runner.languages, places }, logger);
  const channel = createScriptChannel({ db, runner, places, cancelEveryMs, logger, heartbeat, onBegun });
  // All places from the beginning and always: how scripts end says nothing of how many this machine bears.
  return [
    {
      name: 'script',
      channel,
      connections: places,
      floor: places,
      initial: places,
      timeoutMs: SCRIPT_TIMEOUT_MS + ENDING_MS,
    },
  ];
}
