/** How the simulator behaves towards a message, as the control API was told: rules, throughput limits, capacity, latency. */
import type { Control, Latency, Rule } from './control.ts';
import { Capacity, RateWindow } from './limits.ts';
import { Rules } from './rules.ts';

export interface BehaviourOptions {
  readonly control: Control;
  readonly random: () => number;
}

export class Behaviour {
  readonly #options: BehaviourOptions;
  readonly #windows = new Map<string, RateWindow>();
  readonly #capacities = new Map<string, Capacity>();
  #rules: Rules<Rule>;
  #rulesUsed = false;

  constructor(options: BehaviourOptions) {
    this.#options = options;
    this.#rules = this.#readRules();
  }

  /** To be called when the settings were changed. */
  reload(): void {
    this.#windows.clear();
    this.#capacities.clear();
    this.#rules = this.#readRules();
  }

  /** The rule for a message; its use is counted. @param number whom the message came through */
  rule(to: string, number: string): Rule | undefined {
    const rule = this.#rules.find(to, number);
    if (rule?.match.times !== undefined) this.#keepUse();
    return rule;
  }

  /** Whether the number's throughput allows one more now; if so it is counted. */
  withinLimit(number: string): boolean {
    const { limits } = this.#options.control.state;
    const limit = limits[number] ?? limits[''];
    if (limit === undefined) return true;
    let window = this.#windows.get(number);
    if (window === undefined) {
      window = new RateWindow(limit);
      this.#windows.set(number, window);
    }
    return window.take(performance.now());
  }

  /** How long a message of this number waits until it is served, ms; undefined when the number's queue is full. */
  waitMs(number: string): number | undefined {
    const settings = this.#options.control.state.capacities;
    const setting = settings[number] ?? settings[''];
    if (setting === undefined) return 0;
    let capacity = this.#capacities.get(number);
    if (capacity === undefined) {
      capacity = new Capacity(setting.messagesPerSecond, setting.queue);
      this.#capacities.set(number, capacity);
    }
    return capacity.take(performance.now());
  }

  /** Time until the answer, ms. */
  latencyMs(rule: Rule | undefined): number {
    return rule?.does.latencyMs ?? drawLatencyMs(this.#options.control.state.latency, this.#options.random);
  }

  #readRules(): Rules<Rule> {
    return new Rules(this.#options.control.state.rules, this.#options.random);
  }

  /** Saves how often counted rules were used, once per turn, before the turn's answers. */
  #keepUse(): void {
    if (this.#rulesUsed) return;
    this.#rulesUsed = true;
    queueMicrotask(() => {
      this.#rulesUsed = false;
      this.#options.control.save();
    });
  }
}

/** One latency of those that are set, ms. */
export function drawLatencyMs(latency: Latency | null, random: () => number): number {
  if (latency === null) return 0;
  if ('fixedMs' in latency) return latency.fixedMs;
  return latency.minMs + random() * (latency.maxMs - latency.minMs);
}
