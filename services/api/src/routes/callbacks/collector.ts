/**
 * Gathers the reports of many callbacks into few statements: providers send one message's status per request, thousands a
 * second, and a transaction for each would cost what sending costs. A caller is answered only when its reports are
 * committed. One statement at a time for each provider account and day, so that they do not wait for each other's locks;
 * what arrives meanwhile goes into the next.
 */
import { applyReports, batchesOfProvider, type DeliveryReport, hasPartition } from '@carillon/db';
import type { ApiDependencies } from '../../dependencies.ts';

/** How long the first report waits for company. */
const GATHER_MS = 8;
const REPORTS_PER_STATEMENT = 2_000;
const DEADLOCK = '40P01';
const UNDEFINED_TABLE = '42P01';

/** Whose reports: only batches that this provider account sends are touched. */
interface ReportSource {
  readonly accountId: number;
  readonly providerAccountId: number;
  readonly day: string;
}

/** Takes reports; resolves when they are committed, rejects when that failed. */
export interface ReportCollector {
  submit(source: ReportSource, reports: readonly DeliveryReport[]): Promise<void>;
}

interface Lane {
  readonly source: ReportSource;
  waiting: DeliveryReport[];
  /** Settles with the statement that carries what is waiting. */
  next: Promise<void> | undefined;
  current: Promise<void>;
}

export function createReportCollector({ system: database, metrics }: ApiDependencies): ReportCollector {
  const count = (result: string) =>
    metrics.hotCounter('carillon_callback_reports_total', 'Reports of providers by what became of them', { result });
  const [moved, known, foreign, dropped] = [count('moved'), count('known'), count('foreign'), count('day_gone')];
  const lanes = new Map<string, Lane>();

  async function write(source: ReportSource, reports: DeliveryReport[]): Promise<void> {
    const { accountId, providerAccountId: id, day } = source;
    if (!(await hasPartition(database.pool, day))) {
      dropped.add(reports.length);
      return;
    }
    const ours = await batchesOfProvider(database.pool, { accountId, id }, [...new Set(reports.map((r) => r.batchId))]);
    const own = reports.filter((report) => ours.has(report.batchId));
    foreign.add(reports.length - own.length);
    const apply = () => applyReports(database.pool, accountId, own, day);
    try {
      const moves = await apply().catch(async (error: unknown) => {
        if (codeOf(error) !== DEADLOCK) throw error;
        return await apply();
      });
      moved.add(moves.length);
      known.add(own.length - moves.length);
    } catch (error) {
      // The day's partition was dropped since we looked.
      if (codeOf(error) !== UNDEFINED_TABLE) throw error;
      dropped.add(own.length);
    }
  }

  async function run(key: string, lane: Lane): Promise<void> {
    await Promise.all([lane.current.catch(() => {}), new Promise((resolve) => setTimeout(resolve, GATHER_MS))]);
    const reports = lane.waiting;
    lane.waiting = [];
    lane.next = undefined;
    lane.current = (async () => {
      for (let from = 0; from < reports.length; from += REPORTS_PER_STATEMENT) {
        await write(lane.source, reports.slice(from, from + REPORTS_PER_STATEMENT));
      }
    })();
    try {
      await lane.current;
    } finally {
      if (lane.next === undefined) lanes.delete(key);
    }
  }

  return {
    submit(source, reports) {
      const key = `${source.providerAccountId}/${source.day}`;
      let lane = lanes.get(key);
      if (lane === undefined) {
        lane = { source, waiting: [], next: undefined, current: Promise.resolve() };
        lanes.set(key, lane);
      }
      lane.waiting.push(...reports);
      lane.next ??= run(key, lane);
      return lane.next;
    },
  };
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null | undefined)?.code;
}
