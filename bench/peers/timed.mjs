/**
 * What the peers have in common: the task is to send `messages` messages over `connections` connections and to remember durably which were
 * accepted. Filling the queue is not timed; the time goes from the first message that is handed out until the last is remembered.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { answerTask, readTask } from '../lib/child.mjs';
import { createPost } from '../lib/post.mjs';
import { watchProgress } from '../lib/progress.mjs';

const CHUNK = 5_000;

/**
 * Runs one peer.
 * @param open given the task, makes the queue, and resolves with
 *   `fill(numbers)`: enqueues one message for each number;
 *   `start(send)`: begins to work, `send(n)` for each of them;
 *   `isDone()`: whether nothing is left, so that each is remembered
 */
export async function runPeer(open) {
  const task = await readTask();
  const peer = await open(task);
  for (let from = 1; from <= task.messages; from += CHUNK) {
    const length = Math.min(CHUNK, task.messages - from + 1);
    await peer.fill(Array.from({ length }, (_, n) => from + n));
  }
  if (task.databaseUrl !== undefined) await settle(task.databaseUrl);
  const post = createPost(task);
  let startedMs;
  let accepted = 0;
  await peer.start(async (n) => {
    startedMs ??= performance.now();
    const id = await post(n);
    accepted += 1;
    return id;
  });
  const goesOn = watchProgress();
  while (accepted < task.messages || !(await peer.isDone())) {
    goesOn(accepted);
    await pause(20);
  }
  answerTask({ perSecond: accepted / ((performance.now() - startedMs) / 1_000), accepted });
}

/** What was written is on disk and known to the planner, as before Carillon's own turns. */
async function settle(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  await client.end();
}
