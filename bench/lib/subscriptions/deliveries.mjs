/**
 * What the database says of the reminders: whether each stands at the moment that another calendar has for it, how late they
 * were begun, and how long before them their addresses were known.
 */
import { OFFSETS } from './calendar.mjs';
import { numberOf, person } from './people.mjs';

const HOUR_MS = 3_600_000;
/** Rows read at once. */
const PAGE = 5_000;

/** The runs of a job with the place of their offset in OFFSETS. */
export async function placesOfRuns(pool, jobId) {
  const { rows } = await pool.query(
    'SELECT id, day, offset_days FROM runs WHERE job_id = $1 AND civil_day IS NOT NULL ORDER BY id',
    [jobId],
  );
  return new Map(rows.map(({ id, day, offset_days }) => [id, { day, place: OFFSETS.indexOf(offset_days) }]));
}

/**
 * Looks at all reminders, page by page.
 * @param wanted.week as in expectationOf
 * @returns in seconds how late they were begun, and in hours how long before its moment an address that was mailed was known
 */
export async function auditDeliveries(pool, { jobId, runs }, { firstDay, momentsOf, week, faults }) {
  const lateness = new Histogram(1_000);
  const ahead = new Histogram(HOUR_MS);
  for (const [runId, { day, place }] of runs) {
    for await (const row of deliveriesOf(pool, { jobId, runId, day })) {
      const wantedMs = momentsOf(person(numberOf(row.address), firstDay))[place];
      if (row.due_ms !== wantedMs) faults.add('planned for another moment', `${row.address} ${OFFSETS[place]} days`);
      if (row.sending_ms === null) continue;
      if (row.sending_ms < row.due_ms) faults.add('sent too early', row.address);
      lateness.add(row.sending_ms - row.due_ms);
      if (row.checked_ms === null) continue;
      ahead.add(row.sending_ms - row.checked_ms);
      // Whoever was to be reminded soon after the job began could not be asked about as early.
      const isFirst = row.due_ms < week.fromMs + week.aheadMs + week.slackMs;
      if (!isFirst && row.sending_ms - row.checked_ms < week.aheadMs - week.slackMs) {
        faults.add('checked too late', row.address);
      }
    }
  }
  return {
    latenessSeconds: { median: lateness.share(0.5), most: lateness.share(1) },
    knownAheadHours: { least: ahead.share(0), median: ahead.share(0.5) },
  };
}

async function* deliveriesOf(pool, { jobId, runId, day }) {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await pool.query(
      `SELECT d.dedupe_key, d.address, extract(epoch FROM d.sending_at)::float8 * 1000 AS sending_ms,
              extract(epoch FROM o.due_at)::float8 * 1000 AS due_ms, extract(epoch FROM v.checked_at)::float8 * 1000 AS checked_ms
       FROM (SELECT * FROM deliveries WHERE run_id = $1 AND day = $2 AND dedupe_key > $3 ORDER BY dedupe_key LIMIT ${PAGE}) d
       JOIN occasions o
         ON o.account_id = d.account_id AND o.job_id = $4 AND o.recipient_id = d.recipient_id AND o.run_id = d.run_id
       LEFT JOIN address_verdicts v ON v.address_key = d.address_key AND d.state = 'sent'
       ORDER BY d.dedupe_key`,
      [runId, day, after, jobId],
    );
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1).dedupe_key;
  }
}

/** Durations in whole units, without keeping each. */
class Histogram {
  #unitMs;
  #counts = new Map();
  #total = 0;

  constructor(unitMs) {
    this.#unitMs = unitMs;
  }

  add(ms) {
    const units = Math.floor(ms / this.#unitMs);
    this.#counts.set(units, (this.#counts.get(units) ?? 0) + 1);
    this.#total += 1;
  }

  /** The duration that this share of all does not exceed, in whole units; null without any. */
  share(share) {
    let seen = 0;
    for (const units of [...this.#counts.keys()].sort((a, b) => a - b)) {
      seen += this.#counts.get(units);
      if (seen >= share * this.#total) return units;
    }
    return null;
  }
}
