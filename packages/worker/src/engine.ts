/**
 * The sliding window: a process-wide number of calls in flight, filled from the leased batches in turn. Whenever some tens
 * of connections are free, tokens of the provider's limit are taken and one statement claims just as many rows; each
 * claimed row has a free connection, and goes to it at once unless a provider is to have fewer calls than that. Nobody waits for a
 * whole group, so a slow recipient costs one connection and no more.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Attachment, Content, OutgoingMessage, ReportContent, SendOutcome, TaskResult } from '@carillon/contracts';
import { referenceEncoder } from '@carillon/core';
import type { ClaimedDelivery, DeliveryOutcome, LeasedBatch } from '@carillon/db';
import { failpoint } from '@carillon/runtime';
import { type AtHand, createAppetite } from './appetite.ts';
import type { Account } from './balancer.ts';
import type { Loaded } from './context.ts';
import { type Decision, decide } from './decide.ts';
import type { DocumentResult } from './documents.ts';
import type { EngineOptions } from './engineOptions.ts';
import { isJudgedBeforeMove } from './keyAge.ts';
import { createOutcomeWriter } from './outcomes.ts';
import { readValues, renderFor } from './personal.ts';
import { createPlaces, type Place } from './places.ts';
import type { GivenBack, Source } from './source.ts';
import { createTrying } from './trying.ts';
import { createTurns } from './turns.ts';
import { missing, reportUnsent, UNPREPARED, UNREADABLE } from './unsent.ts';
import { type CallVerdict, verdictOf } from './verdicts.ts';

/** Below this many free connections a claim waits a moment for more, so that statements stay few. */
const CLAIM_WORTH = 32;
const CLAIM_WAIT_MS = 4;
const RETRY_MS = 200;
const NO_DOCUMENT: SendOutcome = {
  kind: 'retry',
  code: 'document_unreachable',
  message: 'what is to be attached could not be read',
};
/** For longer than this no claimed row waits for its call, so that a hold or a pause is not late. */
const AHEAD_MS = 500;
const NOT_CALLED: SendOutcome = {
  kind: 'retry',
  code: 'too_late',
  message: 'claimed ahead; no call ended soon enough for this one to begin, or the provider refused others',
};
const NOTHING_GRANTED = { tokens: 0, waitMs: 0 };

/** A row whose content must be rendered for its recipient. */
interface PersonalRow {
  readonly batch: LeasedBatch;
  readonly row: ClaimedDelivery;
  readonly loaded: Loaded;
  readonly attachment: Attachment | undefined;
}

export interface Engine {
  /**
   * Works a source off; resolves when everything is stored and it is given back. Never rejects.
   * @param onClaimed told when nothing more is claimed from it, which may be long before; at times more than once
   */
  run(source: Source, onClaimed: () => void): Promise<GivenBack>;
  /** Resolves when another source is wanted. Who takes no more leaves the rest to other processes. */
  hungry(): Promise<void>;
  /** Rows that may be claimed now: connections whose last outcome is stored. */
  readonly free: number;
  /** Whether any source is not given back yet. */
  readonly busy: boolean;
  /** Whether `drain` was called. */
  readonly draining: boolean;
  /** Ends all claiming; what is in the air goes on. */
  drain(): void;
}

interface Active {
  readonly source: Source;
  /** The window of its provider account. */
  readonly account: Account;
  readonly onClaimed: () => void;
  readonly encoders: Map<number, (number: number, tryNumber: number) => string>;
  /** Rows handed to the channel whose outcome is not stored yet, by batch, number and try. */
  readonly open: Set<string>;
  claiming: boolean;
  /** Monotonic ms before which asking for tokens is useless. */
  notBeforeMs: number;
  doneResolve: (result: GivenBack) => void;
  ending: boolean;
}

/** An outcome with the work it belongs to; a batch that is leased anew is another work. */
type OwnedOutcome = DeliveryOutcome & {
  readonly active: Active;
  readonly place: Place | undefined;
  readonly refusesAddress: boolean;
  readonly verdict: CallVerdict | undefined;
  readonly result: TaskResult | undefined;
  readonly beforeStored: (() => Promise<void>) | undefined;
};

const keyOf = (row: { batchId: number; number: number; try: number }): string =>
  `${row.batchId}.${row.number}.${row.try}`;

/** Builds the engine; it does nothing until a source is run. */
export function createEngine(options: EngineOptions): Engine {
  const { db, channel, context, leases, metrics, tracer, logger, monotonic } = options;
  const neededLeaseMs = options.timeoutMs + options.leaseMarginMs;
  /** Sources that may still be claimed from. */
  const claimable = createTurns<Active>((active) => active.source.accountId);
  const running = new Set<Active>();
  const places = createPlaces({ ...options, periodMs: options.timeoutMs });
  let pumping = false;
  let timer: NodeJS.Timeout | undefined;
  let timerAtMs = 0;
  let lastClaimMs = 0;
  let draining = false;
  const appetite = createAppetite(options);
  const trying = createTrying(logger, RETRY_MS);

  const writer = createOutcomeWriter<OwnedOutcome>({
    db,
    logger,
    monotonic,
    gatherMs: options.gatherMs,
    ahead: options.ahead > 0,
    verdicts: options.verdicts,
    onStored(stored) {
      const touched = new Set<Active>();
      schedulePump();
      for (const outcome of stored) {
        places.stored(outcome.active.account, outcome.place);
        outcome.active.open.delete(keyOf(outcome));
        touched.add(outcome.active);
      }
      for (const active of touched) void endWhenDone(active);
    },
  });

  /** Runs `pump` once per turn of the event loop, however many calls ended in it. */
  function schedulePump(): void {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      pump();
    });
  }

  function pumpIn(ms: number): void {
    const atMs = monotonic.now() + ms;
    if (timer && timerAtMs <= atMs) return;
    // The sooner one counts: a number that rests for a minute must not make everybody else wait.
    clearTimeout(timer);
    timerAtMs = atMs;
    timer = setTimeout(() => {
      timer = undefined;
      pump();
    }, ms);
  }

  function atHand(now: number): AtHand[] {
    return [...claimable.all()].map(({ source, account, notBeforeMs }) => ({
      remaining: source.remaining,
      waits: notBeforeMs > now || account.room(now) <= 0,
    }));
  }

  function pump(): void {
    const now = monotonic.now();
    const hangsInMs = places.look(now);
    let soonestMs = Number.POSITIVE_INFINITY;
    appetite.look(places.free, () => atHand(now));
    for (const active of claimable.inTurn()) {
      if (places.free <= 0) {
        soonestMs = Math.min(soonestMs, hangsInMs);
        break;
      }
      if (active.claiming) continue;
      const { source, account } = active;
      if (source.remaining === 0 || !leases.holds(source)) {
        stopClaiming(active);
        continue;
      }
      if (active.notBeforeMs > now) {
        soonestMs = Math.min(soonestMs, active.notBeforeMs - now);
        continue;
      }
      const room = account.room(now);
      if (room <= 0) {
        const restMs = account.restMs(now);
        soonestMs = Math.min(soonestMs, restMs > 0 ? restMs : hangsInMs);
        continue;
      }
      const wanted = Math.min(options.claimRows, source.remaining, places.free, room);
      if (wanted < Math.min(account.worth, source.remaining)) continue;
      const waitMs = lastClaimMs + CLAIM_WAIT_MS - now;
      if (waitMs > 0 && wanted < Math.min(CLAIM_WORTH, source.remaining)) {
        soonestMs = Math.min(soonestMs, waitMs);
        // Where its own window is what is small, others need not wait for it.
        if (wanted === room) continue;
        break;
      }
      lastClaimMs = now;
      active.claiming = true;
      places.take(account, wanted);
      void claimAndSend(active, wanted);
    }
    if (soonestMs !== Number.POSITIVE_INFINITY) pumpIn(Math.max(1, soonestMs));
  }

  async function claimAndSend(active: Active, wanted: number): Promise<void> {
    const { source, account } = active;
    let reserved = wanted;
    try {
      const provider = await context.provider(source.providerAccountId);
      if (provider.disabled) stopForProvider(active);
      const grant = provider.disabled ? NOTHING_GRANTED : await options.limits.take(provider, wanted);
      places.giveBack(account, reserved - grant.tokens);
      reserved = grant.tokens;
      if (grant.tokens === 0) {
        active.notBeforeMs = monotonic.now() + grant.waitMs;
      } else {
        await failpoint('before_claim');
        const rows = await source.claim(db, grant.tokens, neededLeaseMs, options.keyUsableMs(provider));
        await failpoint('after_claim');
        places.giveBack(account, reserved - rows.length);
        reserved = 0;
        await sendAll(active, rows);
      }
    } catch (error) {
      logger.warn(
        { err: error, batch: source.batches[0]?.id },
        'a claim failed; reading back what it may have claimed',
      );
      await recover(active, reserved);
      active.notBeforeMs = monotonic.now() + RETRY_MS;
    }
    active.claiming = false;
    if (source.remaining === 0) stopClaiming(active);
    schedulePump();
  }

  /** Of a provider account that is disabled: also what was resumed since, or is sent to those missed, waits for a person. */
  function stopForProvider({ source }: Active): void {
    source.exhaust();
    for (const batch of source.batches) options.onAccountThrottled(batch, 'the provider account is disabled');
  }

  /**
   * After a claim whose answer was lost: what carries our fence and is not in the air was claimed by it. Its places stay taken until
   * that is known: others that took them would make more rows `sending` than there are connections.
   */
  async function recover(active: Active, reserved: number): Promise<void> {
    for (;;) {
      if (!leases.holds(active.source)) {
        places.giveBack(active.account, reserved);
        return;
      }
      try {
        const unsent = await unsentRows(active);
        places.giveBack(active.account, reserved - unsent.length);
        reserved = 0;
        await sendAll(active, unsent);
        return;
      } catch (error) {
        logger.warn({ err: error }, 'reading back a claim failed; trying again');
        await pause(RETRY_MS);
      }
    }
  }

  async function unsentRows(active: Active): Promise<ClaimedDelivery[]> {
    // As of before the reading: what it still sees as `sending` may be stored, and so forgotten here, before we hear of it.
    const known = new Set(active.open);
    const rows = await active.source.readBack(db);
    await failpoint('after_read_back');
    return rows.filter((row) => !known.has(keyOf(row)));
  }

  /** A row that no call is made for. */
  function finishUncalled(active: Active, batch: LeasedBatch, row: ClaimedDelivery, decision: Decision): void {
    active.account.passedOver();
    finish(active, batch, row, decision);
  }

  /** What nobody expected, before its call began. Left alone, the row would stay `sending`, and its source never end. */
  function finishUnprepared(active: Active, batch: LeasedBatch, row: ClaimedDelivery, error: unknown): void {
    logger.error({ err: error, batch: batch.id, number: row.number }, 'a delivery could not be made ready');
    finishUncalled(active, batch, row, UNPREPARED);
  }

  /**
   * Everything that needs waiting is fetched first; then each row is handed to its connection in one go. What is the same
   * for everybody goes at once; for the others their recipients are read together. Never rejects: whatever goes wrong with a row
   * before its call keeps only that row from being sent.
   */
  async function sendAll(active: Active, rows: readonly ClaimedDelivery[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) active.open.add(keyOf(row));
    if (active.source.batches.length > 1) await loadAll(active, rows);
    let personal: PersonalRow[] | undefined;
    for (const row of rows) {
      const batch = active.source.batchOf(row);
      try {
        const loaded = context.loaded(batch, row.contentVersion) ?? (await load(batch, row.contentVersion));
        if (!loaded) {
          finishUncalled(active, batch, row, UNREADABLE);
          continue;
        }
        const document = loaded.content.type === 'report' ? await documentOf(batch, row, loaded.content) : undefined;
        if (document?.kind === 'outcome') {
          finishUncalled(active, batch, row, decide(document.outcome, row, loaded.policy, options.random));
          continue;
        }
        const attachment = document?.attachment;
        if (!loaded.personal) send(active, batch, row, loaded, loaded.content, linkOf(batch, row), attachment);
        else if (personal) personal.push({ batch, row, loaded, attachment });
        else personal = [{ batch, row, loaded, attachment }];
      } catch (error) {
        finishUnprepared(active, batch, row, error);
      }
    }
    if (personal) await sendPersonal(active, personal);
  }

  /** Of one-row batches, each may be of another job. A failure is met again, and told of, row by row. */
  async function loadAll({ source }: Active, rows: readonly ClaimedDelivery[]): Promise<void> {
    const wanted = rows.map((row) => ({ batch: source.batchOf(row), contentVersion: row.contentVersion }));
    await trying('what jobs say could not be read together', () => context.loadAll(wanted));
  }

  async function documentOf(batch: LeasedBatch, row: ClaimedDelivery, content: ReportContent): Promise<DocumentResult> {
    const { documents } = options;
    const made = documents && (await trying('a document', () => documents.of(batch, row.contentVersion, content)));
    return made ?? { kind: 'outcome', outcome: NO_DOCUMENT };
  }

  async function sendPersonal(active: Active, rows: readonly PersonalRow[]): Promise<void> {
    const recipients = await trying('the recipients of a claim could not be read', () =>
      readValues(db, active.source.accountId, rows),
    );
    for (const { batch, row, loaded, attachment } of rows) {
      if (!recipients) {
        finishUncalled(active, batch, row, UNREADABLE);
        continue;
      }
      try {
        const link = linkOf(batch, row);
        const confirmUrl = row.addressKey === null ? undefined : options.confirmUrl?.(batch, row.addressKey);
        const values = row.recipientId === null ? undefined : recipients.get(row.recipientId);
        const rendered = renderFor(loaded.content, values, { unsubscribeUrl: link, confirmUrl });
        if (rendered.kind === 'content') send(active, batch, row, loaded, rendered.content, link, attachment);
        else finishUncalled(active, batch, row, missing(rendered.names));
      } catch (error) {
        finishUnprepared(active, batch, row, error);
      }
    }
  }

  function linkOf(batch: LeasedBatch, row: ClaimedDelivery): string | undefined {
    return row.addressKey === null ? undefined : options.unsubscribeUrl?.(batch, row.addressKey);
  }

  /** What the job says; `undefined` when it cannot be read. */
  const load = (batch: LeasedBatch, version: number): Promise<Loaded | undefined> =>
    trying(`what job ${batch.jobId} says could not be read`, () => context.load(batch, version));

  function send(
    active: Active,
    batch: LeasedBatch,
    row: ClaimedDelivery,
    loaded: Loaded,
    content: Content,
    unsubscribeUrl: string | undefined,
    attachment: Attachment | undefined,
  ): void {
    let encode = active.encoders.get(batch.id);
    if (!encode) {
      encode = referenceEncoder({ runId: batch.runId, day: batch.day, batchId: batch.id }, options.referenceKey);
      active.encoders.set(batch.id, encode);
    }
    const { address } = row;
    const reference = encode(row.number, row.try);
    const plain: OutgoingMessage = unsubscribeUrl
      ? { address, content, reference, unsubscribeUrl }
      : { address, content, reference };
    const message = attachment === undefined ? plain : { ...plain, attachment };
    if (active.account.full) wait(active, batch, row, loaded, message);
    else call(active, batch, row, loaded, message);
  }

  /** Of what is claimed ahead: begins when a call ended, if that is soon enough and nobody was refused. */
  function wait(active: Active, batch: LeasedBatch, row: ClaimedDelivery, loaded: Loaded, message: OutgoingMessage) {
    const sinceMs = monotonic.now();
    active.account.wait((mayCall) => {
      const waitedMs = monotonic.now() - sinceMs;
      if (mayCall && waitedMs <= AHEAD_MS) call(active, batch, row, loaded, message, waitedMs);
      else finishUncalled(active, batch, row, decide(NOT_CALLED, row, loaded.policy, options.random));
    });
  }

  /**
   * Until when a call may last: for as long as the lease. Where keys count, the claim judged the key's age for one lease from then on, and
   * however often that was renewed since, a row that is later has to be claimed, and its key to be judged, anew.
   */
  function deadlineOf(batch: LeasedBatch, row: ClaimedDelivery, { provider }: Loaded): number {
    const deadlineMs = leases.deadlineOf(batch);
    if (options.keyUsableMs(provider) === undefined) return deadlineMs;
    if (isJudgedBeforeMove(provider, row)) return Number.NEGATIVE_INFINITY;
    return Math.min(deadlineMs, row.notClaimedBeforeMs + options.leaseMs);
  }

  function call(
    active: Active,
    batch: LeasedBatch,
    row: ClaimedDelivery,
    loaded: Loaded,
    message: OutgoingMessage,
    waitedMs = 0,
  ): void {
    const startedMs = monotonic.now();
    const startBeforeMs = deadlineOf(batch, row, loaded) - neededLeaseMs;
    const place = places.begun(active.account, startedMs);
    let answer: Promise<SendOutcome>;
    try {
      answer = tracer.on
        ? traced(batch, row, loaded, () => channel.send(message, loaded.provider, startBeforeMs))
        : channel.send(message, loaded.provider, startBeforeMs);
    } catch (error) {
      // As one that rejects, which no channel may: nobody knows what it wrote, so the process leaves as after a crash.
      answer = Promise.reject(error);
    }
    void answer.then((outcome) => {
      const nowMs = monotonic.now();
      const callMs = nowMs - startedMs;
      active.account.answered(outcome, startedMs, nowMs);
      places.ended(place);
      metrics.observeCall(outcome, callMs, row);
      if (outcome.kind === 'throttled') {
        // The provider's own word binds every process; without one each finds by its window what is borne.
        if (outcome.scope === 'number' && outcome.retryAfterMs !== undefined)
          options.limits.block(loaded.provider, outcome.retryAfterMs);
        if (outcome.scope === 'account') options.onAccountThrottled(batch, `${outcome.code}: ${outcome.message}`);
      }
      const concerns = outcome.kind === 'rejected' ? outcome.concerns : undefined;
      if (concerns === 'endpoint') options.onEndpointRefused(batch, 'the endpoint answered that it is gone');
      const decision = decide(outcome, row, loaded.policy, options.random);
      // The claim's moment is the database's and the call's length is ours, so no two clocks are mixed.
      options.statistics.observe(decision.state, Math.max(0, row.sendingAtMs - row.dueAtMs) + waitedMs + callMs);
      const verdict = options.verdicts && verdictOf(outcome, decision);
      const beforeStored =
        concerns === 'job' && outcome.kind === 'rejected'
          ? () => options.onJobRefused({ ...batch, batchId: batch.id, number: row.number }, outcome.code)
          : undefined;
      finish(active, batch, row, decision, place, concerns === 'address', verdict, outcome.result, beforeStored);
    });
  }

  /** The call in a span below the request that made the job. Ids only: addresses and contents have no place in traces. */
  function traced(
    batch: LeasedBatch,
    row: ClaimedDelivery,
    loaded: Loaded,
    work: () => Promise<SendOutcome>,
  ): Promise<SendOutcome> {
    const attributes = {
      'carillon.channel': batch.channel,
      'carillon.run': batch.runId,
      'carillon.batch': batch.id,
      'carillon.number': row.number,
      'carillon.try': row.try,
    };
    return tracer.spanFrom(loaded.traceparent, `send ${batch.channel}`, attributes, async (span) => {
      const outcome = await work();
      span.set({ 'carillon.outcome': outcome.kind });
      if (outcome.kind !== 'accepted') span.fail(outcome.code);
      return outcome;
    });
  }

  /** The row keeps its place in the window until this is stored: a kill must not leave more unknown than connections. */
  function finish(
    active: Active,
    batch: LeasedBatch,
    row: ClaimedDelivery,
    decision: Decision,
    place?: Place,
    refusesAddress = false,
    verdict?: CallVerdict,
    result?: TaskResult,
    beforeStored?: () => Promise<void>,
  ): void {
    if (decision.state !== 'sent') reportUnsent(logger, batch, row, decision);
    // Spelled out: copying the decision's fields one by one is several times quicker than spreading it.
    writer.add({
      active,
      place,
      accountId: batch.accountId,
      day: batch.day,
      batchId: batch.id,
      number: row.number,
      try: row.try,
      state: decision.state,
      word: decision.word,
      burnsAttempt: decision.burnsAttempt,
      code: decision.code,
      message: decision.message,
      providerMessageId: decision.providerMessageId,
      retryInMs: decision.retryInMs,
      refusesAddress,
      verdict,
      result,
      beforeStored,
    });
  }

  function stopClaiming(active: Active): void {
    active.source.exhaust();
    claimable.remove(active);
    active.onClaimed();
    void endWhenDone(active);
  }

  /** Gives the lease back once nothing is claimed, in the air or unstored. */
  async function endWhenDone(active: Active): Promise<void> {
    const { source } = active;
    if (active.ending || active.claiming || source.remaining > 0 || active.open.size > 0) return;
    active.ending = true;
    let result: GivenBack = { kind: 'refused' };
    while (leases.holds(source)) {
      try {
        result = await source.giveBack(db);
        if (result.kind === 'released' || !leases.holds(source)) break;
        // Refused, and the lease is ours: a claim whose answer was lost left rows that nobody sent.
        const unsent = await unsentRows(active);
        if (unsent.length > 0) {
          active.ending = false;
          await sendAll(active, unsent);
          return;
        }
        await leases.verify(source);
      } catch (error) {
        logger.warn({ err: error }, 'a lease could not be given back; trying again');
        await pause(RETRY_MS);
      }
    }
    leases.drop(source);
    running.delete(active);
    schedulePump();
    options.balancer.leave(source.providerAccountId);
    active.doneResolve(result);
  }

  return {
    run(source, onClaimed) {
      let doneResolve = (_: GivenBack): void => {};
      const done = new Promise<GivenBack>((resolve) => {
        doneResolve = resolve;
      });
      const active: Active = {
        source,
        account: options.balancer.enter(source.providerAccountId),
        onClaimed,
        encoders: new Map(),
        open: new Set(),
        claiming: false,
        notBeforeMs: 0,
        doneResolve,
        ending: false,
      };
      running.add(active);
      if (draining) source.exhaust();
      claimable.add(active);
      schedulePump();
      // A window that is full of slow calls still lets a source end whose lease was lost or that has nothing to claim.
      if (source.remaining === 0) stopClaiming(active);
      return done;
    },
    hungry() {
      schedulePump();
      return appetite.hungry();
    },
    get free() {
      return Math.max(0, places.free);
    },
    get busy() {
      return running.size > 0;
    },
    get draining() {
      return draining;
    },
    drain() {
      draining = true;
      appetite.end();
      for (const active of claimable.inTurn()) {
        active.source.exhaust();
        if (!active.claiming) stopClaiming(active);
      }
    },
  };
}
