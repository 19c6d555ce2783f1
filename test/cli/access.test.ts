/** The command line as an operator uses it: a process of its own on a migrated database, and what it leaves behind. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase, type Database, findApiKey, findProvider, hashApiKey, providerSecretKey } from '@carillon/db';
import { createTestDatabase, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SECRET = 'a secret of the command line, for tests only';

let own: TestDatabase;
let database: Database;
let folder: string;
beforeAll(async () => {
  own = await createTestDatabase();
  database = createDatabase({ url: own.url, max: 2, applicationName: 'test', role: 'worker' });
  folder = mkdtempSync(join(tmpdir(), 'carillon-cli-'));
  writeFileSync(join(folder, 'url'), `${own.url}\n`);
  writeFileSync(join(folder, 'password'), 'the-mail-password\n');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database?.close();
  await own?.drop();
});

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function carillon(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Result> {
  const { PATH = '', HOME = '' } = process.env;
  const given = { DATABASE_URL: own.url, CARILLON_SECRET: SECRET, CARILLON_DATA_DIR: folder, ...env };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['scripts/carillon.mjs', ...args],
      { cwd: ROOT, env: { PATH, HOME, ...given } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
async function json(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<any> {
  const { code, out, err } = await carillon([...args, '--json'], env);
  expect([args.slice(0, 2), code, err]).toEqual([args.slice(0, 2), 0, '']);
  return JSON.parse(out);
}

test('accounts, keys and provider accounts are made, listed and ended, each change in the audit trail', async () => {
  const account = await json(['account', 'create', '--name', 'Bells', '--zone', 'Europe/Berlin', '--country', 'DE']);
  expect(account).toMatchObject({ name: 'Bells', zone: 'Europe/Berlin', country: 'DE', operator: false });
  expect(await findApiKey(database.pool, hashApiKey(account.key))).toMatchObject({ role: 'admin' });
  const operators = await json(['account', 'create', '--name', 'Operators', '--operator']);
  expect(operators.operator).toBe(true);
  expect((await json(['account', 'list'])).items.map((one: { id: string }) => one.id)).toEqual([
    account.id,
    operators.id,
  ]);

  const changed = await json([
    ...['account', 'change', account.id, '--quiet-hours', '22:00-07:00'],
    ...['--requests-per-second', '20'],
  ]);
  expect(changed).toMatchObject({
    ...{ name: 'Bells', zone: 'Europe/Berlin', version: 2 },
    ...{ quietHours: { from: '22:00', to: '07:00' }, requestsPerSecond: 20 },
  });
  const eased = await json(['account', 'change', 'Bells', '--quiet-hours', 'none', '--requests-per-second', 'none']);
  expect(eased).toMatchObject({ quietHours: null, requestsPerSecond: null, version: 3 });

  const key = await json(['key', 'create', '--account', 'Bells', '--name', 'portal', '--role', 'write']);
  const next = await json(['key', 'rotate', key.id, '--account', account.id, '--overlap', '60']);
  expect(next).toMatchObject({ name: 'portal', role: 'write', rotatedFrom: key.id });
  expect(await findApiKey(database.pool, hashApiKey(key.key))).toMatchObject({ role: 'write' });
  expect(await json(['key', 'revoke', next.id, '--account', account.id])).toEqual({ revoked: next.id, isNew: true });
  expect(await findApiKey(database.pool, hashApiKey(next.key))).toBeUndefined();
  const keys = (await json(['key', 'list', '--account', account.id])).items;
  expect(keys.map((one: { ended: boolean }) => one.ended)).toEqual([false, false, true]);
  expect(JSON.stringify(keys)).not.toContain(key.key.slice(10));

  const whatsapp = ['provider', 'create', '--account', account.id, '--channel', 'whatsapp', '--name', 'number'];
  const secrets = {
    WHATSAPP_ACCESS_TOKEN: 'a-token',
    WHATSAPP_APP_SECRET: 'a-secret',
    WHATSAPP_VERIFY_TOKEN: 'a-word',
  };
  const number = await json([...whatsapp, '--api-version', 'v23.0', '--phone-number-id', '100'], secrets);
  expect(number.secretsSet).toEqual({ accessToken: true, appSecret: true, verifyToken: true });
  const mail = await json([
    ...['provider', 'create', '--account', account.id, '--channel', 'email', '--name', 'mail', '--port', '2525'],
    ...['--host', 'smtp.example.com', '--user', 'u', '--from-address', 'news@bells.example', '--from-name', 'Bells'],
    ...['--password-file', join(folder, 'password'), '--messages-per-second', '5'],
  ]);
  const opened = await findProvider(database.pool, providerSecretKey(SECRET), Number(mail.id.slice(4)));
  expect(opened).toMatchObject({
    password: 'the-mail-password',
    port: 2525,
    security: 'starttls',
    messagesPerSecond: 5,
  });
  expect((await carillon(['provider', 'list', '--account', account.id])).out).toMatch(/^id +account.*number.*mail/s);

  const entries = (await json(['audit', 'list', '--account', account.id])).items as Record<string, string>[];
  expect(entries.map((entry) => [entry.action, entry.subject])).toEqual([
    ['provider.create', mail.id],
    ['provider.create', number.id],
    ['key.revoke', next.id],
    ['key.rotate', key.id],
    ['key.create', key.id],
    ['account.change', account.id],
    ['account.change', account.id],
    ['account.create', account.id],
  ]);
  expect(new Set(entries.map((entry) => entry.actor))).toEqual(new Set([`cli:${userInfo().username}`]));
});

test('a budget for checks of addresses, and who checks them', async () => {
  const account = await json(['account', 'create', '--name', 'Checkers', '--check-budget', '25.5 EUR']);
  expect(account.checkBudget).toEqual({ micros: 25_500_000, currency: 'EUR' });
  const changed = await json(['account', 'change', 'Checkers', '--check-budget', 'none']);
  expect(changed).toMatchObject({ checkBudget: null, version: 2 });
  const create = ['provider', 'create', '--account', account.id, '--channel', 'email_check'];
  const paid = await json(
    [
      ...[...create, '--name', 'paid', '--verifier', 'http', '--base-url', 'https://api.kickbox.com'],
      ...['--price-micros', '4000', '--currency', 'EUR'],
    ],
    { VERIFIER_API_KEY: 'a-key' },
  );
  expect(paid).toMatchObject({ secretsSet: { apiKey: true }, settings: { priceMicros: 4_000, validDays: 30 } });
  const own = await json([
    ...[...create, '--name', 'own', '--verifier', 'smtp'],
    ...['--helo-name', 'checks.example.com', '--mail-from', 'us@example.com'],
  ]);
  expect(own.settings).toMatchObject({ verifier: 'smtp', port: 25, priceMicros: 0 });
  const { items } = await json(['provider', 'list', '--account', account.id]);
  expect(items.map((one: { channel: string }) => one.channel)).toEqual(['email_check', 'email_check']);
});

test('the address of the database may come from a file', async () => {
  expect(
    (await json(['account', 'list'], { DATABASE_URL: '', DATABASE_URL_FILE: join(folder, 'url') })).items,
  ).toBeDefined();
});

test.each([
  [['account', 'create'], /account create: --name is missing: what the account is called/],
  [['account', 'create', '--name', 'x', '--zone', 'Mars'], /--zone is not usable: .*IANA/],
  [['account', 'create', '--name', 'x', '--country', 'XX'], /--country is not usable/],
  [
    ['account', 'create', '--name', 'x', '--colour', 'red'],
    /no option --colour\. "account create" takes --name, --zone/,
  ],
  [
    ['account', 'create', '--name', 'x', '--requests-per-second', 'many'],
    /--requests-per-second must be a whole number/,
  ],
  [['key', 'create', '--name', 'x', '--role', 'read'], /--account is missing.*account list/],
  [['key', 'create', '--account', 'nobody', '--name', 'x', '--role', 'read'], /there is no account "nobody"/],
  [
    ['provider', 'create', '--account', 'Bells', '--channel', 'pigeon'],
    /--channel must be whatsapp, email, email_check or payment/,
  ],
  [['bells', 'ring'], /there is no command "bells ring". There is: account create/],
  [['account', 'ring'], /there is no command "account ring". There is: account create, account change, account list/],
  [['account', 'change'], /account change needs an id such as acc_1/],
  [['account', 'change', 'Bells'], /say what to change/],
  [['account', 'change', 'Bells', '--check-budget', '25'], /--check-budget must be an amount and a currency/],
  [['account', 'change', 'Bells', '--quiet-hours', 'late'], /--quiet-hours is not usable: Both must be HH:MM/],
])('%j is refused in one line that names the option and the remedy', async (args, said) => {
  const { code, out, err } = await carillon(args);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(said);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test('without a database it says what to set', async () => {
  const nowhere = await carillon(['account', 'list'], { DATABASE_URL: '' });
  expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringMatching(/DATABASE_URL is not set.*DATABASE_URL_FILE/)]);
  const away = await carillon(['account', 'list'], { DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/none' });
  expect([away.code, away.err]).toEqual([1, expect.stringMatching(/the database cannot be reached/)]);
});

test('help names every command, and every option of one', async () => {
  const all = await carillon(['--help']);
  expect([all.code, all.out]).toEqual([0, expect.stringMatching(/account create.*key revoke.*audit list/s)]);
  const one = await carillon(['provider', 'create', '--help']);
  expect(one.out).toMatch(/--account.*--password-file.*--json/s);
});
