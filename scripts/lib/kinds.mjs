/**
 * The demo's jobs of the other kinds, one of each: a call every minute, a payment by the simulator's provider, and a script. Each
 * begins at once, so that what became of it can be shown.
 */
import { CarillonError } from '@carillon/client';
import { Explained } from '../bootstrap.mjs';

const TAG = 'demo';
const POLL_MS = 250;
const LIMIT_MS = 60_000;

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
        watched[kind] = { job: job.id, done: counts.sent + counts.delivered, failed: counts.failed, result };
        break;
      }
      if (Date.now() > deadline) throw new Explained(`the ${kind} of the demo did not finish in time; see the logs`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  return watched;
}
