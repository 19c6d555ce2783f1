/** Rows that are not sent: what becomes of those for which no call is made, and what the log says of all of them. */
import { formatDeliveryId } from '@carillon/core';
import type { ClaimedDelivery, LeasedBatch } from '@carillon/db';
import type { Logger } from '@carillon/runtime';
import type { Decision } from './decide.ts';

/** A row whose job cannot be read goes back, and is tried again later. */
export const UNREADABLE: Decision = {
  state: 'scheduled',
  word: 'not_sent',
  burnsAttempt: false,
  code: 'job_unreadable',
  message: 'what the job says, or its provider account, could not be read',
  providerMessageId: null,
  retryInMs: 30_000,
};

/** The same of a row with which something goes wrong that nobody expected, before anything was written. */
export const UNPREPARED: Decision = {
  ...UNREADABLE,
  code: 'not_prepared',
  message: 'something went wrong before the call; the log says what',
};

/** What becomes of a row whose recipient lacks what its content needs. */
export const missing = (names: readonly string[]): Decision => ({
  state: 'skipped',
  word: 'not_sent',
  burnsAttempt: false,
  code: 'missing_variable',
  message: `the recipient has no ${names.join(', ')}`,
  providerMessageId: null,
  retryInMs: 0,
});

/** What did not go well, with everything that finds it again. Most of it only where somebody looks: there may be millions. */
export function reportUnsent(logger: Logger, batch: LeasedBatch, row: ClaimedDelivery, decision: Decision): void {
  const { state, code, message: reason } = decision;
  const isUnknown = state === 'unknown';
  if (!logger.isLevelEnabled(isUnknown ? 'warn' : 'debug')) return;
  const { id: batchId, accountId: account, jobId: job, runId: run, channel, day } = batch;
  const delivery = formatDeliveryId({ day, batchId, number: row.number });
  const { address } = row;
  const ids = { account, job, run, batch: batchId, delivery, try: row.try, channel, address, state, code, reason };
  if (isUnknown) logger.warn(ids, 'nobody knows whether a delivery arrived');
  else logger.debug(ids, 'a delivery was not sent');
}
