/**
 * The demo's receiver of webhooks: a small server as a portal would have one, registered as an endpoint over the API. It
 * takes what verifies and remembers it by its id, because a notice may come twice. Jobs of the demo call it as well.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { CarillonError, verifyWebhook } from '@carillon/client';

const CALLS = '/calls';

/** Listens on a free port of this machine, and has the account told everything that happens there. */
export async function startReceiver(carillon, secrets) {
  const events = new Map();
  const calls = new Set();
  let refused = 0;
  let secret = secrets.endpoint?.secret;
  const callSecrets = (await carillon.get('/v1/call-settings')).secrets.map(({ secret }) => secret);
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      // The bytes that arrived: JSON that was read and written again has another signature.
      const body = Buffer.concat(chunks);
      const id = request.headers['webhook-id'];
      if (request.url === CALLS) {
        verifyWebhook(request.headers, body, callSecrets);
        calls.add(id);
      } else {
        events.set(id, verifyWebhook(request.headers, body, secret));
      }
      response.writeHead(204).end();
    } catch {
      refused += 1;
      response.writeHead(400).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${server.address().port}`;
  const url = `${base}/notices`;
  const endpoint = await register(carillon, url, secrets.endpoint);
  secrets.save({ endpoint });
  secret = endpoint.secret;
  return {
    url,
    id: endpoint.id,
    /** What was verified, each event once, in the order of arrival. */
    events: () => [...events.values()],
    /** Where jobs of kind `webhook` may call it, and how many of them verified. */
    callUrl: base + CALLS,
    calls: () => calls.size,
    refused: () => refused,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The endpoint of the last start, at its new address, or a new one. Its secret was shown when it was created, once. */
async function register(carillon, url, known) {
  if (known !== undefined) {
    try {
      await carillon.patch('/v1/webhooks/{id}', { path: { id: known.id }, body: { url, enabled: true } });
      return known;
    } catch (error) {
      if (!(error instanceof CarillonError && error.status === 404)) throw error;
    }
  }
  const { id, secret } = await carillon.post('/v1/webhooks', {
    body: { url, events: ['*'], description: 'The receiver of npm start' },
  });
  return { id, secret };
}
