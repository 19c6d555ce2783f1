/**
 * Scripts as a channel: a delivery is a run of one, its outcome is how it ended.
 *
 * A script runs at least once. What became of it when its executor died is not known, and then it is run again; so is one that
 * fails, while its job has attempts left. A run that could not begin is no attempt.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '@carillon/channels';
import type { OutgoingMessage, Provider, ScriptContent, SendOutcome, TaskResult } from '@carillon/contracts';
import { formatDeliveryId, parseReferenceUnverified } from '@carillon/core';
import { type BatchKey, findCancelled, type Queryable, readScript } from '@carillon/db';
import type { ScriptEnd, ScriptRunner } from '@carillon/runner';
import type { Logger } from '@carillon/runtime';
import type { Heartbeat } from './heartbeat.ts';

export interface ScriptChannelOptions {
  readonly db: Queryable;
  readonly runner: ScriptRunner;
  readonly places: number;
  /** How often is asked whether what runs was cancelled. */
  readonly cancelEveryMs: number;
  readonly logger: Logger;
  /** Ends when the channel is closed. */
  readonly heartbeat: Heartbeat;
  /** Told after each script was begun; a place for tests to break in. */
  readonly onBegun?: (() => void) | undefined;
}

type ScriptEnded = Extract<ScriptEnd, { kind: 'ended' }>;
type Ended = ScriptEnded['by'];

const SOURCES_MAX = 500;
const READ_AGAIN_MS = 200;
/** A machine without processes or memory to spare gets some rest. */
const REST_MS = 5_000;

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the executor is stopping' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every place is in use' };
const TOO_LATE: SendOutcome = { kind: 'retry', code: 'too_late', message: 'the lease ends before it could' };
const WRONG_CONTENT: SendOutcome = { kind: 'rejected', code: 'wrong_content', message: 'this is no script' };
const NO_SOURCE: SendOutcome = { kind: 'rejected', code: 'script_gone', message: 'its source is not stored' };
const CANCELLED = { code: 'cancelled', message: 'it was cancelled while it ran' } as const;

/** What a limit is called, and what is told of it. */
const ENDS: Readonly<
  Record<Exclude<Ended, 'exit' | 'cancelled'>, { readonly code: string; readonly message: string }>
> = {
  wall_time: { code: 'script_time', message: 'it ran longer than a script may' },
  cpu_time: { code: 'script_cpu_time', message: 'it used more processor time than a script may' },
  memory: { code: 'script_memory', message: 'it used more memory than a script may' },
  output: { code: 'script_output', message: 'it printed more than a script may' },
};

class ScriptChannel implements Channel {
  readonly name = 'script';
  readonly #options: ScriptChannelOptions;
  /** By account and hash, the oldest first: the text under a hash never changes. */
  readonly #sources = new Map<string, string>();
  readonly #running = new Map<AbortController, BatchKey>();
  readonly #timer: NodeJS.Timeout;
  #asking = false;
  #taken = 0;
  #closed = false;

  constructor(options: ScriptChannelOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#stopCancelled(), options.cancelEveryMs);
  }

  free(): number {
    return this.#closed ? 0 : this.#options.places - this.#taken;
  }

  async send(
    message: OutgoingMessage,
    provider: Provider,
    startBefore = Number.POSITIVE_INFINITY,
  ): Promise<SendOutcome> {
    if (this.#closed) return CLOSED;
    const { content } = message;
    if (content.type !== 'script') return WRONG_CONTENT;
    if (this.free() <= 0) return NOT_FREE;
    this.#taken += 1;
    try {
      return await this.#run(content, provider.accountId, message.reference, startBefore);
    } finally {
      this.#taken -= 1;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#options.heartbeat.stop();
    await this.#options.runner.close();
  }

  async #run(content: ScriptContent, accountId: number, reference: string, startBefore: number): Promise<SendOutcome> {
    const parsed = parseReferenceUnverified(reference);
    if (parsed === undefined) throw new TypeError('a script has a reference that is none');
    const source = await this.#source(accountId, content.sha256, startBefore);
    if (typeof source !== 'string') return source;
    if (performance.now() > startBefore) return TOO_LATE;
    const stop = new AbortController();
    this.#running.set(stop, { accountId, batchId: parsed.batchId });
    const { language, parameters } = content;
    const startedMs = performance.now();
    const ending = this.#options.runner.run({ language, source, parameters }, stop.signal);
    this.#options.onBegun?.();
    const end = await ending;
    this.#running.delete(stop);
    return outcomeOf(end, performance.now() - startedMs, formatDeliveryId(parsed));
  }

  /** A read that fails is repeated while there is time: whether Postgres answers says nothing of the script. */
  async #source(accountId: number, sha256: string, startBefore: number): Promise<string | SendOutcome> {
    const key = `${accountId}/${sha256}`;
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    for (;;) {
      try {
        const found = await readScript(this.#options.db, accountId, sha256);
        if (found === undefined) return NO_SOURCE;
        if (this.#sources.size >= SOURCES_MAX) this.#sources.delete(this.#sources.keys().next().value as string);
        this.#sources.set(key, found.source);
        return found.source;
      } catch (error) {
        this.#options.logger.warn({ err: error }, 'a script could not be read; trying again');
        if (performance.now() + READ_AGAIN_MS > startBefore || this.#closed) return TOO_LATE;
        await pause(READ_AGAIN_MS);
      }
    }
  }

  async #stopCancelled(): Promise<void> {
    if (this.#asking || this.#running.size === 0) return;
    this.#asking = true;
    try {
      const cancelled = await findCancelled(this.#options.db, [...this.#running.values()]);
      for (const { accountId, batchId } of cancelled)
        for (const [stop, batch] of this.#running)
          if (batch.accountId === accountId && batch.batchId === batchId) stop.abort();
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'whether scripts were cancelled could not be read; asking again');
    }
    this.#asking = false;
  }
}

/** What the end of a run means for its job. */
function outcomeOf(end: ScriptEnd, ms: number, id: string): SendOutcome {
  if (end.kind === 'not_started') {
    if (end.because === 'busy') return NOT_FREE;
    if (end.because === 'cancelled') return { kind: 'rejected', ...CANCELLED };
    return {
      kind: 'throttled',
      code: 'script_not_started',
      message: end.reason.slice(0, 500),
      retryAfterMs: REST_MS,
      scope: 'recipient',
    };
  }
  const { by, exitCode, output, error, truncated } = end;
  const result: TaskResult = {
    ms,
    exitCode,
    ...(output !== '' && { output }),
    ...(error !== '' && { error }),
    truncated,
  };
  if (by === 'cancelled') return { kind: 'rejected', ...CANCELLED, result };
  if (by !== 'exit') return { kind: 'retry', ...ENDS[by], result };
  if (exitCode === 0) return { kind: 'accepted', providerMessageId: id, result };
  return { kind: 'retry', code: 'script_failed', message: `it ended with exit code ${exitCode}`, result };
}

/** A channel of scripts. */
export function createScriptChannel(options: ScriptChannelOptions): Channel {
  return new ScriptChannel(options);
}
