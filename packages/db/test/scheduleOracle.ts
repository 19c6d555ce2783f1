/**
 * What a job should have done, told from what was done to it: an oracle for the model of schedules. It shares nothing with the code
 * that plans: moments are counted by whole seconds, and every verdict goes by readings of the database's clock around each act.
 */

/** When a job runs, in the oracle's own words. Instants are epoch ms, of whole seconds but for `at`. */
type When =
  | { readonly type: 'every'; readonly seconds: number; readonly anchorMs: number }
  /** `seconds` of each minute are what the expression says. */
  | { readonly type: 'cron'; readonly expression: string; readonly seconds: readonly number[] }
  | { readonly type: 'at'; readonly atMs: number };

export interface Plan {
  readonly when: When;
  readonly missed: 'skip' | 'once' | 'all';
  readonly overlap: 'allow' | 'skip' | 'queue';
  readonly endsAtMs?: number;
  readonly maxOccurrences?: number;
}

/** Something that was done to a job and acknowledged, between two readings of the clock, and what the job was from then on. */
export interface Done {
  readonly act: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly status?: 'active' | 'paused' | 'cancelled';
  readonly plan?: Plan;
  /** The version of the content. */
  readonly content?: number;
  readonly channel?: string;
}

/** A claim by which something was sent. */
export interface Sent {
  readonly runId: number;
  readonly key: string;
  readonly to: string;
  readonly try: number;
  readonly channel: string;
  readonly contentVersion: number;
  readonly atMs: number;
}

/** A row of `runs`, with what became of its deliveries. */
export interface RunRow {
  readonly id: number;
  readonly key: string;
  readonly leftOut: 'missed' | 'overlap' | null;
  readonly leftOutUntilMs: number | null;
  readonly createdMs: number;
  /** When the last of its deliveries was settled; null while one is not. */
  readonly overMs: number | null;
  readonly deliveries: number;
  readonly begun: number;
}

/** A scheduler's pass from its beginning to its end, by the database's clock. */
export interface Pass {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Story {
  readonly history: readonly Done[];
  readonly sent: readonly Sent[];
  readonly runs: readonly RunRow[];
  readonly passes: readonly Pass[];
  /** Until when everything that was due has been dealt with. */
  readonly untilMs: number;
  readonly missedAfterMs: number;
  readonly aheadMs: number;
}

/** How exactly the passes are known. */
const CLOCK_MARGIN_MS = 250;
/** From a decision to the run's row, on a busy machine. */
const PLANNING_MS = 1_500;
/** So many passes cannot all have passed over a job because somebody held its row. */
const PASSES = 3;

const isManual = (key: string) => key.startsWith('manual:');
/** Whatever follows the milliseconds was put there to make keys differ. */
const nominalOf = (key: string) => Date.parse(key);
const isScheduled = ({ key }: { readonly key: string }) => !isManual(key) && key !== 'once';

function isMoment({ when, endsAtMs }: Plan, atMs: number): boolean {
  if (when.type === 'at' || atMs % 1_000 !== 0 || (endsAtMs !== undefined && atMs > endsAtMs)) return false;
  if (when.type === 'cron') return when.seconds.includes((atMs / 1_000) % 60);
  return atMs >= when.anchorMs && (atMs - when.anchorMs) % (when.seconds * 1_000) === 0;
}

function momentsOf(plan: Plan, afterMs: number, untilMs: number): number[] {
  const moments: number[] = [];
  for (let atMs = (Math.floor(afterMs / 1_000) + 1) * 1_000; atMs <= untilMs; atMs += 1_000) {
    if (isMoment(plan, atMs)) moments.push(atMs);
  }
  return moments;
}

/** A trigger, and from and until when it held: surely, and at the most. */
interface Era {
  readonly plan: Plan;
  readonly fromMs: number;
  readonly toMs: number;
  readonly endMs: number;
  readonly latestMs: number;
}

function erasOf(history: readonly Done[]): Era[] {
  const set = history.filter((done) => done.plan !== undefined);
  return set.map((done, index) => ({
    plan: done.plan as Plan,
    fromMs: done.fromMs,
    toMs: done.toMs,
    endMs: set[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY,
    latestMs: set[index + 1]?.toMs ?? Number.POSITIVE_INFINITY,
  }));
}

/** What a part of the job may have been at a moment: the last that was acknowledged before, and those under way. */
function possible<K extends 'status' | 'content' | 'channel' | 'plan'>(
  history: readonly Done[],
  part: K,
  atMs: number,
): NonNullable<Done[K]>[] {
  const told = history.filter((done) => done[part] !== undefined);
  const last = told.findLastIndex((done) => done.toMs < atMs);
  return told.slice(Math.max(last, 0)).flatMap((done, index) => {
    const value = done[part];
    return value !== undefined && (index === 0 || done.fromMs <= atMs) ? [value] : [];
  });
}

/** The verdict about one job: a sentence for each thing that is wrong. */
export function judge(story: Story): string[] {
  return [...forbidden(story), ...tooMany(story), ...tooLate(story), ...overlapping(story), ...lost(story)];
}

function forbidden({ history, sent }: Story): string[] {
  const wrong: string[] = [];
  const eras = erasOf(history);
  const once = new Set<string>();
  const begun = new Map<number, Sent>();
  for (const send of [...sent].sort((one, other) => one.atMs - other.atMs)) {
    const { key, atMs } = send;
    const told = `${key} to ${send.to}, try ${send.try}, at ${atMs}`;
    if (!possible(history, 'status', atMs).includes('active')) wrong.push(`sent though stopped: ${told}`);
    const first = begun.get(send.runId);
    if (first !== undefined && first.contentVersion !== send.contentVersion) wrong.push(`says two things: ${told}`);
    if (send.try === 1) {
      const name = `${isScheduled(send) ? nominalOf(key) : key} ${send.to}`;
      if (once.has(name)) wrong.push(`begun twice: ${told}`);
      once.add(name);
    }
    if (first !== undefined) continue;
    begun.set(send.runId, send);
    if (!possible(history, 'content', atMs).includes(send.contentVersion)) wrong.push(`says another version: ${told}`);
    if (!possible(history, 'channel', atMs).includes(send.channel)) wrong.push(`is of another kind: ${told}`);
    if (isManual(key)) continue;
    if (key === 'once') {
      const isAsked = possible(history, 'plan', atMs).some(({ when }) => when.type === 'at' && when.atMs <= atMs);
      if (!isAsked) wrong.push(`no trigger asks for it: ${told}`);
      continue;
    }
    const nominalMs = nominalOf(key);
    if (nominalMs > atMs) wrong.push(`too early: ${told}`);
    const isAsked = eras.some(
      ({ plan, fromMs, latestMs }) => nominalMs > fromMs && nominalMs <= latestMs && isMoment(plan, nominalMs),
    );
    if (!isAsked) wrong.push(`no trigger asks for it: ${told}`);
  }
  return wrong;
}

/** How many runs the schedule made by a moment of its own, this one included. */
const madeUntil = (runs: readonly RunRow[], ms: number) =>
  runs.filter((run) => isScheduled(run) && run.leftOut === null && nominalOf(run.key) <= ms).length;

function tooMany({ history, runs }: Story): string[] {
  return erasOf(history).flatMap(({ plan, toMs, endMs }) => {
    const before = madeUntil(runs, toMs);
    const after = madeUntil(runs, endMs) - before;
    const most = Math.max(0, (plan.maxOccurrences ?? Number.POSITIVE_INFINITY) - before);
    return after > most ? [`${after} runs after ${toMs}, and no more than ${most} were to be`] : [];
  });
}

/** Runs of moments that were missed, and that the rule makes up for by none, or only by the last one. */
function tooLate({ history, runs, missedAfterMs }: Story): string[] {
  return erasOf(history).flatMap((era) => {
    const { plan } = era;
    if (plan.when.type === 'at' || plan.missed === 'all' || plan.overlap === 'queue') return [];
    return runs
      .filter(
        (run) => isScheduled(run) && run.leftOut === null && run.createdMs > era.toMs && run.createdMs < era.endMs,
      )
      .filter((run) => {
        const missedMs = run.createdMs - missedAfterMs - PLANNING_MS;
        const moment = nominalOf(run.key);
        if (moment > missedMs || moment <= era.toMs) return false;
        return plan.missed === 'skip' || momentsOf(plan, moment, missedMs).length > 0;
      })
      .map((run) => `${run.key} was missed, and got a run at ${run.createdMs} by the rule ${plan.missed}`);
  });
}

function overlapping({ history, runs }: Story): string[] {
  const real = runs.filter((run) => run.leftOut === null);
  return erasOf(history).flatMap(({ plan, toMs, endMs }) => {
    if (plan.overlap === 'allow' || plan.when.type === 'at') return [];
    return real
      .filter((run) => isScheduled(run) && run.createdMs > toMs && run.createdMs < endMs)
      .flatMap((run) => {
        const open = real.find(
          (other) => other.createdMs < run.createdMs && (other.overMs ?? Infinity) > run.createdMs,
        );
        return open === undefined ? [] : [`${run.key} was planned while ${open.key} was not over`];
      });
  });
}

function lost(story: Story): string[] {
  const { history, runs, untilMs } = story;
  if (history.findLast(({ status }) => status !== undefined)?.status !== 'active') return [];
  const wrong: string[] = [];
  const manual = runs.filter((run) => isManual(run.key));
  const asked = history.filter(({ act }) => act === 'run').length;
  if (manual.length !== asked) wrong.push(`${asked} runs by hand were accepted, and ${manual.length} are there`);
  for (const run of manual) if (!hasBegun(run)) wrong.push(`never begun: ${run.key}`);
  const { plan, toMs } = erasOf(history).at(-1) as Era;
  if (plan.when.type === 'at') {
    const isBegun = runs.some((run) => run.key === 'once' && hasBegun(run));
    if (plan.when.atMs <= untilMs && !isBegun) wrong.push(`never begun: the one at ${plan.when.atMs}`);
    return wrong;
  }
  const most = plan.maxOccurrences ?? Number.POSITIVE_INFINITY;
  const moments = momentsOf(plan, toMs, untilMs);
  for (const [index, moment] of moments.entries()) {
    const run = runs.find((row) => isScheduled(row) && row.leftOut === null && nominalOf(row.key) === moment);
    if (run !== undefined) {
      if (!hasBegun(run)) wrong.push(`never begun: ${run.key}`);
      continue;
    }
    const record = runs.find(
      (row) => row.leftOut !== null && nominalOf(row.key) <= moment && moment <= (row.leftOutUntilMs as number),
    );
    if (record === undefined) {
      if (madeUntil(runs, Number.POSITIVE_INFINITY) < most) wrong.push(`lost: ${new Date(moment).toISOString()}`);
    } else {
      const why = record.leftOut === 'missed' ? notMissed(story, plan, moment, record) : notTaken(story, plan, record);
      if (why !== undefined) wrong.push(`${new Date(moment).toISOString()} was left out, and ${why}`);
      const isLast = moment === record.leftOutUntilMs;
      if (isLast && record.leftOut === 'missed' && plan.missed === 'once' && moments[index + 1] === undefined) {
        const isFollowed = runs.some((row) => isScheduled(row) && nominalOf(row.key) > moment);
        if (!isFollowed && madeUntil(runs, Number.POSITIVE_INFINITY) < most)
          wrong.push(`nothing makes up for ${moment}`);
      }
    }
  }
  return wrong;
}

const hasBegun = (run: RunRow) => run.deliveries > 0 && run.begun === run.deliveries;

/** Why a moment should not have been left out as missed. */
function notMissed(story: Story, plan: Plan, moment: number, record: RunRow): string | undefined {
  const { history, passes, missedAfterMs, aheadMs } = story;
  if (plan.missed === 'all') return 'all are made up for';
  if (record.createdMs < moment + missedAfterMs) return 'it was not late yet';
  const stops = history.filter(({ status }) => status !== undefined);
  const wasPaused = stops.some(
    ({ status, fromMs }, index) =>
      status === 'paused' &&
      fromMs <= record.createdMs &&
      (stops[index + 1]?.toMs ?? Number.POSITIVE_INFINITY) >= moment - aheadMs,
  );
  if (wasPaused) return undefined;
  // What waits for an earlier run is noted to do so every half of this time.
  const sinceMs = moment + CLOCK_MARGIN_MS + (plan.overlap === 'queue' ? missedAfterMs / 2 : 0);
  const quiet = passes.filter(
    (pass) =>
      pass.fromMs >= sinceMs &&
      pass.toMs <= moment + missedAfterMs - CLOCK_MARGIN_MS &&
      !history.some((done) => done.fromMs <= pass.toMs + CLOCK_MARGIN_MS && done.toMs >= pass.fromMs - CLOCK_MARGIN_MS),
  );
  return quiet.length >= PASSES ? `${quiet.length} passes met it in time` : undefined;
}

/** Why a moment should not have been left out for an earlier run. */
function notTaken({ history, runs }: Story, plan: Plan, record: RunRow): string | undefined {
  if (plan.overlap !== 'skip') return `its rule is ${plan.overlap}`;
  // The run that kept it may have been taken back since.
  if (history.some(({ toMs }) => toMs >= record.createdMs)) return undefined;
  const isTaken = runs.some(
    (run) =>
      run.leftOut === null && run.createdMs <= record.createdMs && (run.overMs ?? Infinity) >= record.createdMs - 1,
  );
  return isTaken ? undefined : 'no earlier run was open';
}
