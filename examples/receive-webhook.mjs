/**
 * A server that is told what happens: it names itself to Carillon, asks for a test, and prints each event once.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/receive-webhook.mjs
 *
 * On this machine Carillon must be allowed to call it: ALLOW_PRIVATE_TARGETS=true, as `npm start` has it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createClient, verifyWebhook } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '', PORT = '0' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });

/** Ids of what came already. Yours belong under a unique key in your database, beside what you do about the event. */
const seen = new Set();
let secret = '';

const server = createServer(async (request, response) => {
  // The bytes as they came: JSON that was parsed and written again has another signature.
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let event;
  try {
    event = verifyWebhook(request.headers, Buffer.concat(chunks), secret);
  } catch (error) {
    console.log(`refused: ${error.message}`);
    response.writeHead(400).end();
    return;
  }
  // A notice may arrive twice; its id tells.
  const id = request.headers['webhook-id'];
  if (!seen.has(id)) console.log(`${id} ${event.type} ${JSON.stringify(event.data)}`);
  seen.add(id);
  // Answered at once; what takes its time is done afterwards.
  response.writeHead(204).end();
}).listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');

const url = `http://127.0.0.1:${server.address().port}/`;
const webhook = await carillon.post('/v1/webhooks', { body: { url, events: ['*'], description: 'example' } });
// Shown this once. A server of yours reads it from its settings.
secret = webhook.secret;
console.log(`${webhook.id} is told at ${url}`);
await carillon.post('/v1/webhooks/{id}/test', { path: { id: webhook.id } });

// Ctrl-C takes the endpoint back.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await carillon.delete('/v1/webhooks/{id}', { path: { id: webhook.id } });
    server.close();
    server.closeAllConnections();
  });
}
