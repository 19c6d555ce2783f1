/**
 * What was asked of the API and what it answered: the nemesis's own memory, of which the product knows nothing. Whoever gets no answer
 * repeats the same request with the same key until there is one.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CarillonConnectionError, CarillonError, createClient } from '@carillon/client';
import { ASK_MS } from './settings.mjs';

/** The client's own patience; after it the journal goes on by itself. */
const RETRIES = { limit: 3, initialMs: 100, maxMs: 500 };
const AGAIN_MS = 200;

/** Answers that promise nothing and may be followed by another one to the same request. */
const NOT_YET = ['unavailable', 'unknown_outcome', 'idempotency_in_progress', 'executor_unavailable'];

/**
 * @param house whose apis are asked in turn
 * @returns `ask`, and `entries`: every request with `state` open, acknowledged, refused or unknown, its `answer` or `problem`, when
 *   it was first sent and last answered (epoch ms of this machine), and `requests`, how often something was sent for it: what was sent before
 *   the one that was answered may have been done, and may be done yet
 */
export function openJournal(house) {
  const entries = [];
  const closing = new AbortController();
  let turn = 0;
  /** Whoever is not answered asks the other one the next time, as behind a balancer. */
  const balanced = (entry) => (input, init) => {
    turn += 1;
    entry.requests += 1;
    const front = house.fronts[turn % house.fronts.length];
    return fetch(String(input).replace('http://carillon.invalid', front.url), init);
  };
  const clientOf = (account, entry) =>
    createClient({
      baseUrl: 'http://carillon.invalid',
      apiKey: account.key,
      fetch: balanced(entry),
      retries: RETRIES,
      timeoutMs: ASK_MS,
    });

  return {
    entries,
    /**
     * Asks until there is an answer.
     * @param call is given the client and the key, and must be the same request each time
     * @param about whatever the judge is to know of it
     * @returns the entry, whose state is no longer open
     */
    async ask(account, about, call) {
      const entry = { ...about, account, key: randomUUID(), state: 'open', requests: 0, sentAtMs: Date.now() };
      entries.push(entry);
      const client = clientOf(account, entry);
      for (entry.tries = 1; ; entry.tries += 1) {
        try {
          entry.answer = await call(client, entry.key);
          entry.state = 'acknowledged';
        } catch (error) {
          if (error instanceof CarillonError && !isNotYet(error)) {
            entry.state = 'refused';
            entry.problem = { status: error.status, code: error.code, detail: error.detail };
          } else if (!(error instanceof CarillonError || error instanceof CarillonConnectionError)) throw error;
          else entry.lastError = error.message;
        }
        if (entry.state !== 'open') break;
        if (closing.signal.aborted) {
          entry.state = 'unknown';
          break;
        }
        await pause(AGAIN_MS);
      }
      entry.answeredAtMs = Date.now();
      return entry;
    },
    /** What has no answer by now gets one more try, and is unknown then. */
    close: () => closing.abort(),
  };
}

function isNotYet({ status, code }) {
  return NOT_YET.includes(code) || status === 429 || status === 502 || status === 504;
}
