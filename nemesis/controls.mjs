/**
 * Negative controls: the product with one of its mechanisms switched off, so that the nemesis can be seen to find what the mechanism is
 * there for. Each says what is switched off, what is done to the product then, and which violations show it. The same with the mechanism
 * on is its baseline, in which nothing may be found.
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { paymentsOf } from './house.mjs';

const SENDERS = ['sender.1', 'sender.2'];
const REPEATED_EVERY_MS = 1_000;

/**
 * By name: `off`, what is switched off: `env`, the environment of services, `counts`, how many run of a service, `prepare`, what is done
 * to the database before the load. What is so in the baseline, too: `env`; `meanwhile`, what is done under the load beside the faults, and
 * `meanwhileIs`, the fault that the judge is to take it for; `plan` and `requests`, the options of the schedule and of the load; for how many
 * `seconds`. `finds` are the kinds of violations of which one at least must be found.
 */
export const CONTROLS = {
  fence: {
    off: { env: { sender: { NEGATIVE_CONTROL: 'no_fence' } } },
    // Between a claim and its calls passes a moment, in which standing still is no longer rare.
    env: { sender: { CARILLON_FAILPOINTS: 'after_claim=delay:250' } },
    // Longer than the lease and the time after which everybody's policy sends again, which the other sender does.
    requests: { unknown: { action: 'resend', after: 5 } },
    plan: { kinds: ['stand-still'], on: ['sender.1'], everyMs: 3_000, forMs: [11_000, 12_000] },
    seconds: 40,
    finds: ['told_twice'],
  },
  intent: {
    off: { env: { sender: { NEGATIVE_CONTROL: 'no_intent' } } },
    plan: { kinds: ['kill', 'stand-still'], on: SENDERS, everyMs: 1_500 },
    seconds: 30,
    finds: ['told_twice'],
  },
  'unique-key': {
    off: { prepare: dropUniqueKey },
    meanwhile: repeatSteps,
    plan: { kinds: [] },
    seconds: 20,
    finds: ['told_twice', 'planned_twice'],
  },
  sweeper: {
    off: { counts: { sweeper: 0 } },
    plan: { kinds: ['kill'], on: SENDERS, everyMs: 3_000 },
    seconds: 20,
    finds: ['unsettled'],
  },
  generation: {
    off: {
      env: {
        sender: { NEGATIVE_CONTROL: 'constant_generation' },
        scheduler: { NEGATIVE_CONTROL: 'constant_generation' },
        sweeper: { NEGATIVE_CONTROL: 'constant_generation' },
      },
    },
    plan: { kinds: ['kill'], on: SENDERS, everyMs: 2_000 },
    seconds: 30,
    finds: ['unsettled'],
  },
  settings: {
    off: { env: { sweeper: { NEGATIVE_CONTROL: 'no_settings' } } },
    plan: { kinds: ['redis-emptied', 'redis-restarted-empty'], everyMs: 4_000 },
    seconds: 20,
    finds: ['setting_lost'],
  },
  'stop-check': {
    off: { env: { sender: { NEGATIVE_CONTROL: 'no_stop_check' } } },
    plan: { kinds: [], actsEveryMs: 300, actKinds: ['pause', 'cancel'] },
    seconds: 30,
    finds: ['begun_after_stop'],
  },
  'key-validity': {
    off: { env: { sender: { NEGATIVE_CONTROL: 'no_key_check' } } },
    meanwhile: keepInDoubt,
    meanwhileIs: { kind: 'lookups-fail', on: 'payments' },
    plan: { kinds: [], actsEveryMs: 700, actKinds: ['settle'] },
    seconds: 30,
    finds: ['paid_twice'],
  },
  unknown: {
    off: { env: { sender: { NEGATIVE_CONTROL: 'retry_unknown' } } },
    // A report that comes at once settles what the answer did not say, before it is sent again.
    plan: { kinds: ['provider-breaks-off', 'reports-late'], on: ['messages', 'mails'], everyMs: 1_000 },
    seconds: 20,
    finds: ['told_twice'],
  },
  suppressions: {
    off: { env: { sender: { NEGATIVE_CONTROL: 'no_suppression' } } },
    plan: { kinds: [], actsEveryMs: 150, actKinds: ['suppress'] },
    seconds: 30,
    finds: ['begun_after_stop'],
  },
};

/**
 * What a house is opened with: `env` by service, `counts`, `prepare`.
 * @param control of `CONTROLS`; undefined for the product as it is
 * @param isOff whether its mechanism is switched off
 */
export function circumstancesOf(control, isOff) {
  const off = isOff ? control.off : {};
  const services = Object.keys({ ...control?.env, ...off.env });
  const env = Object.fromEntries(services.map((name) => [name, { ...control?.env?.[name], ...off.env?.[name] }]));
  return { env, counts: off.counts, prepare: off.prepare };
}

/** Payments whose answers are lost, and a provider that cannot be asked, for longer than it remembers keys. */
async function keepInDoubt(house, signal) {
  const rules = [{ match: { share: { from: 0, below: 0.5 } }, does: { fault: 'accept_and_reset' } }];
  await house.control('payments', paymentsOf({ rules, lookup: 'fails' }));
  await once(signal, 'abort');
  await house.calm();
}

async function dropUniqueKey(pool) {
  const { rows } = await pool.query(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = 'deliveries'::regclass AND contype = 'u'`,
  );
  for (const { name } of rows) await pool.query(`ALTER TABLE deliveries DROP CONSTRAINT ${name}`);
}

/**
 * Runs that are being sent are expanded once more, as if the mark that a step was done had been lost. In the end it is found again: where the
 * key keeps a step from being repeated, its run would wait for ever.
 */
async function repeatSteps({ pool }, signal) {
  const repeated = [];
  while (!signal.aborted) {
    const { rows } = await pool.query(
      `WITH run AS (
         SELECT r.account_id, r.id FROM runs r JOIN expansion_steps s ON s.account_id = r.account_id AND s.run_id = r.id
         WHERE r.state = 'sending' AND s.done_at IS NOT NULL LIMIT 1
       ), again AS (
         UPDATE expansion_steps s SET done_at = NULL FROM run WHERE s.account_id = run.account_id AND s.run_id = run.id
         RETURNING s.account_id, s.run_id, s.number
       ), reopened AS (
         UPDATE runs r SET state = 'expanding' FROM run WHERE r.account_id = run.account_id AND r.id = run.id
       )
       SELECT * FROM again`,
    );
    repeated.push(...rows);
    await pause(REPEATED_EVERY_MS, undefined, { signal }).catch(() => {});
  }
  for (const { account_id: account, run_id: run, number } of repeated) {
    await pool.query(
      `UPDATE expansion_steps SET done_at = carillon_now()
       WHERE account_id = $1 AND run_id = $2 AND number = $3 AND done_at IS NULL`,
      [account, run, number],
    );
  }
}
