/**
 * Whether a job says nearly the same to the same people about the same time as another, so that its sender is warned before
 * everybody is told twice.
 *
 * Asked only of jobs that speak to a crowd: everyone, an audience, or more than one person. A job for one person is a
 * transactional message (a receipt, a code), of which many alike are the rule. The channel is not asked: the same words by
 * e-mail and by WhatsApp are told twice too, and whoever means it says so.
 */
import { type Content, type Target, targetSchema } from '@carillon/contracts';
import { normalizeForSimilarity, similarityOfTrigrams, trigramsOf } from '@carillon/core';
import type { Queryable } from './pool.ts';

/** From when on jobs are alike. */
export interface SimilarityLimits {
  /** How far apart their moments may be. */
  readonly windowMs: number;
  /** The share of people they have in common, 0 to 1, where they name no audience in common. */
  readonly share: number;
  /** The similarity of their texts, 0 to 1. */
  readonly text: number;
}

/** A job that another one is like. */
export interface SimilarJob {
  readonly id: number;
  readonly name: string;
  readonly plannedAtMs: number;
  readonly similarity: number;
}

/** How many jobs around the moment are looked at, the latest first. */
const CANDIDATES_MAX = 200;
const SAMPLE_SIZE = 1_000;
/** Where a target has more people than a sample: at so many random places, so many neighbours each. */
const SAMPLE_PLACES = 100;
/** Of a long text the beginning tells enough, and trigrams of all of it would keep the process from its other work. */
const COMPARED_CHARACTERS = 10_000;

/**
 * Lets the announcements of one account be checked and inserted one after the other, to the end of the transaction; of two
 * that are alike and come at the same moment, the second then sees the first.
 */
export async function lockAnnouncements(client: Queryable, accountId: number): Promise<void> {
  await client.query({
    name: 'lock_announcements',
    text: `SELECT pg_advisory_xact_lock(hashtext('carillon.announcements'), $1)`,
    values: [accountId],
  });
}

/** What is compared of a content: its words, with the variables as they are written. */
function comparedText(content: Content): string {
  switch (content.type) {
    case 'text':
      return content.text.slice(0, COMPARED_CHARACTERS);
    case 'template':
      return `${content.name} ${content.parameters.join(' ')}`;
    case 'email': {
      const body = content.text ?? content.html?.replace(/<[^>]*>/g, ' ') ?? '';
      return `${content.subject}\n${body}`.slice(0, COMPARED_CHARACTERS);
    }
    case 'notice':
    case 'check':
    case 'report':
    case 'call':
    case 'payment':
    case 'script':
      return '';
  }
}

/**
 * The job of the account that this one is like, if any: of kind message and not cancelled, planned within the window, sharing
 * an audience or enough people, with a text that is equal or similar enough. Of several, the one whose text is most alike.
 * Call it after {@link lockAnnouncements}.
 */
export async function findSimilarJob(
  client: Queryable,
  job: { accountId: number; id?: number | undefined; target: Target; content: Content; plannedAtMs: number },
  limits: SimilarityLimits,
): Promise<SimilarJob | undefined> {
  const { rows } = await client.query<{
    id: number;
    name: string;
    audience: unknown;
    body: Content;
    planned_at_ms: number;
  }>({
    name: 'jobs_around',
    text: `SELECT j.id, j.name, j.audience - 'asked' AS audience, c.body, extract(epoch FROM j.planned_at)::float8 * 1000 AS planned_at_ms
           FROM (SELECT * FROM jobs
                 WHERE account_id = $1 AND is_announcement AND status <> 'cancelled' AND id IS DISTINCT FROM $4::bigint
                   AND planned_at BETWEEN to_timestamp(($2::float8 - $3::float8) / 1000) AND to_timestamp(($2::float8 + $3::float8) / 1000)
                 ORDER BY planned_at DESC LIMIT ${CANDIDATES_MAX}) j
           JOIN contents c ON c.account_id = j.account_id AND c.job_id = j.id AND c.version = j.content_version`,
    values: [job.accountId, job.plannedAtMs, limits.windowMs, job.id ?? null],
  });
  const text = comparedText(job.content);
  const normalized = normalizeForSimilarity(text);
  const trigrams = trigramsOf(text);
  const alike = rows
    .map((row) => {
      const other = comparedText(row.body);
      const isEqual = normalizeForSimilarity(other) === normalized;
      return { row, similarity: isEqual ? 1 : similarityOfTrigrams(trigrams, trigramsOf(other)) };
    })
    .filter(({ similarity }) => similarity === 1 || similarity >= limits.text)
    .sort((one, other) => other.similarity - one.similarity);
  let sample: readonly number[] | undefined;
  for (const { row, similarity } of alike) {
    const target = targetSchema.parse(row.audience);
    const found = { id: row.id, name: row.name, plannedAtMs: row.planned_at_ms, similarity };
    if (sharesAudience(job.target, target)) return found;
    sample ??= await samplePeople(client, job.accountId, job.target);
    if (await sharesPeople(client, job.accountId, sample, target, limits.share)) return found;
    // The other way round too: a part of the people who are told something and then all of them, in either order.
    const theirs = await samplePeople(client, job.accountId, target);
    if (await sharesPeople(client, job.accountId, theirs, job.target, limits.share)) return found;
  }
  return undefined;
}

function sharesAudience(one: Target, other: Target): boolean {
  if (one.everyone && other.everyone) return true;
  return one.audienceIds.some((id) => other.audienceIds.includes(id));
}

/** Whether enough of a sample belong to a target: by membership, or by an address that the target lists. */
async function sharesPeople(
  client: Queryable,
  accountId: number,
  sample: readonly number[],
  target: Target,
  share: number,
): Promise<boolean> {
  if (sample.length === 0) return false;
  const { rows } = await client.query<{ shared: number }>({
    name: 'count_shared_people',
    text: `WITH listed AS MATERIALIZED (
             SELECT whatsapp_key, email_key FROM recipients WHERE account_id = $1 AND id = ANY ($5::bigint[]) AND deleted_at IS NULL
           )
           SELECT count(*) AS shared FROM recipients r
           WHERE r.account_id = $1 AND r.id = ANY ($2::bigint[])
             AND ($3::boolean AND r.inline_job_id IS NULL
                  OR r.whatsapp_key IN (SELECT whatsapp_key FROM listed) OR r.email_key IN (SELECT email_key FROM listed)
                  OR EXISTS (SELECT 1 FROM audience_members m WHERE m.account_id = $1
                             AND m.audience_id = ANY ($4::bigint[]) AND m.recipient_id = r.id))
             AND r.id <> ALL ($6::bigint[])
             AND NOT EXISTS (SELECT 1 FROM audience_members m WHERE m.account_id = $1
                             AND m.audience_id = ANY ($7::bigint[]) AND m.recipient_id = r.id)`,
    values: [
      accountId,
      sample,
      target.everyone,
      target.audienceIds,
      target.recipientIds,
      target.excludedRecipientIds,
      target.excludedAudienceIds,
    ],
  });
  return (rows[0]?.shared ?? 0) >= sample.length * share;
}

/** Up to {@link SAMPLE_SIZE} people of a target: all where there are no more, else neighbours at random places of each list. */
async function samplePeople(client: Queryable, accountId: number, target: Target): Promise<readonly number[]> {
  const all = await candidates(client, accountId, target, { places: 1, neighbours: SAMPLE_SIZE + 1, isRandom: false });
  const wide =
    all.length > SAMPLE_SIZE
      ? await candidates(client, accountId, target, {
          places: SAMPLE_PLACES,
          neighbours: Math.ceil((2 * SAMPLE_SIZE) / SAMPLE_PLACES),
          isRandom: true,
        })
      : all;
  const { rows } = await client.query<{ id: number }>({
    name: 'sample_people',
    text: `SELECT r.id FROM recipients r
           WHERE r.account_id = $1 AND r.id = ANY ($2::bigint[]) AND r.deleted_at IS NULL AND r.id <> ALL ($3::bigint[])
             AND NOT EXISTS (SELECT 1 FROM audience_members m WHERE m.account_id = $1
                             AND m.audience_id = ANY ($4::bigint[]) AND m.recipient_id = r.id)
           ORDER BY md5(r.id::text) LIMIT ${SAMPLE_SIZE}`,
    values: [accountId, wide, target.excludedRecipientIds, target.excludedAudienceIds],
  });
  return rows.map(({ id }) => id);
}

/** Ids from each list of a target, read along its primary key. Chance only spares reading all of it; no truth rests on it. */
async function candidates(
  client: Queryable,
  accountId: number,
  target: Target,
  { places, neighbours, isRandom }: { places: number; neighbours: number; isRandom: boolean },
): Promise<number[]> {
  const from = (lowest: string, highest: string): string =>
    isRandom ? `${lowest} + floor(random() * (${highest} - ${lowest} + 1))::bigint` : '0';
  const { rows } = target.everyone
    ? await client.query<{ id: number }>(
        `WITH place AS MATERIALIZED (
           SELECT ${from('b.low', 'b.high')} AS id
           FROM (SELECT min(id) AS low, max(id) AS high FROM recipients WHERE account_id = $1) b, generate_series(1, $2::int))
         SELECT DISTINCT near.id FROM place CROSS JOIN LATERAL (
           SELECT r.id FROM recipients r
           WHERE r.account_id = $1 AND r.id >= place.id AND r.deleted_at IS NULL AND r.inline_job_id IS NULL
           ORDER BY r.id LIMIT $3) near`,
        [accountId, places, neighbours],
      )
    : await client.query<{ id: number }>(
        `WITH place AS MATERIALIZED (
           SELECT a.id AS audience_id, ${from('b.low', 'b.high')} AS id
           FROM unnest($4::bigint[]) AS a (id)
           CROSS JOIN LATERAL (SELECT min(m.recipient_id) AS low, max(m.recipient_id) AS high FROM audience_members m
                               WHERE m.account_id = $1 AND m.audience_id = a.id) b
           CROSS JOIN generate_series(1, $2::int))
         SELECT DISTINCT near.id FROM place CROSS JOIN LATERAL (
           SELECT m.recipient_id AS id FROM audience_members m
           WHERE m.account_id = $1 AND m.audience_id = place.audience_id AND m.recipient_id >= place.id
           ORDER BY m.recipient_id LIMIT $3) near`,
        [accountId, places, neighbours, target.audienceIds],
      );
  return [...new Set([...rows.map(({ id }) => id), ...target.recipientIds])];
}
