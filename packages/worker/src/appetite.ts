/**
 * When a process is to take another wake-up. BullMQ gives to whoever asks, so who asks early and often holds every batch of a run
 * while the others stand idle; and who asks late has free connections and nothing to claim. So it is asked when connections are
 * free and what is at hand would not fill them all.
 */

/** What is at hand of one source. */
export interface AtHand {
  /** Rows that may still be claimed. */
  readonly remaining: number;
  /** Whether its provider keeps it waiting: such rows fill no connection. */
  readonly waits: boolean;
}

export interface AppetiteOptions {
  /** Connections in all. */
  readonly connections: number;
  /** Sources at hand, at most. */
  readonly sources: number;
}

/** Those who wait for it. */
export interface Appetite {
  /** Resolves when more is wanted. */
  hungry(): Promise<void>;
  /** Looks again; tells all who wait if more is wanted now. */
  look(free: number, atHand: () => readonly AtHand[]): void;
  /** Nothing more will be wanted: nobody is to wait any longer. */
  end(): void;
}

/** Whether more should be at hand. */
export function wantsMore(free: number, atHand: readonly AtHand[], { connections, sources }: AppetiteOptions): boolean {
  if (free <= 0 || atHand.length >= sources) return false;
  let rows = 0;
  for (const { remaining, waits } of atHand) if (!waits) rows += remaining;
  return rows < connections;
}

/** Starts with nobody waiting. */
export function createAppetite(options: AppetiteOptions): Appetite {
  let waiting: (() => void)[] = [];
  let ended = false;

  function tell(): void {
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve();
  }

  return {
    hungry: () => (ended ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    look(free, atHand) {
      if (waiting.length > 0 && free > 0 && wantsMore(free, atHand(), options)) tell();
    },
    end() {
      ended = true;
      tell();
    },
  };
}
