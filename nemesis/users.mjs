/**
 * What users do while everything is being broken: they pause, resume, cancel, reword, move and resend jobs, hold everything, keep
 * single people from being written to, and have payments in doubt paid once more. Each act is a request in the journal, repeated until it is answered.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { CarillonError } from '@carillon/client';
import { personOf } from './requests.mjs';

/** Of the newest jobs so many may be meant: those that are being sent, mostly. */
const NEWEST = 3;
/** A job is moved so far from now, which may be later or earlier than it was to be. */
const MOVED_MS = 6_000;
/** Somebody else changed the job in between: it is read again. */
const CONFLICT = 'version_conflict';

/**
 * @param context `house`, `accounts`, `journal`, and `startMs` from which moments count (epoch ms of this machine)
 * @returns `over`, after which nothing is paused or held any more
 */
export function applyActs(acts, { house, accounts, journal, startMs, say }) {
  const lifting = new AbortController();
  // Everything that lasts waits for it.
  setMaxListeners(0, lifting.signal);
  const wait = async (ms) => {
    await pause(ms, undefined, { signal: lifting.signal }).catch(() => {});
  };

  async function applyOne(act) {
    await wait(Math.max(0, startMs + act.atMs - Date.now()));
    if (lifting.signal.aborted) return;
    const account = accounts[Math.floor(act.draw * accounts.length)];
    say(`${((Date.now() - startMs) / 1_000).toFixed(1)} s: somebody of ${account.name} wants to ${act.kind}`);
    await DO[act.kind]({ house, journal, account, act, wait });
  }
  const all = acts.map(applyOne);
  for (const one of all) one.catch(() => {});

  return {
    async over() {
      lifting.abort();
      await Promise.all(all);
    },
  };
}

/** One of the newest jobs of the account that was answered for, of these kinds. */
function jobOf({ journal, account, act }, kinds) {
  const jobs = journal.entries.filter(
    (entry) => entry.account === account && entry.state === 'acknowledged' && kinds.includes(entry.request?.kind),
  );
  const newest = jobs.slice(-NEWEST);
  // The first digits of the draw chose the account.
  return newest[Math.floor(((act.draw * 1_000) % 1) * newest.length)];
}

const path = (entry) => ({ path: { id: entry.answer.id } });

const DO = {
  async pause(context) {
    const { journal, account, act, wait } = context;
    const job = jobOf(context, ['announcement', 'single']);
    if (job === undefined) return;
    const about = { act: 'pause', job };
    await journal.ask(account, about, (client) => client.post('/v1/jobs/{id}/pause', path(job)));
    await wait(act.forMs);
    await journal.ask(account, { act: 'resume', job }, (client) => client.post('/v1/jobs/{id}/resume', path(job)));
  },

  async cancel(context) {
    const { journal, account } = context;
    const job = jobOf(context, ['announcement', 'single', 'payment', 'call', 'mail', 'script']);
    if (job === undefined) return;
    await journal.ask(account, { act: 'cancel', job }, (client) => client.post('/v1/jobs/{id}/cancel', path(job)));
  },

  async reword(context) {
    const job = jobOf(context, ['announcement', 'single']);
    if (job === undefined) return;
    const text = `Other words, ${context.act.draw}.`;
    await change(context, { act: 'reword', job, text }, { content: { text } });
  },

  async move(context) {
    const job = jobOf(context, ['announcement', 'single', 'payment', 'call', 'mail', 'script']);
    if (job === undefined) return;
    const dueMs = Math.round(context.house.nowMs() + MOVED_MS);
    const trigger = { type: 'at', at: new Date(dueMs).toISOString() };
    await change(context, { act: 'move', job, dueMs }, { trigger });
  },

  async resend(context) {
    const { journal, account } = context;
    const job = jobOf(context, ['announcement']);
    if (job === undefined) return;
    await journal.ask(account, { act: 'resend', job }, (client, idempotencyKey) =>
      client.post('/v1/jobs/{id}/resend', { ...path(job), body: {}, idempotencyKey }),
    );
  },

  async hold({ journal, account, act, wait }) {
    const body = { reason: 'Somebody wants everything to stop.' };
    const held = await journal.ask(account, { act: 'hold' }, (client) => client.post('/v1/holds', { body }));
    await wait(act.forMs);
    if (held.state !== 'acknowledged') return;
    await journal.ask(account, { act: 'release' }, (client) =>
      client.delete('/v1/holds/{id}', { path: { id: held.answer.id } }),
    );
  },

  /** Somebody pays once more what nobody knows the outcome of; only the key and the look-up keep that from being a second payment. */
  async settle({ journal, account }) {
    const body = { as: 'resend', filter: { channel: 'payment' }, note: 'It must be paid.' };
    await journal.ask(account, { act: 'settle' }, (client) => client.post('/v1/deliveries/settle', { body }));
  },

  async suppress({ journal, account, act, wait }) {
    const { phone } = personOf({ n: Math.floor(act.draw * 1_000_000) }, account);
    const body = { channel: 'whatsapp', address: `+${phone}`, reason: 'complained' };
    const suppressed = await journal.ask(account, { act: 'suppress', phone }, (client) =>
      client.post('/v1/suppressions', { body }),
    );
    await wait(act.forMs);
    if (suppressed.state !== 'acknowledged') return;
    // Whoever was suppressed twice is allowed again by the first who says so.
    await journal.ask(account, { act: 'allow', phone }, (client) =>
      client.delete('/v1/suppressions/{id}', { path: { id: suppressed.answer.id } }),
    );
  },
};

/** Changes a job as it is now, however often somebody else was faster. */
async function change({ journal, account }, about, body) {
  const { job } = about;
  await journal.ask(account, about, async (client) => {
    for (;;) {
      const { version } = await client.get('/v1/jobs/{id}', path(job));
      try {
        return await client.patch('/v1/jobs/{id}', { ...path(job), body: { version, ...body } });
      } catch (error) {
        if (!(error instanceof CarillonError && error.code === CONFLICT)) throw error;
      }
    }
  });
}
