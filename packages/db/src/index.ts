/** Postgres: the pool, the migrations, and every statement that Carillon runs. */
export { migrate, schemaDrift } from './migrate.ts';
export type { Database, DatabaseOptions, Queryable } from './pool.ts';
export { createDatabase, inTransaction } from './pool.ts';
