/**
 * One small world of the model of a batch's life: a run with one or two batches, two senders, a queue, a provider with its ledger, a
 * sweeper and a person. Here is what each of them knows; what Postgres knows is read back from Postgres after every step.
 */
import type { DeliveryState, FailedBy } from '@carillon/core';
import type { LeasedBatch } from '../../src/index.ts';
import type { Step } from './step.ts';

/** Seconds of a lease, of a call at most, and what a claim or call needs to be left: the call and a margin. */
export const LEASE_SECONDS = 20;
export const CALL_SECONDS = 4;
export const NEEDED_SECONDS = 5;
/** After so long without a report a policy settles an unknown outcome. */
export const POLICY_SECONDS = 7;
/** A wake-up may wait so long in the queue before the sweeper asks after it. */
export const GRACE_SECONDS = 5;

/** What a world is made of, drawn at random. */
export interface Spec {
  /** One delivery in a batch of its own, which shares its wake-up with others. */
  readonly single: boolean;
  /** Deliveries of each batch. */
  readonly sizes: readonly number[];
  readonly unknownAction: 'hold' | 'fail' | 'resend';
  readonly maxAttempts: number;
  /** When each batch is due, and after how long it expires; null is never. */
  readonly dueInSeconds: readonly number[];
  readonly expiresInSeconds: number | null;
  /** With what in hand the first sender stands still, until its lease is lost and somebody else goes on. */
  readonly standsStill: 'never' | 'claimed' | 'answers';
  /** What the world's steps are chosen by. */
  readonly draws: readonly number[];
}

/** A delivery as Postgres has it. */
export interface RowView {
  readonly number: number;
  readonly state: DeliveryState;
  readonly try: number;
  readonly attempts: number;
  readonly code: string;
  readonly dueInMs: number;
}

/** A batch as Postgres has it, with its rows. */
export interface BatchView {
  readonly id: number;
  readonly generation: number;
  readonly fence: number;
  readonly leaseInMs: number | null;
  readonly enqueued: boolean;
  readonly dueInMs: number;
  readonly expiresInMs: number | null;
  readonly paused: boolean;
  readonly cancelled: boolean;
  readonly settles: boolean;
  readonly open: boolean;
  readonly size: number;
  readonly counts: Readonly<Record<DeliveryState, number>>;
  readonly rows: readonly RowView[];
}

/** A lease as its sender knows it; a batch that is leased anew is another one. */
export interface Lease {
  readonly batch: number;
  readonly row: LeasedBatch;
  /** Until when, in the world's seconds, the sender believes in it. */
  deadlineSeconds: number;
  /** The lowest number that the next claim asks for. */
  nextNumber: number;
  exhausted: boolean;
  /** A claim whose answer was lost, or a release that was refused: what is `sending` must be read back. */
  unread: boolean;
  /** Tries that were handed to the sender and whose outcome is not stored yet. */
  readonly open: Set<string>;
}

/** A row that a sender claimed and has not called for. */
export interface Claimed {
  readonly lease: Lease;
  readonly batch: number;
  readonly number: number;
  readonly try: number;
  readonly attempts: number;
}

/** What became of a call, as far as its sender knows. */
export type Answer = 'accepted' | 'retryable' | 'exhausted' | 'throttled' | 'rejected' | 'outcomeUnknown' | 'tooLate';

export interface Answered extends Claimed {
  readonly answer: Answer;
}

export interface Sender {
  leases: Lease[];
  claimed: Claimed[];
  /** To be stored; and those that the first statement did not match. */
  answers: Answered[];
  late: Answered[];
}

/** A call as the provider knows it. */
export interface Call {
  readonly batch: number;
  readonly number: number;
  readonly try: number;
  /** The place in the world's history where it began. */
  readonly beganAt: number;
  /** Until when it is on its way; undefined when it has come to its end. */
  arrivesBySeconds?: number | undefined;
  accepted: boolean;
}

export interface Wake {
  readonly id: string;
  readonly batch: number;
  readonly dueAtSeconds: number;
}

/** A promise that was broken. */
export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

export const rowKey = (row: { batch: number; number: number }): string => `${row.batch}.${row.number}`;
export const tryKey = (row: { batch: number; number: number; try: number }): string => `${rowKey(row)}.${row.try}`;

export const newSender = (): Sender => ({ leases: [], claimed: [], answers: [], late: [] });

export class World {
  readonly spec: Spec;
  /** Steps that are done instead of choosing by the draws: a replay. */
  readonly script: readonly (Step | undefined)[] | undefined;
  readonly trace: Step[] = [];
  runId = 0;
  jobId = 0;
  runState = 'sending';
  batches: readonly BatchView[] = [];
  seconds = 0;

  readonly queue = new Map<string, Wake>();
  /** Ids that Redis still knows, of wake-ups that it will never deliver. */
  readonly orphans = new Set<string>();
  /** Every wake-up there was: what an old snapshot brings back. */
  readonly past: Wake[] = [];
  redisLost = false;

  readonly senders: [Sender, Sender] = [newSender(), newSender()];
  readonly calls: Call[] = [];
  /** Tries that were committed as `sending`. */
  readonly intents = new Set<string>();
  /** For each row the tries that a policy or a person gave up for another one, and when. */
  readonly freed = new Map<string, { readonly try: number; readonly at: number }[]>();
  readonly failedBy = new Map<string, FailedBy>();
  readonly reported = new Set<string>();
  /** Tries whose acceptance by the provider was stored as its answer, however late. */
  readonly answered = new Set<string>();
  /** What a person was told stands. */
  paused = false;
  cancelled = false;
  held = false;
  violation: Violation | undefined;
  /** Rounds of the orderly end, and whether it came to one. */
  rounds = 0;
  ended = false;

  constructor(spec: Spec, script?: readonly (Step | undefined)[]) {
    this.spec = spec;
    this.script = script;
  }

  /** Notes a broken promise; the first one counts. */
  broken(invariant: string, detail: string): void {
    this.violation ??= { invariant, detail };
  }

  rowOf(row: { batch: number; number: number }): RowView | undefined {
    return this.batches[row.batch]?.rows[row.number - 1];
  }

  callsOf(row: { batch: number; number: number }): Call[] {
    return this.calls.filter((call) => call.batch === row.batch && call.number === row.number);
  }
}
