/** One message to the simulator by undici's pool, as anybody would write it, with the connections and bodies of a sender. */
import { createRequire } from 'node:module';
import { referenceEncoder } from '@carillon/core';
import { SEEDED_PROVIDER, seededPhone } from '@carillon/testkit';

// The very undici that the channel uses.
const { Pool } = createRequire(new URL('../../packages/channels/package.json', import.meta.url))('undici');

const PATH = `/${SEEDED_PROVIDER.apiVersion}/${SEEDED_PROVIDER.phoneNumberId}/messages`;
const HEADERS = { 'content-type': 'application/json', authorization: `Bearer ${SEEDED_PROVIDER.accessToken}` };
const TEXT = { preview_url: false, body: 'The canteen opens at eleven today.' };

/**
 * @param runId names the messages in the simulator's ledger
 * @returns a function that sends message `n` and resolves with the provider's id of it; it throws for any other answer
 */
export function createPost({ baseUrl, connections, runId }) {
  const pool = new Pool(baseUrl, { connections, pipelining: 1 });
  const day = new Date().toISOString().slice(0, 10);
  const reference = referenceEncoder({ runId, day, batchId: 1 }, new Uint8Array(32));
  return async (n) => {
    const message = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: seededPhone(n),
      type: 'text',
      text: TEXT,
      biz_opaque_callback_data: reference(n, 1),
    };
    const answer = await pool.request({ method: 'POST', path: PATH, headers: HEADERS, body: JSON.stringify(message) });
    const { messages } = await answer.body.json();
    if (answer.statusCode !== 200) throw new Error(`the simulator answered ${answer.statusCode}`);
    return messages[0].id;
  };
}
