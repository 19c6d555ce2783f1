/**
 * Does what a sender does at once follow what the provider bears? Two questions. A provider's capacity is cut to a quarter
 * and restored: how soon does throughput follow, and how many calls are refused once it has? And with answers after
 * 100 ms and 50 calls at once per sender, at most 500 a second: how many do one, two and four senders make?
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pauseJob } from '@carillon/db';
import { capacityPlot } from './lib/plot.mjs';
import { say } from './lib/report.mjs';
import { announceAnew, readMetrics, steadyRate } from './lib/senders.mjs';
import { tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

const LATENCY_MS = 100;
const FULL = 600;
const QUEUE = 100;
/** How many seconds each capacity stands. */
const PHASES = [
  { name: 'full', perSecond: FULL, seconds: 40 },
  { name: 'cut', perSecond: FULL / 4, seconds: 55 },
  { name: 'restored', perSecond: FULL, seconds: 55 },
];
/** Throughput has followed when its mean over so many seconds is within a tenth of the capacity. */
const MEAN_SECONDS = 5;
const WITHIN = 0.1;
const SETTLED_AFTER_SECONDS = 30;
/** A change of the capacity is to be followed within so many seconds, and so much may be refused once it has been. */
const FOLLOWED_SECONDS = 30;
const REFUSED_PERCENT = 2;

/** Calls of a sender at once; and its connections: those beyond are for what is being stored or claimed. */
const CALLS = 50;
const CONNECTIONS = 2 * CALLS;
const WANTED = { 1: 450, 2: 900, 4: 1_800 };
const STEADY_SECONDS = 15;
/** A sender that has just begun takes so long to be as quick as it gets. */
const UNCOUNTED_SECONDS = 5;

/** Runs the benchmark. `plot` is a file to be written with the course of the first question. */
export async function run({ json = false, plot } = {}) {
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    const control = (what, body) => tellSimulator(simulator, what, body);
    await control('latency', { fixedMs: LATENCY_MS });
    await stack.start('scheduler');
    const capacity = await followCapacity(stack, simulator, control);
    if (plot !== undefined) writeFileSync(plot, capacityPlot(capacity.course));
    const senders = [];
    for (const count of [1, 2, 4]) senders.push(await fixedCalls(stack, simulator, count));
    const answer = { followed: capacity.followed, senders };
    const result = { ...answer, held: isHeld(answer) };
    if (json) process.stdout.write(`${JSON.stringify({ ...result, course: capacity.course })}\n`);
    else print(result);
    return result;
  } finally {
    await stack.stop();
  }
}

/** Whether what is promised was kept; being slow is no error, as it may be the machine's. */
export function isHeld({ followed, senders }) {
  const hasFollowed = ({ name, afterSeconds }) =>
    name === 'full' || (afterSeconds !== null && afterSeconds <= FOLLOWED_SECONDS);
  return (
    followed.every((phase) => hasFollowed(phase) && phase.refusedPercent < REFUSED_PERCENT) &&
    senders.every(({ perSecond, wanted }) => perSecond >= wanted)
  );
}

function print({ followed, senders, held }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\nprovider: answers after ${LATENCY_MS} ms, ${QUEUE} may wait, its capacity is cut to a quarter and restored\n`);
  out('  capacity/s  followed after, s  settled at, /s  refused there, %  stolen, %');
  for (const { perSecond, afterSeconds, settledPerSecond, refusedPercent, stolenPercent } of followed)
    out(
      `  ${String(perSecond).padStart(10)}${String(afterSeconds).padStart(19)}${String(settledPerSecond).padStart(16)}${String(refusedPercent).padStart(18)}${String(stolenPercent ?? '').padStart(11)}`,
    );
  out(`\n${CALLS} calls at once per sender\n\n  senders  sends/s  wanted  stolen, %`);
  for (const { count, perSecond, wanted, stolenPercent } of senders)
    out(
      `  ${String(count).padStart(7)}${String(perSecond).padStart(9)}${String(wanted).padStart(8)}${String(stolenPercent ?? '').padStart(11)}`,
    );
  out(
    `\n  ${held ? 'held' : 'NOT held'}: followed within ${FOLLOWED_SECONDS} s, below ${REFUSED_PERCENT} % refused then, and what is wanted of the senders`,
  );
}

async function followCapacity(stack, simulator, control) {
  const people = PHASES.reduce((sum, { perSecond, seconds }) => sum + perSecond * seconds, 0) * 1.2;
  const { phoneNumberId, jobId, accountId } = await announceAnew(stack, simulator, Math.ceil(people));
  await control('capacity', { phoneNumberId, messagesPerSecond: FULL, queue: QUEUE });
  const sender = await stack.start('sender');
  const course = [];
  let last = await readMetrics(sender);
  let lastMs = performance.now();
  const startMs = lastMs;
  const followed = [];
  for (const { name, perSecond, seconds } of PHASES) {
    await control('capacity', { phoneNumberId, messagesPerSecond: perSecond, queue: QUEUE });
    say(`the provider bears ${perSecond} a second`);
    const stolenPercent = watchStolen();
    const beginMs = performance.now();
    const phase = [];
    for (let second = 1; second <= seconds; second++) {
      await pause(Math.max(0, beginMs + second * 1_000 - performance.now()));
      const now = await readMetrics(sender);
      const nowMs = performance.now();
      const took = (nowMs - lastMs) / 1_000;
      phase.push({
        atSeconds: Number(((nowMs - startMs) / 1_000).toFixed(1)),
        capacity: perSecond,
        accepted: Math.round((now.accepted - last.accepted) / took),
        refused: Math.round((now.refused - last.refused) / took),
        window: now.window,
      });
      last = now;
      lastMs = nowMs;
    }
    course.push(...phase);
    followed.push({ name, perSecond, ...judge(phase, perSecond), stolenPercent: stolenPercent() });
  }
  await sender.stop(20_000);
  // What is left of it would be sent by those who are measured next, at this provider's pace.
  await pauseJob(stack.pool, { accountId, jobId, actor: 'bench' });
  return { course, followed };
}

/** When throughput came to the capacity, and how it was once it had to have. */
function judge(phase, perSecond) {
  const mean = (seconds) => seconds.reduce((sum, { accepted }) => sum + accepted, 0) / seconds.length;
  const at = phase.findIndex((_, begin) => {
    const seconds = phase.slice(begin, begin + MEAN_SECONDS);
    return seconds.length === MEAN_SECONDS && Math.abs(mean(seconds) / perSecond - 1) <= WITHIN;
  });
  const settled = phase.slice(-Math.min(SETTLED_AFTER_SECONDS, phase.length - 10));
  const refused = settled.reduce((sum, second) => sum + second.refused, 0);
  const accepted = settled.reduce((sum, second) => sum + second.accepted, 0);
  return {
    afterSeconds: at < 0 ? null : at,
    settledPerSecond: Math.round(mean(settled)),
    refusedPercent: Number(((100 * refused) / (refused + accepted)).toFixed(2)),
  };
}

async function fixedCalls(stack, simulator, count) {
  const env = { SEND_CALLS_MAX: String(CALLS), SEND_CONNECTIONS: String(CONNECTIONS), DATABASE_POOL: '5' };
  // Some seconds to begin, the seconds that are measured, and some that are left over.
  const run = await announceAnew(stack, simulator, count * 500 * (STEADY_SECONDS + UNCOUNTED_SECONDS + 10));
  return {
    ...(await steadyRate(stack, { count, seconds: STEADY_SECONDS, uncountedSeconds: UNCOUNTED_SECONDS, env, run })),
    wanted: WANTED[count],
  };
}
