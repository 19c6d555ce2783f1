/** A service that is called by jobs: it answers after a while, and remembers which calls it heard, by the id that each carries. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Listens on a free port of this machine. @param latency between a call and its answer, from `minMs` to `maxMs` */
export async function startCalled({ minMs, maxMs }) {
  const heard = new Map();
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      const id = request.headers['webhook-id'];
      heard.set(id, (heard.get(id) ?? 0) + 1);
      setTimeout(() => response.writeHead(204).end(), minMs + Math.random() * (maxMs - minMs));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/calls`,
    /** Calls by their ids, and how many came in in all. */
    totals: () => ({ different: heard.size, all: [...heard.values()].reduce((sum, count) => sum + count, 0) }),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
