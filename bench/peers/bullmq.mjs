/**
 * BullMQ with one job per message. Without a database it remembers by its own list of completed jobs. With one, a row of each message says
 * that it is being sent and then that it was: two updates, as one would write it.
 */
import { createRequire } from 'node:module';
import pg from 'pg';
import { runPeer } from './timed.mjs';

// The very BullMQ that wakes Carillon's workers.
const { Queue, Worker } = createRequire(new URL('../../packages/queue/package.json', import.meta.url))('bullmq');
const QUEUE = 'peer';

await runPeer(async ({ databaseUrl, redisUrl, connections, rowUpdates }) => {
  const connection = { url: redisUrl, maxRetriesPerRequest: null };
  const queue = new Queue(QUEUE, { connection });
  await queue.obliterate({ force: true });
  const rows = rowUpdates ? await openRows(databaseUrl) : undefined;
  return {
    async fill(numbers) {
      await rows?.add(numbers);
      await queue.addBulk(numbers.map((n) => ({ name: 'send', data: { n } })));
    },
    start(send) {
      const work = async ({ data: { n } }) => {
        await rows?.sending(n);
        const id = await send(n);
        await rows?.sent(n, id);
      };
      new Worker(QUEUE, work, { connection, concurrency: connections });
    },
    async isDone() {
      const { waiting, active, prioritized } = await queue.getJobCounts('waiting', 'active', 'prioritized');
      return waiting + active + prioritized === 0;
    },
  };
});

/** A table of messages, empty. */
async function openRows(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 16 });
  await pool.query('DROP TABLE IF EXISTS messages');
  await pool.query('CREATE TABLE messages (id int PRIMARY KEY, state text NOT NULL, provider_id text)');
  return {
    add: (numbers) => pool.query(`INSERT INTO messages SELECT n, 'scheduled' FROM unnest($1::int[]) n`, [numbers]),
    sending: (n) =>
      pool.query({ name: 'sending', text: `UPDATE messages SET state = 'sending' WHERE id = $1`, values: [n] }),
    sent: (n, id) =>
      pool.query({
        name: 'sent',
        text: `UPDATE messages SET state = 'sent', provider_id = $2 WHERE id = $1`,
        values: [n, id],
      }),
  };
}
