/** The sender as a process: a worker for the channels that messages and notices go by. */
import { runWorker } from '@carillon/worker';
import { createChannels } from './channels.ts';
import { readConfig } from './config.ts';

const config = readConfig();

await runWorker({ name: 'sender', config, openChannels: (onWritten) => createChannels(config, onWritten) });
