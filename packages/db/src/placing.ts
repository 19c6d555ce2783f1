/**
 * The common end of every way to plan people: the gates that they are asked, their moments, and the batches and rows that become of
 * them. Parts of a statement; what comes before says who the people are, what comes after counts them.
 */
import { BATCH_SIZE_MAX } from '@carillon/contracts';
import { SKIP_CODES } from './gates.ts';
import { Parameters } from './parameters.ts';
import { type PlannableJob, type TargetedJob, verificationOf } from './plannable.ts';
import type { Queryable } from './pool.ts';
import { partitionName } from './statements.ts';

/** The moment of one zone. */
export interface ZoneMoment {
  readonly zone: string;
  readonly dueAtMs: number;
  /** The wall time does not exist there, and whoever is there is left out. */
  readonly inGap: boolean;
  /** After this nothing is sent any more, whatever the policy says; null is without end. */
  readonly untilMs: number | null;
}

/** One moment for everybody, or one for each zone; whose zone has none is left out. */
export type PlacedMoments =
  | { readonly dueAtMs: number }
  | { readonly byZone: readonly ZoneMoment[]; readonly missingZone: string };

/** The length of a verdict's last chance: an address that is not judged by then is decided about before its message expires. */
const DECISION = `interval '1 minute'`;

/**
 * A select over the people `chosen` (`id`, `key`, `address`, `address_key`, `zone`, `incomplete`) of `key`, `id`, `address`,
 * `address_key`, `due_at`, `expires_at`, and the `code` of the first gate that keeps a message from them.
 * @param plan.suppressions a condition on suppressions `s` that keeps at least those of the people; undefined when nobody is
 */
export function timedSql(
  parameters: Parameters,
  plan: {
    readonly job: TargetedJob;
    readonly suppressions: ((parameters: Parameters) => string) | undefined;
    readonly moments: PlacedMoments;
  },
): string {
  const { job, suppressions, moments } = plan;
  const joins: string[] = [];
  const reasons: string[] = [];
  if (suppressions) {
    joins.push(
      `LEFT JOIN suppressions s ON s.account_id = ${parameters.add(job.accountId)} AND s.channel = ${parameters.add(job.channel)}
         AND s.address_key = c.address_key AND ${suppressions(parameters)}`,
    );
    reasons.push(`WHEN s.address_key IS NOT NULL THEN '${SKIP_CODES.suppressed}'`);
  }
  reasons.push(`WHEN c.incomplete THEN '${SKIP_CODES.missingVariable}'`);
  const afterwards = `${parameters.add(job.policy.expireAfterMs)}::float8 * interval '1 millisecond'`;
  let dueAt: string;
  let expiresAt: string;
  if ('byZone' in moments) {
    const { byZone } = moments;
    const [names, dueAts, inGap, untils] = [
      parameters.add(byZone.map(({ zone }) => zone)),
      parameters.add(byZone.map(({ dueAtMs }) => new Date(dueAtMs))),
      parameters.add(byZone.map((moment) => moment.inGap)),
      parameters.add(byZone.map(({ untilMs }) => (untilMs === null ? null : new Date(untilMs)))),
    ];
    joins.push(
      `JOIN unnest(${names}::text[], ${dueAts}::timestamptz[], ${inGap}::boolean[], ${untils}::timestamptz[])
         AS m (zone, due_at, in_gap, until) ON m.zone = coalesce(c.zone, ${parameters.add(moments.missingZone)})`,
    );
    reasons.push(`WHEN m.in_gap THEN '${SKIP_CODES.wallTimeInGap}'`);
    dueAt = 'm.due_at';
    expiresAt = `least(m.due_at + ${afterwards}, m.until)`;
  } else {
    dueAt = `${parameters.add(new Date(moments.dueAtMs))}::timestamptz`;
    expiresAt = `${dueAt} + ${afterwards}`;
  }
  return `SELECT c.key, c.id, c.address, c.address_key, ${dueAt} AS due_at, ${expiresAt} AS expires_at,
                 CASE ${reasons.join(' ')} END AS code
          FROM chosen c ${joins.join('\n')}`;
}

/** What is placed, and in which run. */
export interface Placing {
  readonly job: PlannableJob;
  readonly run: { readonly id: number; readonly day: string; readonly pausedAt: Date | null };
  /** Whether each claim asks if the recipient's date is still the one that was planned for. */
  readonly dated: boolean;
  /** Joined to `timed`, to place only some of it. */
  readonly only?: string;
}

/**
 * CTEs that make batches and deliveries of the rows of a CTE `timed`, cut by moment and end; of these `placed` has a row for each
 * delivery, with its `code`.
 */
export function placingSql(parameters: Parameters, { job, run, dated, only }: Placing): string {
  const parameter = (value: unknown) => parameters.add(value);
  const { policy } = job;
  const account = parameter(job.accountId);
  const runId = `${parameter(run.id)}::bigint`;
  const day = `${parameter(run.day)}::date`;
  const verify = verificationOf(job);
  const verifyUntil = verifyUntilSql('cut.due_at', 'cut.expires_at', `${parameter(verify?.waitMs ?? null)}::float8`);
  return `placed AS MATERIALIZED (
       SELECT *, row_number() OVER (PARTITION BY due_at, expires_at, skipped ORDER BY key) - 1 AS place
       FROM (SELECT timed.*, timed.code IS NOT NULL AS skipped FROM timed ${only ?? ''}) t
     ), cut AS MATERIALIZED (
       SELECT nextval(pg_get_serial_sequence('batches', 'id')) AS batch_id, g.*
       FROM (SELECT due_at, expires_at, skipped, place / ${BATCH_SIZE_MAX} AS part, count(*)::int AS size
             FROM placed GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4) g
     ), made AS (
       INSERT INTO batches (account_id, id, run_id, job_id, day, channel, provider_account_id, size, scheduled, skipped,
                            due_at, expires_at, max_attempts, unknown_action, unknown_after_seconds, paused_at, dated,
                            verify_until, verify_risky, verify_unknown)
       SELECT ${account}, cut.batch_id, ${runId}, ${parameter(job.jobId)}::bigint, ${day}, ${parameter(job.channel)},
              ${parameter(job.providerAccountId)}::int, cut.size,
              CASE WHEN cut.skipped THEN 0 ELSE cut.size END, CASE WHEN cut.skipped THEN cut.size ELSE 0 END,
              cut.due_at, cut.expires_at, ${parameter(policy.attempts)}::smallint, ${parameter(policy.unknown.action)},
              ${parameter(policy.unknown.afterSeconds)}::int, ${parameter(run.pausedAt)}::timestamptz, ${dated},
              ${verifyUntil}, ${parameter(verify?.risky ?? null)}::text, ${parameter(verify?.unknown ?? null)}::text
       FROM cut, (SELECT carillon_now() AS now OFFSET 0) n
     ), planned AS (
       INSERT INTO ${partitionName('deliveries', run.day)}
         (batch_id, run_id, recipient_id, due_at, dedupe_key, account_id, day, content_version, number, address, address_key,
          state, code)
       SELECT cut.batch_id, ${runId}, p.id, p.due_at, p.key, ${account}, ${day}, ${parameter(job.contentVersion)}::int,
              p.place % ${BATCH_SIZE_MAX} + 1, p.address,
              ${policy.dedupeBy === 'recipient' ? 'p.address_key' : 'NULL::uuid'},
              CASE WHEN p.skipped THEN 'skipped' ELSE 'scheduled' END::delivery_state, p.code
       FROM placed p
       JOIN cut ON cut.due_at = p.due_at AND cut.expires_at IS NOT DISTINCT FROM p.expires_at AND cut.skipped = p.skipped
         AND cut.part = p.place / ${BATCH_SIZE_MAX}
       ORDER BY p.due_at, p.key
     )`;
}

/**
 * Until when a claim waits for a verdict; NULL when `waitMs` is. What was planned after its moment waits as long from then on, and
 * nothing waits until it has expired: the policy decides before. Expects `n.now`.
 */
export function verifyUntilSql(dueAt: string, expiresAt: string, waitMs: string): string {
  return `CASE WHEN ${waitMs} IS NOT NULL THEN
            greatest(${dueAt}, least(greatest(${dueAt}, n.now) + ${waitMs} * interval '1 millisecond', ${expiresAt} - ${DECISION})) END`;
}

/** Whether anybody may be suppressed; mostly nobody is, and then it is not asked of each. */
export async function hasSuppressions(
  client: Queryable,
  job: TargetedJob,
  suppressions: (parameters: Parameters) => string,
): Promise<boolean> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ any: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM suppressions s
       WHERE s.account_id = ${parameters.add(job.accountId)} AND s.channel = ${parameters.add(job.channel)}
         AND ${suppressions(parameters)}) AS any`,
    parameters.values,
  );
  return rows[0]?.any ?? false;
}
