/**
 * Whom a step of a run may tell. Each kind of run has one source of people, so that leaving out duplicates, gates, moments
 * and batches stand in one place for all kinds.
 */
import type { Target } from '@carillon/contracts';
import { addressColumns } from './addresses.ts';
import { isIncomplete } from './gates.ts';
import { Parameters } from './parameters.ts';
import type { TargetedJob } from './plannable.ts';
import type { Queryable } from './pool.ts';
import { type Family, type KeyRange, missedSql, type ResendOptions } from './resend.ts';

const RANGES_MAX = 4_096;
const KEY_SPACE = 2 ** 32;

/** Cuts the whole space of keys into ranges of about `size` of `people`; at least one. Keys are hashes, so they lie evenly. */
export function cutKeys(people: number, size: number): readonly KeyRange[] {
  const ranges = Math.min(RANGES_MAX, Math.max(1, Math.ceil(people / size)));
  const bound = (number: number): string => {
    const hex = Math.floor((number / ranges) * KEY_SPACE)
      .toString(16)
      .padStart(8, '0');
    return `${hex}-0000-0000-0000-000000000000`;
  };
  return Array.from({ length: ranges }, (_, number) => ({
    lowerKey: bound(number),
    upperKey: number + 1 === ranges ? null : bound(number + 1),
  }));
}

/** What counts as the same addressee as recipient `r`: the address, or the recipient alone. */
export function dedupeKeySql(job: TargetedJob): string {
  return job.policy.dedupeBy === 'recipient'
    ? `md5('recipient:' || r.account_id || ':' || r.id)::uuid`
    : `r.${addressColumns(job.channel).key}`;
}

/** Parts of statements about one range; each adds its values to the statement that it becomes a part of. */
export interface PeopleSource {
  /**
   * Everybody, duplicates included: a select of `id`, `key` (what counts as the same addressee), `address`, `address_key`,
   * `zone`, and `incomplete` (lacks one of the wanted variables). All of one `key` must be in the same range.
   */
  people(parameters: Parameters): string;
  /** A select of every `zone` that they may have, each once, null among them. */
  zones(parameters: Parameters): string;
  /** A condition on suppressions `s` that keeps at least those of the addresses; it spares reading all others. */
  suppressions(parameters: Parameters): string;
}

/** A further condition on recipients `r`. */
export type PeopleCondition = (parameters: Parameters) => string;

const everybody: PeopleCondition = () => 'true';

/** The people of a job's target, as recipients and audiences are now. */
export function fromTarget(
  job: TargetedJob,
  range: KeyRange,
  variables: readonly string[],
  only: PeopleCondition = everybody,
): PeopleSource {
  const columns = addressColumns(job.channel);
  const within = (parameters: Parameters, column: string): string => {
    const upper = range.upperKey === null ? '' : ` AND ${column} < ${parameters.add(range.upperKey)}::uuid`;
    return `${column} >= ${parameters.add(range.lowerKey)}::uuid${upper}`;
  };
  const ranged = (parameters: Parameters) =>
    `r.account_id = ${parameters.add(job.accountId)} AND ${within(parameters, `r.${columns.key}`)}`;
  const key = dedupeKeySql(job);
  return {
    people: (parameters) =>
      `SELECT r.id, ${key} AS key, r.${columns.address} AS address, r.${columns.key} AS address_key, r.zone,
              ${isIncomplete(parameters, variables)} AS incomplete
       FROM recipients r
       WHERE ${ranged(parameters)} AND ${isOfTarget(parameters, job.target)} AND ${only(parameters)}`,
    zones: (parameters) => `SELECT DISTINCT r.zone FROM recipients r WHERE ${ranged(parameters)}`,
    suppressions: (parameters) => within(parameters, 's.address_key'),
  };
}

/**
 * The people of a resend: whom its family has certainly not told. They keep the address that they were planned with; whoever
 * was deleted since is left out.
 */
export function fromFamily(
  job: TargetedJob,
  resend: { readonly family: Family; readonly options: ResendOptions },
  range: KeyRange,
  variables: readonly string[],
): PeopleSource {
  const { accountId } = job;
  const people = (parameters: Parameters): string =>
    `SELECT r.id, m.key, m.address, coalesce(m.address_key, m.key) AS address_key, r.zone,
            ${isIncomplete(parameters, variables)} AS incomplete
     FROM (${missedSql(parameters, { accountId, ...resend, range })}) m
     JOIN recipients r ON r.account_id = ${parameters.add(accountId)} AND r.id = m.recipient_id AND r.deleted_at IS NULL`;
  return {
    people,
    zones: (parameters) => `SELECT DISTINCT zone FROM (${people(parameters)}) p`,
    // Keys of recipients are in no order of addresses, so no range of keys bounds the suppressions.
    suppressions: () => 'true',
  };
}

/** How many people a target has, for cutting it into steps, and how many of them cannot be reached by its channel. */
export async function measureTarget(
  client: Queryable,
  job: TargetedJob,
  only: PeopleCondition = everybody,
): Promise<{ readonly people: number; readonly unreachable: number }> {
  const columns = addressColumns(job.channel);
  const { accountId, target } = job;
  // An upper bound: members may be counted twice, and whoever one job named by address counts among everyone.
  const estimated = target.everyone
    ? await client.query<{ people: number }>(
        `SELECT count(*) AS people FROM recipients WHERE account_id = $1 AND ${columns.key} IS NOT NULL`,
        [accountId],
      )
    : await client.query<{ people: number }>(
        'SELECT count(*) AS people FROM audience_members WHERE account_id = $1 AND audience_id = ANY ($2::bigint[])',
        [accountId, target.audienceIds],
      );
  const parameters = new Parameters();
  const missing = await client.query<{ people: number }>(
    `SELECT count(*) AS people FROM recipients r
     WHERE r.account_id = ${parameters.add(accountId)} AND r.${columns.key} IS NULL AND ${isOfTarget(parameters, target)}
       AND ${only(parameters)}`,
    parameters.values,
  );
  return {
    people: (estimated.rows[0]?.people ?? 0) + target.recipientIds.length,
    unreachable: missing.rows[0]?.people ?? 0,
  };
}

/**
 * The condition that recipient `r` belongs to a target. Whom a job named by address alone belongs only to a target that
 * lists them by id.
 */
export function isOfTarget(parameters: Parameters, target: Target): string {
  const memberOf = (audienceIds: readonly number[]): string =>
    `EXISTS (SELECT 1 FROM audience_members m WHERE m.account_id = r.account_id
       AND m.audience_id = ANY (${parameters.add(audienceIds)}::bigint[]) AND m.recipient_id = r.id)`;
  const listed = (recipientIds: readonly number[]): string => `r.id = ANY (${parameters.add(recipientIds)}::bigint[])`;

  const included: string[] = [];
  if (target.everyone) included.push('r.inline_job_id IS NULL');
  else if (target.audienceIds.length > 0) included.push(memberOf(target.audienceIds));
  if (target.recipientIds.length > 0) included.push(listed(target.recipientIds));
  if (included.length === 0) included.push('false');

  const conditions = ['r.deleted_at IS NULL', `(${included.join(' OR ')})`];
  if (target.excludedAudienceIds.length > 0) conditions.push(`NOT ${memberOf(target.excludedAudienceIds)}`);
  if (target.excludedRecipientIds.length > 0) conditions.push(`NOT ${listed(target.excludedRecipientIds)}`);
  return conditions.join('\n    AND ');
}
