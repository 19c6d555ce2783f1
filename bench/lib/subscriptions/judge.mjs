/**
 * The judge of the subscription case: what the mail server and the paid service wrote down, against what another calendar says.
 * It holds a few bytes for each recipient and no more.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { expectationOf, OFFSETS } from './calendar.mjs';
import { numberOf, person } from './people.mjs';

/** Of each kind of fault so many are shown. */
const SHOWN = 3;
const MOST = 255;

/** Collects both ledgers' lines; `verdict` then says what is wrong. @param momentsOf what createCalendar returns */
export function createJudge({ count, firstDay, momentsOf }) {
  /** A bit for each reminder that somebody got. */
  const mails = new Uint8Array(count + 1);
  const charges = new Uint8Array(count + 1);
  const faults = new Faults();
  const wholeNumber = (email) => {
    const n = numberOf(email);
    if (n < 1 || n > count) throw new Error(`nobody here has the address ${email}`);
    return n;
  };
  return {
    /** The mail server took a message. @param place of its offset in OFFSETS; undefined when no run of the job sent it */
    mail(email, place) {
      const n = wholeNumber(email);
      if (place === undefined) faults.add('mailed by somebody else', email);
      else if ((mails[n] & (1 << place)) !== 0) faults.add('mailed twice', `${email} ${OFFSETS[place]} days`);
      else mails[n] |= 1 << place;
    },
    /** The paid service found something out, and charged it. */
    charge(email) {
      const n = wholeNumber(email);
      charges[n] = Math.min(MOST, charges[n] + 1);
    },
    /** Compares. @param week as in expectationOf */
    verdict(week) {
      const counts = { subscribed: 0, confirmed: 0, twice: 0, once: 0, undeliverable: 0, checked: 0 };
      for (let n = 1; n <= count; n += 1) {
        const somebody = person(n, firstDay);
        const wanted = expectationOf(somebody, momentsOf(somebody), week);
        const got = mails[n];
        if (got & ~wanted.mails) faults.add('mailed and should not be', somebody.email);
        if (wanted.mails & ~got) faults.add('not mailed', somebody.email);
        if (charges[n] > wanted.checks.atMost) {
          faults.add(charges[n] > 1 ? 'charged twice' : 'checked and should not be', somebody.email);
        }
        if (charges[n] < wanted.checks.atLeast) faults.add('not checked', somebody.email);
        if (somebody.expires !== null) counts.subscribed += 1;
        if (somebody.isConfirmed) counts.confirmed += 1;
        if (got === 3) counts.twice += 1;
        else if (got !== 0) counts.once += 1;
        if (charges[n] > 0) {
          counts.checked += 1;
          if (!somebody.isDeliverable) counts.undeliverable += 1;
        }
      }
      return { counts, faults: faults.all() };
    },
    faults,
  };
}

/** Kinds of fault, each with its number and some examples. */
class Faults {
  #kinds = new Map();

  add(kind, example) {
    const known = this.#kinds.get(kind) ?? { count: 0, examples: [] };
    known.count += 1;
    if (known.examples.length < SHOWN) known.examples.push(example);
    this.#kinds.set(kind, known);
  }

  all() {
    return Object.fromEntries(this.#kinds);
  }
}

/** Lines of a ledger's file, one by one, with how many were written in each second of the machine's clock. */
export async function readLedger(file, onEntry) {
  const perSecond = new Map();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const entry = JSON.parse(line);
    if (!onEntry(entry)) continue;
    const second = Math.floor(entry.at / 1_000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  const rates = [...perSecond.values()];
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  // Seconds in which nothing was to do say nothing about how quick it is.
  return {
    total,
    perSecond: rates.length === 0 ? 0 : Math.round(total / rates.length),
    peakPerSecond: rates.reduce((most, rate) => Math.max(most, rate), 0),
  };
}
