/**
 * Reminds people three days and one day before their subscription ends, and has their addresses checked before. It needs a provider
 * account for e-mail, and one that checks addresses; `npm start` has both.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/subscription-reminders.mjs
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });

const ZONE = 'Europe/Berlin';
const dayIn = (days) => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(Date.now() + days * 24 * 3_600_000);
// What the simulator says of an address stands in its domain.
const subscribers = [
  { externalId: 'ada', email: 'ada@deliverable.check.example', ends: dayIn(2) },
  { externalId: 'ben', email: 'ben@deliverable.check.example', ends: dayIn(4) },
  { externalId: 'cleo', email: 'cleo@rejected.check.example', ends: dayIn(2) },
  { externalId: 'dan', email: 'dan@catchall.check.example', ends: dayIn(4) },
  // Followed a link in an earlier message, and is not checked.
  { externalId: 'eve', email: 'eve@rejected.check.example', ends: dayIn(2), emailConfirmed: true },
];
const lines = subscribers.map(({ ends, ...person }) =>
  JSON.stringify({ ...person, zone: ZONE, audiences: ['Subscribers'], dates: { subscription_expires_at: ends } }),
);
const report = await carillon.post('/v1/imports', {
  query: { format: 'ndjson' },
  contentType: 'application/x-ndjson',
  body: `${lines.join('\n')}\n`,
});
console.log(`${report.rowsKept} subscribers are known`);

const body = {
  kind: 'message',
  channel: 'email',
  name: 'Your subscription ends',
  content: { subject: 'Your subscription ends soon', text: 'Renew it with one click.' },
  trigger: {
    type: 'date',
    date: 'subscription_expires_at',
    offsets: ['-P3D', '-P1D'],
    at: '09:00',
    zone: ZONE,
    // Once for each value: a renewed date is reminded of again.
    repeat: 'once',
  },
  audience: { audiences: ['Subscribers'] },
  // Two days before the first message; an address that mail may harm is left out.
  policy: { addressCheck: { ahead: 'P2D', wait: 'PT1H', risky: 'skip', unknown: 'skip' } },
};
const { addressChecks } = await carillon.post('/v1/jobs/preview', { body });
const { known, toCheck, cost } = addressChecks;
console.log(`${known} addresses are known, ${toCheck} are to be checked, which costs ${cost.amount} ${cost.currency}`);

const job = await carillon.post('/v1/jobs', { body });
console.log(`${job.id} is ${job.status}`);

// Checks begin at once here, because the first reminders are due within two days. Each address is paid for once, whatever happens.
for (const { externalId, email } of subscribers) {
  let address;
  do {
    await pause(200);
    address = await carillon.get('/v1/addresses/{address}', { path: { address: email } });
  } while (!isKnown(address));
  console.log(`${externalId}: ${address.standing}`);
}

// Whoever renews is not reminded, also where the message is planned already.
await carillon.put('/v1/recipients/{externalId}/dates/{name}', {
  path: { externalId: 'ada', name: 'subscription_expires_at' },
  body: { value: dayIn(367) },
});
console.log('ada has renewed, and is not reminded');

// Without this it would remind them tomorrow.
const cancelled = await carillon.post('/v1/jobs/{id}/cancel', { path: { id: job.id } });
console.log(`${job.id} is ${cancelled.status}`);

function isKnown({ standing }) {
  return !['unchecked', 'pending', 'unknown'].includes(standing);
}
