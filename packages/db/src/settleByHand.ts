/** What a person knows about outcomes that nobody else knows: one by one, or by filter, in bounded statements. */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction } from './pool.ts';
import { statement } from './statements.ts';

/** What an unknown outcome becomes: it was accepted, it was not and ends here, or it is sent once more. */
export const SETTLED_AS = ['sent', 'failed', 'resend'] as const;
export type SettledAs = (typeof SETTLED_AS)[number];

/** Which unknown outcomes; what is left out does not narrow. */
export interface UnknownFilter {
  readonly runId?: number | undefined;
  readonly jobId?: number | undefined;
  readonly channel?: string | undefined;
  readonly code?: string | undefined;
  /** Normalized, as the deliveries have them. */
  readonly addresses?: readonly string[] | undefined;
  readonly deliveries?: readonly { readonly batchId: number; readonly number: number }[] | undefined;
  /** Unknown since before this instant, epoch milliseconds. */
  readonly beforeMs?: number | undefined;
}

export interface SettleRequest {
  readonly accountId: number;
  readonly as: SettledAs;
  readonly filter: UnknownFilter;
  /** Only counts. */
  readonly dryRun: boolean;
  readonly note: string | undefined;
  readonly actor: string;
}

/** `found` matched the filter, `settled` were moved by this call (a report may have been quicker). */
export interface SettleResult {
  readonly found: number;
  readonly settled: number;
  /** Channels with something to send again. */
  readonly channels: ReadonlySet<string>;
}

const BATCHES_PER_STATEMENT = 200;

/**
 * Settles unknown outcomes by hand. Each statement is a transaction with its own audit entry, so that a million rows neither
 * hold locks for long nor are lost by a kill: repeating the call goes on with what is still unknown.
 */
export async function settleUnknownsByHand(pool: pg.Pool, request: SettleRequest): Promise<SettleResult> {
  const channels = new Set<string>();
  let found = 0;
  let settled = 0;
  for (let after = 0; ; ) {
    const rows = await settleSome(pool, request, after);
    for (const row of rows) {
      found += row.found;
      settled += row.settled;
      if (row.settled > 0 && request.as === 'resend') channels.add(row.channel);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCHES_PER_STATEMENT) return { found, settled, channels };
    after = last.batch_id;
  }
}

interface SettledBatch {
  batch_id: number;
  channel: string;
  found: number;
  settled: number;
}

async function settleSome(pool: pg.Pool, request: SettleRequest, after: number): Promise<SettledBatch[]> {
  const { accountId, filter } = request;
  const picked = filter.deliveries;
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<SettledBatch>({
      ...statement('settle_by_hand'),
      values: [
        accountId,
        request.as === 'resend' ? 'scheduled' : request.as,
        filter.runId ?? null,
        filter.jobId ?? null,
        filter.channel ?? null,
        picked ? [...new Set(picked.map((delivery) => delivery.batchId))] : null,
        after,
        BATCHES_PER_STATEMENT,
        picked?.map((delivery) => delivery.batchId) ?? null,
        picked?.map((delivery) => delivery.number) ?? null,
        filter.code ?? null,
        filter.addresses ?? null,
        filter.beforeMs === undefined ? null : new Date(filter.beforeMs),
        request.dryRun,
      ],
    });
    const count = rows.reduce((sum, row) => sum + row.settled, 0);
    if (count > 0) {
      // No addresses here; how many there were says enough.
      const { addresses, deliveries, ...rest } = filter;
      await recordAudit(client, {
        accountId,
        actor: request.actor,
        action: 'delivery.settle',
        subject: filter.runId !== undefined ? `run_${filter.runId}` : `acc_${accountId}`,
        detail: {
          as: request.as,
          settled: count,
          filter: { ...rest, addresses: addresses?.length, deliveries: deliveries?.length },
          note: request.note,
        },
      });
    }
    return rows;
  });
}
