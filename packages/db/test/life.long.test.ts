/**
 * The life of deliveries and batches, explored by the hundred thousand on a real Postgres (life/world.ts): whatever senders, sweepers,
 * callbacks, Redis and people do in whichever order, each step does what core's table says, and no promise breaks. With one guard
 * taken away at a time the same exploration finds what breaks.
 */
import { DELIVERY_TRANSITIONS } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';
import { broken, drawSpecs, explore, shorten, Tally, tell } from './life/explore.ts';
import { dropUnique, type House, openHouse } from './life/house.ts';
import { MUTANTS, without } from './life/mutants.ts';
import { World } from './life/world.ts';

/**
 * Pack `n` of worlds is drawn by the seed and `n`. The same each time, so that a change is what a failure tells of; another seed explores what
 * nobody has seen.
 */
const SEED = Number(process.env.MODEL_SEED ?? 812_000);
/** How many interleavings; fewer are quicker, more find more. */
const WORLDS = Number(process.env.MODEL_WORLDS ?? 100_000);
const PACK = Math.min(4_000, WORLDS);
/** Packs that are explored side by side, so that neither Postgres nor this process waits. */
const SIDE_BY_SIDE = 2;
/** Packs after which a guard's lack must have been found. */
const MUTANT_PACK = Math.min(1_000, WORLDS);
const MUTANT_PACKS = Number(process.env.MODEL_PACKS ?? 60);

/** While everything is held; in every other pack nothing is. */
const holdAt = (pack: number): number | undefined => (pack % 2 === 0 ? undefined : 4 + (pack % 9));

async function explorePack(house: House, pack: number, tally: Tally): Promise<void> {
  const worlds = drawSpecs(SEED + pack, PACK).map((spec) => new World(spec));
  await explore(house, worlds, tally, { holdAt: holdAt(pack) });
  const first = worlds.find((world) => world.violation);
  if (!first) return;
  const shortest = await shorten(house, first, {});
  throw new Error(
    `pack ${pack} of MODEL_SEED=${SEED}: ${JSON.stringify([...broken(worlds)])}\nthe shortest history found:\n${tell(shortest)}`,
  );
}

test('no interleaving breaks a promise, and each of core’s transitions is met', async () => {
  const tally = new Tally();
  const startedMs = performance.now();
  let packs = 0;
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      const house = await openHouse();
      try {
        while (packs * PACK < WORLDS) {
          packs += 1;
          await explorePack(house, packs - 1, tally);
        }
      } finally {
        await house.close();
      }
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  console.info(`${tally} in ${seconds.toFixed(0)} s; MODEL_SEED=${SEED} repeats them`);
  expect(tally.interleavings).toBeGreaterThanOrEqual(WORLDS);
  expect(tally.distinct.size).toBeGreaterThan(WORLDS * 0.99);
  // What a sender finds out before its call is the engine's matter, and has its own tests.
  const lines = DELIVERY_TRANSITIONS.filter(({ event }) => event !== 'withhold');
  const unseen = lines.filter(({ from, event, to }) => !tally.seen.has(`${from} ${event} ${to}`));
  if (WORLDS >= 100_000) expect(unseen).toEqual([]);
}, 3_600_000);

describe('with one guard taken away', () => {
  test.each(MUTANTS)('$name: it is found', async ({ guard, lack, unindexed, breaks }) => {
    const hits = { count: 0 };
    const house = await openHouse(without(guard, hits));
    try {
      if (unindexed) await dropUnique(house, unindexed);
      const tally = new Tally();
      let found = new Map<string, number>();
      for (let pack = 0; found.size === 0 && pack < MUTANT_PACKS; pack += 1) {
        const worlds = drawSpecs(SEED + pack, MUTANT_PACK).map((spec) => new World(spec));
        await explore(house, worlds, tally, { lack, holdAt: pack % 2 === 0 ? 6 : undefined });
        found = broken(worlds);
      }
      console.info(`found by ${tally.interleavings} interleavings, in these: ${JSON.stringify([...found])}`);
      expect(guard === undefined || hits.count > 0).toBe(true);
      expect(breaks).toEqual(expect.arrayContaining([...found.keys()].slice(0, 1)));
      expect(found.size).toBeGreaterThan(0);
    } finally {
      await house.close();
    }
  });
});
