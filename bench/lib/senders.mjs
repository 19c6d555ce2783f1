/** Several real senders over one large run: what they send together, by their own metrics, once all of them are at it. */
import { setTimeout as pause } from 'node:timers/promises';
import { pauseJob } from '@carillon/db';
import { seedAccount, seedAnnouncement, seedPeople } from '@carillon/testkit';
import { say } from './report.mjs';
import { watchStolen } from './stolen.mjs';

/** What one sender of the benchmarks' accounts has to be through with before anything is counted. */
const UNCOUNTED = 500;

let accounts = 0;

/** A run for so many people of a new account with a number of its own, due now. */
export async function announceAnew(stack, simulator, people) {
  accounts += 1;
  const phoneNumberId = String(100 + accounts);
  const account = await seedAccount(stack.pool, `bench ${accounts}`, { baseUrl: simulator.baseUrl, phoneNumberId });
  say(`seeding ${people.toLocaleString('en')} people`);
  const { audienceId } = await seedPeople(stack.pool, account.accountId, {
    count: people,
    addressPepper: stack.addressPepper,
  });
  const { jobId, runId } = await seedAnnouncement(stack.pool, account, { audienceId });
  return { phoneNumberId, jobId, runId, accountId: account.accountId };
}

/** What a sender tells of WhatsApp: calls `accepted` and `refused` so far, and its `window` of calls at once. */
export async function readMetrics(sender) {
  const text = await (await fetch(`http://127.0.0.1:${sender.ready.healthPort ?? sender.ready.port}/metrics`)).text();
  const value = (start) => {
    const line = text.split('\n').find((one) => one.startsWith(start));
    return line === undefined ? 0 : Number(line.split(' ').at(-1));
  };
  const calls = (outcome) => value(`carillon_calls_total{channel="whatsapp",outcome="${outcome}"`);
  return {
    accepted: calls('accepted'),
    refused: calls('throttled'),
    window: value('carillon_window{channel="whatsapp"'),
  };
}

/**
 * What `count` senders send a second over `seconds`, once they are at it. Their run must be larger than what they can send.
 * @param uncountedSeconds from when all of them send to when it counts, in which their processes compile what they do
 * @param env their settings where they are not those that are shipped
 * @param run of `announceAnew`; it is paused in the end: what is left of it would be sent by those who are measured next
 * @throws Error when the run ended before the seconds did
 */
export async function steadyRate(stack, { count, seconds, uncountedSeconds = 0, env = {}, run }) {
  const senders = [];
  for (let n = 0; n < count; n++) senders.push(await stack.start('sender', env));
  const read = async () => (await Promise.all(senders.map(readMetrics))).map(({ accepted }) => accepted);
  const sumOf = (values) => values.reduce((total, one) => total + one, 0);
  while ((await read()).some((accepted) => accepted < UNCOUNTED)) await pause(100);
  await pause(uncountedSeconds * 1_000);
  const stolenPercent = watchStolen();
  const before = sumOf(await read());
  const beginMs = performance.now();
  await pause(seconds * 1_000);
  const after = sumOf(await read());
  const perSecond = Math.round((after - before) / ((performance.now() - beginMs) / 1_000));
  const stolen = stolenPercent();
  const { rows } = await stack.pool.query(
    'SELECT coalesce(sum(scheduled), 0)::int AS left FROM batches WHERE run_id = $1',
    [run.runId],
  );
  if (rows[0].left === 0)
    throw new Error('the run was too small: there was nothing left to send while it was measured');
  say(`${count} ${count === 1 ? 'sender' : 'senders'}: ${perSecond}/s, ${stolen ?? 'an unknown'} % stolen`);
  await Promise.all(senders.map((sender) => sender.stop(20_000)));
  await pauseJob(stack.pool, { accountId: run.accountId, jobId: run.jobId, actor: 'bench' });
  return { count, perSecond, stolenPercent: stolen };
}
