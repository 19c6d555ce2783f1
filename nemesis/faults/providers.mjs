/** What providers do wrong, all of them in the words of the simulator's rules, and how they report. */
import { createHmac } from 'node:crypto';
import { parseReferenceUnverified } from '@carillon/core';
import { ledgerReader, SEEDED_PROVIDER, seededRandom } from '@carillon/testkit';
import { report } from '../accounts.mjs';
import { checksOf, paymentsOf } from '../house.mjs';

/** Of those that are asked, so many meet the trouble. */
const SHARE = [0.2, 1];

/** What a fault drew is made a seed of its own. */
const SEEDS = 2 ** 32;

/** Of so many messages something false is said. */
const FORGED = 20;

/** Each trouble as rules, by provider; what a provider cannot do is done by another trouble of the kind. */
const TROUBLES = {
  'provider-refuses': {
    messages: [{ status: 429, code: 130_429 }],
    mails: [{ status: 451, at: 'rcpt' }],
    others: [{ status: 429 }],
  },
  'provider-breaks-off': {
    mails: [
      { fault: 'accept_and_reset', at: 'dot' },
      { fault: 'reset_before_accept', at: 'body' },
    ],
    others: [{ fault: 'accept_and_reset' }, { fault: 'reset_before_accept' }],
  },
  'provider-hangs': {
    mails: [
      { fault: 'accept_and_hang', at: 'dot' },
      { fault: 'hang', at: 'body' },
    ],
    others: [{ fault: 'accept_and_hang' }, { fault: 'hang' }],
  },
  'provider-fails': {
    mails: [{ status: 451, at: 'dot' }],
    payments: [{ fault: 'accept_and_500' }, { status: 503 }, { fault: 'answer_twice' }],
    calls: [{ status: 503 }],
    others: [{ fault: 'accept_and_500' }, { status: 503 }],
  },
  'provider-slow': { others: [{ latencyMs: 1_000 }, { latencyMs: 1_900 }, { latencyMs: 2_600 }] },
};

/** Rules that let each trouble of the kind happen to a part of those who are asked. */
function rulesOf({ kind, on, draw }) {
  const troubles = TROUBLES[kind][on] ?? TROUBLES[kind].others;
  const probability = SHARE[0] + draw * (SHARE[1] - SHARE[0]);
  // Each rule is asked only of what the ones before it left.
  return troubles.map((does, n) => ({ match: { probability: probability / (troubles.length - n) }, does }));
}

function suffixOf(on) {
  // Messages and mails share one list of rules; addresses tell them apart.
  return on === 'mails' ? '.example' : undefined;
}

async function misbehave({ house, fault, wait }) {
  const rules = rulesOf(fault);
  const { on } = fault;
  if (on === 'calls') {
    const random = seededRandom(Math.floor(fault.draw * SEEDS));
    house.called.behave(() => rules.find(({ match }) => random() < match.probability)?.does);
  } else if (on === 'payments') {
    await house.control('payments', paymentsOf({ rules }));
  } else if (on === 'checks') {
    await house.control('checks', checksOf({ rules }));
  } else {
    const toSuffix = suffixOf(on);
    const own = rules.map(({ match, does }) => ({ match: { ...match, ...(toSuffix && { toSuffix }) }, does }));
    await house.control('rules', { rules: on === 'mails' ? own : [...letMailsPass(), ...own] });
  }
  await wait(fault.forMs);
  await house.calm();
  return true;
}

function letMailsPass() {
  return [{ match: { toSuffix: '.example' }, does: {} }];
}

const reporting = (changes) =>
  async function apply({ house, accounts, fault, wait }) {
    for (const account of accounts) await report(house, account, changes);
    await wait(fault.forMs);
    for (const account of accounts) await report(house, account, {});
    return true;
  };

export const providerFaults = {
  'provider-refuses': misbehave,
  'provider-breaks-off': misbehave,
  'provider-hangs': misbehave,
  'provider-fails': misbehave,
  'provider-slow': misbehave,

  async 'lookups-fail'({ house, fault, wait }) {
    const rules = rulesOf({ ...fault, kind: 'provider-breaks-off' });
    await house.control('payments', paymentsOf({ rules, lookup: 'fails' }));
    await wait(fault.forMs);
    await house.calm();
    return true;
  },

  'reports-doubled': reporting({ statuses: ['sent', 'delivered', 'read'], double: 0.6, shuffle: true, delayMs: 200 }),
  'reports-early': reporting({ early: true, double: 0.2 }),
  'reports-late': reporting({ delayMs: 3_000, shuffle: true }),

  'reports-forged': forge,
};

/**
 * Somebody without the secret says that real messages failed, the newest ones, of which most are still to be reported; so does another account,
 * with a secret of its own. And what the provider itself said long ago is said again: that those were sent which have arrived since.
 */
async function forge({ house, accounts, tell }) {
  const answers = [];
  const accepted = ledgerOf(house);
  for (const account of accounts) {
    const own = (await accepted(account, await newestOf(house, account))).slice(-FORGED);
    if (own.length === 0) continue;
    const forged = await post(house, account, callbackOf(account, own, 'failed'), `not ${SEEDED_PROVIDER.appSecret}`);
    if (forged?.ok) tell({ kind: 'forged_report_taken', who: account.name, evidence: { status: forged.status } });
    answers.push(forged);
    const other = accounts.find((one) => one !== account);
    if (other) await post(house, other, callbackOf(other, own, 'failed'), SEEDED_PROVIDER.appSecret);
    const arrived = await arrivedOf(house, account, accepted).catch(() => []);
    if (arrived.length > 0) await post(house, account, callbackOf(account, arrived, 'sent'), SEEDED_PROVIDER.appSecret);
  }
  // What nobody heard was not said.
  return answers.some((answer) => answer !== undefined && answer.status < 500);
}

/**
 * Reads what the provider took of an account's messages in one run, in order, each run once. All that ever was sent would be a hundred megabytes after half
 * an hour, and everybody's lines stand still in this process while it reads.
 */
function ledgerOf({ simulatorUrl }) {
  const reader = ledgerReader(simulatorUrl);
  const runs = new Map();
  /** @throws while the provider is away */
  return async ({ phoneNumberId }, runId) => {
    if (runId === undefined) return [];
    if (!runs.has(runId)) runs.set(runId, await reader.export(runId));
    return runs.get(runId).filter(({ number }) => number === phoneNumberId);
  };
}

/** The newest run of which enough was accepted, or else that of which most was; undefined without any. @throws while Postgres is away */
async function newestOf({ pool }, { accountId }) {
  const { rows } = await pool.query(
    `SELECT run_id FROM batches WHERE account_id = $1 AND channel = 'whatsapp' AND sent + delivered > 0
     GROUP BY run_id ORDER BY least(sum(sent + delivered), ${FORGED}) DESC, max(id) DESC LIMIT 1`,
    [accountId],
  );
  return rows[0]?.run_id;
}

/** Some of these that are recorded as delivered by their latest try, of the run in which the last of them arrived. */
async function arrivedOf({ pool }, account, accepted) {
  const { rows } = await pool.query(
    `SELECT run_id, batch_id, number, try FROM deliveries WHERE account_id = $1 AND state = 'delivered' ORDER BY settled_at DESC LIMIT ${FORGED}`,
    [account.accountId],
  );
  const places = new Set(rows.map(({ batch_id, number, try: latest }) => `${batch_id}.${number}.${latest}`));
  return (await accepted(account, rows[0]?.run_id)).filter(({ reference }) => {
    const { batchId, number, try: tried } = parseReferenceUnverified(reference) ?? {};
    return places.has(`${batchId}.${number}.${tried}`);
  });
}

/** A callback as the provider makes it, that gives all of these messages one status. */
function callbackOf({ phoneNumberId }, acceptances, status) {
  const statuses = acceptances.map(({ at, to, reference, wamid }) => ({
    ...{ id: wamid, status, timestamp: String(Math.floor(at / 1_000)), recipient_id: to },
    biz_opaque_callback_data: reference,
    ...(status === 'failed' && { errors: [{ code: 131_026, title: 'Message undeliverable' }] }),
  }));
  const metadata = { display_phone_number: phoneNumberId, phone_number_id: phoneNumberId };
  const value = { messaging_product: 'whatsapp', metadata, statuses };
  const entry = [{ id: '0', changes: [{ field: 'messages', value }] }];
  return JSON.stringify({ object: 'whatsapp_business_account', entry });
}

/** @returns the answer; undefined when there was none */
async function post({ fronts }, { index, callbackPath }, body, secret) {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return await fetch(`${fronts[index % fronts.length].url}${callbackPath}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined);
}
