/**
 * Who is to be told of jobs is: of each end, failure and lateness there is one event, of each event one notice by each way, and no owner has the
 * same mail twice.
 */
import { ENDPOINT_EVENTS } from '../owners.mjs';
import { LATE_AFTER_MS, SCHEDULES } from '../requests.mjs';
import { LEASE_MS, SETTINGS } from '../settings.mjs';
import { group, placeOf } from './world.mjs';

/** Of each subject there is one at most. */
const ONCE = ENDPOINT_EVENTS;
const TO_OWNERS = ['run.late', 'run.failed', 'job.completed', 'payment.refused'];
/** Kinds of jobs of which nobody is told. */
const UNTOLD = ['notice', 'check', 'test'];
/** What is begun about when it becomes late may be told or not. */
const ABOUT_MS = 1_000;
/** A claim reads the clock, and then waits for its batch for as long as a statement may take where its channel is worked off. */
const WAITS_MS = { script: Number(SETTINGS.executor.SCRIPT_LEASE_MS) };
/** Requests with one run of one delivery. */
const SINGLE = ['call', 'script', 'payment', 'single'];

export function judgeNotices(world) {
  return [...judgeEvents(world), ...judgeTold(world), ...judgeLate(world), ...judgeMails(world)];
}

/** What happened is an event, once. */
function judgeEvents({ events, jobs, runs, jobById, deliveriesOfRun }) {
  const violations = [];
  const eventsOf = group(events, ({ account_id, type, subject }) => `${account_id} ${type} ${subject}`);
  for (const [key, times] of eventsOf) {
    if (times.length > 1 && ONCE.includes(times[0].type)) {
      violations.push({ kind: 'event_doubled', who: key, evidence: times });
    }
  }
  const expect = (type, subject, evidence) => {
    const key = `${evidence.account_id} ${type} ${subject}`;
    if (!eventsOf.has(key)) violations.push({ kind: 'event_lost', who: key, evidence });
  };
  for (const job of jobs) {
    if (UNTOLD.includes(job.kind)) continue;
    if (['completed', 'cancelled'].includes(job.status)) expect(`job.${job.status}`, `job_${job.id}`, job);
  }
  for (const run of runs) {
    if (run.state !== 'completed' || UNTOLD.includes(jobById.get(`${run.account_id}.${run.job_id}`)?.kind)) continue;
    // An outcome that comes late may say of what was in doubt that it failed: the run was told of by then, and is not told of again.
    const hadFailed = (deliveriesOfRun.get(String(run.id)) ?? []).some(
      ({ state, settled_ms }) => state === 'failed' && settled_ms <= run.completed_ms,
    );
    if (hadFailed) expect('run.failed', `run_${run.id}`, run);
  }
  return violations;
}

/** Of each event everybody is told who wants to be, and nobody else, once by each way. */
function judgeTold({ accounts, events, jobs, deliveries, jobById }) {
  const violations = [];
  const accountOf = new Map(accounts.map((account) => [account.accountId, account]));
  const eventOf = new Map(jobs.map(({ account_id, id, event_id }) => [`${account_id}.${id}`, event_id]));
  const notices = deliveries.filter(({ account_id, job_id }) => eventOf.get(`${account_id}.${job_id}`));
  const noticesOf = group(notices, ({ account_id, job_id }) => eventOf.get(`${account_id}.${job_id}`));
  for (const event of events) {
    const { endpoint, contacts } = accountOf.get(event.account_id).owners;
    const job = jobById.get(`${event.account_id}.${String(event.data.job).replace('job_', '')}`);
    const ways = [
      ...(ENDPOINT_EVENTS.includes(event.type) ? [`webhook ${endpoint}`] : []),
      ...(TO_OWNERS.includes(event.type) ? (contacts.get(job?.user_id) ?? []) : []),
    ];
    const own = noticesOf.get(event.id) ?? [];
    const told = own.map(({ channel, address }) => `${channel} ${address}`);
    const add = (kind, way) =>
      violations.push({ kind, who: `${event.type} of ${event.subject} by ${way}`, evidence: { event, notices: own } });
    for (const way of ways) if (!told.includes(way)) add('notice_lost', way);
    for (const way of told) if (!ways.includes(way)) add('notice_to_nobody', way);
    for (const way of new Set(told)) if (told.filter((one) => one === way).length > 1) add('notice_doubled', way);
  }
  return violations;
}

/** A run that was begun late is told late, and one that was begun in time is not. */
function judgeLate({ journal, events, runsOfJob, deliveriesOfRun, attemptsAt }) {
  const violations = [];
  const late = new Map(
    events.filter(({ type }) => type === 'run.late').map((event) => [`${event.account_id} ${event.subject}`, event]),
  );
  const stopped = new Set(journal.entries.filter(({ act }) => act === 'pause').map(({ job }) => job));
  for (const entry of journal.entries) {
    const { account, answer, request, state, what } = entry;
    if (state !== 'acknowledged' || !SINGLE.includes(request?.kind)) continue;
    for (const run of runsOfJob.get(`${account.accountId}.${answer.id.replace('job_', '')}`) ?? []) {
      const deliveries = deliveriesOfRun.get(String(run.id)) ?? [];
      const begun = deliveries.flatMap((delivery) =>
        [delivery.sending_ms, ...(attemptsAt.get(placeOf(delivery)) ?? []).map(({ started_ms }) => started_ms)].filter(
          (ms) => ms !== null,
        ),
      );
      if (begun.length === 0) continue;
      const begunMs = Math.min(...begun);
      const event = late.get(`${account.accountId} run_${run.id}`);
      const seenMs = Math.min(...deliveries.map((delivery) => seenBegunMs(delivery, begunMs, attemptsAt)));
      const evidence = { event, run, begun, seenMs, dueMs: run.due_ms };
      const who = `${account.name}: ${what}, run ${run.id}`;
      const isInTime = event !== undefined && begunMs < Date.parse(event.data.lateSince) - ABOUT_MS;
      if (isInTime && event.created_ms > seenMs + ABOUT_MS) {
        violations.push({ kind: 'late_falsely', who, evidence });
      }
      const isLate = begunMs > run.due_ms + LATE_AFTER_MS + ABOUT_MS && !run.cancelled && !stopped.has(entry);
      if (event === undefined && isLate) violations.push({ kind: 'lateness_untold', who, evidence });
    }
  }
  return violations;
}

/**
 * When everybody could see that a delivery was begun, at the latest: with whatever became of it, or when its claim had waited for as long as it
 * may. Who looks before that calls it late, and cannot know better.
 */
function seenBegunMs(delivery, begunMs, attemptsAt) {
  const ends = (attemptsAt.get(placeOf(delivery)) ?? []).map(({ ended_ms }) => ended_ms);
  const settledMs = delivery.settled_ms ?? Number.POSITIVE_INFINITY;
  return Math.min(settledMs, begunMs + (WAITS_MS[delivery.channel] ?? LEASE_MS), ...ends);
}

/** By the mail server's own ledger: the same subject once to each owner, of jobs that have but one run. */
function judgeMails({ acceptances, journal }) {
  const again = journal.entries
    .filter(({ request }) => request && (SCHEDULES.includes(request.kind) || !SINGLE.includes(request.kind)))
    .map(({ what }) => what);
  const mails = acceptances.filter(({ to }) => /@owners-\d+\.example$/.test(to));
  const mailsOf = group(mails, ({ to, email }) => `${to}: ${email.subject}`);
  return [...mailsOf]
    .filter(([, times]) => times.length > 1)
    .filter(
      ([, [{ email }]]) =>
        email.subject.endsWith(' is completed') || !again.some((what) => email.subject.startsWith(`${what} `)),
    )
    .map(([who, evidence]) => ({ kind: 'owner_told_twice', who, evidence }));
}
