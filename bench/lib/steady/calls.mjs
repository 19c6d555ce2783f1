/**
 * A service that is called by jobs: it answers after a while, or goes wrong as it is told, and remembers which calls it heard, by the id
 * that each carries.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Listens on a free port of this machine. @param latency between a call and its answer, from `minMs` to `maxMs` */
export async function startCalled({ minMs, maxMs }) {
  const heard = new Map();
  let behaviour;
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      const does = behaviour?.() ?? {};
      if (does.fault === 'reset_before_accept') return void response.socket?.resetAndDestroy();
      const id = request.headers['webhook-id'];
      if (does.fault !== 'hang') heard.set(id, (heard.get(id) ?? 0) + 1);
      const latencyMs = does.latencyMs ?? minMs + Math.random() * (maxMs - minMs);
      setTimeout(() => {
        if (does.fault === 'accept_and_reset') response.socket?.resetAndDestroy();
        else if (does.fault === undefined) response.writeHead(does.status ?? 204).end();
      }, latencyMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/calls`,
    /** From now on each call is dealt with as this says, with words of the simulator's rules; undefined is well again. */
    behave(next) {
      behaviour = next;
    },
    /** How often each call was heard, by its id. */
    heard,
    /** Calls by their ids, and how many came in in all. */
    totals: () => ({ different: heard.size, all: [...heard.values()].reduce((sum, count) => sum + count, 0) }),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
