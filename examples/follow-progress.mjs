/**
 * Shows how far a job is until all of it has ended, and who was not reached and why.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/follow-progress.mjs job_42
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });

// Without an id: the newest job.
const id = process.argv[2] ?? (await carillon.get('/v1/jobs', { query: { limit: 1 } })).data[0]?.id;
if (id === undefined) throw new Error('there is no job yet');

/** The job's newest run; a job that is due later has none yet. */
async function newestRun() {
  const { data } = await carillon.get('/v1/jobs/{id}/runs', { path: { id }, query: { limit: 1 } });
  return data[0] && (await carillon.get('/v1/runs/{id}', { path: { id: data[0].id } }));
}

let run = await newestRun();
while (run?.state !== 'completed') {
  if (run === undefined) console.log(`${id} waits for its time`);
  else {
    const { sent, delivered, scheduled, sending } = run.counts;
    const end = run.estimatedEndAt ?? 'not known yet';
    console.log(`${run.id} is ${run.status}: ${sent + delivered} sent, ${scheduled + sending} to go, end ${end}`);
  }
  await pause(500);
  run = await newestRun();
}

const { counts } = run;
console.log(`${run.id} is over: ${JSON.stringify(counts)}; ${run.duplicates} duplicates left out`);
for (const state of ['failed', 'skipped', 'unknown']) {
  if (counts[state] === 0) continue;
  for await (const delivery of carillon.list('/v1/runs/{id}/deliveries', { path: { id: run.id }, query: { state } }))
    console.log(`${state}: ${delivery.recipient ?? 'somebody deleted'}: ${delivery.code}`);
}
