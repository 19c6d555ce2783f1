/** Looks at what was settled while everything is being broken, so that a record that changes afterwards, or is gone, is seen. */
import { setTimeout as pause } from 'node:timers/promises';
import { isFinal } from '@carillon/core';

const EVERY_MS = 1_000;
/** In a long run each look reads more; it must not become a load of its own. */
const MOST_OF_TIME = 0.05;

/**
 * Starts looking.
 * @returns `settled`, the final states in which each delivery was seen, by its place; `stop`
 */
export function watchSettled({ pool }) {
  const settled = new Map();
  const stopping = new AbortController();
  let lookedTo = '-infinity';

  async function look() {
    // What nobody ever claimed may be planned anew. What commits late with an earlier time is seen at its next change, or not at all: nothing depends on a single one.
    const { rows } = await pool.query(
      `SELECT batch_id || '.' || number AS place, state::text, settled_at::text FROM deliveries 
       WHERE settled_at > $1::timestamptz AND try > 0 ORDER BY settled_at`,
      [lookedTo],
    );
    for (const { place, state, settled_at } of rows) {
      lookedTo = settled_at;
      if (isFinal(state)) settled.set(place, [...(settled.get(place) ?? []), state]);
    }
  }
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const fromMs = performance.now();
      // Postgres may be away.
      await look().catch(() => {});
      const tookMs = performance.now() - fromMs;
      await pause(Math.max(EVERY_MS, tookMs / MOST_OF_TIME), undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();

  return {
    settled,
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}
