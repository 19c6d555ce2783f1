/**
 * When subscribers are to be reminded, by another calendar than the product's (temporal-polyfill), and what follows of that for
 * a week: who is to be mailed, and who checked.
 */
import { Temporal } from 'temporal-polyfill';
import { ACCOUNT_ZONE } from './people.mjs';

/** Days from the end of a subscription to a reminder. */
export const OFFSETS = [-3, -1];
/** The wall time of reminders. */
export const WALL_TIME = '09:00';

/**
 * @returns a function from somebody to the moments of their reminders (epoch ms), in the order of {@link OFFSETS}; none for whom
 * has no subscription. Remembers what it worked out: days, quarters of an hour and zones are few.
 */
export function createCalendar() {
  const known = new Map();
  return ({ zone: own, expires }) => {
    if (expires === null) return [];
    const zone = own ?? ACCOUNT_ZONE;
    const key = `${zone} ${expires}`;
    let moments = known.get(key);
    if (moments === undefined) {
      moments = momentsOf(expires, zone);
      known.set(key, moments);
    }
    return moments;
  };
}

function momentsOf(expires, zone) {
  const day = expires.includes('T')
    ? Temporal.Instant.from(expires).toZonedDateTimeISO(zone).toPlainDate()
    : Temporal.PlainDate.from(expires);
  return OFFSETS.map(
    (days) => day.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: WALL_TIME }).epochMilliseconds,
  );
}

/**
 * What is to become of somebody in a stretch of time.
 * @param moments of their reminders
 * @param week `fromMs` and `toMs` are its ends, `aheadMs` how long before its moment a reminder's address is checked, and
 *   `slackMs` how far off that may be
 * @returns `mails`: a bit for each of {@link OFFSETS}; `checks`: how often their address may and must be charged
 */
export function expectationOf({ isConfirmed, isDeliverable }, moments, { fromMs, toMs, aheadMs, slackMs }) {
  let mails = 0;
  let mayCheck = false;
  for (const [place, atMs] of moments.entries()) {
    if (atMs < fromMs || atMs > toMs + aheadMs + slackMs) continue;
    mayCheck = true;
    if (atMs <= toMs) mails |= 1 << place;
  }
  if (isConfirmed || !mayCheck) return { mails, checks: { atLeast: 0, atMost: 0 } };
  // Whoever is reminded soon after the week may have been checked in it, or not yet.
  return { mails: isDeliverable ? mails : 0, checks: { atLeast: mails === 0 ? 0 : 1, atMost: 1 } };
}
