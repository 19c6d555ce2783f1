/** The status page: what Postgres knows. It never waits for Redis, and says so when Postgres does not answer. */
import { CHANNEL_TITLES, readUnknownByRun } from '@carillon/db';
import type { Logger } from '@carillon/runtime';
import { type RequestHandler, type Response, Router } from 'express';
import type { ActionPool } from './actions.ts';
import { BOARD_PATH } from './board.ts';
import { sessionOf } from './guard.ts';
import { type Html, html, NONE, page } from './html.ts';
import type { Read } from './reading.ts';
import { SCRIPT } from './script.ts';
import type { Sessions } from './session.ts';
import { liveSections, type View } from './views.ts';
import { amount, instant } from './words.ts';

const REFRESH_MS = 3_000;
const REFRESH_WITHOUT_SCRIPT_SECONDS = 5;
const FRAGMENT_PATH = '/status/live';
const SCRIPT_PATH = '/status.js';
const UNKNOWN_RUNS_SHOWN = 100;

export interface StatusOptions {
  readonly pool: ActionPool;
  readonly read: Read;
  readonly sessions: Sessions;
  readonly redisIsReady: () => boolean;
  readonly apiDocsUrl: string;
  /** The simulator's ledger, where there is one. */
  readonly ledgerUrl: string | undefined;
  /** The folder of docs/operations.md, for the browser. */
  readonly docsUrl: string | undefined;
  readonly logger: Logger;
}

/** What was done, by the name that the address carries after an action. */
const SAID: Readonly<Record<string, string>> = {
  paused: 'Paused. What was already on its way may still arrive, within the time-out.',
  resumed: 'Resumed. It goes on within a second or two.',
  cancelled: 'Cancelled. Nothing further is begun; what waited becomes cancelled within seconds.',
  resent: 'A further run was made for those missed.',
  held: 'On hold. Nothing further is begun; what was already on its way may still arrive.',
  released: 'Released. What waited goes on, in the order in which it was due.',
  queue_paused: 'The queue is paused. No sender is woken for it.',
  queue_resumed: 'The queue goes on.',
};

/** `/` and what it is made of, behind the guard. */
export function statusRouter(options: StatusOptions): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const said = SAID[String(request.query.done)];
    const { status, markup } = await live(options, response, 'fresh');
    const body = html`${header(options, response, 'status')}<main>${
      said === undefined ? NONE : html`<p class="said" role="status">${said}</p>`
    }<p id="stale" class="stale" role="alert" hidden></p><div id="live" data-from="${FRAGMENT_PATH}" data-refresh-ms="${REFRESH_MS}">${markup}</div></main>`;
    const script = { path: SCRIPT_PATH, elseRefreshSeconds: REFRESH_WITHOUT_SCRIPT_SECONDS };
    response.status(status).send(page({ title: 'Carillon: status', body, script }));
  });
  router.get(FRAGMENT_PATH, async (_request, response) => {
    const { status, markup } = await live(options, response);
    response.status(status).type('html').send(markup.markup);
  });
  router.get('/status.json', asJson(options));
  router.get(SCRIPT_PATH, (_request, response) => {
    response.type('text/javascript').send(SCRIPT);
  });
  router.get('/unknown', unknownPage(options));
  return router;
}

/** The view of whoever asks. */
export function viewOf({ sessions, docsUrl }: Pick<StatusOptions, 'sessions' | 'docsUrl'>, response: Response): View {
  const session = sessionOf(response.locals);
  return { token: session.role === 'operator' ? sessions.tokenFor(session.id) : undefined, docsUrl };
}

async function live(
  options: StatusOptions,
  response: Response,
  fresh?: 'fresh',
): Promise<{ status: number; markup: Html }> {
  try {
    return { status: 200, markup: liveSections(await options.read(fresh), viewOf(options, response)) };
  } catch (error) {
    options.logger.warn({ err: error }, 'the status could not be read');
    return {
      status: 503,
      markup: html`<section id="headline" class="headline problem" role="status"><h1><span class="tag problem">Act now</span> Postgres does not answer.</h1>
<p>Nothing is known now, nothing is accepted and nothing is sent. Restore Postgres; what was accepted stands in it and goes on.</p></section>`,
    };
  }
}

function asJson(options: StatusOptions): RequestHandler {
  return async (_request, response) => {
    try {
      response.json(await options.read());
    } catch (error) {
      options.logger.warn({ err: error }, 'the status could not be read');
      response.status(503).json({ healthy: false, reasons: [{ code: 'postgres_down', severity: 'critical' }] });
    }
  };
}

/** The bar above every page behind the login. */
export function header(options: StatusOptions, response: Response, here: 'status' | 'other' = 'other'): Html {
  const { sessions, apiDocsUrl, ledgerUrl } = options;
  const session = sessionOf(response.locals);
  const ledger = ledgerUrl === undefined ? NONE : html`<a href="${ledgerUrl}" rel="noreferrer">Simulator's ledger</a>`;
  const status = here === 'status' ? html`<a href="/" aria-current="page">Status</a>` : html`<a href="/">Status</a>`;
  const who = session.role === 'operator' ? session.user : `${session.user} (may look only)`;
  return html`<header class="top"><div><a class="name" href="/">Carillon</a>
<nav aria-label="Pages">${status}<a href="${BOARD_PATH}">Queues</a><a href="${apiDocsUrl}" rel="noreferrer">API</a>${ledger}</nav>
<form method="post" action="/logout"><span class="quiet small">${who}</span><input type="hidden" name="token" value="${sessions.tokenFor(session.id)}"><button class="plain">Log out</button></form></div></header>`;
}

/** Where the unknown outcomes are, and how they are settled. */
function unknownPage(options: StatusOptions): RequestHandler {
  return async (_request, response) => {
    const runs = await readUnknownByRun(options.pool, UNKNOWN_RUNS_SHOWN);
    const nowMs = Date.now();
    const list =
      runs.length === 0
        ? html`<p class="quiet">None: of every delivery it is known what became of it.</p>`
        : html`<table><tr><th>Job</th><th>Run</th><th class="number">Unknown</th></tr>${runs.map(
            (run) =>
              html`<tr><td><strong>${run.job}</strong><br><span class="quiet small">${run.account} · ${CHANNEL_TITLES[run.channel]} · due ${instant(run.dueAtMs, nowMs)}</span></td><td>run_${run.runId}</td><td class="number">${amount(run.unknown)}</td></tr>`,
          )}</table>`;
    const body = html`${header(options, response)}<main class="narrow"><h1>Unknown outcomes</h1>
<p>A request was written, and no answer came: nobody knows whether it arrived. None of these is sent again unseen.</p>
<p>Most are settled by the provider's reports within minutes, or by the job's own policy. Look the rest up at the provider, then settle them with the API: <code>POST /v1/deliveries/settle</code>, one by one or by run, as <code>sent</code>, <code>failed</code> or <code>resend</code>.</p>
<section class="card">${list}</section></main>`;
    response.send(page({ title: 'Carillon: unknown outcomes', body }));
  };
}
