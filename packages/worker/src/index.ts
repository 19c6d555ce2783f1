/** What services that work batches off share: the process, its engine and its settings. */
export { checkWorkerConfig, type WorkerConfig, workerConfig } from './config.ts';
export type { RecipientLink } from './engineOptions.ts';
export { runWorker, type ServedChannel, type WorkerOptions } from './process.ts';
