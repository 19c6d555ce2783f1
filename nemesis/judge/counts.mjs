/**
 * Counts add up at every level: those of batches and of all runs against the deliveries, and those that the API tells of runs and of accounts
 * against the same.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@carillon/client';
import { findWrongBatches } from '@carillon/testkit';
import { SCHEDULES } from '../requests.mjs';

const STATES = ['scheduled', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled'];
/** Of what is in another state the API need not tell the code. */
const WITH_CODE = ['failed', 'unknown', 'skipped', 'cancelled'];
/** So many runs of each account are asked for, evenly chosen from all; every run is counted in the database. */
const ASKED = 300;
const ASKED_AT_ONCE = 8;
/** What is told and what is stored are read one after the other: only what is still wrong a while later is wrong. */
const AGAIN_MS = 1_500;

export async function judgeCounts({ pool, fronts }, accounts) {
  const violations = (await findWrongBatches(pool)).map((batch) => ({
    ...{ kind: 'batch_miscounted', who: `batch ${batch.id}`, evidence: batch },
  }));
  const runs = await readRuns(pool);
  violations.push(...judgeRuns(runs));
  for (const { accountId, key } of accounts) {
    const carillon = createClient({ baseUrl: fronts[0].url, apiKey: key });
    const own = runs.filter(({ account_id, known, silent }) => account_id === accountId && known && !silent);
    const looks = evenlyOf(own, ASKED).map((run) => () => lookAtRun(pool, carillon, run));
    looks.push(() => lookAtStatus(pool, carillon, accountId));
    violations.push(...(await lookTwice(looks)));
  }
  return violations;
}

/** Every run with its counts by its deliveries (`d_…`) and by its batches (`b_…`), of one moment; what is of no run is not `known`. */
async function readRuns(pool) {
  const names = ['size', ...STATES];
  const { rows } = await pool.query(
    `WITH d AS (
       SELECT account_id, run_id, count(*)::int AS d_size,
              ${STATES.map((state) => `count(*) FILTER (WHERE state = '${state}')::int AS d_${state}`).join(', ')}
       FROM deliveries GROUP BY 1, 2
     ), b AS (
       SELECT account_id, run_id, ${names.map((name) => `sum(${name})::int AS b_${name}`).join(', ')} FROM batches GROUP BY 1, 2
     ), c AS (
       SELECT account_id, run_id, ${names.map((name) => `coalesce(d_${name}, 0) AS d_${name}, coalesce(b_${name}, 0) AS b_${name}`).join(', ')}
       FROM d FULL JOIN b USING (account_id, run_id)
     )
     SELECT coalesce(r.account_id, c.account_id) AS account_id, coalesce(r.id, c.run_id) AS id, r.id IS NOT NULL AS known, r.silent,
            r.state::text, r.people, r.duplicates, r.unreachable, r.left_out, r.cancelled_at IS NOT NULL AS cancelled,
            ${names.map((name) => `coalesce(d_${name}, 0) AS d_${name}, coalesce(b_${name}, 0) AS b_${name}`).join(', ')}
     FROM c FULL JOIN runs r ON r.account_id = c.account_id AND r.id = c.run_id
     ORDER BY 2`,
  );
  return rows;
}

/** What runs say of themselves, of all there are. Pure. @param runs rows of `readRuns` */
export function judgeRuns(runs) {
  return runs.flatMap((run) => {
    const { id, known, state, people, duplicates, unreachable, cancelled, left_out: leftOut } = run;
    const wrong = (kind) => ({ kind, who: `run ${id}`, evidence: run });
    const found = [];
    const differs = ['size', ...STATES].some((name) => run[`d_${name}`] !== run[`b_${name}`]);
    // A batch that was emptied may stay when its run goes.
    const isOfNone = !known && run.d_size + run.b_size > 0;
    if (isOfNone || differs) found.push(wrong('run_miscounted'));
    if (state === 'completed' && run.d_scheduled + run.d_sending > 0) found.push(wrong('completed_with_open_rows'));
    // Of one that was cancelled meanwhile a last step may come after its people were counted.
    const isWhole = ['sending', 'completed'].includes(state) && !cancelled && leftOut === null;
    if (isWhole && people !== run.d_size + duplicates + unreachable) found.push(wrong('people_miscounted'));
    return found;
  });
}

/** What was left out of a schedule is as many moments as lie between the first and the last. Pure. */
export function judgeLeftOut({ journal, runsOfJob }) {
  return journal.entries
    .filter(({ request, state }) => state === 'acknowledged' && SCHEDULES.includes(request?.kind))
    .flatMap(({ account, answer, request, what }) =>
      (runsOfJob.get(`${account.accountId}.${answer.id.replace('job_', '')}`) ?? [])
        .filter(({ left_out }) => left_out !== null)
        .filter((run) => run.left_out_count !== momentsOf(run, request))
        .map((evidence) => ({ kind: 'moments_miscounted', who: `${account.name}: ${what}`, evidence })),
    );
}

/** Moments are of whole milliseconds, which Postgres tells in seconds. */
function momentsOf({ due_ms: firstMs, left_out_until_ms: lastMs }, { everyMs }) {
  return (Math.round(lastMs) - Math.round(firstMs)) / everyMs + 1;
}

/** Looks that find something are made once more; what they find then too is wrong. */
async function lookTwice(looks) {
  const first = await atOnce(looks);
  const again = looks.filter((_, n) => first[n].length > 0);
  if (again.length === 0) return [];
  await pause(AGAIN_MS);
  return (await atOnce(again)).flat();
}

async function atOnce(looks) {
  const found = [];
  for (let n = 0; n < looks.length; n += ASKED_AT_ONCE)
    found.push(...(await Promise.all(looks.slice(n, n + ASKED_AT_ONCE).map((look) => look()))));
  return found;
}

async function lookAtRun(pool, carillon, { account_id: accountId, id }) {
  const path = { path: { id: `run_${id}` } };
  const told = await carillon.get('/v1/runs/{id}', path).catch((error) => error);
  const { reasons } = await carillon.get('/v1/runs/{id}/reasons', path).catch((error) => error);
  const { rows } = await pool.query(
    'SELECT state::text, code, count(*)::int AS count FROM deliveries WHERE account_id = $1 AND run_id = $2 GROUP BY 1, 2',
    [accountId, id],
  );
  return judgeRunTold(id, { told, reasons }, rows);
}

/** What the API tells of a run. Pure. @param counted deliveries by state and code */
export function judgeRunTold(id, { told, reasons = [] }, counted) {
  const byState = sumsOf(counted, ({ state }) => state);
  const byReason = sumsOf(counted.filter(isTold), ({ state, code }) => `${state} ${code}`);
  const wrong = [
    ...STATES.filter((state) => told.counts?.[state] !== (byState.get(state) ?? 0)),
    ...(told.deliveries === counted.reduce((sum, { count }) => sum + count, 0) ? [] : ['deliveries']),
    ...differences(
      byState,
      sumsOf(reasons, ({ state }) => state),
    ).map((state) => `reasons: ${state}`),
    ...differences(
      byReason,
      sumsOf(reasons.filter(isTold), ({ state, code }) => `${state} ${code}`),
    ).map((reason) => `reasons: ${reason}`),
  ];
  if (wrong.length === 0) return [];
  // An error is told by its words.
  const evidence = { wrong, told: told.counts ? { ...told, reasons } : String(told), counted };
  return [{ kind: 'run_miscounted', who: `run ${id}`, evidence }];
}

const isTold = ({ state }) => WITH_CODE.includes(state);

async function lookAtStatus(pool, carillon, accountId) {
  const told = await carillon.get('/v1/status').catch((error) => error);
  const { rows: unknown } = await pool.query(
    `SELECT b.channel, count(*)::int AS count FROM deliveries d JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id
     WHERE d.account_id = $1 AND d.state = 'unknown' GROUP BY 1`,
    [accountId],
  );
  const { rows: open } = await pool.query(
    `SELECT count(*)::int AS count FROM runs r JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id
     WHERE r.account_id = $1 AND r.state <> 'completed' AND j.kind <> 'notice'`,
    [accountId],
  );
  return judgeStatusTold(accountId, told, { unknown, openRuns: open[0].count });
}

/** What the API tells of an account. Pure. */
export function judgeStatusTold(accountId, told, counted) {
  const toldUnknown = sumsOf(told.channels ?? [], ({ channel }) => channel, 'unknown');
  const unknown = sumsOf(counted.unknown, ({ channel }) => channel);
  if (told.openRuns === counted.openRuns && differences(unknown, toldUnknown).length === 0) return [];
  const { channels, openRuns } = told;
  const evidence = { told: channels ? { channels, openRuns } : String(told), counted };
  return [{ kind: 'status_miscounted', who: `account ${accountId}`, evidence }];
}

/** @returns the keys whose sums differ */
function differences(one, other) {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => (one.get(key) ?? 0) !== (other.get(key) ?? 0));
}

function sumsOf(rows, keyOf, of = 'count') {
  const sums = new Map();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row[of]);
  return sums;
}

/** At most so many of a list, evenly spread over it. */
export function evenlyOf(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, n) => list[Math.floor((n * list.length) / most)]);
}
