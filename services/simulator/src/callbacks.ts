/**
 * Status callbacks, as the Cloud API sends them: several statuses to a request, signed, repeated until they are taken.
 * What was taken is written to the ledger; after a restart everything accepted and not yet reported is reported.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { withDeadline } from '@carillon/core';
import { Agent } from 'undici';
import { titleOfCode } from './answers.ts';
import type { CallbackSettings, Reply } from './control.ts';
import { type Entry, isEntry } from './ledger/entry.ts';
import type { Ledger } from './ledger/ledger.ts';

interface Status {
  readonly entry: Entry;
  readonly status: string;
  /** Not before this moment, epoch ms. */
  readonly dueAt: number;
  /** A copy that was made to be sent twice; it is not doubled again. */
  readonly copy: boolean;
}

/** Requests at once for one phone number. */
const PARALLEL = 4;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const ANSWER_TIMEOUT_MS = 10_000;
/** How long an early callback may hold its message's answer back. */
const EARLY_LIMIT_MS = 2_000;

/** The statuses of one phone number that wait to be reported, in order of acceptance. */
class Lane {
  queue: Status[] = [];
  head = 0;
  sending = 0;
  timer: NodeJS.Timeout | undefined;

  get length(): number {
    return this.queue.length - this.head;
  }

  shift(): Status | undefined {
    const status = this.queue[this.head++];
    if (this.head > 1_024 && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
    return status;
  }
}

export interface CallbacksOptions {
  readonly ledger: Ledger;
  /** Settings by phone number id; those under `''` are for the others. Read anew each time. */
  readonly settings: () => Readonly<Record<string, CallbackSettings>>;
  readonly random: () => number;
  readonly nowMs: () => number;
  /** Most statuses that wait in memory; the others wait in the ledger until these are gone. */
  readonly maxPending: number;
}

export class Callbacks {
  readonly #options: CallbacksOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #agent = new Agent({
    connections: PARALLEL,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  });
  readonly #stopping = new AbortController();
  #pending = 0;
  #overflowed = false;

  constructor(options: CallbacksOptions) {
    this.#options = options;
  }

  /** Statuses waiting in memory. */
  get pending(): number {
    return this.#pending;
  }

  settingsFor(number: string): CallbackSettings | undefined {
    const settings = this.#options.settings();
    return settings[number] ?? settings[''];
  }

  /** Plans the statuses of an accepted message. */
  accepted(entry: Entry): void {
    const settings = this.settingsFor(entry.number);
    if (settings !== undefined) this.#plan(entry, statusesOf(entry, settings), settings);
  }

  /**
   * Sends the statuses of an accepted message now, and resolves when they were taken. If they are not, they wait like
   * all others; the message is then answered after a bounded time.
   */
  async early(entry: Entry, settings: CallbackSettings): Promise<void> {
    const statuses = statusesOf(entry, settings).map((status) => ({ entry, status, dueAt: 0, copy: false }));
    if (await this.#post(statuses, settings, EARLY_LIMIT_MS)) this.#taken(statuses);
    else this.#plan(entry, statusesOf(entry, settings), settings);
  }

  /**
   * Tells that a person wrote to a number, at once and not repeated: whoever asks for it judges by the answer.
   * @returns how many of the copies were taken, or undefined when nobody is told of the number
   */
  async reply(reply: Reply): Promise<number | undefined> {
    const settings = this.settingsFor(reply.phoneNumberId);
    if (settings === undefined) return undefined;
    const body = renderReply(reply, reply.saidAtMs ?? this.#options.nowMs());
    const copies = Array.from({ length: reply.copies }, () => this.#postBody(body, settings, ANSWER_TIMEOUT_MS));
    return (await Promise.all(copies)).filter(Boolean).length;
  }

  /** Plans what the ledger holds as accepted and not reported. */
  async rebuild(): Promise<void> {
    this.#overflowed = false;
    if (Object.keys(this.#options.settings()).length === 0) return;
    const open = new Map<string, { entry: Entry; statuses: string[] }>();
    await this.#options.ledger.scan((line) => {
      if (!isEntry(line)) {
        for (const [wamid, status] of line.reported) {
          const known = open.get(wamid);
          if (known === undefined) continue;
          known.statuses = known.statuses.filter((each) => each !== status);
          if (known.statuses.length === 0) open.delete(wamid);
        }
      } else if (line.wamid !== undefined && line.email === undefined) {
        const settings = this.settingsFor(line.number);
        if (settings !== undefined) open.set(line.wamid, { entry: line, statuses: statusesOf(line, settings) });
      }
    });
    for (const { entry, statuses } of open.values()) {
      const settings = this.settingsFor(entry.number);
      if (settings !== undefined) this.#plan(entry, statuses, settings);
    }
  }

  /** Sends nothing more and forgets what waits; the ledger still knows it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.clear();
    await this.#agent.destroy();
  }

  /** Forgets what waits. */
  clear(): void {
    for (const lane of this.#lanes.values()) {
      clearTimeout(lane.timer);
      lane.queue = [];
      lane.head = 0;
    }
    this.#pending = 0;
    this.#overflowed = false;
  }

  #plan(entry: Entry, statuses: readonly string[], settings: CallbackSettings): void {
    const dueAt = this.#options.nowMs() + settings.delayMs;
    for (const status of statuses) this.#enqueue({ entry, status, dueAt, copy: false });
  }

  #enqueue(status: Status): void {
    if (this.#stopping.signal.aborted) return;
    if (this.#pending >= this.#options.maxPending) {
      this.#overflowed = true;
      return;
    }
    let lane = this.#lanes.get(status.entry.number);
    if (lane === undefined) {
      lane = new Lane();
      this.#lanes.set(status.entry.number, lane);
    }
    lane.queue.push(status);
    this.#pending += 1;
    this.#schedule(status.entry.number, lane);
  }

  #schedule(number: string, lane: Lane): void {
    if (lane.timer !== undefined || lane.sending >= PARALLEL || this.#stopping.signal.aborted) return;
    const first = lane.queue[lane.head];
    if (first === undefined) return;
    // At least a millisecond, so that what is accepted in one go is reported in one go.
    const wait = Math.max(1, first.dueAt - this.#options.nowMs());
    lane.timer = setTimeout(() => {
      lane.timer = undefined;
      this.#pump(number, lane);
    }, wait);
  }

  #pump(number: string, lane: Lane): void {
    const settings = this.settingsFor(number);
    if (settings === undefined) {
      this.#pending -= lane.length;
      lane.queue = [];
      lane.head = 0;
      return;
    }
    if (settings.shuffle) this.#shuffleDue(lane);
    while (lane.sending < PARALLEL) {
      const batch = this.#takeDue(lane, settings);
      if (batch.length === 0) break;
      lane.sending += 1;
      this.#deliver(number, batch).then(
        () => {
          lane.sending -= 1;
          this.#schedule(number, lane);
          if (this.#pending === 0 && this.#overflowed) return this.rebuild();
        },
        // Only stopping ends a delivery without success.
        () => {},
      );
    }
    this.#schedule(number, lane);
  }

  #takeDue(lane: Lane, settings: CallbackSettings): Status[] {
    const now = this.#options.nowMs();
    const batch: Status[] = [];
    const copies: Status[] = [];
    while (batch.length < settings.maxPerRequest) {
      const next = lane.queue[lane.head];
      if (next === undefined || next.dueAt > now) break;
      lane.shift();
      this.#pending -= 1;
      batch.push(next);
      if (!next.copy && this.#options.random() < settings.double) {
        copies.push({ ...next, dueAt: now + settings.delayMs, copy: true });
      }
    }
    for (const copy of copies) this.#enqueue(copy);
    return batch;
  }

  #shuffleDue(lane: Lane): void {
    const now = this.#options.nowMs();
    let end = lane.head;
    while ((lane.queue[end]?.dueAt ?? Number.POSITIVE_INFINITY) <= now) end += 1;
    for (let at = end - 1; at > lane.head; at -= 1) {
      const other = lane.head + Math.floor(this.#options.random() * (at - lane.head + 1));
      const [one, two] = [lane.queue[at], lane.queue[other]];
      if (one !== undefined && two !== undefined) {
        lane.queue[at] = two;
        lane.queue[other] = one;
      }
    }
  }

  /** Posts a batch until it is taken, or its number has no receiver any more. */
  async #deliver(number: string, batch: readonly Status[]): Promise<void> {
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      const settings = this.settingsFor(number);
      if (settings === undefined) return;
      if (await this.#post(batch, settings, ANSWER_TIMEOUT_MS)) break;
      await pause(wait, undefined, { signal: this.#stopping.signal });
    }
    this.#taken(batch);
  }

  #taken(batch: readonly Status[]): void {
    const reported = batch.filter(({ copy }) => !copy).map(({ entry, status }) => [entry.wamid ?? '', status] as const);
    if (reported.length > 0 && !this.#stopping.signal.aborted) {
      this.#options.ledger.appendReported({ at: this.#options.nowMs(), reported });
    }
  }

  async #post(batch: readonly Status[], settings: CallbackSettings, timeoutMs: number): Promise<boolean> {
    return await this.#postBody(renderCallback(batch, this.#options.nowMs()), settings, timeoutMs);
  }

  async #postBody(body: string, settings: CallbackSettings, timeoutMs: number): Promise<boolean> {
    const signature = createHmac('sha256', settings.appSecret).update(body).digest('hex');
    try {
      const url = new URL(settings.url);
      return await withDeadline(timeoutMs, this.#stopping.signal, async (signal) => {
        const response = await this.#agent.request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
          body,
          signal,
        });
        await response.body.dump();
        return response.statusCode >= 200 && response.statusCode < 300;
      });
    } catch {
      // The receiver is away. Its absence is a normal state of the tests that this serves.
      return false;
    }
  }
}

function statusesOf(entry: Entry, settings: CallbackSettings): string[] {
  return entry.failed === undefined ? [...settings.statuses] : ['failed'];
}

function renderCallback(batch: readonly Status[], nowMs: number): string {
  const statuses = batch.map(({ entry, status }) => ({
    id: entry.wamid,
    status,
    timestamp: String(Math.floor(nowMs / 1_000)),
    recipient_id: entry.to,
    ...(entry.reference !== '' && { biz_opaque_callback_data: entry.reference }),
    ...(status === 'failed' && {
      errors: [
        {
          code: entry.failed,
          title: titleOfCode(entry.failed ?? 0),
          message: titleOfCode(entry.failed ?? 0),
          error_data: { details: 'Reported by the simulator.' },
          href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
        },
      ],
    }),
  }));
  return wrap(batch[0]?.entry.number, { statuses });
}

function renderReply({ phoneNumberId, from, text, button }: Reply, saidAtMs: number): string {
  const message = {
    from,
    id: `wamid.${randomUUID()}`,
    timestamp: String(Math.floor(saidAtMs / 1_000)),
    ...(button === undefined ? { type: 'text', text: { body: text } } : { type: 'button', button }),
  };
  return wrap(phoneNumberId, { contacts: [{ profile: { name: 'Somebody' }, wa_id: from }], messages: [message] });
}

function wrap(phoneNumberId: string | undefined, said: object): string {
  const metadata = { display_phone_number: '15550000000', phone_number_id: phoneNumberId };
  const value = { messaging_product: 'whatsapp', metadata, ...said };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '0', changes: [{ field: 'messages', value }] }],
  });
}
