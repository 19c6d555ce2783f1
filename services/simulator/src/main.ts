/** The simulator as a process: the WhatsApp Cloud API, its ledger and its control API, on one port. */
import { createLogger, PreflightError, runService } from '@carillon/runtime';
import { readConfig } from './config.ts';
import { createSimulator, type Simulator } from './simulator.ts';

/** There is nothing to drain: whoever waits for an answer sees its connection close. */
const STOP_TIMEOUT_MS = 1_500;

const config = readConfig();
const logger = createLogger({ service: 'simulator', level: config.LOG_LEVEL });
let simulator: Simulator | undefined;

await runService({
  name: 'simulator',
  logger,
  drainTimeoutMs: STOP_TIMEOUT_MS,
  async start() {
    const { SIMULATOR_HOST: host, SIMULATOR_PORT: port } = config;
    try {
      simulator = await createSimulator({
        dataDir: config.SIMULATOR_DATA_DIR,
        host,
        port,
        accessToken: config.SIMULATOR_ACCESS_TOKEN,
      });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
      throw new PreflightError(`port ${port} on ${host} is taken; set SIMULATOR_PORT to another`, { cause: error });
    }
    return { url: simulator.url };
  },
  async stop() {
    await simulator?.stop();
  },
});
