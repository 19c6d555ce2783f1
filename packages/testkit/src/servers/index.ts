/**
 * Real Postgres and Redis on this machine, as `@carillon/testkit/servers`. A door of its own, because the start script
 * and jest's set-up need the servers, but none of the test code and none of the workspace packages that it imports.
 */
export type { PostgresServer, PostgresStopMode, StartPostgresOptions } from './postgres.ts';
export { findSystemPostgres, startPostgres, withSession } from './postgres.ts';
export { freePort, temporaryFolder } from './processes.ts';
export type { RedisServer, RedisSnapshot, StartRedisOptions } from './redis.ts';
export { startRedis } from './redis.ts';
