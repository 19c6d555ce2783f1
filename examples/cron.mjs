/**
 * Tells somebody again and again: looks at what a cron expression comes to, and watches a job of every second.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/cron.mjs
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });

const message = (trigger) => ({
  kind: 'message',
  channel: 'whatsapp',
  name: 'Stand-up',
  content: { text: 'The stand-up begins.' },
  trigger,
  audience: { addresses: [{ address: '+49 151 1020 0077' }] },
});

// Nothing is stored by a preview.
const weekdays = { type: 'cron', expression: '25 9 * * MON-FRI', zone: 'Europe/Berlin' };
const { moments } = await carillon.post('/v1/jobs/preview', { body: message(weekdays) });
for (const { at, wallTime, zone } of moments) console.log(`${wallTime} in ${zone} is ${at}`);

// Three times, a second apart, and once now.
const body = { ...message({ type: 'every', interval: 1, maxOccurrences: 3, missed: 'all' }), runNow: true };
const job = await carillon.post('/v1/jobs', { body });
console.log(`${job.id} is ${job.status}, next at ${job.nextRunAt}`);

let now;
do {
  await pause(200);
  now = await carillon.get('/v1/jobs/{id}', { path: { id: job.id } });
} while (now.status !== 'completed');
const { data: runs } = await carillon.get('/v1/jobs/{id}/runs', { path: { id: job.id } });
for (const { occurrence, state } of runs.toReversed()) console.log(`${occurrence}: ${state}`);
