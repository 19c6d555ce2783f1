/** The status page: what Postgres knows. It never waits for Redis, and says so when Postgres does not answer. */
import { type ChannelLag, type OpenRun, type Overview, readLag, readOverview } from '@carillon/db';
import type { Logger } from '@carillon/runtime';
import { type RequestHandler, Router } from 'express';
import { BOARD_PATH } from './board.ts';
import { sessionOf } from './guard.ts';
import { type Html, html, page } from './html.ts';
import type { Sessions } from './session.ts';

const REFRESH_SECONDS = 5;
const RUNS_SHOWN = 50;
/** A loss of Redis is news for so long. */
const LOST_LATELY_MS = 3_600_000;
const LATE_MS = 30_000;

export interface StatusOptions {
  readonly pool: Parameters<typeof readLag>[0];
  readonly sessions: Sessions;
  readonly redisIsReady: () => boolean;
  readonly lostAfterMs: number;
  readonly apiDocsUrl: string;
  /** The simulator's ledger, where there is one. */
  readonly ledgerUrl: string | undefined;
  readonly logger: Logger;
}

/** `/`, behind the guard. */
export function statusRouter(options: StatusOptions): Router {
  const show: RequestHandler = async (_request, response) => {
    const frame = (content: Html) =>
      page('Carillon: status', html`${header(options, sessionOf(response.locals).id)}${content}`, REFRESH_SECONDS);
    try {
      const [lag, overview] = await Promise.all([
        readLag(options.pool, options.lostAfterMs),
        readOverview(options.pool, RUNS_SHOWN),
      ]);
      response.send(frame(content(lag, overview, options.redisIsReady())));
    } catch (error) {
      options.logger.warn({ err: error }, 'the status could not be read');
      response.status(503).send(frame(html`<p class="alarm">Postgres does not answer. Nothing is known now.</p>`));
    }
  };
  return Router().get('/', show);
}

function header({ sessions, apiDocsUrl, ledgerUrl }: StatusOptions, sessionId: string): Html {
  const ledger =
    ledgerUrl === undefined ? html`` : html`<a href="${ledgerUrl}" rel="noreferrer">Simulator's ledger</a>`;
  return html`<header><h1>Carillon</h1>
<nav><a href="${BOARD_PATH}">Queues</a><a href="${apiDocsUrl}" rel="noreferrer">API</a>${ledger}</nav>
<form method="post" action="/logout"><input type="hidden" name="token" value="${sessions.tokenFor(sessionId)}"><button>Log out</button></form>
</header>`;
}

function content(lag: readonly ChannelLag[], overview: Overview, redisIsReady: boolean): Html {
  const { nowMs, redisLostAtMs, pausedQueues, holds, openRuns, openRunCount } = overview;
  const lostLately = redisLostAtMs !== null && nowMs - redisLostAtMs < LOST_LATELY_MS;
  const redis = redisIsReady ? html`answers` : html`<span class="alarm">does not answer; sending waits for it</span>`;
  const lost =
    redisLostAtMs === null
      ? html`It never lost its data.`
      : html`<span class="${lostLately ? 'alarm' : ''}">It lost its data ${ago(nowMs, redisLostAtMs)}.</span>`;
  const hidden = openRunCount - openRuns.length;
  return html`
<p class="quiet">Postgres's time is ${instant(nowMs)}.</p>
<p>Redis ${redis}. ${lost}</p>
${pausedQueues.length === 0 ? html`` : html`<p class="alarm">Paused queues: ${pausedQueues.join(', ')}</p>`}
<h2>Holds</h2>
${
  holds.length === 0
    ? html`<p class="quiet">None: nothing is held back.</p>`
    : html`<ul>${holds.map(
        (hold) =>
          html`<li class="alarm">${hold.account ?? 'every account'}, ${hold.channel ?? 'every channel'}: ${hold.reason} (${ago(nowMs, hold.sinceMs)})</li>`,
      )}</ul>`
}
<h2>Lag</h2>
${
  lag.length === 0
    ? html`<p class="quiet">No batch is due and waiting.</p>`
    : html`<table><tr><th>Channel</th><th class="number">Batches due</th><th class="number">Oldest</th><th class="number">Missing in Redis</th></tr>
${lag.map(
  (each) =>
    html`<tr><td>${each.channel}</td><td class="number">${each.dueBatches}</td><td class="number ${each.oldestDueMs > LATE_MS ? 'alarm' : ''}">${seconds(each.oldestDueMs)}</td><td class="number">${each.missingBatches}</td></tr>`,
)}</table>`
}
<h2>Open runs</h2>
${openRuns.length === 0 ? html`<p class="quiet">None.</p>` : runTable(openRuns)}
${hidden > 0 ? html`<p class="quiet">and ${hidden} more</p>` : html``}`;
}

const COUNTS = ['scheduled', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled'] as const;

function runTable(runs: readonly OpenRun[]): Html {
  return html`<table><tr><th>Job</th><th>Account</th><th>Run</th><th>State</th><th>Due</th>${COUNTS.map((name) => html`<th class="number">${name}</th>`)}</tr>
${runs.map(
  (run) =>
    html`<tr><td>${run.job}</td><td>${run.account}</td><td>run_${run.runId}</td><td>${stateOf(run)}</td><td>${instant(run.dueAtMs)}</td>${COUNTS.map((name) => html`<td class="number">${run.counts[name]}</td>`)}</tr>`,
)}</table>`;
}

function stateOf(run: OpenRun): Html {
  if (run.cancelled) return html`cancelled`;
  if (run.paused)
    return html`<span class="alarm">paused${run.pauseReason === null ? '' : `: ${run.pauseReason}`}</span>`;
  return html`${run.state}`;
}

function instant(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function ago(nowMs: number, atMs: number): string {
  return `${seconds(nowMs - atMs)} ago`;
}

function seconds(durationMs: number): string {
  const whole = Math.max(0, Math.round(durationMs / 1_000));
  if (whole < 120) return `${whole} s`;
  return whole < 7_200 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 3_600)} h`;
}
