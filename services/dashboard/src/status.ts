/** The status page: what Postgres knows. It never waits for Redis, and says so when Postgres does not answer. */
import { CHANNEL_TITLES, readUnknownByRun } from '@carillon/db';
import { type RequestHandler, type Response, Router } from 'express';
import { header, type StatusOptions, viewOf } from './frame.ts';
import { type Html, html, NONE, page } from './html.ts';
import { SCRIPT } from './script.ts';
import { liveSections } from './views.ts';
import { amount, instant } from './words.ts';

const REFRESH_MS = 3_000;
const REFRESH_WITHOUT_SCRIPT_SECONDS = 5;
const FRAGMENT_PATH = '/status/live';
const SCRIPT_PATH = '/status.js';
const UNKNOWN_RUNS_SHOWN = 100;

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
