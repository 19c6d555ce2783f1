/** Who uses the product: two accounts that know nothing of each other, each with providers of every kind and with people in several crowds. */
import { createApiKey, ensureAccount, providerSecretKey, putProvider } from '@carillon/db';
import { SEEDED_PROVIDER, seededPhone } from '@carillon/testkit';
import { Temporal } from 'temporal-polyfill';
import { uploadCsv } from '../bench/lib/upload.mjs';
import { setUpOwners } from './owners.mjs';
import { ACCOUNT_ZONE, KEY_VALID_SECONDS, PRICE_MICROS } from './settings.mjs';

const ACCOUNTS = ['north', 'south'];
const PEOPLE = 240;
/** Of so many people one has a subscription. */
const SUBSCRIBED_EVERY = 3;
const CROWDS = 8;
/** In each crowd: whoever's number falls into its window; neighbours overlap by half. */
const CROWD_SIZE = 60;
/** So that an announcement takes a second or two, and can be struck in the middle. */
const MESSAGES_PER_SECOND = 80;
/** Where people live; some have none and live by their account's. */
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', ''];

/** Reports come soon, so that what a policy decides without one is rare. */
const REPORTED = { statuses: ['delivered'], delayMs: 50 };

/**
 * @param load how much is asked for, as a multiple of what is usual
 * @returns the accounts, each with its key, its people, its crowds (names and numbers of people), and its `owners`, who want to be told
 */
export async function setUpAccounts(house, load) {
  const accounts = [];
  for (const [index, name] of ACCOUNTS.entries()) accounts.push(await setUp(house, name, index, load));
  return accounts;
}

async function setUp(house, name, index, load) {
  const { pool, urls } = house;
  const { id: accountId } = await ensureAccount(pool, { name, zone: ACCOUNT_ZONE, country: 'DE' });
  const { key } = await createApiKey(pool, { accountId, name: 'nemesis' });
  const phoneNumberId = `10020${index + 1}`;
  const provider = (channel, settings) =>
    putProvider(pool, providerSecretKey(house.secret), {
      ...{
        accountId,
        channel,
        settings,
        name: `${channel} of ${name}`,
        messagesPerSecond: Math.ceil(MESSAGES_PER_SECOND * load),
      },
    });
  const whatsApp = await provider('whatsapp', { ...SEEDED_PROVIDER, phoneNumberId, baseUrl: urls.messages });
  await provider('email', {
    ...{ host: '127.0.0.1', port: house.mailPort, security: 'none', user: '', password: '', senders: [] },
    from: { address: `news@${name}.example` },
  });
  await provider('email_check', {
    ...{ verifier: 'http', baseUrl: urls.checks, apiKey: 'key', validDays: 30, skipDns: true },
    ...{ priceMicros: PRICE_MICROS, currency: 'EUR' },
  });
  await provider('payment', { baseUrl: urls.payments, apiKey: 'any', keyValidSeconds: KEY_VALID_SECONDS });
  const account = {
    ...{ name, index, accountId, key, phoneNumberId },
    callbackPath: `/v1/provider-accounts/pvd_${whatsApp}/callbacks/whatsapp`,
    people: Array.from({ length: PEOPLE }, (_, n) => personOf(house, index, n)),
    crowds: Array.from({ length: CROWDS }, (_, n) => ({ name: `crowd ${n}`, people: crowdOf(n) })),
  };
  await report(house, account, {});
  await importPeople(house, account);
  return { ...account, owners: await setUpOwners(house, account) };
}

/** Changes how the provider reports what it takes for an account. */
export async function report(house, account, changes) {
  const front = house.fronts[account.index % house.fronts.length];
  await house.control('callbacks', {
    ...{ phoneNumberId: account.phoneNumberId, appSecret: SEEDED_PROVIDER.appSecret },
    ...{ url: `${front.url}${account.callbackPath}`, ...REPORTED, ...changes },
  });
}

function personOf(house, account, n) {
  const zone = ZONES[n % ZONES.length];
  const today = Temporal.Instant.fromEpochMilliseconds(house.nowMs())
    .toZonedDateTimeISO(zone || ACCOUNT_ZONE)
    .toPlainDate();
  return {
    externalId: `person-${n}`,
    phone: seededPhone(account * 10_000 + n + 1),
    email: `person-${n}@account-${account}.example`,
    zone,
    /** The day that it is where they live: their birthday, and the one before some subscriptions end. */
    today: today.toString(),
    expires: n % SUBSCRIBED_EVERY === 0 ? today.add({ days: 1 }).toString() : '',
  };
}

/** Numbers of the people in a crowd. */
function crowdOf(n) {
  const from = n * (CROWD_SIZE / 2);
  return Array.from({ length: CROWD_SIZE }, (_, at) => (from + at) % PEOPLE);
}

async function importPeople(house, { name, key, people, crowds }) {
  const crowdsOf = people.map((_, n) => crowds.filter(({ people }) => people.includes(n)).map(({ name }) => name));
  const lines = people.map(({ externalId, phone, email, zone, today, expires }, n) =>
    [externalId, `Person ${n}`, `+${phone}`, email, zone, crowdsOf[n].join(';'), `--${today.slice(5)}`, expires].join(
      ',',
    ),
  );
  const header = 'externalId,name,phone,email,zone,audiences,date.birthday,date.subscription_expires_at';
  const api = house.fronts[0];
  const report = await uploadCsv(
    api.url,
    key,
    [header, ...lines].map((line) => `${line}\n`),
  );
  if (report.state !== 'completed' || report.rowsKept !== people.length) {
    throw new Error(`the people of ${name} were not imported: ${JSON.stringify(report)}`);
  }
}
