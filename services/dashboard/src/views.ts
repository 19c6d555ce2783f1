/** The sections of the status page. Each has an id, by which the page's script replaces it when it changed. */
import { CHANNEL_TITLES, type ChannelStatus, type QueueStatus, type RunOverview, type StatusHold } from '@carillon/db';
import { type Html, html, NONE } from './html.ts';
import { latenessPlot, progressBar, throughputPlot } from './plots.ts';
import type { Reading, ShownReason } from './reading.ts';
import { ago, amount, counted, duration, instant, lateness, rate } from './words.ts';

/** What sections need beside the reading: whether there are buttons, and how they prove to be ours. */
export interface View {
  /** The token of forms; undefined shows no buttons. */
  readonly token: string | undefined;
  /** The folder of operations.md for the browser. */
  readonly docsUrl: string | undefined;
}

/** Everything that refreshes, in order of importance. */
export function liveSections(reading: Reading, view: View): Html {
  return html`${headline(reading, view)}${openRuns(reading, view)}${channels(reading)}${stops(reading, view)}${lately(reading, view)}`;
}

/** A button that posts. */
export function press(view: View, action: string, label: string, kind = ''): Html {
  if (view.token === undefined) return NONE;
  return html`<form class="inline" method="post" action="${action}"><input type="hidden" name="token" value="${view.token}"><button id="${idOf(action)}" class="${kind}">${label}</button></form>`;
}

/** A link to a page that asks before it posts. */
function ask(view: View, path: string, label: string, kind = ''): Html {
  return view.token === undefined
    ? NONE
    : html`<a id="${idOf(path)}" class="button ${kind}" href="${path}">${label}</a>`;
}

function idOf(path: string): string {
  return path.slice(1).replaceAll('/', '-');
}

const LEVELS = { ok: 'Fine', attention: 'Needs a look', problem: 'Act now' } as const;
const SEVERITIES = {
  critical: ['problem', 'Act now'],
  warning: ['attention', 'Look'],
  notice: ['', 'Note'],
} as const;

/** The whole state in one sentence, by the most urgent reason. */
const SENTENCES: Readonly<Record<ShownReason['code'], string>> = {
  restored_unsettled: 'The database was restored and is not settled yet.',
  late: 'Messages are late.',
  missing_from_redis: 'Senders are not woken for some of the work.',
  leases_expired: 'A sender stopped, and nobody took over its work.',
  unplanned: 'Jobs are due and nobody plans them.',
  paused_by_provider: 'A provider refuses our messages.',
  held: 'Some sending is on hold.',
  queue_paused: 'A queue is paused.',
  unknown_outcomes: 'Nothing is late, but some outcomes are unknown.',
  rescues: 'Nothing is late, but a sender stopped in its work.',
  redis_down: 'Redis does not answer; sending waits for it.',
  redis_lost: 'All is well.',
  run_paused: 'All is well.',
  checks_blocked: 'Some addresses cannot be checked.',
};

function headline(reading: Reading, { docsUrl }: View): Html {
  const { level, reasons } = reading;
  const sentence = sentenceOf(reading);
  const list = html`<ul class="reasons">${reasons.map((reason) => {
    const [kind, word] = SEVERITIES[reason.severity];
    return html`<li><span class="tag ${kind}">${word}</span><div><strong>${reason.summary}</strong><br>${reason.action} <span class="small">${docsLink(reason.docs, docsUrl)}</span></div></li>`;
  })}</ul>`;
  return html`<section id="headline" class="headline ${level}" role="status"><h1><span class="tag ${level}">${LEVELS[level]}</span> ${sentence}</h1>
<p>${nowSentence(reading)}</p>${reasons.length === 0 ? NONE : list}</section>`;
}

function sentenceOf({ level, reasons, holds }: Reading): string {
  const code = reasons[0]?.code;
  if (level === 'ok' || code === undefined) return 'All is well.';
  const everything = holds.some((hold) => hold.accountId === null && hold.channel === null);
  return code === 'held' && everything ? 'All sending is on hold.' : SENTENCES[code];
}

function docsLink(docs: string, docsUrl: string | undefined): Html {
  if (docsUrl === undefined) return html`<span class="quiet">See ${docs}</span>`;
  const url = new URL(docs.replace(/^docs\//, ''), docsUrl.endsWith('/') ? docsUrl : `${docsUrl}/`);
  return html`<a href="${url.href}" rel="noreferrer">Cause and cure</a>`;
}

function nowSentence(reading: Reading): string {
  const sending = reading.runs.filter((run) => !run.paused && !run.cancelled && run.dueAtMs <= reading.nowMs);
  const perSecond = reading.channels.reduce((sum, channel) => sum + rateNow(channel, reading.nowMs), 0);
  const late = reading.channels.reduce((sum, channel) => sum + channel.late.deliveries, 0);
  const oldest = Math.max(0, ...reading.channels.map((channel) => channel.late.oldestMs ?? 0));
  const due =
    late === 0
      ? 'Nothing due is waiting for a sender.'
      : `${counted(late, 'delivery', 'deliveries')} due, the oldest for ${duration(oldest)}.`;
  const runs = reading.openRuns === 0 ? 'No run is open' : `${counted(reading.openRuns, 'run is', 'runs are')} open`;
  const going = perSecond > 0 ? `, ${rate(perSecond)} messages a second` : ', nothing sent just now';
  const pace = sending.length === 0 ? '' : going;
  return `${due} ${runs}${pace}.`;
}

/** Messages a second of late: in the last whole moment, or so far in the first one. */
function rateNow({ series }: ChannelStatus, nowMs: number): number {
  const [before, current] = series?.moments.slice(-2) ?? [];
  if (before === undefined || current === undefined || before.accepted > 0) return before?.perSecond ?? 0;
  return current.accepted / Math.max(1, (nowMs - current.atMs) / 1_000);
}

function openRuns({ runs, openRuns: count, nowMs }: Reading, view: View): Html {
  const hidden = count - runs.length;
  const list =
    runs.length === 0
      ? html`<p class="quiet">None. Nothing is being sent.</p>`
      : html`<div>${runs.map((run) => runCard(run, nowMs, view))}</div>`;
  return html`<section id="runs" class="card"><header><h2>Runs in progress</h2></header>${list}${
    hidden > 0 ? html`<p class="quiet small">And ${amount(hidden)} more, smaller or later.</p>` : NONE
  }</section>`;
}

function runCard(run: RunOverview, nowMs: number, view: View): Html {
  const job = `/jobs/${run.accountId}/${run.jobId}`;
  const missed = run.counts.failed + run.counts.skipped + run.counts.cancelled;
  const buttons =
    run.completedAtMs !== null
      ? missed > 0
        ? ask(view, `/runs/${run.accountId}/${run.runId}/resend`, 'Send to those missed…')
        : NONE
      : run.cancelled
        ? NONE
        : html`${run.paused ? press(view, `${job}/resume`, 'Resume', 'primary') : press(view, `${job}/pause`, 'Pause')}${ask(view, `${job}/cancel`, 'Cancel…', 'danger')}`;
  const ended = run.size - run.counts.scheduled - run.counts.sending;
  const share = run.size === 0 ? '' : `${Math.floor((ended / run.size) * 100)} %`;
  return html`<article class="run" data-run="${run.runId}"><div class="title"><h3>${run.job}</h3>${stateTag(run)}<span class="quiet small">${run.account} · ${CHANNEL_TITLES[run.channel]} · run_${run.runId}${run.resendOf === null ? '' : ` · to those missed in run_${run.resendOf}`}</span>${buttons.markup === '' ? NONE : html`<div class="buttons">${buttons}</div>`}</div>
${progressBar(run.counts, run.size)}
<p class="numbers small"><strong>${share === '' ? '' : `${share} · ${amount(ended)} of ${amount(run.size)}`}</strong>${paceOf(run, nowMs)}</p>
<p class="numbers small">${countsOf(run)}</p></article>`;
}

function stateTag(run: RunOverview): Html {
  if (run.cancelled) return html`<span class="tag">Cancelled</span>`;
  if (run.paused)
    return run.pauseReason === null
      ? html`<span class="tag attention">Paused</span>`
      : html`<span class="tag problem">Paused: ${run.pauseReason}</span>`;
  if (run.state === 'completed') return html`<span class="tag">Completed</span>`;
  return html`<span class="tag">${{ planned: 'Planned', expanding: 'Being expanded', sending: 'Sending' }[run.state]}</span>`;
}

function paceOf(run: RunOverview, nowMs: number): Html {
  if (run.completedAtMs !== null) return html`<span>Ended ${ago(nowMs, run.completedAtMs)}</span>`;
  if (run.paused || run.cancelled)
    return run.counts.sending > 0 ? html`<span>${amount(run.counts.sending)} still on their way</span>` : NONE;
  if (run.dueAtMs > nowMs)
    return html`<span>Due in ${duration(run.dueAtMs - nowMs)}, at ${instant(run.dueAtMs, nowMs)}</span>`;
  const pace = run.perSecond === null ? NONE : html`<span>${rate(run.perSecond)} a second</span>`;
  const end =
    run.finishAtMs === null
      ? NONE
      : html`<span>Ends in about ${duration(run.finishAtMs - nowMs)}, at ${instant(run.finishAtMs, nowMs)}</span>`;
  return html`${pace}${end}`;
}

function countsOf({ counts }: RunOverview): Html {
  const parts: readonly (readonly [string, number, string])[] = [
    [
      'done',
      counts.sent + counts.delivered,
      counts.delivered > 0 ? `sent (${amount(counts.delivered)} delivered)` : 'sent',
    ],
    ['failed', counts.failed, 'failed'],
    ['unknown', counts.unknown, 'unknown'],
    ['left-out', counts.skipped, 'skipped'],
    ['left-out', counts.cancelled, 'cancelled'],
    ['air', counts.sending, 'on their way'],
    ['waits', counts.scheduled, 'waiting'],
  ];
  return html`${parts
    .filter(([kind, count]) => kind === 'done' || count > 0)
    .map(([kind, count, word]) => html`<span class="key ${kind}">${amount(count)} ${word}</span>`)}`;
}

/** Each channel in which something happens; the others share a line. */
function channels({ channels: all, nowMs }: Reading): Html {
  const quiet = all.filter(isQuiet);
  const titles = quiet.map(({ channel }) => CHANNEL_TITLES[channel]);
  const others = quiet.length === all.length ? 'All channels' : titles.join(' and ');
  return html`<section id="channels" class="channels">${all.filter((channel) => !isQuiet(channel)).map((channel) => channelCard(channel, nowMs))}${
    quiet.length === 0
      ? NONE
      : html`<p class="card quiet"><strong>${others}</strong>: nothing waits, nothing is unknown, and nothing was sent in the last 10 minutes.</p>`
  }</section>`;
}

function isQuiet({ due, held, missing, unknown, series }: ChannelStatus): boolean {
  return due.batches + held + missing.batches + unknown === 0 && series === null;
}

function channelCard(channel: ChannelStatus, nowMs: number): Html {
  const { due, late, missing, unknown, held, series } = channel;
  const oldest = due.oldestMs === null ? '' : `oldest ${duration(due.oldestMs)}`;
  const waiting = `${amount(due.deliveries)}${due.more ? ' or more' : ''}`;
  const plots =
    series === null
      ? html`<p class="quiet small">Nothing was sent in the last 10 minutes.</p>`
      : html`<figure><figcaption><span>Sent a second: <strong>${rate(rateNow(channel, nowMs))}</strong></span><span>10 min: ${amount(series.total.accepted)}</span></figcaption>${throughputPlot(series)}</figure>
<figure><figcaption><span>Due to sent: <strong>${time(series.total.p50Ms)}</strong></span><span>99 % within ${time(series.total.p99Ms)}</span></figcaption>${latenessPlot(series)}</figure>`;
  return html`<div class="card channel"><div><h2>${CHANNEL_TITLES[channel.channel]}</h2>
<dl class="figures">
<div><dt>Due, waiting</dt><dd class="${late.oldestMs !== null && late.oldestMs > 30_000 ? 'warn-text' : ''}">${waiting}<small>${oldest}</small></dd></div>
<div><dt>Not in Redis</dt><dd class="${missing.batches > 0 ? 'warn-text' : ''}">${amount(missing.batches)}<small>${missing.oldestMs === null ? '' : `for ${duration(missing.oldestMs)}`}</small></dd></div>
<div><dt>Unknown</dt><dd class="${unknown > 0 ? 'warn-text' : ''}">${amount(unknown)}<small>${unknown > 0 ? html`<a href="/unknown">Show</a>` : ''}</small></dd></div>
${held > 0 ? html`<div><dt>Held back</dt><dd class="warn-text">${amount(held)}</dd></div>` : NONE}
</dl></div>${plots}</div>`;
}

function time(milliseconds: number | null): string {
  return milliseconds === null ? 'none' : lateness(milliseconds);
}

function stops({ holds, queues, nowMs }: Reading, view: View): Html {
  const held =
    holds.length === 0
      ? html`<p class="quiet">None. Nothing is held back.</p>`
      : html`<ul class="rows">${holds.map((hold) => html`<li><div><strong>${scopeOfHold(hold)}</strong> <span class="tag attention">On hold</span><br><span class="small">${hold.reason} <span class="quiet">${hold.createdBy === null ? '' : `${hold.createdBy}, `}${ago(nowMs, hold.sinceMs)}</span></span></div>${ask(view, `/holds/${hold.id}/release`, 'Release…')}</li>`)}</ul>`;
  return html`<section id="stops" class="pair"><div class="card"><header><h2>Holds</h2>${ask(view, '/holds/new', 'Stop sending…', 'danger')}</header>${held}</div>
<div class="card"><header><h2>Queues</h2><a class="small" href="/queues">Open in Bull Board</a></header><ul class="rows">${queues.map((queue) => queueRow(queue, nowMs, view))}</ul></div></section>`;
}

export function scopeOfHold(hold: Pick<StatusHold, 'account' | 'channel'>): string {
  const what = hold.channel === null ? 'Everything' : CHANNEL_TITLES[hold.channel];
  return hold.account === null ? what : `${what} of ${hold.account}`;
}

function queueRow(queue: QueueStatus, nowMs: number, view: View): Html {
  const state = queue.paused
    ? html`<span class="tag attention">Paused</span> <span class="quiet small">${queue.sinceMs === null ? '' : ago(nowMs, queue.sinceMs)}</span>`
    : html`<span class="quiet small">wakes senders</span>`;
  const button = queue.paused
    ? press(view, `/queue/${queue.name}/resume`, 'Resume', 'primary')
    : press(view, `/queue/${queue.name}/pause`, 'Pause');
  return html`<li><div><strong>${CHANNEL_TITLES[queue.channel]}</strong> ${state}</div>${button}</li>`;
}

const REPAIRS: Readonly<Record<string, (count: number) => string>> = {
  lease: (count) => `${counted(count, 'batch', 'batches')} taken back from senders that stopped`,
  wake_up: (count) => `${counted(count, 'batch', 'batches')} enqueued again after Redis lost the wake-up`,
  redis_lost: (count) => `Redis found empty ${count === 1 ? 'once' : `${amount(count)} times`}, and filled again`,
  policy: (count) => `${counted(count, 'unknown outcome', 'unknown outcomes')} settled by the job's policy`,
};

function lately({ finishedRuns, rescues, nowMs, redisAnswers, redisLostAtMs }: Reading, view: View): Html {
  const runs =
    finishedRuns.length === 0
      ? html`<p class="quiet">None within a day.</p>`
      : html`<div>${finishedRuns.map((run) => runCard(run, nowMs, view))}</div>`;
  const redis = `Redis ${redisAnswers ? 'answers' : 'does not answer'}. ${redisLostAtMs === null ? 'It never lost its data.' : `It lost its data ${ago(nowMs, redisLostAtMs)}.`}`;
  const repairs =
    rescues.length === 0
      ? html`<p class="quiet">None was needed.</p>`
      : html`<ul class="rows">${rescues.map((rescue) => html`<li><div>${REPAIRS[rescue.kind]?.(rescue.rows) ?? `${rescue.kind}: ${amount(rescue.rows)}`} <span class="quiet small">last ${ago(nowMs, rescue.lastAtMs)}</span></div></li>`)}</ul>`;
  return html`<section id="lately" class="pair"><div class="card"><header><h2>Ended lately</h2></header>${runs}</div>
<div class="card"><header><h2>Repairs within the hour</h2></header>${repairs}<p class="quiet small">${redis}</p></div></section>`;
}
