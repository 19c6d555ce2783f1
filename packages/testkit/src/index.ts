/**
 * For tests only: real servers, real processes, real faults. Nothing here replaces a part of the house by a mock.
 */
export { findWrongBatches } from './counts.ts';
export type { TestDatabase, TestRedis } from './environment.ts';
export { createTestDatabase, testRedis } from './environment.ts';
export type { EventuallyOptions } from './eventually.ts';
export { eventually } from './eventually.ts';
export type { AccountSeed, AnnouncementSeed, ProviderSeed } from './factories.ts';
export {
  SEEDED_PROVIDER,
  seedAccount,
  seedAnnouncement,
  seededEmail,
  seededPhone,
  seedPeople,
} from './factories.ts';
export type { LedgerAddress, LedgerReader, LedgerTotals } from './ledger.ts';
export { chargesByAddress, ledgerReader } from './ledger.ts';
export type { Cut, CutOptions, FaultProxy, ProxyMode } from './proxy.ts';
export { startProxy } from './proxy.ts';
export { seededRandom } from './random.ts';
export type {
  PostgresServer,
  PostgresStopMode,
  RedisServer,
  RedisSnapshot,
  StartPostgresOptions,
  StartRedisOptions,
} from './servers/index.ts';
export { findSystemPostgres, freePort, startPostgres, startRedis, withSession } from './servers/index.ts';
export type { ServiceExit, SpawnedService, SpawnServiceOptions } from './spawn-service.ts';
export { killSpawnedServices, spawnService } from './spawn-service.ts';
