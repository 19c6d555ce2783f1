/**
 * The loop that remembers nothing: undici's pool, as anybody would write it, with the connections and bodies of a sender.
 * A process of its own: node bare.mjs <simulator url> <messages> <connections> <run id>; prints its messages per second.
 */
import { createRequire } from 'node:module';
import { referenceEncoder } from '@carillon/core';
import { SEEDED_PROVIDER, seededPhone } from '@carillon/testkit';

// The very undici that the channel uses.
const { Pool } = createRequire(new URL('../../packages/channels/package.json', import.meta.url))('undici');

const [baseUrl, messages, connections, runId] = process.argv.slice(2);
const count = Number(messages);
const pool = new Pool(baseUrl, { connections: Number(connections), pipelining: 1 });
const path = `/${SEEDED_PROVIDER.apiVersion}/${SEEDED_PROVIDER.phoneNumberId}/messages`;
const headers = { 'content-type': 'application/json', authorization: `Bearer ${SEEDED_PROVIDER.accessToken}` };
const day = new Date().toISOString().slice(0, 10);
const reference = referenceEncoder({ runId: Number(runId), day, batchId: 1 }, new Uint8Array(32));
const text = { preview_url: false, body: 'The canteen opens at eleven today.' };

let next = 1;
let accepted = 0;
async function loop() {
  while (next <= count) {
    const n = next++;
    const message = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: seededPhone(n),
      type: 'text',
      text,
      biz_opaque_callback_data: reference(n, 1),
    };
    const answer = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(message) });
    const { messages: ids } = await answer.body.json();
    if (answer.statusCode === 200 && typeof ids[0].id === 'string') accepted += 1;
  }
}
const startedMs = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, loop));
const seconds = (performance.now() - startedMs) / 1_000;
await pool.close();
process.stdout.write(`${JSON.stringify({ perSecond: accepted / seconds, accepted })}\n`);
