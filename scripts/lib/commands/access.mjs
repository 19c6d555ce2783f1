/**
 * Commands for accounts, API keys, provider accounts and the audit trail. Values are checked by the very schemas of the HTTP
 * API. A secret is never needed on the command line, where others could read it: it comes from a file or the environment.
 */
import { readFileSync } from 'node:fs';
import { needed } from '../commandLine.mjs';

const SECRETS = {
  whatsapp: {
    accessToken: ['access-token-file', 'WHATSAPP_ACCESS_TOKEN'],
    appSecret: ['app-secret-file', 'WHATSAPP_APP_SECRET'],
    verifyToken: ['verify-token-file', 'WHATSAPP_VERIFY_TOKEN'],
  },
  email: { password: ['password-file', 'SMTP_PASSWORD'] },
  email_check: { apiKey: ['api-key-file', 'VERIFIER_API_KEY'] },
  payment: { apiKey: ['api-key-file', 'PAYMENT_API_KEY'] },
};
const LIST_OPTIONS = {
  limit: 'How many at most; 100 without it',
  after: 'Only after this id: the last of the list before',
};
const ACCOUNT = 'The account: its id such as acc_1, or its name (required)';

/** Everything of `account`, `key`, `provider` and `audit`. */
export function accessCommands({ core, contracts, db, Usage }) {
  /** @throws Usage naming the option at fault */
  const check = (schema, value, optionOf = (path) => kebab(path.at(-1) ?? '')) => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw new Usage(`--${optionOf(issue.path)} is not usable: ${issue.message}`);
  };
  const number = (options, name) => {
    const text = options[name];
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text)) throw new Usage(`--${name} must be a whole number, not ${JSON.stringify(text)}`);
    return Number(text);
  };
  const idOf = (prefix, text, name) => {
    const id = text === undefined ? undefined : core.parseId(prefix, text);
    if (id === undefined || id > 2 ** 31 - 1) throw new Usage(`${name} needs an id such as ${prefix}_3`);
    return id;
  };
  const accountNamed = async (pool, text) => {
    const id = core.parseId('acc', text);
    const account = id === undefined ? await db.findAccountByName(pool, text) : await db.readAccount(pool, id);
    if (account === undefined) throw new Usage(`there is no account ${JSON.stringify(text)}; see: account list`);
    return account;
  };
  const accountOf = (pool, options) =>
    accountNamed(pool, needed(options, 'account', 'an id such as acc_1, or a name; see: account list'));
  const quietHours = (options) => {
    const text = options['quiet-hours'];
    if (text === undefined) return undefined;
    if (text === 'none') return null;
    const [from = '', to = ''] = text.split('-');
    return { from, to };
  };
  const checkBudget = (options) => {
    const text = options['check-budget'];
    if (text === undefined) return undefined;
    if (text === 'none') return null;
    const [, amount, currency] = /^(\d{1,9}(?:\.\d{1,6})?) ([A-Z]{3})$/.exec(text) ?? [];
    if (amount === undefined)
      throw new Usage('--check-budget must be an amount and a currency, such as "25 EUR", or none');
    return { amount: Number(amount), currency };
  };
  /** As it is stored. */
  const withBudget = ({ checkBudget: budget, ...rest }) => ({
    ...rest,
    ...(budget !== undefined && {
      checkBudget: budget && { micros: contracts.budgetMicrosOf(budget), currency: budget.currency },
    }),
  });
  const accountOption = ([first]) => kebab(first ?? '');
  const listing = (options, prefix) => ({
    afterId: options.after === undefined ? 0 : idOf(prefix, options.after, '--after'),
    limit: number(options, 'limit') ?? 100,
  });
  const showAccount = ({ id, ...rest }) => ({ id: core.formatId('acc', id), ...rest });
  const showKey = ({ id, rotatedFrom, ...rest }) => ({
    id: core.formatId('key', id),
    ...rest,
    rotatedFrom: rotatedFrom === null ? null : core.formatId('key', rotatedFrom),
  });
  const showProvider = ({ id, accountId, ...rest }) => ({
    id: core.formatId('pvd', id),
    account: core.formatId('acc', accountId),
    ...rest,
  });

  return {
    'account create': {
      summary: 'Create an account and its first key, which is shown once',
      options: {
        name: 'Unique in the installation (required)',
        zone: 'Time zone such as Europe/Berlin; UTC without it',
        country: 'Country of phone numbers without country code, such as DE; US without it',
        'quiet-hours':
          'When nobody is written to, by the clock of each recipient, such as 22:00-07:00; none without it',
        'requests-per-second': 'Of each key; the installation decides without it',
        'check-budget': 'What checks of addresses may cost in a day (UTC), such as "25 EUR"; no limit without it',
        operator: 'Its keys may see and hold the whole installation',
      },
      async run({ pool, options, actor }) {
        const wanted = check(
          contracts.accountBodySchema,
          {
            name: needed(options, 'name', 'what the account is called'),
            zone: options.zone,
            country: options.country,
            quietHours: quietHours(options),
            requestsPerSecond: number(options, 'requests-per-second'),
            checkBudget: checkBudget(options),
            operator: options.operator !== undefined,
          },
          accountOption,
        );
        const created = await db.createAccount(pool, withBudget(wanted), { actor });
        if (created === undefined) throw new Usage('--name is taken: choose another; see: account list');
        return { ...showAccount(created.account), keyId: core.formatId('key', created.keyId), key: created.key };
      },
    },
    'account change': {
      summary: 'Change an account: account change acc_1 --quiet-hours 22:00-07:00',
      options: {
        name: 'Unique in the installation',
        zone: 'Time zone of recipients who have none of their own',
        country: 'Country of phone numbers without country code, such as DE',
        'quiet-hours': 'When nobody is written to, by the clock of each recipient, such as 22:00-07:00; or none',
        'requests-per-second': 'Of each key; or none: the installation decides',
        'check-budget': 'What checks of addresses may cost in a day (UTC), such as "25 EUR"; or none: no limit',
      },
      async run({ pool, options, positional, actor }) {
        if (positional[0] === undefined) throw new Usage('account change needs an id such as acc_1, or a name');
        const now = await accountNamed(pool, positional[0]);
        const { name, zone, country } = options;
        const given = {
          ...{ name, zone, country, quietHours: quietHours(options) },
          requestsPerSecond: options['requests-per-second'] === 'none' ? null : number(options, 'requests-per-second'),
          checkBudget: checkBudget(options),
        };
        const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        if (Object.keys(changes).length === 0) throw new Usage('say what to change; see: account change --help');
        const { version, ...wanted } = check(
          contracts.accountChangeSchema,
          { version: now.version, ...changes },
          accountOption,
        );
        const result = await db.updateAccount(pool, { accountId: now.id, version, changes: withBudget(wanted) }, actor);
        if (result.kind === 'name_taken') throw new Usage('--name is taken: choose another; see: account list');
        if (result.kind !== 'changed')
          throw new Usage('somebody else changed it at the same moment; look, and try again');
        return showAccount(result.account);
      },
    },
    'account list': {
      summary: 'List the accounts',
      options: LIST_OPTIONS,
      run: async ({ pool, options }) => ({
        items: (await db.listAccounts(pool, listing(options, 'acc'))).map(showAccount),
      }),
    },
    'key create': {
      summary: 'Create a key of an account; it is shown once',
      options: {
        account: ACCOUNT,
        name: 'What it is for (required)',
        role: 'read, write, operate or admin (required)',
        'expires-at': 'When it ends, such as 2027-01-01T00:00:00Z; never without it',
      },
      async run({ pool, options, actor }) {
        const { id: accountId } = await accountOf(pool, options);
        const { name, role, expiresAt } = check(contracts.keyBodySchema, {
          name: needed(options, 'name', 'what the key is for'),
          role: needed(options, 'role', 'read, write, operate or admin'),
          expiresAt: options['expires-at'],
        });
        const wanted = { accountId, name, role, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
        const { key, stored } = await db.issueApiKey(pool, wanted, actor);
        return { ...showKey(stored), key };
      },
    },
    'key list': {
      summary: 'List the keys of an account',
      options: { account: ACCOUNT, ...LIST_OPTIONS },
      async run({ pool, options }) {
        const { id } = await accountOf(pool, options);
        return { items: (await db.listApiKeys(pool, id, listing(options, 'key'))).map(showKey) };
      },
    },
    'key rotate': {
      summary: 'Put a new key in the place of one: key rotate key_3 --account acc_1',
      options: { account: ACCOUNT, overlap: 'Seconds that the old one still counts, up to 86400; 0 without it' },
      async run({ pool, options, positional, actor }) {
        const { id: accountId } = await accountOf(pool, options);
        const id = idOf('key', positional[0], 'key rotate');
        const { overlapSeconds } = check(
          contracts.keyRotationSchema,
          { overlapSeconds: number(options, 'overlap') },
          () => 'overlap',
        );
        const result = await db.rotateApiKey(pool, { accountId, id, overlapSeconds }, actor);
        if (result.kind === 'not_found') throw new Usage(`the account has no key_${id}; see: key list`);
        if (result.kind === 'ended') throw new Usage(`key_${id} has ended; use "key create"`);
        return { ...showKey(result.issued.stored), key: result.issued.key };
      },
    },
    'key revoke': {
      summary: 'Revoke a key, within a second: key revoke key_3 --account acc_1',
      options: { account: ACCOUNT },
      async run({ pool, options, positional, actor }) {
        const { id: accountId } = await accountOf(pool, options);
        const id = idOf('key', positional[0], 'key revoke');
        const result = await db.endApiKey(pool, { accountId, id }, actor);
        if (result === 'not_found') throw new Usage(`the account has no key_${id}; see: key list`);
        return { revoked: core.formatId('key', id), isNew: result === 'revoked' };
      },
    },
    'provider create': {
      summary:
        'Create a provider account: the number or mail server that messages are sent by, who checks addresses, or who pays',
      options: {
        account: ACCOUNT,
        channel: 'whatsapp, email, email_check or payment (required)',
        name: 'Unique among those of its channel (required)',
        'messages-per-second': 'The throughput limit; 80 without it',
        'daily-limit': 'People a day; none without it',
        'base-url':
          'whatsapp: such as https://graph.facebook.com; email_check by http: such as https://api.kickbox.com; payment: such as https://pay.example.com',
        'api-version': 'whatsapp: such as v23.0',
        'phone-number-id': 'whatsapp: of the phone number',
        'access-token-file': 'whatsapp: file that holds the token, or WHATSAPP_ACCESS_TOKEN in the environment',
        'app-secret-file': 'whatsapp: file that holds the app secret, or WHATSAPP_APP_SECRET',
        'verify-token-file': 'whatsapp: file that holds the verify token, or WHATSAPP_VERIFY_TOKEN',
        host: 'email: the mail server',
        port: 'email: 587 without it; email_check by smtp: 25 without it',
        security: 'email: tls, starttls or none; starttls without it',
        user: 'email: the login, if it wants one',
        'password-file': 'email: file that holds the password, or SMTP_PASSWORD',
        'from-address': 'email: whom messages are from',
        'from-name': 'email: the name shown with it',
        senders: 'email: further addresses that messages may be from, with commas',
        verifier: 'email_check: http (a paid service) or smtp (our own dialogue with mail servers)',
        'price-micros': 'email_check: what a verdict costs, in millionths of the currency',
        currency: 'email_check: such as EUR',
        'valid-days': 'email_check: for how many days a verdict counts; 30 without it',
        'api-key-file':
          'email_check by http, payment: file that holds the key, or VERIFIER_API_KEY and PAYMENT_API_KEY',
        'key-valid-seconds': 'payment: for how long the provider remembers an idempotency key; 86400 without it',
        'helo-name': 'email_check by smtp: what we call ourselves to mail servers',
        'mail-from': 'email_check by smtp: the sender that we name to them',
      },
      async run({ pool, options, actor, secret }) {
        const { id: accountId } = await accountOf(pool, options);
        const channel = needed(options, 'channel', 'whatsapp, email, email_check or payment');
        const settingsOf = { whatsapp: whatsappOf, email: emailOf, email_check: verifierOf, payment: paymentOf };
        if (!Object.hasOwn(SECRETS, channel))
          throw new Usage('--channel must be whatsapp, email, email_check or payment');
        const settings = settingsOf[channel](options);
        const body = check(
          contracts.providerBodySchema,
          {
            channel,
            name: needed(options, 'name', 'what it is called'),
            messagesPerSecond: number(options, 'messages-per-second'),
            dailyLimit: number(options, 'daily-limit'),
            settings: { ...settings, ...secretsOf(channel, options) },
          },
          (path) => optionOfSetting(channel, path),
        );
        const key = db.providerSecretKey(await secret());
        const provider = await db.createProvider(pool, key, { ...body, accountId }, actor);
        if (provider === undefined) throw new Usage('--name is taken within its channel; see: provider list');
        return showProvider(provider);
      },
    },
    'provider list': {
      summary: 'List the provider accounts of an account, without their secrets',
      options: { account: ACCOUNT, ...LIST_OPTIONS },
      async run({ pool, options }) {
        const { id } = await accountOf(pool, options);
        const wanted = { channels: contracts.PROVIDER_CHANNEL_NAMES, ...listing(options, 'pvd') };
        return { items: (await db.listProviders(pool, id, wanted)).map(showProvider) };
      },
    },
    'audit list': {
      summary: 'Who did what: the audit trail of an account, the newest first',
      options: {
        account: ACCOUNT,
        actor: 'Only what this one did, such as key_3',
        action: 'Only this action, such as job.create, or all that begin so: job.',
        subject: 'Only what was done to this, such as job_42',
        limit: 'How many at most; 100 without it',
      },
      async run({ pool, options }) {
        const { id } = await accountOf(pool, options);
        const { actor, action, subject } = options;
        const wanted = { beforeId: Number.MAX_SAFE_INTEGER, limit: number(options, 'limit') ?? 100 };
        return { items: await db.listAudit(pool, id, { actor, action, subject }, wanted) };
      },
    },
  };

  function whatsappOf(options) {
    return {
      baseUrl: options['base-url'] ?? 'https://graph.facebook.com',
      apiVersion: needed(options, 'api-version', 'the version of the API, such as v23.0'),
      phoneNumberId: needed(options, 'phone-number-id', "the provider's id of the phone number"),
    };
  }

  function emailOf(options) {
    const name = options['from-name'];
    return {
      host: needed(options, 'host', 'the name of the mail server'),
      port: number(options, 'port'),
      security: options.security,
      user: options.user,
      from: {
        ...(name !== undefined && { name }),
        address: needed(options, 'from-address', 'whom messages are from'),
      },
      senders: options.senders?.split(',').map((part) => part.trim()),
    };
  }

  function paymentOf(options) {
    return {
      baseUrl: needed(options, 'base-url', "the address of the provider's API"),
      keyValidSeconds: number(options, 'key-valid-seconds'),
    };
  }

  function verifierOf(options) {
    const verifier = needed(options, 'verifier', 'http or smtp');
    const common = {
      verifier,
      priceMicros: number(options, 'price-micros'),
      currency: options.currency,
      validDays: number(options, 'valid-days'),
    };
    if (verifier === 'smtp') {
      const heloName = needed(options, 'helo-name', 'what we call ourselves to mail servers');
      const mailFrom = needed(options, 'mail-from', 'a mailbox of yours');
      return { ...common, heloName, mailFrom, port: number(options, 'port') };
    }
    return { ...common, baseUrl: needed(options, 'base-url', 'the address of the paid service') };
  }

  function secretsOf(channel, options) {
    const found = {};
    // Only the paid service has a key.
    if (channel === 'email_check' && options.verifier === 'smtp') return found;
    for (const [field, [option, variable]] of Object.entries(SECRETS[channel])) {
      const file = options[option];
      if (file !== undefined) found[field] = readSecret(file, option);
      else if (process.env[variable]) found[field] = process.env[variable];
      else if (channel !== 'email') throw new Usage(`--${option} is missing: name a file, or set ${variable}`);
    }
    return found;
  }

  function readSecret(file, option) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (cause) {
      throw new Usage(`--${option} ${JSON.stringify(file)} cannot be read: ${cause.message}`);
    }
  }
}

function optionOfSetting(channel, path) {
  const name = String(path.at(-1) ?? '');
  const secret = SECRETS[channel][name];
  if (secret !== undefined) return secret[0];
  return path.includes('from') ? `from-${name}` : kebab(typeof path.at(-1) === 'number' ? path.at(-2) : name);
}

/** `phoneNumberId` is `phone-number-id`. */
function kebab(name) {
  return String(name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
