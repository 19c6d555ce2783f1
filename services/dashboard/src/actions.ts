/**
 * What an operator presses. Each action is one POST with the session's token, writes Postgres and the audit trail in one
 * transaction, and leads back to the status page. What cannot be taken back asks first, on a page of its own, so that it
 * works without scripts and on a telephone.
 */
import { CHANNEL_NAMES, type ChannelName, QUEUES } from '@carillon/contracts';
import {
  CHANNEL_TITLES,
  type ControlResult,
  cancelJob,
  type HoldActor,
  inAccount,
  listAccounts,
  listHolds,
  pauseJob,
  placeHold,
  type RunOverview,
  readRuns,
  releaseHold,
  resendMissed,
  resumeJob,
} from '@carillon/db';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type ActionPool, header, type StatusOptions, viewOf } from './frame.ts';
import { sessionOf } from './guard.ts';
import { type Html, html, NONE, page } from './html.ts';
import { INSTALLATION, type PauseQueue } from './pause.ts';
import { press, scopeOfHold } from './views.ts';
import { amount, counted } from './words.ts';

export interface ActionOptions extends StatusOptions {
  readonly pauseQueue: PauseQueue;
}

const ACTOR = 'dashboard';
const REASON_MAX = 500;
const LARGEST_INTEGER = 2 ** 31 - 1;
/** How many runs are looked through for the one that a page is about. */
const RUNS_LOOKED_AT = 500;
/** Accounts that the form for holds names. */
const ACCOUNTS_NAMED = 200;

/** The actions and the pages that ask before them, behind login and role. */
export function actionRouter(options: ActionOptions): Router {
  const router = Router();
  router.use((request, _response, next) => {
    // Who acts from where goes into the audit trail.
    inAccount({ origin: request.ip }, () => next());
  });
  jobActions(router, options);
  holdActions(router, options);
  for (const [word, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    router.post(`/queue/:name/${word}`, async (request, response) => {
      const name = String(request.params.name);
      if (!QUEUES.includes(name)) return refuse(options, response, 404, 'There is no such queue.');
      if (!options.redisIsReady())
        return refuse(
          options,
          response,
          503,
          'Redis does not answer; the queue is as it was. A hold works without Redis.',
        );
      await options.pauseQueue(name, paused);
      options.logger.info({ queue: name, paused }, paused ? 'a queue was paused' : 'a queue was resumed');
      response.redirect(303, `/?done=queue_${word}d`);
    });
  }
  return router;
}

const CONTROLS = [
  ['pause', pauseJob, 'paused'],
  ['resume', resumeJob, 'resumed'],
  ['cancel', cancelJob, 'cancelled'],
] as const;

function jobActions(router: Router, options: ActionOptions): void {
  const { pool } = options;
  for (const [word, control, done] of CONTROLS) {
    router.post(`/jobs/:accountId/:jobId/${word}`, async (request, response) => {
      const accountId = idOf(request, 'accountId');
      const jobId = idOf(request, 'jobId');
      if (accountId === undefined || jobId === undefined) return refuse(options, response, 404, NO_JOB);
      const result: ControlResult = await control(pool, { accountId, jobId, actor: ACTOR });
      if (result.kind === 'not_found') return refuse(options, response, 404, NO_JOB);
      if (result.kind === 'invalid_state')
        return refuse(options, response, 409, `The job is ${result.status}, so this is no longer possible.`);
      response.redirect(303, `/?done=${done}`);
    });
  }

  router.get('/jobs/:accountId/:jobId/cancel', operatorOnly, async (request, response) => {
    const found = await findRuns(pool, idOf(request, 'accountId'));
    const runs = found.filter((run) => run.jobId === idOf(request, 'jobId') && run.completedAtMs === null);
    const run = runs[0];
    if (run === undefined)
      return refuse(options, response, 404, 'This job has no open run; there is nothing to cancel.');
    const waiting = runs.reduce((sum, each) => sum + each.counts.scheduled, 0);
    const path = `/jobs/${run.accountId}/${run.jobId}/cancel`;
    ask(
      options,
      response,
      `Cancel “${run.job}”?`,
      html`<p>${counted(waiting, 'message that waits is', 'messages that wait are')} then not sent, and the job has no further run.
${counted(
  runs.reduce((sum, each) => sum + each.counts.sending, 0),
  'message',
  'messages',
)} on their way may still arrive.</p><p>This cannot be taken back. To stop it for a while, pause it instead.</p>`,
      press(viewOf(options, response), path, 'Cancel the job', 'danger primary'),
    );
  });

  router.get('/runs/:accountId/:runId/resend', operatorOnly, async (request, response) => {
    const run = (await findRuns(pool, idOf(request, 'accountId'))).find(
      (each) => each.runId === idOf(request, 'runId'),
    );
    if (run === undefined) return refuse(options, response, 404, NO_RUN);
    const missed = run.counts.failed + run.counts.skipped + run.counts.cancelled;
    const view = viewOf(options, response);
    const path = `/runs/${run.accountId}/${run.runId}/resend`;
    const body = html`<p>A further run is made for those whom this one missed: of ${counted(missed, 'delivery', 'deliveries')} that failed, were skipped or were cancelled, those to people who certainly have nothing from it or from an earlier resend.</p>
<p>Nobody is included whose outcome is unknown or still open, and nobody is told twice.</p>
<form method="post" action="${path}"><input type="hidden" name="token" value="${view.token ?? ''}">
<label class="check"><input type="checkbox" name="reported" value="yes"><span>Also those whom the provider first accepted and then reported as failed. They may have been told.</span></label>
<div class="answers"><button class="primary">Send to those missed</button><a href="/">Back, send nothing</a></div></form>`;
    askWith(options, response, `Send “${run.job}” to those missed?`, body);
  });

  router.post('/runs/:accountId/:runId/resend', async (request, response) => {
    const accountId = idOf(request, 'accountId');
    const runId = idOf(request, 'runId');
    const { rows } = await pool.query<{ job_id: number }>('SELECT job_id FROM runs WHERE account_id = $1 AND id = $2', [
      accountId ?? 0,
      runId ?? 0,
    ]);
    const jobId = rows[0]?.job_id;
    if (accountId === undefined || runId === undefined || jobId === undefined)
      return refuse(options, response, 404, NO_RUN);
    const includeFailedByReport = fieldOf(request, 'reported') === 'yes';
    const result = await resendMissed(pool, { accountId, jobId, runId, includeFailedByReport, actor: ACTOR });
    switch (result.kind) {
      case 'created':
        return response.redirect(303, '/?done=resent');
      case 'not_found':
        return refuse(options, response, 404, NO_RUN);
      case 'open':
        return refuse(
          options,
          response,
          409,
          `Such a run is still going on: run_${result.runId}. There is one at a time.`,
        );
      case 'nobody':
        return refuse(options, response, 409, 'Nobody was certainly missed, so there is nobody to send to.');
    }
  });
}

function holdActions(router: Router, options: ActionOptions): void {
  const { pool } = options;
  const by: HoldActor = { actor: ACTOR, auditAccountId: INSTALLATION };

  router.get('/holds/new', operatorOnly, async (_request, response) => {
    const accounts = await listAccounts(pool, { afterId: 0, limit: ACCOUNTS_NAMED });
    const view = viewOf(options, response);
    const body = html`<p>Within two seconds nothing further is begun. What is on its way may still arrive. Jobs, runs and schedules go on and wait; nothing is lost.</p>
<form method="post" action="/holds"><input type="hidden" name="token" value="${view.token ?? ''}">
<label>What is stopped<select name="channel"><option value="">Everything</option>${CHANNEL_NAMES.map((name) => html`<option value="${name}">${CHANNEL_TITLES[name]}</option>`)}</select></label>
<label>Of whom<select name="account"><option value="">Every account</option>${accounts.map((account) => html`<option value="${account.id}">${account.name}</option>`)}</select></label>
<label>Why, for whoever finds it<input name="reason" maxlength="${REASON_MAX}" required autocomplete="off"></label>
<div class="answers"><button class="danger primary">Stop sending</button><a href="/">Back, stop nothing</a></div></form>`;
    askWith(options, response, 'Stop sending', body);
  });

  router.post('/holds', async (request, response) => {
    const channel = fieldOf(request, 'channel');
    const account = fieldOf(request, 'account');
    const reason = fieldOf(request, 'reason').trim();
    if (reason === '' || reason.length > REASON_MAX)
      return refuse(options, response, 400, 'Say why, in at most 500 characters, for whoever finds the hold.');
    if (channel !== '' && !(CHANNEL_NAMES as readonly string[]).includes(channel))
      return refuse(options, response, 400, 'There is no such channel.');
    const accountId = account === '' ? null : numberOf(account);
    if (accountId === undefined || (accountId !== null && !(await isAccount(pool, accountId))))
      return refuse(options, response, 400, 'There is no such account.');
    await placeHold(pool, { accountId, channel: channel === '' ? null : (channel as ChannelName), reason }, by);
    response.redirect(303, '/?done=held');
  });

  router.get('/holds/:id/release', operatorOnly, async (request, response) => {
    const id = idOf(request, 'id');
    const hold = (await listHolds(pool, undefined)).find((each) => each.id === id);
    if (hold === undefined) return refuse(options, response, 404, NO_HOLD);
    const { channels, holds } = await options.read('fresh');
    const shown = holds.find((each) => each.id === id);
    const waits = channels.reduce((sum, channel) => sum + channel.held, 0);
    const scope = shown === undefined ? 'everything' : scopeOfHold(shown);
    ask(
      options,
      response,
      `Release the hold on ${scope.charAt(0).toLowerCase()}${scope.slice(1)}?`,
      html`<p>It was placed because: ${hold.reason}</p>
<p>${waits === 0 ? 'Nothing waits for it now.' : `${amount(waits)} due deliveries wait, behind this hold or another.`} What only this hold keeps back goes on at once, in the order in which it was due.</p>`,
      press(viewOf(options, response), `/holds/${hold.id}/release`, 'Release it', 'primary'),
    );
  });

  router.post('/holds/:id/release', async (request, response) => {
    const id = idOf(request, 'id');
    const result =
      id === undefined || id > LARGEST_INTEGER
        ? ({ kind: 'not_found' } as const)
        : await releaseHold(pool, { id, accountId: undefined }, by);
    if (result.kind === 'not_found') return refuse(options, response, 404, NO_HOLD);
    if (result.kind === 'unsettled')
      return refuse(
        options,
        response,
        409,
        'The database was restored, and what was due since the backup is not settled yet. First run: npm run carillon -- restore settle',
      );
    response.redirect(303, '/?done=released');
  });
}

const NO_JOB = 'There is no such job.';
const NO_RUN = 'There is no such run, or it ended too long ago to be shown here; use the API.';
const NO_HOLD = 'There is no such hold; somebody may have released it.';

/** Pages that only lead to an action are of no use to who may not act. */
const operatorOnly: RequestHandler = (_request, response, next) => {
  if (sessionOf(response.locals).role === 'operator') return next();
  response.status(403).type('text/plain').send('This login may look, and change nothing.\n');
};

async function findRuns(pool: ActionPool, accountId: number | undefined): Promise<RunOverview[]> {
  if (accountId === undefined || accountId > LARGEST_INTEGER) return [];
  const { open, finished } = await readRuns(pool, { accountId, open: RUNS_LOOKED_AT, finished: RUNS_LOOKED_AT });
  return [...open, ...finished];
}

async function isAccount(pool: ActionPool, accountId: number): Promise<boolean> {
  if (accountId > LARGEST_INTEGER) return false;
  const { rowCount } = await pool.query('SELECT 1 FROM accounts WHERE id = $1', [accountId]);
  return rowCount === 1;
}

/** A question with one answer that acts. */
function ask(options: ActionOptions, response: Response, question: string, explanation: Html, action: Html): void {
  askWith(
    options,
    response,
    question,
    html`${explanation}<div class="answers">${action}<a href="/">Back, change nothing</a></div>`,
  );
}

function askWith(options: ActionOptions, response: Response, question: string, body: Html): void {
  const main = html`<main class="narrow"><div class="card"><h1>${question}</h1>${body}</div></main>`;
  response.send(page({ title: `Carillon: ${question}`, body: html`${header(options, response)}${main}` }));
}

/** Says in a page why nothing was done. */
function refuse(options: ActionOptions, response: Response, status: number, why: string): void {
  const main = html`<main class="narrow"><div class="card"><h1>Nothing was changed</h1><p>${why}</p><div class="answers"><a href="/">Back to the status</a></div></div></main>`;
  response
    .status(status)
    .send(page({ title: 'Carillon: nothing was changed', body: html`${header(options, response)}${main}${NONE}` }));
}

function idOf(request: Request, name: string): number | undefined {
  return numberOf(String(request.params[name]));
}

function numberOf(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function fieldOf(request: Request, name: string): string {
  const value = ((request.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}
