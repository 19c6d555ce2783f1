/**
 * pg-boss in batches: loops, each of which fetches some, sends them at once and completes them together.
 * By its own `work` a batch waits half a second for the next one, so its public `fetch` and `complete` are used, which is quicker. Two loops with
 * as many messages as there are connections were the quickest of several sizes tried: each fetch looks through all that wait, so few that are
 * large cost least. Without priorities, which no message here has, it looks through them more quickly.
 */
import PgBoss from 'pg-boss';
import { runPeer } from './timed.mjs';

const QUEUE = 'send';
const LOOPS = 2;

await runPeer(async ({ databaseUrl, connections }) => {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 16, supervise: false, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue(QUEUE);
  const loops = [];
  return {
    fill: (numbers) => boss.insert(numbers.map((n) => ({ name: QUEUE, data: { n } }))),
    start(send) {
      const loop = async () => {
        for (;;) {
          const jobs = await boss.fetch(QUEUE, { batchSize: connections, priority: false });
          if (jobs.length === 0) return;
          await Promise.all(jobs.map(({ data }) => send(data.n)));
          await boss.complete(
            QUEUE,
            jobs.map(({ id }) => id),
          );
        }
      };
      for (let n = 0; n < LOOPS; n++) loops.push(loop());
    },
    async isDone() {
      await Promise.all(loops);
      return true;
    },
  };
});
