/** What providers do wrong, all of them in the words of the simulator's rules, and how they report. */
import { createHmac } from 'node:crypto';
import { SEEDED_PROVIDER } from '@carillon/testkit';
import { report } from '../accounts.mjs';
import { checksOf, paymentsOf } from '../house.mjs';

/** Of those that are asked, so many meet the trouble. */
const SHARE = [0.2, 1];

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
    house.called.behave(() => rules.find(({ match }) => Math.random() < match.probability)?.does);
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

  /** Somebody else says that nobody was reached, without the secret; and what was said long ago of another house is said again. */
  async 'reports-forged'({ house, accounts, tell }) {
    for (const account of accounts) {
      const body = JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: '0', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', statuses: [] } }] }],
      });
      const front = house.fronts[account.index % house.fronts.length];
      const signature = createHmac('sha256', `not ${SEEDED_PROVIDER.appSecret}`).update(body).digest('hex');
      const response = await fetch(`${front.url}${account.callbackPath}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
        body,
        signal: AbortSignal.timeout(5_000),
      }).catch(() => undefined);
      if (response?.ok) tell({ kind: 'forged_report_taken', who: account.name, evidence: { status: response.status } });
    }
    return true;
  },
};
