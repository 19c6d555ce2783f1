/**
 * Plans a message for tomorrow at nine, wherever each recipient lives, and shows how it is paused, resumed and cancelled.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/schedule.mjs
 */
import { CarillonError, createClient } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });

const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
const body = {
  kind: 'message',
  channel: 'whatsapp',
  name: 'Good morning',
  content: { text: 'Good morning! The lift is out of order until noon.' },
  // `local` is nine o'clock in each zone; { type: 'at', at: '...', zone: 'Europe/Berlin' } is one moment for all.
  trigger: { type: 'local', at: `${tomorrow}T09:00` },
  audience: { everyone: true },
};

const job = await carillon.post('/v1/jobs', { body });
console.log(`${job.id} is ${job.status}; the first zone is due at ${job.run?.dueAt ?? job.nextRunAt}`);

const of = { path: { id: job.id } };
console.log(`paused: ${(await carillon.post('/v1/jobs/{id}/pause', of)).status}`);
console.log(`resumed: ${(await carillon.post('/v1/jobs/{id}/resume', of)).status}`);
console.log(`cancelled: ${(await carillon.post('/v1/jobs/{id}/cancel', of)).status}`);

// Errors have a stable code to decide by, and say which field is at fault.
try {
  await carillon.post('/v1/jobs', { body: { ...body, trigger: { type: 'at', at: '2020-01-01T09:00:00Z' } } });
} catch (error) {
  if (!(error instanceof CarillonError)) throw error;
  console.log(`refused: ${error.code} at ${error.field}`);
}
