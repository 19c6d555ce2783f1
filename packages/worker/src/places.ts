/**
 * Places for calls: as many as there are connections. A row takes one when it is claimed and gives it back when its outcome is
 * stored. A call that hangs gives its place to another one before, and goes on at the side on a connection beyond them; so
 * recipients that never answer do not keep the others waiting. Only so many may be at the side, and only while they are few of
 * all calls: a provider that became slow as a whole must not be asked for more because of that.
 */
import type { Account } from './balancer.ts';

/** A call that takes longer than this hangs. */
const HANGING_MS = 1_000;
/** So many of the calls that were begun lately may be at the side. */
const SHARE = 0.05;

export interface PlacesOptions {
  /** Places, and connections for calls that have one. */
  readonly connections: number;
  /** Connections for calls at the side; 0 where calls that take long are usual. */
  readonly hanging: number;
  /** What "lately" is: calls that were begun within this, and at most twice this, milliseconds. */
  readonly periodMs: number;
}

/** A call that has its place, or is at the side. */
export interface Place {
  readonly account: Account;
  readonly startedMs: number;
  aside: boolean;
  /** Whether the call has ended; its place is not free before the outcome is stored. */
  ended: boolean;
}

/** The places of one channel in one process. All instants are monotonic milliseconds. */
export interface Places {
  /** Rows that may be claimed now; below 0 after a claim that was read back. */
  readonly free: number;
  /** Calls at the side whose outcome is not stored. */
  readonly aside: number;
  /** For rows that are to be claimed, in their account's window too. */
  take(account: Account, rows: number): void;
  /** Of rows that were not claimed. */
  giveBack(account: Account, rows: number): void;
  /** The call for a claimed row begins. */
  begun(account: Account, nowMs: number): Place;
  /** A call ended: one that waits for that begins. */
  ended(place: Place): void;
  /** The outcome of a claimed row is stored. @param place of its call, if there was one */
  stored(account: Account, place: Place | undefined): void;
  /**
   * Puts aside what hangs.
   * @returns milliseconds until the next call will hang, if it does not end before; infinite when nothing can be put aside
   */
  look(nowMs: number): number;
}

/** All places are free. */
export function createPlaces({ connections, hanging, periodMs }: PlacesOptions): Places {
  let free = connections;
  let aside = 0;
  /** Calls in the order of their beginning, from `head` on; those that have ended are passed over when their turn comes. */
  let calls: Place[] = [];
  let head = 0;
  let periodStartMs = Number.NEGATIVE_INFINITY;
  let [begunNow, begunBefore] = [0, 0];

  function count(nowMs: number): void {
    if (nowMs - periodStartMs >= periodMs) {
      begunBefore = nowMs - periodStartMs < 2 * periodMs ? begunNow : 0;
      begunNow = 0;
      periodStartMs = nowMs;
    }
    begunNow += 1;
  }

  /** The longest call that is still in the air, and in its place. */
  function eldest(): Place | undefined {
    for (; head < calls.length; head++) {
      const call = calls[head] as Place;
      if (!call.ended) return call;
      // What has ended is forgotten now and then, all at once.
      if (head >= 1_024 && head * 2 >= calls.length) {
        calls = calls.slice(head);
        head = 0;
      }
    }
    calls = [];
    head = 0;
    return undefined;
  }

  return {
    get free() {
      return free;
    },
    get aside() {
      return aside;
    },
    take(account, rows) {
      free -= rows;
      account.take(rows);
    },
    giveBack(account, rows) {
      free += rows;
      account.release(rows);
    },
    begun(account, nowMs) {
      account.begun(nowMs);
      const call = { account, startedMs: nowMs, aside: false, ended: false };
      if (hanging > 0) {
        count(nowMs);
        calls.push(call);
      }
      return call;
    },
    ended(place) {
      place.ended = true;
      if (!place.aside) place.account.left();
    },
    stored(account, place) {
      if (place?.aside) {
        aside -= 1;
      } else {
        free += 1;
        account.stored();
      }
    },
    look(nowMs) {
      for (;;) {
        const call = eldest();
        if (call === undefined || aside >= Math.min(hanging, Math.floor(SHARE * (begunNow + begunBefore)))) {
          return Number.POSITIVE_INFINITY;
        }
        const hangsInMs = call.startedMs + HANGING_MS - nowMs;
        if (hangsInMs > 0) return hangsInMs;
        head += 1;
        call.aside = true;
        aside += 1;
        free += 1;
        call.account.stored();
        call.account.left();
      }
    },
  };
}
