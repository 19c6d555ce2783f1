/** Everybody is told what the job said: its first words, or those that a user put in their place, and none that were replaced before it was begun. */
import { crc32 } from 'node:zlib';
import { actsOn, askedBy, shown } from './asked.mjs';
import { placeOf } from './world.mjs';

export function judgeWords(world, { clockAheadMs }) {
  const { acceptances, deliveryAt } = world;
  const entryOf = askedBy(world);
  const allowed = new Map();
  const violations = [];
  for (const acceptance of acceptances) {
    const delivery = deliveryAt.get(placeOf({ batch_id: acceptance.batchId, number: acceptance.number }));
    const entry = delivery && entryOf(delivery);
    if (entry === undefined) continue;
    if (!allowed.has(entry)) allowed.set(entry, textsOf(entry, delivery, world, clockAheadMs));
    const texts = allowed.get(entry);
    if (texts.some((text) => isSaid(text, acceptance))) continue;
    const evidence = { acceptance, texts, delivery, acts: shown(actsOn(entry, 'reword', world)) };
    violations.push({ kind: 'said_otherwise', who: `run ${delivery.run_id} to ${acceptance.to}`, evidence });
  }
  return violations;
}

/** A ledger keeps the checksum of a text, and of a mail its subject, which is the same here. */
function isSaid(text, { words, email }) {
  return email === undefined ? words === crc32(text).toString(16) : email.subject === text;
}

/**
 * What a job may say. Words are replaced by others that were asked for after their own answer, and answered for before anything of the job
 * was begun; from then on a run keeps those that it was planned with. So it does from when another run was made for those whom it missed,
 * begun or not.
 */
function textsOf(entry, { account_id, job_id }, world, clockAheadMs) {
  const deliveries = world.deliveriesOfJob.get(`${account_id}.job_${job_id}`) ?? [];
  const begun = deliveries.flatMap((delivery) => [
    delivery.sending_ms ?? Number.POSITIVE_INFINITY,
    ...(world.attemptsAt.get(placeOf(delivery)) ?? []).map(({ started_ms }) => started_ms),
  ]);
  const begunMs = Math.min(...begun) - clockAheadMs;
  const rewords = actsOn(entry, 'reword', world);
  const resentMs = Math.min(...actsOn(entry, 'resend', world).map(({ sentAtMs }) => sentAtMs));
  const startedMs = Math.min(begunMs, resentMs);
  const isReplaced = ({ answeredAtMs }) =>
    rewords.some(
      (other) => other.state === 'acknowledged' && other.sentAtMs > answeredAtMs && other.answeredAtMs < startedMs,
    );
  const first = { answeredAtMs: entry.answeredAtMs, text: entry.body.content.text };
  return [first, ...rewords].filter((one) => !isReplaced(one)).map(({ text }) => text);
}
