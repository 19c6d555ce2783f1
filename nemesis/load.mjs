/** Asks for what the load consists of, each at its moment, and waits until everything has its answer. */
import { setTimeout as pause } from 'node:timers/promises';
import { bodyOf, nameOf } from './requests.mjs';

/**
 * Starts the load.
 * @param options.startMs the moment from which requests count (epoch ms of this machine)
 * @returns settles when every request has its answer
 */
export async function runLoad({ house, accounts, journal, requests, startMs }) {
  const asked = [];
  for (const request of requests) {
    await pause(Math.max(0, startMs + request.atMs - Date.now()));
    const account = accounts[request.account];
    const nowMs = house.nowMs();
    const body = bodyOf(request, { account, callUrl: house.urls.calls, nowMs });
    const about = { kind: request.kind, what: nameOf(request), request, body, dueMs: dueOf(body, nowMs) };
    asked.push(
      journal.ask(account, about, (client, idempotencyKey) => client.post('/v1/jobs', { body, idempotencyKey })),
    );
  }
  await Promise.all(asked);
}

/** Before this nothing of the job may be sent, by the database's clock, ms. Of dates and what comes again the judge knows more. */
function dueOf({ trigger }, nowMs) {
  return trigger.type === 'at' ? Date.parse(trigger.at) : nowMs;
}
