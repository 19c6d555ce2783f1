/** The login itself: who gets in, for how long, and what a cookie is good for. */
import { createTestDatabase, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fromOwnPage, loggedIn, logIn, pair, send, startDashboard, USER } from './harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('the right password opens a session in a cookie that scripts and other sites never see', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const answer = await logIn(dashboard, { to: '/queues/queue/send-whatsapp' });
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe('/queues/queue/send-whatsapp');
  const attributes = (answer.cookies.get(dashboard.sessions.cookieName) ?? '').split('; ').slice(1);
  expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']));
  expect(attributes.some((attribute) => attribute.startsWith('Expires='))).toBe(true);
  expect((await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard))).status).toBe(200);
});

test.each([{ password: 'correct horse batterx' }, { password: '' }, { user: 'somebody' }, { user: `${USER} ` }])(
  'wrong credentials open nothing: %j',
  async (fields) => {
    const dashboard = await startDashboard({ databaseUrl: database.url });
    const answer = await logIn(dashboard, fields);
    expect(answer.status).toBe(401);
    expect(answer.cookies.has(dashboard.sessions.cookieName)).toBe(false);
  },
);

test('fields sent twice, or as another type, are wrong and no failure', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const form = await send(`${dashboard.url}/login`, 'GET');
  const headers = { ...fromOwnPage(dashboard.url), Cookie: pair(form, `${dashboard.sessions.cookieName}_form`) };
  const token = /name="token" value="([\w-]+)"/.exec(form.body)?.[1] ?? '';
  const twice = await send(
    `${dashboard.url}/login`,
    'POST',
    { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
    `token=${token}&user=a&user=b&password=c&password=d`,
  );
  expect(twice.status).toBe(401);
  const huge = await send(
    `${dashboard.url}/login`,
    'POST',
    { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
    `user=${'x'.repeat(5_000)}`,
  );
  expect(huge.status).toBe(413);
});

test('the form needs its own token: nobody is logged in from elsewhere', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  expect((await logIn(dashboard, { token: dashboard.sessions.tokenFor('another') })).status).toBe(403);
  const bare = await send(
    `${dashboard.url}/login`,
    'POST',
    { ...fromOwnPage(dashboard.url), 'Content-Type': 'application/x-www-form-urlencoded' },
    'user=operator&password=correct+horse+battery',
  );
  expect(bare.status).toBe(403);
});

test('a forged, altered, foreign or ended cookie is none', async () => {
  let now = 1_000_000;
  const dashboard = await startDashboard({ databaseUrl: database.url, now: () => now });
  const { Cookie } = await loggedIn(dashboard);
  const statusWith = async (cookie: string) => (await send(`${dashboard.url}/`, 'GET', { Cookie: cookie })).status;
  expect(await statusWith(Cookie)).toBe(200);

  const [name = '', value = ''] = (Cookie.split(';')[0] ?? '').split('=', 2);
  const [id = '', expires = '', signature = ''] = value.split('.');
  expect(await statusWith(`${name}=${id}.${Number(expires) + 1}.${signature}`)).toBe(401);
  expect(await statusWith(`${name}=${id}x.${expires}.${signature}`)).toBe(401);
  expect(await statusWith(`${name}=${id}.${expires}.${'A'.repeat(43)}`)).toBe(401);
  expect(await statusWith(`${name}=${id}.${expires}`)).toBe(401);
  expect(await statusWith(`${name}=`)).toBe(401);
  // The token is readable by scripts; it must not open anything.
  expect(await statusWith(`${name}=${dashboard.sessions.tokenFor(id)}`)).toBe(401);

  now = Number(expires);
  expect(await statusWith(Cookie)).toBe(401);
});

test('another password ends every login', async () => {
  const before = await startDashboard({ databaseUrl: database.url });
  const { Cookie } = await loggedIn(before);
  const same = await startDashboard({ databaseUrl: database.url });
  expect((await send(`${same.url}/`, 'GET', { Cookie })).status).toBe(200);
  const after = await startDashboard({ databaseUrl: database.url, password: 'another long password' });
  expect((await send(`${after.url}/`, 'GET', { Cookie })).status).toBe(401);
});

test('logging out ends the session, also for who copied the cookie', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const browser = await loggedIn(dashboard);
  const other = await loggedIn(dashboard);
  const page = await send(`${dashboard.url}/`, 'GET', browser);
  const token = /name="token" value="([\w-]+)"/.exec(page.body)?.[1] ?? '';
  const answer = await send(
    `${dashboard.url}/logout`,
    'POST',
    {
      ...fromOwnPage(dashboard.url),
      Cookie: browser.Cookie,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    `token=${token}`,
  );
  expect(answer.status).toBe(303);
  expect((await send(`${dashboard.url}/`, 'GET', browser)).status).toBe(401);
  expect((await send(`${dashboard.url}/`, 'GET', other)).status).toBe(200);
});

test('an address that guesses has to wait, even when it guesses all at once', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url, attempts: 3 });
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => logIn(dashboard, { password: 'guess' })))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 401)).toHaveLength(3);
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  const right = await logIn(dashboard);
  expect(right.status).toBe(429);
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
});

test('a right password starts the count anew', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url, attempts: 2 });
  for (let round = 0; round < 3; round += 1) {
    expect((await logIn(dashboard, { password: 'guess' })).status).toBe(401);
    expect((await logIn(dashboard)).status).toBe(303);
  }
});

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', '/a\r\nb'])(
  'after the login nobody is led elsewhere: %j',
  async (to) => {
    const dashboard = await startDashboard({ databaseUrl: database.url });
    expect((await logIn(dashboard, { to })).headers.location).toBe('/');
    const form = await send(`${dashboard.url}/login?to=${encodeURIComponent(to)}`, 'GET');
    expect(form.body).toContain('name="to" value="/"');
  },
);
