/** On what something was measured: figures say nothing without it. */

import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, totalmem } from 'node:os';
import { startPostgres, startRedis, withSession } from '@carillon/testkit/servers';
import { atEnd } from './ending.mjs';

const GIBIBYTE = 1_073_741_824;

/** The machine, and the versions of what the product stands on. */
export async function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / GIBIBYTE),
    system: `${nameOfSystem()}, ${arch()}`,
    node: process.versions.node,
    postgres: await ask(startPostgres({ durable: false }), async ({ url }) => {
      const { rows } = await withSession(url, (client) => client.query('SHOW server_version'));
      return rows[0].server_version;
    }),
    redis: await ask(startRedis(), (redis) =>
      redis.command(
        'EVAL',
        "return redis.status_reply(string.match(redis.call('INFO', 'server'), 'redis_version:([^\\r]+)'))",
        '0',
      ),
    ),
  };
}

/** Asks a server of which there is one for this question alone. */
async function ask(starting, question) {
  const release = atEnd(async () => (await starting).stop());
  const server = await starting;
  try {
    return await question(server);
  } finally {
    await server.stop();
    release();
  }
}

function nameOfSystem() {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}
