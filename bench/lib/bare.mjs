/** The loop that remembers nothing. A process of its own: see child.mjs. Answers with its messages per second. */
import { answerTask, readTask } from './child.mjs';
import { createPost } from './post.mjs';

const task = await readTask();
const post = createPost(task);

let next = 1;
let accepted = 0;
async function loop() {
  while (next <= task.messages) {
    await post(next++);
    accepted += 1;
  }
}
const startedMs = performance.now();
await Promise.all(Array.from({ length: task.connections }, loop));
answerTask({ perSecond: accepted / ((performance.now() - startedMs) / 1_000), accepted });
