/** Negative controls of the model: each takes one guard away, and must be found. */
import type { Change } from './loops.ts';
import type { Lack } from './turn.ts';

export interface Mutant {
  readonly name: string;
  /** What is found first, of several promises that it breaks. */
  readonly breaks: readonly string[];
  /** A guard of the statements: how their text reads without it. */
  readonly guard?: readonly [from: string, to: string];
  /** A safety of the processes. */
  readonly lack?: Lack;
  /** An index that is dropped: its columns. */
  readonly unindexed?: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the claim does not ask for the fence and the lease',
    breaks: ['fence', 'released'],
    guard: [
      'AND b.fence = $3\n    AND b.lease_until > n.now + $4',
      "AND $3::int IS NOT NULL\n    AND n.now > n.now - interval '1 second' + 0 * $4",
    ],
  },
  {
    name: 'the claim does not ask whether its batch is paused',
    breaks: ['I4 paused'],
    guard: [
      'AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND (b.expires_at',
      'AND b.cancelled_at IS NULL AND (b.expires_at',
    ],
  },
  {
    name: 'the claim does not ask whether its batch is cancelled',
    breaks: ['I4 cancelled'],
    guard: [
      'AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND (b.expires_at',
      'AND b.paused_at IS NULL AND (b.expires_at',
    ],
  },
  {
    name: 'the claim does not ask for holds',
    breaks: ['I4 held'],
    guard: [
      '(h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL',
      'false AND (h.channel IS NULL',
    ],
  },
  {
    name: 'the claim does not ask whether the row is due',
    breaks: ['I4 early'],
    guard: ["d.state = 'scheduled' AND d.due_at <= batch.now", "d.state = 'scheduled'"],
  },
  {
    name: 'an outcome does not ask which try the row is in',
    breaks: ['I5 transition', 'I5 record', 'I2 twice', 'I7 final'],
    guard: ["AND d.try = o.try AND d.state = 'sending'", "AND d.state = 'sending'"],
  },
  {
    name: 'a late outcome does not ask which try the row is in',
    breaks: ['I5 transition', 'I5 record', 'I2 twice', 'I7 final'],
    guard: ['ELSE d.try = o.try AND (', 'ELSE ('],
  },
  {
    name: 'a report does not ask which try the row is in',
    breaks: ['I5 transition', 'I5 record', 'I2 twice', 'I7 final'],
    guard: ['AND (d.try = best.try\n', 'AND (true\n'],
  },
  {
    name: 'an outcome does not ask whom an earlier try is known to have told',
    breaks: ['I5 transition', 'I5 record'],
    guard: ["CASE WHEN d.try > 1 AND d.state <> 'sent' THEN", 'CASE WHEN false THEN'],
  },
  {
    name: 'a report of an earlier try moves no row that waits',
    breaks: ['I5 transition'],
    guard: ['OR d.try > best.try AND', 'OR false AND'],
  },
  {
    name: 'a lease that ran out leaves its rows to be sent again',
    breaks: ['I2 twice', 'I5 transition'],
    guard: ["END, 'unknown'),", "END, 'scheduled'),"],
  },
  {
    name: 'a batch is given back while its rows are sending',
    breaks: ['released'],
    guard: ['AND b.fence = $3 AND b.sending = 0', 'AND b.fence = $3'],
  },
  {
    name: 'a batch that somebody holds is leased to another',
    breaks: ['fence', 'released', 'I2 twice', 'I3 intent', 'I1 forgotten'],
    guard: ['b.open AND b.lease_until IS NULL\n  AND b.due_at <= n.now', 'b.open\n  AND b.due_at <= n.now'],
  },
  {
    name: 'what is dropped is not asked whether it may have been sent',
    breaks: ['I5 record'],
    guard: ['d.try > 0 AND (SELECT count(*) > 0 FROM attempts a', 'd.try < 0 AND (SELECT count(*) > 0 FROM attempts a'],
  },
  {
    name: 'policies resend without asking for the attempts left',
    breaks: ['attempts'],
    guard: ['batch.may_resend AND d.attempts + 1 < batch.max_attempts', 'batch.may_resend'],
  },
  {
    name: 'counts take what was delivered for sent',
    breaks: ['counts'],
    guard: [
      'sent = locked.sent + c.sent,\n      delivered = locked.delivered + c.delivered,',
      'sent = locked.sent + c.sent + c.delivered,\n      delivered = locked.delivered,',
    ],
  },
  {
    name: 'leases that ran out are not looked for',
    breaks: ['I1 forgotten', 'I5 transition'],
    guard: ['WHERE b.open AND b.enqueued_at IS NOT NULL AND b.lease_until < n.now\n  LIMIT', 'WHERE false\n  LIMIT'],
  },
  {
    name: 'wake-ups that were lost are not looked for',
    breaks: ['I1 forgotten'],
    guard: [
      'WHERE open AND enqueued_at IS NOT NULL AND lease_until IS NULL\n         AND due_at <',
      'WHERE false AND due_at <',
    ],
  },
  {
    name: 'a run is completed although policies have something left',
    // And what is completed hears of no pause and no cancel.
    breaks: ['I1 forgotten', 'I4 paused', 'I4 cancelled'],
    guard: [
      'settle_at IS NOT NULL)\n         AND NOT EXISTS',
      'settle_at IS NOT NULL AND false)\n         AND NOT EXISTS',
    ],
  },
  { name: 'the unique key is gone', breaks: ['I2 unique'], unindexed: '(run_id, dedupe_key' },
  { name: 'the intent is not committed first', breaks: ['I3 intent', 'I2 twice'], lack: 'intent' },
  { name: 'senders do not ask how long their lease lasts', breaks: ['I2 twice', 'I5 record'], lack: 'lease' },
  { name: 'an outcome that nobody knows is tried again', breaks: ['I2 twice', 'I5 record'], lack: 'unknown' },
  { name: 'all wake-ups of a batch have one id', breaks: ['I1 forgotten'], lack: 'generation' },
];

/** Takes the guard away wherever the text has it; `hits` tells whether it ever had. */
export function without(guard: Mutant['guard'], hits: { count: number }): Change {
  return (text) => {
    if (!guard?.[0] || !text.includes(guard[0])) return text;
    hits.count += 1;
    return text.replaceAll(guard[0], guard[1]);
  };
}
