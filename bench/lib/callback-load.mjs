/**
 * Reports messages as delivered at a steady rate, as the provider does: signed, one status to a request, repeated until it is taken.
 * A process of its own (see child.mjs) with the task `{url, appSecret, phoneNumberId, referenceKey, runId, day, batches, from, perSecond, seconds,
 * uncountedSeconds, connections}`: messages of a run by the ids and sizes of its batches, `from` being the place of the first one to be
 * reported. Answers `{requests, tookSeconds, errors, spread, lastDueMs}`; the last is an epoch.
 */
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { referenceEncoder } from '@carillon/core';
import { answerTask, readTask } from './child.mjs';
import { keepPace, spread } from './pace.mjs';

const { Pool } = createRequire(new URL('../../packages/channels/package.json', import.meta.url))('undici');

const AGAIN_MS = 1_000;
/** What is refused for so long is told as an error that stays. */
const TRIES = 60;

const task = await readTask();
const url = new URL(task.url);
const pool = new Pool(url.origin, { connections: task.connections, pipelining: 1 });
const key = Buffer.from(task.referenceKey, 'base64');
const latencies = [];
const errors = {};
let lastDueMs = 0;

/** One function of its number for each message that there is, in the order of the batches. */
const messages = task.batches.flatMap(({ id, size }) => {
  const encode = referenceEncoder({ runId: task.runId, day: task.day, batchId: id }, key);
  return Array.from({ length: size }, (_, index) => () => encode(index + 1, 1));
});

function bodyOf(n) {
  const status = {
    id: `wamid.reported${task.from + n}`,
    status: 'delivered',
    timestamp: String(Math.floor(Date.now() / 1_000)),
    recipient_id: '4915200000000',
    biz_opaque_callback_data: messages[task.from + n](),
  };
  const metadata = { display_phone_number: '15550000000', phone_number_id: task.phoneNumberId };
  const value = { messaging_product: 'whatsapp', metadata, statuses: [status] };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '0', changes: [{ field: 'messages', value }] }],
  });
}

async function report(n, dueMs, isCounted) {
  lastDueMs = performance.timeOrigin + dueMs;
  const body = bodyOf(n);
  const signature = createHmac('sha256', task.appSecret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      const answer = await pool.request({ method: 'POST', path: url.pathname, headers, body });
      const said = await answer.body.text();
      if (answer.statusCode === 200 && JSON.parse(said).received === 1) {
        if (isCounted) latencies.push(performance.now() - dueMs);
        return;
      }
      count(`${answer.statusCode} ${said.slice(0, 200)}`);
    } catch (error) {
      count(error.code ?? error.message);
    }
    await pause(AGAIN_MS);
  }
}

function count(error) {
  errors[error] = (errors[error] ?? 0) + 1;
}

const made = await keepPace(task, report);
await pool.close();
answerTask({ ...made, errors, spread: spread(latencies), lastDueMs });
