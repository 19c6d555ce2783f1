/**
 * Reads the simulator's ledger, the judge of every crash test: what each address really received, from a process and a
 * file that no other part of the house can touch. Kept thin; the simulator defines the shapes.
 */
import { request } from 'undici';

/** Counts of one run, or of everything when no run was named. */
export interface LedgerTotals {
  /** Calls that came in, whatever was answered. */
  readonly attempts: number;
  /** Calls that were accepted, whether or not the answer reached the caller. */
  readonly acceptances: number;
  /** Addresses accepted at least once. */
  readonly addresses: number;
  /** Addresses accepted more than once; must be 0. */
  readonly duplicates: number;
}

/** What one address received in one run. */
export interface LedgerAddress {
  readonly run: string;
  /** The address's digits. */
  readonly to: string;
  readonly attempts: number;
  readonly acceptances: number;
}

export interface LedgerReader {
  totals(run?: string | number): Promise<LedgerTotals>;
  /** Every address, over all pages. */
  addresses(run?: string | number): Promise<LedgerAddress[]>;
  /** Every acceptance in order of arrival, as the ledger stored it. */
  export(run?: string | number): Promise<Record<string, unknown>[]>;
}

/** @param baseUrl the simulator's address, without a trailing slash */
export function ledgerReader(baseUrl: string): LedgerReader {
  const read = async (path: string, query: Record<string, string | number | undefined>): Promise<string> => {
    const url = new URL(path, baseUrl);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const { statusCode, body } = await request(url);
    const text = await body.text();
    if (statusCode !== 200)
      throw new Error(`GET ${url.pathname}${url.search} answered ${statusCode}: ${text.slice(0, 500)}`);
    return text;
  };
  return {
    totals: async (run) => JSON.parse(await read('/ledger/totals', { run })),
    async addresses(run) {
      const all: LedgerAddress[] = [];
      let cursor: string | undefined;
      do {
        const page = JSON.parse(await read('/ledger/addresses', { run, cursor })) as {
          addresses: LedgerAddress[];
          cursor?: string;
        };
        all.push(...page.addresses);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return all;
    },
    export: async (run) =>
      (await read('/ledger/export', { run }))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

/**
 * How often the simulator's paid service charged each address that it was asked about.
 * @param baseUrl the simulator's address, without a trailing slash
 */
export async function chargesByAddress(baseUrl: string): Promise<Map<string, number>> {
  const charges = new Map<string, number>();
  let cursor: string | undefined;
  do {
    const url = new URL('/charges/addresses', baseUrl);
    if (cursor !== undefined) url.searchParams.set('cursor', cursor);
    const { statusCode, body } = await request(url);
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`GET ${url.pathname} answered ${statusCode}: ${text.slice(0, 500)}`);
    const page = JSON.parse(text) as { addresses: { to: string; charges: number }[]; cursor?: string };
    for (const one of page.addresses) charges.set(one.to, one.charges);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return charges;
}
