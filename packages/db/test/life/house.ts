/** The database of a model: worlds are planted in it by the thousand, read back after every step, and cleared away. */

import { DELIVERY_STATES, type DeliveryState } from '@carillon/core';
import { createTestDatabase, seedAccount } from '@carillon/testkit';
import type pg from 'pg';
import { createDatabase } from '../../src/index.ts';
import { partitionName } from '../../src/statements.ts';
import { DAY } from '../rows.ts';
import { type Change, installLoops } from './loops.ts';
import { type BatchView, POLICY_SECONDS, type RowView, type World } from './world.ts';

/** The whole second at which the database's clock stands still. Time passes for one world at a time: its instants move into the past. */
const NOW = `${DAY}T12:00:00Z`;

export interface House {
  readonly pool: pg.Pool;
  readonly accountId: number;
  readonly providerAccountId: number;
  close(): Promise<void>;
}

/** What a negative control changes in every statement that is sent. */
function changing(pool: pg.Pool, change: Change): void {
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((first: unknown, ...rest: unknown[]) => {
      if (typeof first === 'string') return send(change(first), ...rest);
      const config = first as { text?: string };
      return send(typeof config.text === 'string' ? { ...config, text: change(config.text) } : first, ...rest);
    }) as typeof client.query;
  });
}

/** A database of its own, in which every statement goes through `change`. */
export async function openHouse(change: Change = (text) => text): Promise<House> {
  const own = await createTestDatabase();
  const db = createDatabase({ url: own.url, max: 6, applicationName: 'life-model', hotPath: true });
  const { accountId, providerAccountId } = await seedAccount(db.pool, 'life', { baseUrl: 'http://127.0.0.1:9' });
  await db.pool.query('SELECT ensure_partitions($1)', [DAY]);
  // A clock must go; this one takes 30 years for a microsecond.
  await db.pool.query(`UPDATE clock SET anchored_at = $1, ahead = '0', speed = 1e-15`, [NOW]);
  // What is cleared away after each pack need not survive a crash.
  for (const table of ['batches', ...['deliveries', 'attempts', 'reports'].map((name) => partitionName(name, DAY))])
    await db.pool.query(`ALTER TABLE ${table} SET UNLOGGED`);
  await installLoops(db.pool, change);
  changing(db.pool, change);
  return {
    pool: db.pool,
    accountId,
    providerAccountId,
    async close() {
      await db.close();
      await own.drop();
    },
  };
}

/** Plants worlds; those of a cohort share a job, and a person's word about it. */
export async function plant(house: House, worlds: readonly World[], cohort: number): Promise<void> {
  const { pool, accountId, providerAccountId } = house;
  const jobs = await pool.query<{ id: number }>(
    `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
     SELECT $1, 'job ' || n, 'message', 'whatsapp', $2, '{"type":"now"}', '{}', '{}' FROM generate_series(1, $3::int) n RETURNING id`,
    [accountId, providerAccountId, Math.ceil(worlds.length / cohort)],
  );
  worlds.forEach((world, index) => {
    world.jobId = (jobs.rows[Math.floor(index / cohort)] as { id: number }).id;
  });
  const runs = await pool.query<{ id: number }>(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, expanded_at)
     SELECT $1, job, 'model:' || n, $2, carillon_now(), 'sending', carillon_now()
     FROM unnest($3::bigint[]) WITH ORDINALITY AS w (job, n) ORDER BY n RETURNING id`,
    [accountId, DAY, worlds.map((world) => world.jobId)],
  );
  worlds.forEach((world, index) => {
    world.runId = (runs.rows[index] as { id: number }).id;
  });
  const batches = worlds.flatMap((world) => world.spec.sizes.map((size, index) => ({ world, size, index })));
  await pool.query(
    `WITH made AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, due_at, expires_at,
                            max_attempts, unknown_action, unknown_after_seconds)
       SELECT $1, run, job, $2, 'whatsapp', $3, single, size, size, n.now + due * interval '1 second', n.now + expires * interval '1 second',
              attempts, action, $4
       FROM unnest($5::bigint[], $6::bigint[], $7::boolean[], $8::int[], $9::int[], $10::int[], $11::int[], $12::text[])
              WITH ORDINALITY AS b (run, job, single, size, due, expires, attempts, action, place), (SELECT carillon_now() AS now) n
       ORDER BY place RETURNING *
     )
     INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address)
     SELECT made.id, made.run_id, made.due_at, md5(made.id || '.' || number)::uuid, $1, $2, 1, number, '49152' || number
     FROM made, generate_series(1, made.size) number`,
    [
      accountId,
      DAY,
      providerAccountId,
      POLICY_SECONDS,
      batches.map(({ world }) => world.runId),
      batches.map(({ world }) => world.jobId),
      batches.map(({ world }) => world.spec.single),
      batches.map(({ size }) => size),
      batches.map(({ world, index }) => world.spec.dueInSeconds[index] ?? 0),
      batches.map(({ world }) => world.spec.expiresInSeconds),
      batches.map(({ world }) => world.spec.maxAttempts),
      batches.map(({ world }) => world.spec.unknownAction),
    ],
  );
  // Else plans are made for tables that were empty, and kept.
  await pool.query('ANALYZE runs, batches, deliveries');
  const found = await read(house, worlds);
  for (const world of worlds) world.batches = found.get(world)?.batches ?? [];
}

/** Clears everything that was planted. */
export async function clear({ pool }: House): Promise<void> {
  await pool.query(
    'TRUNCATE jobs, contents, runs, batches, deliveries, attempts, reports, audit_entries, holds, model.chosen CASCADE',
  );
}

export interface Found {
  readonly runState: string;
  readonly batches: readonly BatchView[];
}

const ms = (column: string): string => `(extract(epoch FROM ${column} - n.now) * 1000)::bigint`;
const READ = {
  name: 'read_worlds',
  text: `SELECT w.place - 1, r.state::text, b.id, b.generation, b.fence, ${ms('b.lease_until')}, b.enqueued_at IS NOT NULL, ${ms('b.due_at')},
                ${ms('b.expires_at')}, b.paused_at IS NOT NULL, b.cancelled_at IS NOT NULL, b.settle_at IS NOT NULL, b.open, b.size,
                concat_ws(',', ${DELIVERY_STATES.map((state) => `b.${state}`).join(', ')}),
                (SELECT string_agg(concat_ws(',', d.number, d.state, d.try, d.attempts, ${ms('d.due_at')}, d.code), ';' ORDER BY d.number)
                 FROM deliveries d WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = '${DAY}')
         FROM unnest($2::bigint[]) WITH ORDINALITY AS w (run_id, place)
         JOIN runs r ON r.account_id = $1 AND r.id = w.run_id
         JOIN batches b ON b.run_id = w.run_id, (SELECT carillon_now() AS now OFFSET 0) n
         ORDER BY b.id`,
} as const;

type ReadRow = [
  ...[number, string, number, number, number, number | null, boolean, number],
  ...[number | null, boolean, boolean, boolean, boolean, number, string, string],
];

/** What Postgres has of these worlds. */
export async function read({ pool, accountId }: House, worlds: readonly World[]): Promise<Map<World, Found>> {
  const { rows } = await pool.query<ReadRow>({
    ...READ,
    rowMode: 'array',
    values: [accountId, worlds.map((world) => world.runId)],
  });
  const found = new Map<World, { runState: string; batches: BatchView[] }>();
  for (const row of rows) {
    const world = worlds[row[0]] as World;
    const entry = found.get(world);
    if (entry) entry.batches.push(toBatch(row));
    else found.set(world, { runState: row[1], batches: [toBatch(row)] });
  }
  return found;
}

function toBatch(row: ReadRow): BatchView {
  const counts = row[14].split(',');
  return {
    id: row[2],
    generation: row[3],
    fence: row[4],
    leaseInMs: row[5],
    enqueued: row[6],
    dueInMs: row[7],
    expiresInMs: row[8],
    paused: row[9],
    cancelled: row[10],
    settles: row[11],
    open: row[12],
    size: row[13],
    counts: Object.fromEntries(DELIVERY_STATES.map((state, index) => [state, Number(counts[index])])) as Record<
      DeliveryState,
      number
    >,
    rows: row[15].split(';').map(toRow),
  };
}

function toRow(text: string): RowView {
  const [number, state, tried, attempts, dueInMs, code] = text.split(',');
  return {
    number: Number(number),
    state: state as DeliveryState,
    try: Number(tried),
    attempts: Number(attempts),
    dueInMs: Number(dueInMs),
    code: code ?? '',
  };
}

/** Drops a unique key of the deliveries by its first columns, and with it that of each partition; for a negative control. */
export async function dropUnique({ pool }: House, columns: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint
     WHERE conrelid = 'public.deliveries'::regclass AND contype = 'u' AND pg_get_constraintdef(oid) LIKE '%' || $1 || '%'`,
    [columns],
  );
  for (const { name } of rows) await pool.query(`ALTER TABLE deliveries DROP CONSTRAINT "${name}"`);
}
