/** Postgres dropped in the middle, and answers of Postgres that never arrive. */

import { eventually, type FaultProxy, type PostgresServer, type SpawnedService, startProxy } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { COMPLETE, judge, KEPT } from './judge.ts';
import { CONNECTIONS, control, LATENCY, PEOPLE, type Stack, startStack } from './stack.ts';

jest.setTimeout(360_000);

let stack: Stack;
let scheduler: SpawnedService;
let proxy: FaultProxy;
beforeAll(async () => {
  stack = await startStack({ ownPostgres: true, schedulers: 0 });
  scheduler = await stack.start('scheduler');
  proxy = await startProxy({ target: stack.databaseUrl });
});
afterEach(() => stack?.endWorkers());
afterAll(async () => {
  await proxy?.close();
  await stack?.stop();
});

/** Whether a chunk asks for the execution of a prepared statement of that name. */
function executes(name: string): (bytes: string) => boolean {
  return (bytes) => bytes.includes(`\0${name}`) && bytes.endsWith('S\0\0\0\x04');
}

it('sends once although the answers of leases, claims, outcomes and releases are lost', async () => {
  const announcement = await stack.announce();
  const sender = stack.sender({ DATABASE_URL: proxy.url });
  for (const name of [
    'lease_batch',
    'claim_2',
    'settle_outcomes_2',
    'claim_2',
    'settle_outcomes_2',
    'release_batch_2',
  ]) {
    await proxy.cutAfter(executes(name)).happened;
  }
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
  expect((await sender).logs()).toMatch(/reading back what it may have claimed/);
});

it('sends once although outcomes are stored while a claim is read back', async () => {
  const announcement = await stack.announce();
  await stack.sender({ DATABASE_URL: proxy.url }, 'after_read_back=delay:700');
  await stack.accepted(announcement, 500);
  // Calls that are in the air when the claim fails, and answered before what was read back is looked at.
  await control(stack.simulatorUrl, 'latency', { minMs: 200, maxMs: 400 });
  await stack.accepted(announcement, 600);
  await proxy.cutAfter(executes('claim_2')).happened;
  await control(stack.simulatorUrl, 'latency', LATENCY);
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

it('finds its way back by itself when the line to Postgres falls silent', async () => {
  const announcement = await stack.announce();
  await stack.sender({ DATABASE_URL: proxy.url });
  await stack.accepted(announcement, 1_000);
  proxy.setMode('blackhole');
  await eventually(() => proxy.swallowedBytes > 0, { what: 'a statement that nobody hears' });
  // What is connected stays silent for ever, because its bytes are gone; only new connections work.
  proxy.setMode('pass');
  await stack.completed(announcement);
  const verdict = await judge(stack, announcement);
  expect(verdict).toMatchObject(KEPT);
  expect(verdict.unknown).toBeLessThanOrEqual(CONNECTIONS);
});

it('tells nobody twice and forgets nobody when Postgres is dropped in the middle', async () => {
  const announcement = await stack.announce();
  await Promise.all([stack.sender(), stack.sender()]);
  for (const told of [1_000, 3_000]) {
    await stack.accepted(announcement, told);
    await (stack.postgres as PostgresServer).restart('immediate');
  }
  await stack.completed(announcement);
  const verdict = await judge(stack, announcement);
  expect(verdict).toMatchObject(KEPT);
  // A sender whose lease outlived the restart knows all its outcomes; one whose lease did not, may miss a claim's answer.
  expect(verdict.unknown).toBeLessThanOrEqual(2 * CONNECTIONS);
  expect(verdict.told - verdict.unknownAccepted + verdict.unknown).toBe(PEOPLE);
});

it('plans and expands once although the answers of COMMITs are lost', async () => {
  await scheduler.stop();
  let expansions = 0;
  const broken = await stack.start('scheduler', { DATABASE_URL: proxy.url, EXPANSION_PARALLEL: '1' });
  const announced = stack.announce();
  // Whichever transaction is the expansion's: from its INSERT on, three COMMITs in a row are not answered.
  for (let lost = 0; lost < 3; lost += 1) {
    await proxy.cutAfter((bytes) => {
      if (bytes.includes('INSERT INTO batches')) expansions += 1;
      return expansions > 0 && bytes.includes('COMMIT');
    }).happened;
  }
  const announcement = await announced;
  await stack.sender();
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
  expect(broken.logs()).toMatch(/a round failed/);
});
