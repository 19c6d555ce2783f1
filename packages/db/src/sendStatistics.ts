/**
 * What senders did, second by second: a small row per sender, channel and some seconds, from which throughput and lateness
 * of the last minutes are told without touching deliveries. Best effort: a sender that dies takes its last seconds with it.
 */
import { CHANNEL_NAMES, type ChannelName } from '@carillon/contracts';
import type { Queryable } from './pool.ts';

/**
 * Upper bounds of the classes of lateness (due to accepted), ms; one class more holds what is later than all. They stand in
 * the stored rows by position: add none between, or the rows of the last day are misread.
 */
export const LATENESS_BOUNDS_MS: readonly number[] = [
  10, 25, 50, 75, 100, 150, 200, 250, 350, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 10_000, 30_000, 60_000,
  300_000, 3_600_000,
];

/** What one sender did in one channel since it last said. */
export interface SendStatistics {
  readonly channel: ChannelName;
  /** Unique among the senders that live at the same time. */
  readonly owner: string;
  readonly accepted: number;
  /** Refused for good, or out of attempts. */
  readonly failed: number;
  readonly unknown: number;
  /** Tries that will be made again. */
  readonly retried: number;
  /** Of the accepted, how many fell into each class of {@link LATENESS_BOUNDS_MS}, and one class more. */
  readonly lateness: readonly number[];
}

/**
 * Adds them to the row of the moment.
 * @param intervalMs moments are multiples of it, so that those of several senders meet
 */
export async function writeSendStatistics(
  db: Queryable,
  statistics: readonly SendStatistics[],
  intervalMs: number,
): Promise<void> {
  for (const { channel, owner, accepted, failed, unknown, retried, lateness } of statistics) {
    await db.query({
      name: 'write_send_statistics',
      text: `INSERT INTO send_statistics AS s (channel, at, owner, accepted, failed, unknown, retried, lateness)
             SELECT $1, to_timestamp(floor(extract(epoch FROM carillon_now()) * 1000 / $8::float8) * $8::float8 / 1000),
                    $2, $3, $4, $5, $6, $7::int[]
             ON CONFLICT (channel, at, owner) DO UPDATE
             SET accepted = s.accepted + excluded.accepted, failed = s.failed + excluded.failed,
                 unknown = s.unknown + excluded.unknown, retried = s.retried + excluded.retried,
                 lateness = ARRAY(SELECT coalesce(x.a, 0) + coalesce(x.b, 0)
                                  FROM unnest(s.lateness, excluded.lateness) WITH ORDINALITY AS x (a, b, n) ORDER BY x.n)`,
      values: [channel, owner, accepted, failed, unknown, retried, lateness, intervalMs],
    });
  }
}

/** What all senders of a channel did around one moment. */
export interface SendMoment {
  /** Epoch ms; the moment stands for the `stepSeconds` after it. */
  readonly atMs: number;
  readonly accepted: number;
  readonly failed: number;
  readonly unknown: number;
  readonly retried: number;
  /** Accepted messages a second. */
  readonly perSecond: number;
  /** Due to accepted, interpolated within its class; null when nothing was accepted. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** One channel's last minutes. */
export interface SendSeries {
  readonly channel: ChannelName;
  readonly stepSeconds: number;
  /** In order of time, without gaps: a moment in which nothing was sent has zeros. */
  readonly moments: readonly SendMoment[];
  /** All of them together. */
  readonly total: Omit<SendMoment, 'atMs'>;
}

interface StatisticsRow {
  channel: ChannelName;
  step: number;
  accepted: number;
  failed: number;
  unknown: number;
  retried: number;
  lateness: number[];
}

/**
 * What was sent in the last minutes, by channel; a channel that sent nothing then is left out.
 * @param window.stepSeconds how much time a moment of the series stands for; default 10
 */
export async function readSendStatistics(
  db: Queryable,
  window: { readonly minutes: number; readonly stepSeconds?: number },
): Promise<SendSeries[]> {
  const stepSeconds = window.stepSeconds ?? 10;
  const steps = Math.ceil((window.minutes * 60) / stepSeconds);
  const { rows: clock } = await db.query<{ step: number }>(
    'SELECT floor(extract(epoch FROM carillon_now()) / $1)::float8 AS step',
    [stepSeconds],
  );
  const last = clock[0]?.step ?? 0;
  const first = last - steps + 1;
  const { rows } = await db.query<StatisticsRow>(
    `SELECT channel, floor(extract(epoch FROM at) / $1)::float8 AS step, accepted, failed, unknown, retried, lateness
     FROM send_statistics WHERE channel = ANY($3::text[]) AND at >= to_timestamp($2::float8 * $1::float8)`,
    [stepSeconds, first, CHANNEL_NAMES],
  );
  const byChannel = new Map<ChannelName, StatisticsRow[][]>();
  for (const channel of CHANNEL_NAMES) {
    const own = rows.filter((row) => row.channel === channel && row.step <= last);
    if (own.length === 0) continue;
    const moments = Array.from({ length: steps }, (): StatisticsRow[] => []);
    for (const row of own) moments[row.step - first]?.push(row);
    byChannel.set(channel, moments);
  }
  return [...byChannel].map(([channel, moments]) => ({
    channel,
    stepSeconds,
    moments: moments.map((known, index) => ({
      atMs: (first + index) * stepSeconds * 1_000,
      ...summed(known, stepSeconds),
    })),
    total: summed(moments.flat(), steps * stepSeconds),
  }));
}

function summed(rows: readonly StatisticsRow[], seconds: number): Omit<SendMoment, 'atMs'> {
  const sum = (field: 'accepted' | 'failed' | 'unknown' | 'retried'): number =>
    rows.reduce((all, row) => all + row[field], 0);
  const lateness = Array.from({ length: LATENESS_BOUNDS_MS.length + 1 }, (_, index) =>
    rows.reduce((all, row) => all + (row.lateness[index] ?? 0), 0),
  );
  const accepted = sum('accepted');
  return {
    accepted,
    failed: sum('failed'),
    unknown: sum('unknown'),
    retried: sum('retried'),
    perSecond: accepted / seconds,
    p50Ms: latenessQuantile(lateness, 0.5),
    p99Ms: latenessQuantile(lateness, 0.99),
  };
}

/**
 * A quantile of lateness, in ms, with the values of a class taken as spread evenly over it.
 * @param counts by class of {@link LATENESS_BOUNDS_MS}; what is later than all bounds counts as the last bound
 * @returns null when there is nothing
 */
export function latenessQuantile(counts: readonly number[], quantile: number): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let left = all * quantile;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && left <= count) {
      const from = LATENESS_BOUNDS_MS[index - 1] ?? 0;
      const to = LATENESS_BOUNDS_MS[index] ?? from;
      return from + ((to - from) * left) / count;
    }
    left -= count;
  }
  return LATENESS_BOUNDS_MS.at(-1) as number;
}

/** Drops what is older than a day. */
export async function dropOldStatistics(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(`DELETE FROM send_statistics WHERE at < carillon_now() - interval '1 day'`);
  return rowCount ?? 0;
}
