/** What is done to Redis and Postgres themselves. Each may have one thing done to it at a time. */

/** Nothing listens there, so whoever follows it has no master and refuses to be written to. */
const NOBODY = ['127.0.0.1', '1'];

export const serverFaults = {
  async 'redis-emptied'({ house }) {
    await house.redis.flushAll();
    return true;
  },

  async 'redis-restarted-empty'({ house }) {
    await house.redis.restartEmpty();
    return true;
  },

  async 'redis-away'({ house, fault, wait }) {
    await house.redis.kill();
    await wait(fault.forMs);
    await house.redis.start();
    return true;
  },

  /** What it held some seconds ago. */
  async 'redis-put-back'({ house, fault, wait }) {
    const snapshot = await house.redis.saveSnapshot();
    await wait(fault.forMs);
    await house.redis.restoreSnapshot(snapshot);
    return true;
  },

  async 'redis-read-only'({ house, fault, wait }) {
    await house.redis.command('REPLICAOF', ...NOBODY);
    await wait(fault.forMs);
    await house.redis.command('REPLICAOF', 'NO', 'ONE');
    return true;
  },

  async 'redis-out-of-memory'({ house, fault, wait }) {
    await house.redis.command('CONFIG', 'SET', 'maxmemory', '1mb');
    await wait(fault.forMs);
    await house.redis.command('CONFIG', 'SET', 'maxmemory', '0');
    return true;
  },

  async 'postgres-dropped'({ house }) {
    await house.postgres.restart('immediate');
    return true;
  },

  async 'postgres-restarted'({ house }) {
    await house.postgres.restart('fast');
    return true;
  },

  async 'postgres-away'({ house, fault, wait }) {
    await house.postgres.halt('immediate');
    await wait(fault.forMs);
    await house.postgres.start();
    return true;
  },
};
