/**
 * An executor that cannot run scripts here: it stays up and says why, and everything else goes on. Jobs with scripts are
 * refused meanwhile, unless another executor is alive.
 */
import { createLogger, createMetrics, type HealthServer, runService, startHealthServer } from '@carillon/runtime';
import type { ExecutorConfig } from './config.ts';

/** Runs the process until it is told to stop. @param reason what is missing, and what to do */
export async function runIdle(config: ExecutorConfig, reason: string): Promise<void> {
  const logger = createLogger({ service: 'executor', level: config.LOG_LEVEL });
  const metrics = createMetrics({ service: 'executor' });
  let health: HealthServer | undefined;
  await runService({
    name: 'executor',
    logger,
    drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
    async start() {
      logger.warn({ reason }, 'scripts are off');
      health = await startHealthServer({ host: config.HEALTH_HOST, port: config.HEALTH_PORT, metrics });
      return { port: health.port, off: reason };
    },
    async stop() {
      await health?.close();
    },
  });
}
