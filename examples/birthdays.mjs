/**
 * Greets people on their birthdays, at nine where each of them lives, every year: from the first zone on earth to the last.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/birthdays.mjs
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });

// Born on tomorrow's date, each by the calendar on their own wall; of Luca the year is not known.
const tomorrowIn = (zone) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.now() + 24 * 3_600_000).slice(4);
const people = [
  { externalId: 'mele', name: 'Mele', phone: '+676 771 5400', zone: 'Pacific/Tongatapu', year: '1988' },
  { externalId: 'hana', name: 'Hana', phone: '+81 90 1234 5678', zone: 'Asia/Tokyo', year: '1992' },
  { externalId: 'luca', name: 'Luca', phone: '+39 312 345 6789', zone: 'Europe/Rome', year: '-' },
  { externalId: 'joan', name: 'Joan', phone: '+1 808 555 0100', zone: 'Pacific/Honolulu', year: '1960' },
];
for (const { externalId, year, ...person } of people) {
  const body = { ...person, dates: { birthday: `${year}${tomorrowIn(person.zone)}` } };
  await carillon.put('/v1/recipients/{externalId}', { path: { externalId }, body });
}

const body = {
  kind: 'message',
  channel: 'whatsapp',
  name: 'Birthdays',
  content: { text: 'Happy birthday, {{name}}!' },
  trigger: {
    type: 'date',
    date: 'birthday',
    at: '09:00',
    repeat: 'yearly',
    // Whoever was born on 29 February is greeted on 1 March in other years.
    feb29: 'mar1',
    // After a standstill nobody is greeted in the evening.
    lateness: { until: '20:00' },
  },
  audience: { recipients: people.map(({ externalId }) => externalId) },
};

// Nothing is stored by a preview.
const { dates } = await carillon.post('/v1/jobs/preview', { body });
for (const { day, people: count, earliestAt, latestAt } of dates.upcoming)
  console.log(`${day}: ${count} birthdays, the first at ${earliestAt}, the last at ${latestAt}`);

// The job stays active, and greets whoever is added later, too.
const job = await carillon.post('/v1/jobs', { body });
console.log(`${job.id} is ${job.status}`);

// What comes within a day and a half is planned, each at a moment of its own.
let runs = [];
do {
  await pause(200);
  ({ data: runs } = await carillon.get('/v1/jobs/{id}/runs', { path: { id: job.id } }));
} while (runs.reduce((sum, run) => sum + run.deliveries, 0) < people.length);
for (const run of runs)
  for await (const { recipient, dueAt } of carillon.list('/v1/runs/{id}/deliveries', { path: { id: run.id } }))
    console.log(`${recipient} is greeted at ${dueAt}`);

// Without this it would greet them tomorrow.
const cancelled = await carillon.post('/v1/jobs/{id}/cancel', { path: { id: job.id } });
console.log(`${job.id} is ${cancelled.status}`);
