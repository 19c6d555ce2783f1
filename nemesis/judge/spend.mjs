/**
 * What accounts are told that checks of addresses cost is what the paid service charged: for each check, and for each account and day in all.
 */
import { PRICE_MICROS } from '../settings.mjs';
import { group } from './world.mjs';

export async function judgeSpend({ pool }, { charges, deliveries }) {
  const { rows: charged } = await pool.query(
    `SELECT c.account_id, c.address_key, c.check_run_id, c.day::text, c.currency, c.price_micros, c.charged_micros,
            EXISTS (SELECT 1 FROM runs r WHERE r.account_id = c.account_id AND r.id = c.check_run_id) AS own
     FROM check_charges c`,
  );
  const { rows: spend } = await pool.query(
    'SELECT account_id, day::text, currency, reserved_micros, charged_micros FROM check_spend',
  );
  return judgeCharged({ charges, deliveries, charged, spend });
}

/**
 * Pure.
 * @param world.charges how often each address was charged, by the ledger of the service
 * @param world.charged rows of what accounts pay; `own` for a check that was made for the account, and is not shared
 * @param world.spend rows of the accounts' days
 */
export function judgeCharged({ charges, deliveries, charged, spend }) {
  const violations = [];
  const keyOfAddress = new Map(
    deliveries.filter(({ channel }) => channel === 'email_check').map((check) => [check.address, check.dedupe_key]),
  );
  const byKey = group(charged, ({ address_key }) => address_key);
  for (const [address, key] of keyOfAddress) {
    const times = charges.get(address) ?? 0;
    const rows = byKey.get(key) ?? [];
    const own = sum(rows.filter((row) => row.own).map((row) => row.charged_micros));
    // What was bought twice is told of as that.
    if (times < 2 && own !== times * PRICE_MICROS)
      violations.push({ kind: 'spend_miscounted', who: address, evidence: { times, own, rows } });
  }
  const ofDay = ({ account_id, day, currency }) => `account ${account_id} on ${day} in ${currency}`;
  const byDay = group(charged, ofDay);
  for (const [who, [told]] of group(spend, ofDay)) {
    const rows = byDay.get(who) ?? [];
    const counted = {
      reserved_micros: sum(rows.filter((row) => row.charged_micros === null).map((row) => row.price_micros)),
      charged_micros: sum(rows.map((row) => row.charged_micros)),
    };
    const differs = Object.entries(counted).some(([name, micros]) => told[name] !== micros);
    if (differs) violations.push({ kind: 'spend_miscounted', who, evidence: { told, counted } });
    byDay.delete(who);
  }
  // Whoever pays for something has a day on which that is counted.
  for (const [who, rows] of byDay) violations.push({ kind: 'spend_miscounted', who, evidence: { rows } });
  return violations;
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + (one ?? 0), 0);
}
