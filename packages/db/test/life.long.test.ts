/** The life of deliveries and batches, explored: see life/world.ts. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { drawSpecs, explore, shorten, Tally, tell } from './life/explore.ts';
import { type House, openHouse } from './life/house.ts';
import { MUTANTS, without } from './life/mutants.ts';
import { spent } from './life/perform.ts';
import { World } from './life/world.ts';

const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000);
const WORLDS = Number(process.env.MODEL_WORLDS ?? 100_000);
const PACK = Number(process.env.MODEL_PACK ?? 4_000);

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

test('no interleaving breaks a promise', async () => {
  const tally = new Tally();
  const startedMs = performance.now();
  for (let pack = 0; tally.interleavings < WORLDS; pack += 1) {
    const worlds = drawSpecs(SEED + pack, PACK).map((spec) => new World(spec));
    const holdAt = pack % 2 === 0 ? undefined : 4 + (pack % 9);
    await explore(house, worlds, tally, { holdAt });
    const broken = worlds.filter((world) => world.violation);
    if (broken.length > 0) {
      const kinds = new Map<string, number>();
      for (const { violation } of broken)
        kinds.set(violation?.invariant ?? '', (kinds.get(violation?.invariant ?? '') ?? 0) + 1);
      const worst = broken[0] as World;
      throw new Error(
        `MODEL_SEED=${SEED + pack}: ${JSON.stringify([...kinds])}\n${tell(await shorten(house, worst, { holdAt }))}`,
      );
    }
  }
  const { user, system } = process.cpuUsage();
  console.info(
    `cpu ${((user + system) / 1e6).toFixed(0)} s ${tally.interleavings} interleavings, ${tally.distinct.size} distinct, ${tally.steps} steps, seed ${SEED}, ` +
      `${((performance.now() - startedMs) / 1000).toFixed(0)} s\n` +
      JSON.stringify([...tally.byKind]) +
      JSON.stringify([...spent].map(([k, v]) => [k, Math.round(v)])) +
      `\n${[...tally.seen].sort().join('\n')}`,
  );
  expect(tally.interleavings).toBeGreaterThanOrEqual(WORLDS);
}, 3_600_000);

describe('with one guard taken away', () => {
  test.each(MUTANTS)('$name: it is found', async ({ guard, lack, unindexed, breaks }) => {
    const hits = { count: 0 };
    const weak = await openHouse(without(guard, hits));
    try {
      if (unindexed) await dropUnique(weak, unindexed);
      const tally = new Tally();
      const found = new Map<string, number>();
      for (let pack = 0; found.size === 0 && pack < 20; pack += 1) {
        const worlds = drawSpecs(SEED + pack, 1_000).map((spec) => new World(spec));
        await explore(weak, worlds, tally, { lack, holdAt: pack % 2 === 0 ? 6 : undefined });
        for (const { violation } of worlds)
          if (violation) found.set(violation.invariant, (found.get(violation.invariant) ?? 0) + 1);
      }
      console.info(`found by ${tally.interleavings} interleavings: ${JSON.stringify([...found])}`);
      expect(guard === undefined || hits.count > 0).toBe(true);
      expect([...found.keys()].some((invariant) => breaks.includes(invariant))).toBe(true);
    } finally {
      await weak.close();
    }
  });
});

/** The partitions go with their parent's constraint. */
async function dropUnique({ pool }: House, columns: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint
     WHERE conrelid = 'public.deliveries'::regclass AND contype = 'u' AND pg_get_constraintdef(oid) LIKE '%' || $1 || '%'`,
    [columns],
  );
  for (const { name } of rows) await pool.query(`ALTER TABLE deliveries DROP CONSTRAINT "${name}"`);
}
