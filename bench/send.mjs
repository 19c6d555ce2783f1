/**
 * How fast is sending that remembers, against a loop that does not? One sender process as shipped, in turn with a bare
 * loop over the same channel, simulator, connections and bodies. The durable side is timed by the database: from the
 * first claim to the last outcome stored.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beginExpansions, expandStep } from '@carillon/db';
import { seedAccount, seedAnnouncement, seedPeople } from '@carillon/testkit';
import { median, say } from './lib/report.mjs';
import { startStack } from './lib/stack.mjs';

const BARE = fileURLToPath(new URL('./lib/bare.mjs', import.meta.url));
const CONNECTIONS = 256;

/** Runs the benchmark. `rows` messages per turn, `turns` of each side. */
export async function run({ json = false, rows = 100_000, turns = 5, profile = false } = {}) {
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    const account = await seedAccount(stack.pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${rows} people`);
    const { audienceId } = await seedPeople(stack.pool, account.accountId, {
      count: rows,
      addressPepper: stack.addressPepper,
    });
    const senderEnv = { SEND_CONNECTIONS: String(CONNECTIONS), ...(profile ? { NODE_OPTIONS: '--cpu-prof' } : {}) };
    const durable = [];
    const bare = [];
    for (let turn = 0; turn < turns; turn++) {
      bare.push(await bareTurn(simulator.baseUrl, rows, turn + 1));
      durable.push(await durableTurn(stack, account, audienceId, rows, senderEnv));
      say(`turn ${turn + 1} of ${turns}: bare ${Math.round(bare.at(-1))}/s, durable ${Math.round(durable.at(-1))}/s`);
    }
    const result = {
      durable: Math.round(median(durable)),
      bare: Math.round(median(bare)),
      ratio: Number((median(durable) / median(bare)).toFixed(3)),
    };
    if (!json) {
      process.stdout.write(`\n${rows} messages, ${CONNECTIONS} connections, medians of ${turns} turns\n`);
      process.stdout.write(`  bare loop        ${result.bare}/s\n`);
      process.stdout.write(`  durable sending  ${result.durable}/s\n`);
      process.stdout.write(`  ratio            ${result.ratio}\n`);
    } else {
      process.stdout.write(`${JSON.stringify(result)}\n`);
    }
    return result;
  } finally {
    await stack.stop();
  }
}

async function bareTurn(url, rows, runId) {
  const { stdout } = await promisify(execFile)(process.execPath, [BARE, url, String(rows), String(CONNECTIONS), String(runId)]);
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
