/**
 * The dashboard in a real browser, over real services: an operator logs in, watches a run, pauses it, resumes it and sees it
 * end. What really arrived is judged by the simulator's ledger. With UPDATE_SCREENSHOTS=1 the pictures of docs/ are made anew.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, type SpawnedService, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { ADDRESS_PEPPER, announce, completed, countsOf, type House, startHouse } from '../flow/house.ts';
import { launchBrowser, logIn, openPage, overhang, press, SIZES, type Size, textOf } from './browser.ts';

const PEOPLE = 600;
const PER_SECOND = 40;
const OPERATOR = { user: 'operator', password: 'a password of these tests' };
const READER = { user: 'reader', password: 'a reader of these tests' };
const SCREENSHOTS =
  process.env.UPDATE_SCREENSHOTS === '1' ? join(import.meta.dirname, '../../docs/screenshots') : undefined;
/**
 * Bull Board names a stylesheet of another host, which our policy refuses and it is complete without; and it loads parts ahead
 * that it then does not use.
 */
const OF_THE_BOARD = /fonts\.g(oogleapis|static)\.com|preloaded using link preload/;

let house: House;
let browser: Browser;
let origin: string;
let dashboard: SpawnedService;

beforeAll(async () => {
  house = await startHouse();
  const [started] = await Promise.all([
    house.start('dashboard', {
      DASHBOARD_PORT: '0',
      DASHBOARD_PASSWORD: OPERATOR.password,
      DASHBOARD_READER_PASSWORD: READER.password,
      LOST_AFTER_MS: '60000',
    }),
    house.start('scheduler'),
    house.start('sweeper'),
    house.start('sender', { SEND_CONNECTIONS: '16' }),
  ]);
  dashboard = started;
  origin = started.baseUrl as string;
  browser = await launchBrowser();
}, 360_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

/** A run to so many people, at a limited rate. */
async function beginRun(account: string, job: string, people = PEOPLE): Promise<{ runId: number; jobId: number }> {
  const seeded = await house.account(account, {
    messagesPerSecond: PER_SECOND,
    phoneNumberId: String(people + 7_000_000),
  });
  const { audienceId } = await seedPeople(house.db.pool, seeded.accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
  });
  const run = await announce(house, seeded, { target: { audienceIds: [audienceId] } });
  await house.db.pool.query('UPDATE jobs SET name = $2 WHERE id = $1', [run.jobId, job]);
  return run;
}

async function picture(page: Page, name: string, options: { readonly reload?: boolean } = {}): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  for (const [size, { width, height }] of Object.entries(SIZES)) {
    await page.setViewport({ width, height });
    // Bull Board slides into its new shape; it is drawn in it at once when it is loaded anew.
    if (options.reload) await page.reload({ waitUntil: 'networkidle0' });
    await page.screenshot({
      path: join(SCREENSHOTS, `${name}-${width}.png`) as `${string}.png`,
      fullPage: size === 'phone',
    });
  }
  await page.setViewport(SIZES.desk);
}

/** What senders of the minutes before would have written, so that the plots of the pictures have something to draw. */
async function drawSomeHistory(): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  await house.db.pool.query(
    `INSERT INTO send_statistics (channel, at, owner, accepted, failed, unknown, retried, lateness)
     SELECT 'whatsapp', to_timestamp(floor(extract(epoch FROM carillon_now()) / 10) * 10 - n * 10), 'before', k, 0, 0, 0,
            array_fill(0, ARRAY[4]) || ARRAY[k / 3, k / 3, k / 5, k / 8] || array_fill(0, ARRAY[15])
     FROM generate_series(4, 52) n, LATERAL (SELECT (180 + 120 * sin(n / 5.0) + 37 * (n % 3))::int AS k) k WHERE n NOT BETWEEN 18 AND 23`,
  );
}

/** How many deliveries of the run the page says are done. */
async function doneOf(page: Page, runId: number): Promise<number> {
  const label = await page.$eval(`[data-run="${runId}"] svg.progress`, (bar) => bar.getAttribute('aria-label'));
  return Number((label ?? '').split(' ')[0]?.replaceAll(',', ''));
}

test('an operator watches a run, pauses it, resumes it and sees it end', async () => {
  const { runId } = await beginRun('Harbour Clinics', 'Flu vaccination on Friday');
  await drawSomeHistory();
  const { page, complaints } = await openPage(browser, origin, { allowed: OF_THE_BOARD });
  await page.goto(`${origin}/`);
  expect(page.url()).toBe(`${origin}/login?to=%2F`);
  await picture(page, 'login');
  await logIn(page, origin, OPERATOR.user, OPERATOR.password);
  const card = `[data-run="${runId}"]`;

  // It moves by itself: nobody reloads.
  await page.waitForSelector(card, { timeout: 20_000 });
  await page.evaluate(() => {
    (globalThis as { stayed?: boolean }).stayed = true;
  });
  const first = await doneOf(page, runId);
  await eventually(async () => (await doneOf(page, runId)) > first + PER_SECOND, {
    timeoutMs: 120_000,
    what: 'progress',
  });
  expect(await page.evaluate(() => (globalThis as { stayed?: boolean }).stayed)).toBe(true);
  expect(await textOf(page, '#headline h1')).toContain('All is well.');
  await eventually(async () => (await textOf(page, card)).includes('a second'), { what: 'the pace of the run' });
  await picture(page, 'status-running');

  await press(page, card, 'Pause');
  expect(await textOf(page, '.said')).toContain('Paused.');
  expect(await textOf(page, card)).toContain('Paused');
  // What was on its way arrives; then the ledger stands still, however often it is asked.
  await eventually(async () => (await countsOf(house, runId)).sending === 0, {
    what: 'the end of what was on its way',
  });
  const arrived = (await house.ledger.export(runId)).length;
  expect(arrived).toBeGreaterThan(first);
  expect(arrived).toBeLessThan(PEOPLE);
  const shown = await doneOf(page, runId);
  for (let round = 0; round < 2; round += 1) {
    // Two refreshes of the page are longer than the sender needs for dozens of messages.
    await page.waitForResponse((response) => response.url().endsWith('/status/live'), { timeout: 10_000 });
    expect((await house.ledger.export(runId)).length).toBe(arrived);
  }
  expect(await doneOf(page, runId)).toBeGreaterThanOrEqual(shown);
  expect(await doneOf(page, runId)).toBe(arrived);
  await picture(page, 'status-paused');

  await page.goto(`${origin}/`);
  await press(page, card, 'Resume');
  expect(await textOf(page, '.said')).toContain('Resumed.');
  await completed(house, runId, 120_000);
  expect((await house.ledger.export(runId)).length).toBe(PEOPLE);
  await page.waitForFunction(
    (selector) => document.querySelector(`#lately ${selector}`)?.textContent?.includes('Completed'),
    { timeout: 20_000 },
    card,
  );
  expect(await textOf(page, '#lately')).toContain('Flu vaccination on Friday');
  expect(complaints).toEqual([]);
}, 360_000);

test('Bull Board shows the queues, and wake-ups in words', async () => {
  // A run that is due later waits in the queue as long as the picture needs.
  const account = await house.account('Northern Schools', { phoneNumberId: '7100001' });
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: 40,
    addressPepper: ADDRESS_PEPPER,
  });
  const { jobId } = await announce(house, account, { target: { audienceIds: [audienceId] }, dueInMs: 120_000 });
  await house.db.pool.query(`UPDATE jobs SET name = 'Parents evening' WHERE id = $1`, [jobId]);
  const { page, complaints } = await openPage(browser, origin, { allowed: OF_THE_BOARD });
  await logIn(page, origin, OPERATOR.user, OPERATOR.password);
  // The page asks anew every few seconds by itself.
  await page.goto(`${origin}/queues/queue/send-whatsapp?status=delayed`);
  await page.waitForFunction(
    () => document.body.textContent?.includes('Parents evening (Northern Schools): 40 messages due at'),
    { timeout: 30_000 },
  );
  expect(complaints).toEqual([]);
  await picture(page, 'bull-board', { reload: true });
}, 360_000);

test.each([
  { size: 'desk', dark: false },
  { size: 'desk', dark: true },
  { size: 'phone', dark: false },
  { size: 'phone', dark: true },
] as const)('no page has to be scrolled sideways, whatever is the matter: %j', async ({ size, dark }) => {
  const name = `Long${'name'.repeat(12)}`;
  await house.db.pool.query(`INSERT INTO holds (channel, reason) VALUES ('webhook', $1) ON CONFLICT DO NOTHING`, [
    `${name} ${name}`,
  ]);
  await house.db.pool.query(
    `INSERT INTO queue_settings (queue, paused) VALUES ('send-webhook', true) ON CONFLICT (queue) DO UPDATE SET paused = true`,
  );
  await house.db.pool.query(`INSERT INTO rescues (at, kind, rows) VALUES (carillon_now(), 'lease', 3)`);
  try {
    const { page, complaints } = await openPage(browser, origin, { size: size as Size, dark });
    await page.goto(`${origin}/login`);
    expect(await overhang(page)).toBe(0);
    await logIn(page, origin, OPERATOR.user, OPERATOR.password);
    for (const path of ['/', '/holds/new', '/unknown']) {
      await page.goto(origin + path);
      expect({ path, overhang: await overhang(page) }).toEqual({ path, overhang: 0 });
    }
    await page.goto(`${origin}/`);
    expect(await textOf(page, '#headline h1')).toContain('Some sending is on hold.');
    await press(page, '#stops', 'Release…');
    expect(await overhang(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.browserContext().close();
  } finally {
    await house.db.pool.query('DELETE FROM holds');
    await house.db.pool.query('DELETE FROM queue_settings');
    await house.db.pool.query('DELETE FROM rescues');
  }
});

test('the keyboard is enough: log in, stop everything, release it', async () => {
  const { page, complaints } = await openPage(browser, origin);
  await page.goto(`${origin}/`);
  // The first field has the focus, as soon as the page is drawn.
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  await page.keyboard.type(OPERATOR.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(OPERATOR.password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  const tabTo = async (id: string) => {
    await page.waitForSelector(`#${id}`);
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
    }
    throw new Error(`${id} is not reached by the keyboard`);
  };
  await tabTo('holds-new');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.keyboard.press('Tab');
  await page.focus('select[name=channel]');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong date');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  expect(await textOf(page, '#headline h1')).toContain('All sending is on hold.');
  const { rows } = await house.db.pool.query<{ id: number; reason: string }>('SELECT id, reason FROM holds');
  expect(rows.map((row) => row.reason)).toEqual(['wrong date']);
  await tabTo(`holds-${rows[0]?.id}-release`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await tabTo(`holds-${rows[0]?.id}-release`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  expect(await textOf(page, '.said')).toContain('Released.');
  expect(complaints).toEqual([]);
});

test('who may only look has no buttons, and the page needs no scripts', async () => {
  const { page, complaints } = await openPage(browser, origin, { script: false });
  await logIn(page, origin, READER.user, READER.password);
  expect(await textOf(page, '.top')).toContain('reader (may look only)');
  expect(await textOf(page, '#headline h1')).toContain('All is well.');
  expect((await page.$$('main button, main .button')).length).toBe(0);
  // Without scripts the page asks for itself anew.
  await page.waitForNavigation({ timeout: 15_000 });
  expect(await textOf(page, '#headline h1')).toContain('All is well.');
  expect(complaints).toEqual([]);
});

test('nothing is seen without a login, and a page that was open leads back to it', async () => {
  const stranger = await openPage(browser, origin);
  for (const path of [
    '/',
    '/status/live',
    '/status.json',
    '/status.js',
    '/unknown',
    '/holds/new',
    '/queues',
    '/queues/api/queues',
    '/anything',
  ]) {
    const answer = await fetch(origin + path, { redirect: 'manual' });
    expect({ path, status: answer.status }).toEqual({ path, status: 401 });
    await stranger.page.goto(origin + path);
    expect(stranger.page.url()).toContain('/login?to=');
  }
  const { page } = await openPage(browser, origin);
  await logIn(page, origin, OPERATOR.user, OPERATOR.password);
  await page.deleteCookie(...(await page.cookies()));
  await page.waitForFunction(() => location.pathname === '/login', { timeout: 15_000 });
});

test('when the dashboard is gone, an open page says how old it is', async () => {
  const { page } = await openPage(browser, origin);
  await logIn(page, origin, OPERATOR.user, OPERATOR.password);
  dashboard.kill('SIGKILL');
  await page.waitForFunction(() => !document.getElementById('stale')?.hidden, { timeout: 20_000 });
  expect(await textOf(page, '#stale')).toContain('The dashboard does not answer. What you see is from');
});
