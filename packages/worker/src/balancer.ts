/**
 * How much a channel does at once, for each of its provider accounts: the window, the calls that are in it, and what is
 * told of its changes. Everything for a call is an addition or a comparison.
 */
import type { SendOutcome } from '@carillon/contracts';
import type { Logger } from '@carillon/runtime';
import { type CallWindow, createWindow, type WindowReason } from './window.ts';

/** Accounts that nothing is claimed for are forgotten after this, so that endpoints that come and go do not add up. */
const FORGET_MS = 600_000;
const FORGET_ABOVE = 100;
/** One line about an account in this time; the metrics count all changes. */
const LOG_EVERY_MS = 10_000;
/** The share of the rows that may be claimed ahead which is worth a claim, while calls wait. */
const AHEAD_WORTH = 0.5;
/** What did not reach the provider says nothing about it. */
const NOT_CONNECTED = 'not_connected';

/** The bounds of a channel's windows, in calls at once. */
export interface WindowBounds {
  readonly floor: number;
  readonly ceiling: number;
  readonly initial: number;
}

/**
 * One provider account's calls. A row has its place in the window from its claim until its outcome is stored, as it has its
 * connection: places come back by the dozen then, and claims stay few. Where rows are claimed ahead there are so many places
 * more, and a call waits until there are fewer in the air than the window allows.
 */
export interface Account {
  /** How many more may be taken now; none or fewer when the window is full. */
  room(nowMs: number): number;
  /** Milliseconds until it is worth asking again, where an account rests; 0 where an outcome decides. */
  restMs(nowMs: number): number;
  /** Reserves room for rows that are to be claimed. */
  take(rows: number): void;
  /** Gives room back that nothing was claimed for. */
  release(rows: number): void;
  /** Whether the call for a claimed row must wait for another one's end. Never where nothing is claimed ahead. */
  readonly full: boolean;
  /** How many rows a claim is worth its statement for, while calls wait: until they have begun nothing is lost by claiming later. */
  readonly worth: number;
  /** Keeps a call until one in the air ended, or the provider wants no more. @param begin begins it, or passes it over if it may not */
  wait(begin: (mayCall: boolean) => void): void;
  /** The call for a claimed row begins. */
  begun(nowMs: number): void;
  /** No call is made for a claimed row. */
  passedOver(): void;
  /** A call in the air ended, or goes on at the side; one that waits begins. */
  left(): void;
  /** What a call found out. */
  answered(outcome: SendOutcome, startedMs: number, nowMs: number): void;
  /** A claimed row gives its place back: its outcome is stored, or its call goes on at the side. */
  stored(): void;
}

export interface Balancer {
  /** The account's calls, to be given back by `leave` once its work is done. */
  enter(providerAccountId: number): Account;
  leave(providerAccountId: number): void;
  /** Windows of all accounts that work is done for, and calls in the air, summed. */
  readonly size: number;
  readonly inFlight: number;
}

export interface BalancerOptions {
  readonly bounds: WindowBounds;
  /** Rows that are claimed beyond a window at its ceiling, and fewer beyond a smaller one. */
  readonly ahead?: number;
  readonly now: () => number;
  readonly onChange: (reason: WindowReason) => void;
  readonly logger: Logger;
  /** For the log. */
  readonly channel: string;
}

/** What an outcome says about how much the provider bears. */
function judge(outcome: SendOutcome): 'accepted' | 'refused' | 'failed' | 'ended' {
  switch (outcome.kind) {
    case 'accepted':
      return 'accepted';
    case 'throttled':
      // A recipient's limit is theirs alone, and a locked account is not opened by fewer calls.
      return outcome.scope === 'number' ? 'refused' : 'ended';
    case 'retry':
      if (outcome.overloaded) return 'refused';
      return outcome.code === NOT_CONNECTED ? 'failed' : 'ended';
    case 'unknown':
      return 'failed';
    case 'rejected':
      return 'ended';
  }
}

class CountedAccount implements Account {
  readonly window: CallWindow;
  works = 0;
  unusedSinceMs = 0;
  inFlight = 0;
  /** For one call that the window allows, the rows that may be claimed. */
  readonly #rowsPerCall: number;
  /** Rows that are to be claimed, and claimed ones whose call has not begun. */
  #reserved = 0;
  /** Rows whose call has begun and whose outcome is not stored. */
  #out = 0;
  /** Calls in the air, without those at the side. */
  #air = 0;
  readonly #waiting: ((mayCall: boolean) => void)[] = [];

  constructor(window: CallWindow, rowsPerCall: number) {
    this.window = window;
    this.#rowsPerCall = rowsPerCall;
  }

  room(nowMs: number): number {
    if (this.window.restUntilMs > nowMs) return 0;
    return Math.floor(this.window.size * this.#rowsPerCall) - this.#out - this.#reserved;
  }

  restMs(nowMs: number): number {
    return Math.max(0, this.window.restUntilMs - nowMs);
  }

  take(rows: number): void {
    this.#reserved += rows;
  }

  release(rows: number): void {
    this.#reserved -= rows;
  }

  get full(): boolean {
    return this.#rowsPerCall > 1 && this.#air >= this.window.size;
  }

  get worth(): number {
    return this.#waiting.length === 0
      ? 1
      : Math.max(1, Math.floor(this.window.size * (this.#rowsPerCall - 1) * AHEAD_WORTH));
  }

  wait(begin: (mayCall: boolean) => void): void {
    this.#waiting.push(begin);
  }

  begun(nowMs: number): void {
    this.passedOver();
    this.inFlight += 1;
    this.#air += 1;
    this.window.begun(this.#rowsPerCall > 1 ? this.#air : this.#out, nowMs);
  }

  passedOver(): void {
    this.#reserved -= 1;
    this.#out += 1;
  }

  left(): void {
    this.#air -= 1;
    // One that is passed over leaves the window as it was, so there may be more than one.
    while (!this.full) {
      const begin = this.#waiting.shift();
      if (begin === undefined) return;
      begin(true);
    }
  }

  answered(outcome: SendOutcome, startedMs: number, nowMs: number): void {
    this.inFlight -= 1;
    this.window[judge(outcome)](startedMs, nowMs);
    // Whoever is refused asks no more: what was claimed ahead is claimed again when it may be.
    if (outcome.kind === 'throttled' && outcome.scope !== 'recipient')
      for (const begin of this.#waiting.splice(0)) begin(false);
  }

  stored(): void {
    this.#out -= 1;
  }
}

/** The balancer of one channel in one process. Accounts begin in slow start when they are first worked for. */
export function createBalancer({ bounds, ahead = 0, now, onChange, logger, channel }: BalancerOptions): Balancer {
  const accounts = new Map<number, CountedAccount>();

  function open(providerAccountId: number): CountedAccount {
    let toldMs = Number.NEGATIVE_INFINITY;
    let toldSize = bounds.initial;
    let untold = 0;
    const window = createWindow({
      ...bounds,
      onChange(reason, from, to) {
        onChange(reason);
        untold += 1;
        const nowMs = now();
        // Growth is told with the next cut, or when there is no more room for it.
        if (nowMs - toldMs < LOG_EVERY_MS || (reason === 'grown' && to < bounds.ceiling)) return;
        const text = to < from ? 'fewer calls at once to a provider' : 'more calls at once to a provider';
        logger.info({ channel, provider: providerAccountId, reason, from: toldSize, to, changes: untold }, text);
        toldMs = nowMs;
        toldSize = to;
        untold = 0;
      },
    });
    return new CountedAccount(window, 1 + ahead / bounds.ceiling);
  }

  function forgetUnused(): void {
    if (accounts.size < FORGET_ABOVE) return;
    const beforeMs = now() - FORGET_MS;
    for (const [id, { works, unusedSinceMs }] of accounts) {
      if (works === 0 && unusedSinceMs < beforeMs) accounts.delete(id);
    }
  }

  const sum = (of: (account: CountedAccount) => number): number => {
    let total = 0;
    for (const account of accounts.values()) if (account.works > 0) total += of(account);
    return total;
  };

  return {
    enter(providerAccountId) {
      let account = accounts.get(providerAccountId);
      if (account === undefined) {
        forgetUnused();
        account = open(providerAccountId);
        accounts.set(providerAccountId, account);
      }
      account.works += 1;
      return account;
    },
    leave(providerAccountId) {
      const account = accounts.get(providerAccountId);
      if (account === undefined) return;
      account.works -= 1;
      account.unusedSinceMs = now();
    },
    get size() {
      return sum((account) => account.window.size);
    },
    get inFlight() {
      return sum((account) => account.inFlight);
    },
  };
}
