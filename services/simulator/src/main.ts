/** The simulator as a process: the WhatsApp Cloud API, paid checks, their ledgers and the control API on one port; e-mail; DNS. */
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
    const {
      SIMULATOR_HOST: host,
      SIMULATOR_PORT: port,
      SIMULATOR_SMTP_PORT: smtpPort,
      SIMULATOR_DNS_PORT: dnsPort,
    } = config;
    try {
      simulator = await createSimulator({
        dataDir: config.SIMULATOR_DATA_DIR,
        host,
        port,
        smtpPort,
        dnsPort,
        accessToken: config.SIMULATOR_ACCESS_TOKEN,
      });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
      const taken = 'port' in error ? error.port : port;
      throw new PreflightError(
        `port ${taken} on ${host} is taken; set SIMULATOR_PORT, SIMULATOR_SMTP_PORT or SIMULATOR_DNS_PORT to another`,
        { cause: error },
      );
    }
    return { url: simulator.url, smtpPort: simulator.smtpPort, dnsPort: simulator.dnsPort };
  },
  async stop() {
    await simulator?.stop();
  },
});
