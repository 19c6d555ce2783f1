/** A headless Chromium that looks at the dashboard as a person does, and remembers whatever its pages complained of. */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
// @ts-expect-error: scripts are plain JavaScript, without types.
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/lib/chromium.mjs';

/** The two sizes at which the page must be clear. */
export const SIZES = { desk: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof SIZES;

/** A page, and what went wrong on it. */
export interface Watched {
  readonly page: Page;
  /** Console errors, uncaught exceptions, refused resources and requests to elsewhere; must stay empty. */
  readonly complaints: string[];
}

/** Starts it. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return await puppeteer.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] });
}

/**
 * Opens a page of its own, without cookies of others.
 * @param allowed texts of complaints that are known and harmless
 */
export async function openPage(
  browser: Browser,
  origin: string,
  options: { readonly size?: Size; readonly dark?: boolean; readonly script?: boolean; readonly allowed?: RegExp } = {},
): Promise<Watched> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(SIZES[options.size ?? 'desk']);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: options.dark ? 'dark' : 'light' }]);
  if (options.script === false) await page.setJavaScriptEnabled(false);
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (!options.allowed?.test(text)) complaints.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complain(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(`uncaught: ${String(error)}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) complain(`elsewhere: ${url}`);
  });
  return { page, complaints };
}

/** Fills in the login form and sends it. */
export async function logIn(page: Page, origin: string, user: string, password: string): Promise<void> {
  await page.goto(`${origin}/`);
  await page.type('input[name=user]', user);
  await page.type('input[name=password]', password);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
}

/** What a person reads there. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return await page.$eval(selector, (element) => (element.textContent ?? '').replace(/\s+/g, ' '));
}

/** By how many pixels the page is wider than its window; 0 means that nothing has to be scrolled sideways. */
export async function overhang(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Presses what has this text within `selector`. */
export async function press(page: Page, selector: string, text: string): Promise<void> {
  const handle = await page.waitForSelector(`${selector} ::-p-text(${text})`);
  if (handle === null) throw new Error(`nothing to press: ${text}`);
  await Promise.all([page.waitForNavigation(), handle.click()]);
}
