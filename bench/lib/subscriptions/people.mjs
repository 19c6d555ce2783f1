/**
 * The recipients of the subscription case. Everything about one of them follows from the number, so that millions need no
 * memory: they are made as they are sent, and made again where the ledgers are judged.
 */

/** Of five recipients one has a subscription. */
const SUBSCRIBED_EVERY = 5;
/** Of a hundred subscribers so many have confirmed their address. */
const CONFIRMED_PERCENT = 15;
/** Of a hundred so many have no zone and live by their account's. */
const ZONELESS_PERCENT = 3;
/** Subscriptions end within so many days, evenly. */
const DAYS = 30;
const QUARTERS_OF_A_DAY = 96;

/** The zone of those who have none. */
export const ACCOUNT_ZONE = 'Europe/Berlin';
/** From the first to nearly the last on earth, with and without summer time, with a quarter of an hour. */
const ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'America/New_York',
  'Pacific/Pago_Pago',
];

/**
 * What the paid service says of addresses, by their domain. The names are those that the simulator knows; of a hundred
 * subscribers `below` have one of this or an earlier line.
 */
const DOMAINS = [
  // Refused for good: charged, and not written to.
  { below: 2, domain: 'rejected.check.example', isDeliverable: false },
  // Charged, and then the answer is lost: it must be looked up, and not bought again.
  { below: 3, domain: 'lostafter.check.example', isDeliverable: true },
  // Nothing is found out at first, and that is refunded.
  { below: 4, domain: 'shy.check.example', isDeliverable: true },
  // Takes everything, which is a risk that the job takes.
  { below: 6, domain: 'catchall.check.example', isDeliverable: true },
  { below: 100, domain: 'people.example', isDeliverable: true },
];

/**
 * Recipient number `n`, from 1.
 * @param n its number
 * @param firstDay the first day on which a subscription ends, in days since 1970-01-01
 * @returns `zone` null where none is known; `expires` null without a subscription, else a day (`YYYY-MM-DD`) or an instant
 */
export function person(n, firstDay) {
  const draw = drawsOf(n);
  const isSubscribed = draw(SUBSCRIBED_EVERY) === 0;
  const zone = draw(100) < ZONELESS_PERCENT ? null : ZONES[draw(ZONES.length)];
  if (!isSubscribed) {
    return { n, email: `person-${n}@people.example`, zone, expires: null, isConfirmed: false, isDeliverable: true };
  }
  const percent = draw(100);
  const { domain, isDeliverable } = DOMAINS.find(({ below }) => percent < below);
  const day = firstDay + draw(DAYS);
  const isInstant = draw(2) === 0;
  const quarter = draw(QUARTERS_OF_A_DAY);
  const at = new Date(day * 86_400_000 + (isInstant ? quarter * 900_000 : 0)).toISOString();
  return {
    n,
    email: `person-${n}@${domain}`,
    zone,
    expires: isInstant ? at : at.slice(0, 10),
    isConfirmed: draw(100) < CONFIRMED_PERCENT,
    isDeliverable,
  };
}

/** The number of whom an address belongs to. */
export function numberOf(email) {
  const digits = /^person-(\d+)@/.exec(email)?.[1];
  if (digits === undefined) throw new Error(`nobody here has the address ${email}`);
  return Number(digits);
}

/** The header of the file that is imported. */
export const CSV_HEADER = 'externalId,name,email,zone,date.subscription_expires_at,emailConfirmed\n';

/** Somebody's line of that file. */
export function csvLine({ n, email, zone, expires, isConfirmed }) {
  return `person-${n},Person ${n},${email},${zone ?? ''},${expires ?? ''},${isConfirmed}\n`;
}

/** Numbers below a bound, one after the other, that look drawn by chance and follow from `n` alone. */
function drawsOf(n) {
  // Mixed first: the sequences of neighbours would else be the same one, a step apart.
  let state = mix(Math.imul(n, 0x9e3779b1) >>> 0);
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    return Math.floor((mix(state) / 0x1_0000_0000) * below);
  };
}

/** The finalizer of splitmix32. */
function mix(state) {
  let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
