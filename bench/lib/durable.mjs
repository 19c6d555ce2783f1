/** Carillon's own turn in `send`: one run, expanded beforehand, sent by one real sender, timed by the database. */
import { setTimeout as pause } from 'node:timers/promises';
import { beginExpansions, createWakeSource, expandStep } from '@carillon/db';
import { createWaker } from '@carillon/queue';
import { SEEDED_PROVIDER, seedAnnouncement } from '@carillon/testkit';
import { watchProgress } from './progress.mjs';
import { say } from './report.mjs';
import { judgeLedger, tellSimulator } from './simulator.mjs';

/** Calls at once, of every side. */
export const CALLS = 800;
/**
 * Connections beyond them are for rows that are claimed before a call ends, or whose outcome is being stored. The job queues fetch ahead too,
 * graphile-worker's local queue as many.
 */
export const CLAIMED_AHEAD = { SEND_CALLS_MAX: String(CALLS), SEND_CONNECTIONS: String(2 * CALLS) };

/**
 * Sends to everybody in the audience, asks the ledger whether each was told once, and resolves with messages a second: from the first claim to the last outcome stored, and with
 * `reports`, to the last report of delivery applied.
 * @param nodeFlags of the sender's process
 * @param onBegun told of the sender once it is ready, before it is woken; `onSent` once all is sent, while it still runs
 * @param reports the provider reports each delivery to a real api, 20 ms after it accepted the message
 */
export async function durableTurn(
  stack,
  simulator,
  { account, audienceId, rows, env, nodeFlags, reports = false, onBegun, onSent },
) {
  const { pool } = stack;
  const { runId } = await seedAnnouncement(pool, account, { audienceId });
  await beginExpansions(pool, 10);
  while (await expandStep(pool)) {
    // Expansion is timed by a benchmark of its own.
  }
  await pool.query('CHECKPOINT');
  const services = [];
  // What the scheduler would do every half second: look for what is to be enqueued. The sender feeds itself after that.
  const waker = createWaker({
    redis: { url: stack.redis.url, prefix: 'carillon' },
    source: createWakeSource(pool, { window: 16, horizonMs: 300_000 }),
    random: Math.random,
    now: Date.now,
  });
  try {
    if (reports) {
      const api = await stack.start('api', { API_PORT: '0' });
      services.push(api);
      const path = `/v1/provider-accounts/pvd_${account.providerAccountId}/callbacks/whatsapp`;
      await tellSimulator(simulator, 'callbacks', {
        phoneNumberId: SEEDED_PROVIDER.phoneNumberId,
        url: `${api.baseUrl}${path}`,
        appSecret: SEEDED_PROVIDER.appSecret,
        statuses: ['delivered'],
        delayMs: 20,
      });
    }
    const goesOn = watchProgress();
    const sender = await stack.start('sender', env, nodeFlags);
    services.push(sender);
    await onBegun?.(sender);
    for (;;) {
      await waker.wake('whatsapp');
      const { rows: found } = await pool.query(
        `SELECT coalesce(sum(scheduled + sending), 0)::int AS open, coalesce(sum(sent + delivered), 0)::int AS sent,
                coalesce(sum(delivered), 0)::int AS delivered FROM batches WHERE run_id = $1`,
        [runId],
      );
      const [{ open, sent, delivered }] = found;
      if (open === 0 && sent !== rows) throw new Error(`${sent} of ${rows} were sent`);
      if (open === 0 && (!reports || delivered === rows)) break;
      goesOn(found);
      await pause(250);
    }
    await onSent?.(sender);
    await judgeLedger(simulator, rows, runId);
    const { rows: timed } = await pool.query(
      `SELECT extract(epoch FROM max(settled_at) - min(sending_at))::float8 AS seconds FROM deliveries WHERE account_id = $1 AND run_id = $2`,
      [account.accountId, runId],
    );
    return rows / timed[0].seconds;
  } finally {
    await waker.close();
    if (reports) await tellSimulator(simulator, 'callbacks');
    for (const service of services.reverse()) {
      const exit = await service.stop(20_000);
      if (exit.code !== 0) say(`a service ended with ${exit.code ?? exit.signal}\n${service.logs()}`);
    }
  }
}
