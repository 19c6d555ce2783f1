/** What an operator is told in numbers that stand for the whole installation, beside the lag of its channels. */
import type { CheckBlock } from './addressChecks.ts';
import { readBlockedChecks } from './checkBatches.ts';
import type { Queryable } from './pool.ts';

/** Whom a hold concerns. */
export type HoldScope = 'installation' | 'account' | 'channel';

export interface InstallationGauges {
  /** Deliveries whose outcome nobody knows, by channel; a channel without any is not among them. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Holds that stand; one of an account's channel counts as the account's. */
  readonly holds: Readonly<Record<HoldScope, number>>;
  /** Addresses of planned messages that cannot be checked, by reason. */
  readonly checksBlocked: Readonly<Record<CheckBlock, number>>;
}

/** Reads them. Batches that ended long ago may still hold unknown rows, so all of them are asked. */
export async function readGauges(db: Queryable): Promise<InstallationGauges> {
  const unknown = await db.query<{ channel: string; unknown: number }>(
    'SELECT channel, sum(unknown)::bigint AS unknown FROM batches WHERE unknown > 0 GROUP BY channel',
  );
  const holds = await db.query<Record<HoldScope, number>>(
    `SELECT count(*) FILTER (WHERE account_id IS NULL AND channel IS NULL) AS installation,
            count(*) FILTER (WHERE account_id IS NOT NULL) AS account,
            count(*) FILTER (WHERE account_id IS NULL AND channel IS NOT NULL) AS channel
     FROM holds`,
  );
  return {
    unknown: new Map(unknown.rows.map((row) => [row.channel, row.unknown])),
    holds: holds.rows[0] ?? { installation: 0, account: 0, channel: 0 },
    checksBlocked: await readBlockedChecks(db),
  };
}

/** How far ahead the load is told; labels of `carillon_upcoming_deliveries`. */
export const UPCOMING_WITHIN = { '1h': 1, '3h': 3, '6h': 6, '24h': 24 } as const;
export type UpcomingWithin = keyof typeof UPCOMING_WITHIN;

/** Batches read at most, for each channel and kind of batch: the nearest, so that the next hours are exact and a day is bounded. */
const BATCHES_READ = 20_000;

/** What a channel has to do now and in the next hours, in deliveries. */
export interface ChannelLoad {
  readonly channel: string;
  /** Due and not begun, in whosever hands; without what is paused, cancelled or held. */
  readonly waiting: number;
  /** Claimed, and their outcome is not stored. */
  readonly sending: number;
  /** Planned and not due yet, by how far ahead; each includes the nearer ones. */
  readonly upcoming: Readonly<Record<UpcomingWithin, number>>;
}

/**
 * The nearest open batches of each channel by due time, from the two partial indexes that order them so: `due` says of which
 * side of now. $1 channels, $2 batches at most.
 */
function openBatches(due: string): string {
  const part = (enqueued: string): string =>
    `(SELECT b.account_id, b.due_at, b.scheduled FROM batches b
      WHERE b.open AND b.enqueued_at ${enqueued} AND b.channel = c.channel AND b.single = s.single AND b.due_at ${due}
        AND b.paused_at IS NULL AND b.cancelled_at IS NULL
      ORDER BY b.due_at LIMIT $2)`;
  return `unnest($1::text[]) c (channel) CROSS JOIN (VALUES (false), (true)) s (single)
    CROSS JOIN LATERAL (${part('IS NULL')} UNION ALL ${part('IS NOT NULL')}) b`;
}

/** The statements of {@link readLoad}, so that a test can ask for their plans. */
export const LOAD_STATEMENTS = {
  waiting: `SELECT c.channel, sum(b.scheduled)::bigint AS waiting FROM ${openBatches('<= carillon_now()')}
    WHERE NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = c.channel))
    GROUP BY c.channel`,
  // Whatever is being sent was enqueued.
  sending: `SELECT b.channel, sum(b.sending)::bigint AS sending FROM batches b
    WHERE b.open AND b.enqueued_at IS NOT NULL AND b.channel = ANY ($1::text[]) GROUP BY b.channel`,
  upcoming: `SELECT c.channel, ${Object.values(UPCOMING_WITHIN)
    .map(
      (hours) =>
        `coalesce(sum(b.scheduled) FILTER (WHERE b.due_at <= carillon_now() + interval '${hours} hours'), 0)::bigint AS h${hours}`,
    )
    .join(', ')}
    FROM ${openBatches(`> carillon_now() AND b.due_at <= carillon_now() + interval '24 hours'`)} GROUP BY c.channel`,
};

/** Reads what each of the channels has to do: what outside scalers go by. */
export async function readLoad(db: Queryable, channels: readonly string[]): Promise<ChannelLoad[]> {
  const { rows: waiting } = await db.query<{ channel: string; waiting: number }>(LOAD_STATEMENTS.waiting, [
    channels,
    BATCHES_READ,
  ]);
  const { rows: sending } = await db.query<{ channel: string; sending: number }>(LOAD_STATEMENTS.sending, [channels]);
  const { rows: upcoming } = await db.query<{ channel: string } & Record<string, number>>(LOAD_STATEMENTS.upcoming, [
    channels,
    BATCHES_READ,
  ]);
  return channels.map((channel) => {
    const of = <Row extends { channel: string }>(rows: readonly Row[]) => rows.find((row) => row.channel === channel);
    const ahead = of(upcoming);
    const within = ([name, hours]: [string, number]) => [name, Number(ahead?.[`h${hours}`] ?? 0)];
    return {
      channel,
      waiting: of(waiting)?.waiting ?? 0,
      sending: of(sending)?.sending ?? 0,
      upcoming: Object.fromEntries(Object.entries(UPCOMING_WITHIN).map(within)) as Record<UpcomingWithin, number>,
    };
  });
}
