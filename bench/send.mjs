/**
 * How fast is sending that remembers, against a loop that does not? One sender process as shipped, in turn with a bare
 * undici loop over the same simulator, connections and bodies. The durable side is timed by the database: from the first
 * claim to the last outcome stored.
 *
 * Two providers are simulated. One answers after some milliseconds, as a near and fast provider does: there the loop is
 * bound by its connections. The other answers at once, which no provider does: there loop and simulator have a core each
 * to themselves, while the durable side shares both with Postgres, and the ratio shows the whole price in processor time.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beginExpansions, expandStep } from '@carillon/db';
import { seedAccount, seedAnnouncement, seedPeople } from '@carillon/testkit';
import { median, say } from './lib/report.mjs';
import { startStack } from './lib/stack.mjs';

const BARE = fileURLToPath(new URL('./lib/bare.mjs', import.meta.url));
const CONNECTIONS = 800;
/** With 800 connections at most 16,000 answers a second. */
const LATENCY_MS = 50;

/** Runs the benchmark. `rows` messages per turn, `turns` of each side. */
export async function run({ json = false, rows = 100_000, turns = 5 } = {}) {
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    const account = await seedAccount(stack.pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${rows} people`);
    const { audienceId } = await seedPeople(stack.pool, account.accountId, {
      count: rows,
      addressPepper: stack.addressPepper,
    });
    const senderEnv = { SEND_CONNECTIONS: String(CONNECTIONS) };
    const result = await compare(stack, simulator, account, audienceId, {
      rows,
      turns,
      latencyMs: LATENCY_MS,
      senderEnv,
    });
    const atOnce = await compare(stack, simulator, account, audienceId, { rows, turns, latencyMs: 0, senderEnv });
    if (json) {
      process.stdout.write(`${JSON.stringify({ ...result, answeringAtOnce: atOnce })}\n`);
    } else {
      process.stdout.write(`\n${rows} messages a turn, ${CONNECTIONS} connections, medians of ${turns} turns each\n\n`);
      process.stdout.write(`                     provider answers after ${LATENCY_MS} ms   at once\n`);
      const line = (name, key) =>
        process.stdout.write(
          `  ${name.padEnd(18)}${String(result[key]).padStart(22)}${String(atOnce[key]).padStart(15)}\n`,
        );
      line('bare loop, /s', 'bare');
      line('durable, /s', 'durable');
      line('ratio', 'ratio');
    }
    return { ...result, answeringAtOnce: atOnce };
  } finally {
    await stack.stop();
  }
}

/** Turns of both sides, A B A B, and their medians. */
async function compare(stack, simulator, account, audienceId, { rows, turns, latencyMs, senderEnv }) {
  await fetch(`${simulator.baseUrl}/control/latency`, {
    method: latencyMs > 0 ? 'PUT' : 'DELETE',
    headers: { 'content-type': 'application/json' },
    ...(latencyMs > 0 ? { body: JSON.stringify({ fixedMs: latencyMs }) } : {}),
  });
  const durable = [];
  const bare = [];
  for (let turn = 1; turn <= turns; turn++) {
    bare.push(await bareTurn(simulator.baseUrl, rows, turn));
    durable.push(await durableTurn(stack, account, audienceId, rows, senderEnv));
    say(
      `latency ${latencyMs} ms, turn ${turn} of ${turns}: bare ${Math.round(bare.at(-1))}/s, durable ${Math.round(durable.at(-1))}/s`,
    );
  }
  return {
    durable: Math.round(median(durable)),
    bare: Math.round(median(bare)),
    ratio: Number((median(durable) / median(bare)).toFixed(3)),
  };
}

async function bareTurn(url, rows, runId) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    BARE,
    url,
    String(rows),
    String(CONNECTIONS),
    String(runId),
  ]);
  const { perSecond, accepted } = JSON.parse(stdout);
  if (accepted !== rows) throw new Error(`the bare loop had ${accepted} of ${rows} accepted`);
  return perSecond;
}

async function durableTurn(stack, account, audienceId, rows, env) {
  const { pool } = stack;
  const { runId } = await seedAnnouncement(pool, account, { audienceId });
  await beginExpansions(pool, 10);
  while (await expandStep(pool)) {
    // Expansion is timed by a benchmark of its own.
  }
  await pool.query('CHECKPOINT');
  const sender = await stack.start('sender', env);
  // What the scheduler would do every half second: look for what is to be enqueued. The sender feeds itself after that.
  const { createWaker } = await import('@carillon/queue');
  const { createWakeSource } = await import('@carillon/db');
  const waker = createWaker({
    redis: { url: stack.redis.url, prefix: 'carillon' },
    source: createWakeSource(pool, { window: 16, horizonMs: 300_000 }),
    random: Math.random,
    now: Date.now,
  });
  try {
    for (;;) {
      await waker.wake('whatsapp');
      const { rows: found } = await pool.query(
        'SELECT coalesce(sum(scheduled + sending), 0) AS open, coalesce(sum(sent), 0) AS sent FROM batches WHERE run_id = $1',
        [runId],
      );
      if (Number(found[0].open) === 0) {
        if (Number(found[0].sent) !== rows) throw new Error(`${found[0].sent} of ${rows} were sent`);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const { rows: timed } = await pool.query(
      `SELECT extract(epoch FROM max(settled_at) - min(sending_at))::float8 AS seconds FROM deliveries WHERE account_id = $1 AND run_id = $2`,
      [account.accountId, runId],
    );
    return rows / timed[0].seconds;
  } finally {
    await waker.close();
    const exit = await sender.stop(20_000);
    if (exit.code !== 0) say(`the sender ended with ${exit.code ?? exit.signal}\n${sender.logs()}`);
  }
}
