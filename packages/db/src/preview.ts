/**
 * What a job would come to, without writing anything: the same people, duplicates, gates and moments as in an expansion,
 * counted range by range, so that memory stays flat however many there are.
 */
import { type Content, isSchedule } from '@carillon/contracts';
import { nextOccurrences } from '@carillon/core';
import { addressColumns } from './addresses.ts';
import { readDatabaseTime } from './clock.ts';
import { INLINE_MARK, isIncomplete, lacksVariable, requiredVariables } from './gates.ts';
import { type MomentRule, momentIn, momentRuleOf } from './moments.ts';
import { Parameters } from './parameters.ts';
import { cutKeys, fromTarget, measureTarget, type PeopleCondition, type PeopleSource } from './people.ts';
import { readPlanContext, type TargetedJob, verificationOf } from './plannable.ts';
import type { Queryable } from './pool.ts';

/** People per statement. */
const RANGE_SIZE = 20_000;
export const SAMPLES = 3;
const MISSING_SHOWN = 10;
/** How many variables are counted one by one; a content with more still has all its incomplete people counted. */
const MISSING_COUNTED = 100;

/** One person to show a rendered message for. */
export interface PreviewSample {
  readonly recipientId: number;
  /** Null for somebody named by address alone. */
  readonly externalId: string | null;
  readonly name: string | null;
  /** Normalized, in the clear. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly zone: string | null;
  readonly dueAtMs: number;
}

/** What would come of a target now. `people = unreachable + duplicates + suppressed + incomplete + inGap + deliveries`. */
export interface TargetPreview {
  readonly people: number;
  /** Without an address of the channel. */
  readonly unreachable: number;
  /** Left out, by reason. */
  readonly duplicates: { readonly sameAddress: number };
  readonly suppressed: number;
  /** Without a value for a variable that has no default. */
  readonly incomplete: number;
  /** The variables that most of them lack, at most ten, by how many lack it. */
  readonly missing: readonly { readonly name: string; readonly people: number }[];
  /** In zones that skip the wall time, where the trigger says to leave it out. */
  readonly inGap: number;
  /** Messages that would be sent. */
  readonly deliveries: number;
  /** Of these, how many have an address of which nothing is known to the account, as far as e-mail is concerned. */
  readonly toCheck: number;
  /** Distinct zones of those. */
  readonly zones: number;
  /** Moments of the first and the last of those; null without any. */
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
  /** At most three of those, of different zones where that is easily had. */
  readonly samples: readonly PreviewSample[];
}

/**
 * Counts what a job would come to. Reads only; takes about two seconds for a million people.
 * @param wanted.only of the target only these people
 * @throws Error when the account is gone, or no recipient is reached by the channel
 */
export async function previewTarget(
  client: Queryable,
  wanted: { readonly job: TargetedJob; readonly content: Content | null; readonly only?: PeopleCondition },
): Promise<TargetPreview> {
  const { job, content, only } = wanted;
  const context = await readPlanContext(client, job.accountId, content);
  const rule = momentRuleOf(job, context, await dueMsOf(client, job));
  const variables = requiredVariables(content);
  const { people, unreachable } = await measureTarget(client, job, only);
  const total = new Totals(variables);
  for (const range of cutKeys(people, RANGE_SIZE)) {
    const source = fromTarget(job, range, variables, only);
    total.add(await countRange(client, { job, source, rule, variables }, total.samples.length < SAMPLES));
  }
  return { ...total.result(rule, unreachable), samples: await readSamples(client, job, rule, total.samples) };
}

async function dueMsOf(client: Queryable, { trigger }: TargetedJob): Promise<number> {
  if (trigger.type === 'at') return trigger.instantMs;
  const nowMs = await readDatabaseTime(client);
  return (isSchedule(trigger) ? nextOccurrences(trigger, nowMs, 1)[0] : undefined) ?? nowMs;
}

/** The counts of one range, by zone. */
interface RangeCounts {
  readonly matched: number;
  readonly zones: readonly {
    readonly zone: string;
    readonly addresses: number;
    readonly suppressed: number;
    readonly incomplete: number;
    readonly unchecked: number;
  }[];
  /** By the variables' order. */
  readonly missing: readonly number[];
  /** Ids: the lowest of each zone, then the lowest of all. */
  readonly candidates: readonly number[];
}

async function countRange(
  client: Queryable,
  asked: { job: TargetedJob; source: PeopleSource; rule: MomentRule; variables: readonly string[] },
  withSamples: boolean,
): Promise<RangeCounts> {
  const { job, source, rule, variables } = asked;
  const parameters = new Parameters();
  const account = parameters.add(job.accountId);
  const missing =
    variables.length === 0
      ? `'{}'::int[]`
      : `(SELECT ARRAY[${variables
          .slice(0, MISSING_COUNTED)
          .map((name) => `count(*) FILTER (WHERE ${lacksVariable(parameters, name)})`)
          .join(', ')}]::int[]
          FROM gated g JOIN recipients r ON r.account_id = ${account} AND r.id = g.id WHERE g.incomplete AND NOT g.suppressed)`;
  const candidates = withSamples
    ? `ARRAY(SELECT id FROM (SELECT DISTINCT ON (zone) id, address_key FROM free ORDER BY zone, address_key, id) f
             ORDER BY address_key, id LIMIT ${SAMPLES})
       || ARRAY(SELECT id FROM free ORDER BY address_key, id LIMIT ${SAMPLES})`
    : `'{}'::bigint[]`;
  const { rows } = await client.query<{
    matched: number;
    missing: number[];
    candidates: string[];
    zones: RangeCounts['zones'] | null;
  }>(
    `WITH matched AS MATERIALIZED (
       ${source.people(parameters)}
     ), chosen AS (
       SELECT DISTINCT ON (key) * FROM matched ORDER BY key, id
     ), gated AS MATERIALIZED (
       SELECT c.id, c.address_key, coalesce(c.zone, ${parameters.add(rule.missingZone)}) AS zone, c.incomplete,
              s.address_key IS NOT NULL AS suppressed
       FROM chosen c LEFT JOIN suppressions s ON s.account_id = ${account} AND s.channel = ${parameters.add(job.channel)}
         AND s.address_key = c.address_key AND ${source.suppressions(parameters)}
     ), free AS (
       SELECT id, address_key, zone FROM gated WHERE NOT suppressed AND NOT incomplete
     ), unchecked AS (
       SELECT zone, count(DISTINCT f.address_key) AS addresses FROM free f, (SELECT carillon_now() AS now) n
       WHERE ${isUnchecked(parameters, job)}
       GROUP BY zone
     ), counts AS (
       SELECT zone, coalesce((SELECT u.addresses FROM unchecked u WHERE u.zone = gated.zone), 0) AS unchecked, count(*) AS addresses, count(*) FILTER (WHERE suppressed) AS suppressed,
              count(*) FILTER (WHERE incomplete AND NOT suppressed) AS incomplete
       FROM gated GROUP BY zone
     )
     SELECT (SELECT count(*) FROM matched) AS matched, ${missing} AS missing, ${candidates} AS candidates,
            (SELECT json_agg(counts) FROM counts) AS zones`,
    parameters.values,
  );
  const row = rows[0] as (typeof rows)[number];
  return {
    matched: row.matched,
    missing: row.missing,
    candidates: row.candidates.map(Number),
    zones: row.zones ?? [],
  };
}

/** The condition that nothing is known to the account of the address of `f` at `n.now`; never, where the job checks none. */
function isUnchecked(parameters: Parameters, job: TargetedJob): string {
  if (verificationOf(job) === undefined) return 'false';
  const account = parameters.add(job.accountId);
  return `NOT EXISTS (SELECT 1 FROM account_verdicts a WHERE a.account_id = ${account} AND a.address_key = f.address_key
                      AND a.verdict <> 'unknown' AND (a.valid_until IS NULL OR a.valid_until > n.now))
    AND NOT EXISTS (SELECT 1 FROM check_charges c WHERE c.account_id = ${account} AND c.address_key = f.address_key
                    AND (c.charged_micros IS NULL OR c.valid_until > n.now))`;
}

/** The sum over all ranges. */
class Totals {
  readonly samples: number[] = [];
  readonly #variables: readonly string[];
  readonly #missing: number[];
  readonly #free = new Map<string, number>();
  readonly #unchecked = new Map<string, number>();
  #matched = 0;
  #addresses = 0;
  #suppressed = 0;
  #incomplete = 0;

  constructor(variables: readonly string[]) {
    this.#variables = variables.slice(0, MISSING_COUNTED);
    this.#missing = this.#variables.map(() => 0);
  }

  add(range: RangeCounts): void {
    this.#matched += range.matched;
    for (const { zone, addresses, suppressed, incomplete, unchecked } of range.zones) {
      if (unchecked > 0) this.#unchecked.set(zone, (this.#unchecked.get(zone) ?? 0) + unchecked);
      this.#addresses += addresses;
      this.#suppressed += suppressed;
      this.#incomplete += incomplete;
      const free = addresses - suppressed - incomplete;
      if (free > 0) this.#free.set(zone, (this.#free.get(zone) ?? 0) + free);
    }
    for (const [index, people] of range.missing.entries()) this.#missing[index] = (this.#missing[index] ?? 0) + people;
    for (const id of range.candidates) {
      if (this.samples.length < SAMPLES && !this.samples.includes(id)) this.samples.push(id);
    }
  }

  result(rule: MomentRule, unreachable: number): Omit<TargetPreview, 'samples'> {
    let [deliveries, inGap, zones, toCheck] = [0, 0, 0, 0];
    let [earliestMs, latestMs]: [number | null, number | null] = [null, null];
    for (const [zone, people] of this.#free) {
      const moment = momentIn(rule, zone);
      if (moment.inGap) {
        inGap += people;
        continue;
      }
      deliveries += people;
      toCheck += this.#unchecked.get(zone) ?? 0;
      zones += 1;
      earliestMs = Math.min(earliestMs ?? moment.dueAtMs, moment.dueAtMs);
      latestMs = Math.max(latestMs ?? moment.dueAtMs, moment.dueAtMs);
    }
    const missing = this.#variables
      .map((name, index) => ({ name, people: this.#missing[index] as number }))
      .filter((one) => one.people > 0)
      .sort((a, b) => b.people - a.people)
      .slice(0, MISSING_SHOWN);
    return {
      people: this.#matched + unreachable,
      unreachable,
      duplicates: { sameAddress: this.#matched - this.#addresses },
      suppressed: this.#suppressed,
      incomplete: this.#incomplete,
      missing,
      inGap,
      deliveries,
      toCheck,
      zones,
      earliestMs,
      latestMs,
    };
  }
}

async function readSamples(
  client: Queryable,
  job: TargetedJob,
  rule: MomentRule,
  ids: readonly number[],
): Promise<PreviewSample[]> {
  const people = await readPeople(client, job, ids);
  return people.map((person) => ({ ...person, dueAtMs: momentIn(rule, person.zone ?? rule.missingZone).dueAtMs }));
}

/** Of people with their moments those whom neither a suppression nor a missing variable keeps a message from, in their order. */
export async function readFreeSamples(
  client: Queryable,
  job: TargetedJob,
  content: Content | null,
  people: readonly { readonly recipientId: number; readonly dueAtMs: number }[],
): Promise<PreviewSample[]> {
  // The earliest moment of whoever has several.
  const dueAt = new Map([...people].reverse().map(({ recipientId, dueAtMs }) => [recipientId, dueAtMs]));
  const free = await readPeople(
    client,
    job,
    people.map(({ recipientId }) => recipientId),
    (parameters) => {
      const key = addressColumns(job.channel).key;
      return `r.${key} IS NOT NULL AND NOT ${isIncomplete(parameters, requiredVariables(content))}
        AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.account_id = r.account_id
                        AND s.channel = ${parameters.add(job.channel)} AND s.address_key = r.${key})`;
    },
  );
  return free.map((person) => ({ ...person, dueAtMs: dueAt.get(person.recipientId) as number }));
}

async function readPeople(
  client: Queryable,
  job: TargetedJob,
  ids: readonly number[],
  only: PeopleCondition = () => 'true',
): Promise<Omit<PreviewSample, 'dueAtMs'>[]> {
  if (ids.length === 0) return [];
  const parameters = new Parameters();
  const wanted = `${parameters.add(ids)}::bigint[]`;
  const { rows } = await client.query<Omit<PreviewSample, 'recipientId' | 'externalId' | 'dueAtMs'> & RowIds>(
    `SELECT r.id, r.external_id, r.name, r.${addressColumns(job.channel).address} AS address, r.attributes, r.zone
     FROM recipients r WHERE r.account_id = ${parameters.add(job.accountId)} AND r.id = ANY (${wanted}) AND ${only(parameters)}
     ORDER BY array_position(${wanted}, r.id)`,
    parameters.values,
  );
  return rows.map(({ id, external_id, ...row }) => ({
    recipientId: id,
    externalId: external_id.startsWith(INLINE_MARK) ? null : external_id,
    ...row,
  }));
}

interface RowIds {
  readonly id: number;
  readonly external_id: string;
}
