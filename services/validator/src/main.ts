/** The validator as a process: a worker for the one channel by which addresses are checked. */
import { runWorker } from '@carillon/worker';
import { createChannels } from './channels.ts';
import { readConfig } from './config.ts';

const config = readConfig();

await runWorker({
  name: 'validator',
  config: { ...config, LEASE_MS: config.CHECK_LEASE_MS },
  openChannels: (onWritten) => createChannels(config, onWritten),
});
