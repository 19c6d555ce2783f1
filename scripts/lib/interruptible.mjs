/** Work of a command that starts servers and processes: when it ends, or is interrupted, nothing of it is left running. */
import { endAll, endWhenInterrupted, yieldToInterruption } from '../../bench/lib/ending.mjs';
import { bootstrap } from '../bootstrap.mjs';

/** Builds what is not built, does the work, and ends what was started. @throws what the work throws, unless it was interrupted */
export async function runInterruptible(work) {
  endWhenInterrupted();
  await bootstrap();
  try {
    await work();
  } catch (error) {
    await yieldToInterruption();
    throw error;
  } finally {
    await endAll();
  }
  await yieldToInterruption();
}
