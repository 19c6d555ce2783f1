/** The shares of a profile: what is idle does not count, what is small is put together, and each frame has one part. */
import { expect, test } from '@jest/globals';
import { sharesOf } from '../../bench/lib/cpu-profile.mjs';

const frame = (id: number, functionName: string, url = '') => ({ id, callFrame: { functionName, url } });

test('each sample counts for the part of its frame, for as long as until the next one', () => {
  const nodes = [
    frame(1, '(idle)'),
    frame(2, '(garbage collector)'),
    frame(3, 'dispatch', 'file:///app/node_modules/.pnpm/undici@7/node_modules/undici/lib/client.js'),
    frame(4, 'pump', 'file:///app/packages/worker/dist/engine.js'),
    frame(5, 'main', 'file:///app/services/sender/dist/main.js'),
    frame(6, 'emit', 'node:events'),
    frame(7, 'adapter', 'file:///app/node_modules/@prisma/adapter-pg/dist/index.js'),
    frame(8, 'parse', 'node:internal/streams/readable'),
  ];
  const samples = [1, 3, 3, 4, 2, 5, 6, 7, 8, 1];
  const timeDeltas = [0, 900, 200, 200, 100, 100, 50, 4, 6, 340];
  expect(sharesOf({ nodes, samples, timeDeltas })).toEqual([
    { part: 'undici', percent: 40 },
    { part: 'Node: streams', percent: 34 },
    { part: 'Carillon: worker', percent: 10 },
    { part: 'garbage collection', percent: 10 },
    { part: 'Carillon: service sender', percent: 5 },
    { part: 'the rest', percent: 1 },
  ]);
});
