/**
 * The loop that remembers nothing: the same channel, connections and bodies as a sender, without a database. Runs as a
 * process of its own: node bare.mjs <simulator url> <messages> <connections>; prints its messages per second.
 */
import { createWhatsAppChannel } from '@carillon/channels';
import { referenceEncoder } from '@carillon/core';
import { SEEDED_PROVIDER, seededPhone } from '@carillon/testkit';

const [baseUrl, messages, connections, runId] = process.argv.slice(2);
const count = Number(messages);
const channel = createWhatsAppChannel({ connections: Number(connections), timeoutMs: 10_000, connectTimeoutMs: 3_000 });
const provider = { ...SEEDED_PROVIDER, id: 1, accountId: 1, baseUrl, messagesPerSecond: 1_000_000 };
const content = { type: 'text', text: 'The canteen opens at eleven today.' };
const day = new Date().toISOString().slice(0, 10);
const reference = referenceEncoder({ runId: Number(runId), day, batchId: 1 }, new Uint8Array(32));

let next = 1;
let accepted = 0;
async function loop() {
  while (next <= count) {
    const n = next++;
    const outcome = await channel.send({ address: seededPhone(n), content, reference: reference(n, 1) }, provider);
    if (outcome.kind === 'accepted') accepted += 1;
  }
}
const startedMs = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, loop));
const seconds = (performance.now() - startedMs) / 1_000;
await channel.close();
process.stdout.write(`${JSON.stringify({ perSecond: accepted / seconds, accepted })}\n`);
