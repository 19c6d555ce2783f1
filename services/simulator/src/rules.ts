/** Finds the rule for a message, or for a check. Rules for one address are found by it, so that thousands of them cost no more than one. */
import { createHash } from 'node:crypto';
import type { Match } from './control.ts';

/** What is found: whom it is for, and how often it has applied. */
interface Matching {
  readonly match: Match;
  used: number;
}

interface Placed<Rule> {
  readonly place: number;
  readonly rule: Rule;
}

const NONE: readonly Placed<never>[] = [];

export class Rules<Rule extends Matching> {
  readonly #byAddress = new Map<string, Placed<Rule>[]>();
  readonly #others: Placed<Rule>[] = [];
  readonly #random: () => number;
  /** How often a rule applied to an address, for those that count it. */
  readonly #usedFor = new Map<Rule, Map<string, number>>();

  constructor(rules: readonly Rule[], random: () => number) {
    this.#random = random;
    rules.forEach((rule, place) => {
      const { to } = rule.match;
      if (to === undefined) this.#others.push({ place, rule });
      else if (!this.#byAddress.get(to)?.push({ place, rule })) this.#byAddress.set(to, [{ place, rule }]);
    });
  }

  /** The first rule that applies, in the order in which they were given; its use is counted. */
  find(to: string, phoneNumberId = ''): Rule | undefined {
    const own = this.#byAddress.get(to) ?? NONE;
    let nextOwn = 0;
    let nextOther = 0;
    for (;;) {
      const a = own[nextOwn];
      const b = this.#others[nextOther];
      const first = a === undefined || (b !== undefined && b.place < a.place) ? b : a;
      if (first === undefined) return undefined;
      if (first === a) nextOwn += 1;
      else nextOther += 1;
      if (this.#applies(first.rule, to, phoneNumberId)) {
        first.rule.used += 1;
        if (first.rule.match.timesPerAddress !== undefined) this.#count(first.rule, to);
        return first.rule;
      }
    }
  }

  #applies(rule: Rule, to: string, phoneNumberId: string): boolean {
    const { match, used } = rule;
    return (
      (match.times === undefined || used < match.times) &&
      (match.toSuffix === undefined || to.endsWith(match.toSuffix)) &&
      (match.phoneNumberId === undefined || match.phoneNumberId === phoneNumberId) &&
      (match.timesPerAddress === undefined || (this.#usedFor.get(rule)?.get(to) ?? 0) < match.timesPerAddress) &&
      (match.share === undefined || isWithin(match.share, to)) &&
      (match.probability === undefined || this.#random() < match.probability)
    );
  }

  #count(rule: Rule, to: string): void {
    const counts = this.#usedFor.get(rule) ?? new Map<string, number>();
    counts.set(to, (counts.get(to) ?? 0) + 1);
    this.#usedFor.set(rule, counts);
  }
}

/** Whether the address's place between 0 and 1 is in a part of it. */
function isWithin({ from, below }: { from: number; below: number }, to: string): boolean {
  const place = createHash('sha256').update(to).digest().readUInt32BE(0) / 2 ** 32;
  return place >= from && place < below;
}
