/** The judge: compares what was asked for and answered, what the database says, and what the ledgers of those who were asked say. */
import { setTimeout as pause } from 'node:timers/promises';
import { judgeAccepted } from './accepted.mjs';
import { judgeActs } from './acts.mjs';
import { judgeCauses } from './causes.mjs';
import { judgeLeftOut } from './counts.mjs';
import { judgeCalls, judgeChecks, judgePayments, judgeSchedules } from './doings.mjs';
import { judgeEarly } from './early.mjs';
import { judgeEnds } from './ends.mjs';
import { judgeFinals } from './finals.mjs';
import { judgeDoubts } from './inDoubt.mjs';
import { judgeLeftovers } from './leftovers.mjs';
import { judgeMessages } from './messages.mjs';
import { judgeNotices } from './notices.mjs';
import { judgePlanned } from './planned.mjs';
import { judgeScripts } from './scripts.mjs';
import { judgeSpend } from './spend.mjs';
import { judgeStopped } from './stopped.mjs';
import { upTo } from './upTo.mjs';
import { judgeWords } from './words.mjs';
import { indexed, readWorld } from './world.mjs';

/** In so long what came in meanwhile is handed on, and its answer too. */
const TURN_MS = 20;

/**
 * @param found what the run left: the journal, the plan, faults that were applied, stalls of the machine, what did not come to rest, the end by the database's clock
 * @returns `violations`, each with its kind, whom it is about, and evidence; `deliveries`, how many were judged; `summary` for people
 */
export async function judge(house, found) {
  const { accounts, journal, applied, open, endMs, plan } = found;
  const times = { endMs, clockAheadMs: plan.clockAheadMs, applied };
  const world = indexed({ ...upTo(await readWorld(house), times), accounts, journal });
  const violations = await inTurn([
    () => (open === undefined ? [] : [{ kind: 'not_quiet', who: 'the installation', evidence: open }]),
    () => judgeAccepted(world, times),
    () => judgeActs(world, times),
    () => judgePlanned(world, times),
    () => judgeMessages(world, times),
    () => judgeEnds(world, times),
    () => judgeWords(world, times),
    () => judgeEarly(world, times),
    () => judgeFinals(world, found.settled),
    () => judgeCauses(world, { ...times, lives: house.lives, stalls: found.stalls }),
    () => judgeDoubts(world, { ...times, lives: house.lives, stalls: found.stalls }),
    () => judgeStopped(world, times),
    () => judgePayments(world, times),
    () => judgeChecks(world),
    () => judgeCalls(world),
    () => judgeSchedules(world),
    () => judgeLeftOut(world),
    () => judgeScripts(world, times),
    () => judgeNotices(world),
    () => judgeSpend(house, world),
    () => judgeLeftovers(house, found),
  ]);
  return { violations, deliveries: world.deliveries.length, summary: summaryOf(world) };
}

/**
 * Asks one judge after the other. All lines pass through this process, and stand still while a judge compares: between two they go on. Otherwise whoever
 * waits for an answer would take the other end for dead, and what is left in the end would be judged while connections are made anew.
 * @returns what all of them found
 */
export async function inTurn(judges) {
  const found = [];
  for (const ask of judges) {
    found.push(await ask());
    await pause(TURN_MS);
  }
  return found.flat();
}

function summaryOf({ journal, deliveries, acceptances, payments, charges, heard, started, events }) {
  const states = {};
  for (const { channel, state } of deliveries) {
    states[channel] ??= {};
    states[channel][state] = (states[channel][state] ?? 0) + 1;
  }
  const requests = {};
  for (const { act, request, state, problem } of journal.entries) {
    const what = `${act ?? request.kind} ${problem?.code ?? state}`;
    requests[what] = (requests[what] ?? 0) + 1;
  }
  const ledgers = {
    ...{ messages: acceptances.length, payments: payments.length, charges: charges.size, calls: heard.size },
    ...{ scripts: started.length, events: events.length },
  };
  return { requests, states, ledgers };
}
