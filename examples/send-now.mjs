/**
 * Tells two people something, now.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/send-now.mjs "The canteen opens at eleven"
 */
import { createClient } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });
const text = process.argv[2] ?? 'The canteen opens at eleven today.';

// Recipients are named by your own ids; putting one again replaces it.
const people = [
  { externalId: 'anna', name: 'Anna', phone: '+49 151 20000001' },
  { externalId: 'bo', name: 'Bo', phone: '+49 151 20000002' },
];
for (const { externalId, ...body } of people)
  await carillon.put('/v1/recipients/{externalId}', { path: { externalId }, body });

// The client gives the call an Idempotency-Key, and repeats it by that key if the answer is lost: there is one job.
const job = await carillon.post('/v1/jobs', {
  body: {
    kind: 'message',
    channel: 'whatsapp',
    name: 'Canteen',
    content: { text },
    trigger: { type: 'now' },
    audience: { recipients: people.map(({ externalId }) => externalId) },
    // Whoever tries this twice means it; without it the second time is refused as `similar_job`.
    allowSimilar: true,
  },
});
console.log(`${job.id} is accepted; its run is ${job.run?.id}`);
