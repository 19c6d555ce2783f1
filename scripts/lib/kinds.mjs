/**
 * The demo's jobs of the other kinds, one of each: a call every minute, a payment by the simulator's provider, a script, and a report
 * of a run of the demo's own. Each begins at once, so that what became of it can be shown; the report when that run is over.
 */
import { CarillonError } from '@carillon/client';
import { Explained } from '../bootstrap.mjs';

const TAG = 'demo';
const POLL_MS = 250;
const LIMIT_MS = 60_000;
/** Who gets the report. */
const MANAGER = 'manager@employer.example';

const SCRIPT = `import json, sys
amounts = json.load(sys.stdin)["amounts"]
print(f"{len(amounts)} amounts, {sum(amounts)} in all")
`;

/** Creates them. Those of an earlier start are cancelled: one call a minute is enough. */
export async function startKinds(carillon, callUrl, say) {
  await carillon.post('/v1/jobs/bulk', { body: { action: 'cancel', filter: { tag: TAG, status: 'active' } } });
  const create = (body) => carillon.post('/v1/jobs', { body: { tags: [TAG], ...body } });
  const jobs = {
    webhook: await create({
      kind: 'webhook',
      name: 'Demo call',
      webhook: { url: callUrl, body: { what: 'demo' } },
      trigger: { type: 'cron', expression: '* * * * *' },
      runNow: true,
    }),
    payment: await create({
      kind: 'payment',
      name: 'Demo payment',
      payment: { sender: 'acct_1204', receiver: 'acct_77', amount: 1_250, currency: 'EUR' },
      trigger: { type: 'now' },
    }),
    script: await createScript(create),
  };
  say(`a call every minute, a payment and a script: ${ids(jobs).join(', ')}`);
  return jobs;
}

/** Sends what became of a run, as a file, by e-mail. @returns the jobs with the one that does it */
export async function startReport(carillon, jobs, run, say) {
  const report = await carillon.post('/v1/jobs', {
    body: {
      kind: 'report',
      name: 'Demo report',
      tags: [TAG],
      report: {
        source: { run: run.id },
        subject: 'Who was told of the canteen',
        text: 'Dear {{name}},\n\nattached is what became of the announcement, a line for each of us.',
        fileName: 'canteen.csv',
      },
      trigger: { type: 'now' },
      audience: { addresses: [{ address: MANAGER, name: 'Martha Manager' }] },
      // Whoever tries it at night wants to see it work.
      policy: { quietHours: 'ignore' },
    },
  });
  say(`a report of it goes to ${MANAGER}: ${report.id}`);
  return { ...jobs, report };
}

/** Undefined where scripts cannot be isolated; everything else works without. */
async function createScript(create) {
  try {
    return await create({
      kind: 'script',
      name: 'Demo script',
      script: { language: 'python', source: SCRIPT, parameters: { amounts: [3, 4, 5] } },
      trigger: { type: 'now' },
    });
  } catch (error) {
    if (error instanceof CarillonError && error.code === 'executor_unavailable') return undefined;
    throw error;
  }
}

const ids = (jobs) => Object.values(jobs).flatMap((job) => job?.id ?? []);

/** Waits until the first run of each is over. @returns for each kind its job, counts of that run, and what its try came to */
export async function watchKinds(carillon, jobs) {
  const deadline = Date.now() + LIMIT_MS;
  const watched = {};
  for (const [kind, job] of Object.entries(jobs)) {
    if (job === undefined) continue;
    for (;;) {
      const { data } = await carillon.get('/v1/jobs/{id}/runs', { path: { id: job.id } });
      const run = data.find(({ state }) => state === 'completed');
      if (run !== undefined) {
        const { counts, result } = run;
        watched[kind] = { job: job.id, run, done: counts.sent + counts.delivered, failed: counts.failed, result };
        break;
      }
      if (Date.now() > deadline) throw new Explained(`the ${kind} of the demo did not finish in time; see the logs`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  return watched;
}
