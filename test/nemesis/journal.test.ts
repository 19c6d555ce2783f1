/** The nemesis's journal knows what may have been done: how often something was sent for each act. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { openJournal } from '../../nemesis/journal.mjs';
import { mayHaveHappened } from '../../nemesis/judge/asked.mjs';

test('what was refused may have been done by an earlier request that nobody answered', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (asked === 1) return void response.socket?.resetAndDestroy();
    response.writeHead(409, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ status: 409, code: 'invalid_state', title: 'over' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const journal = openJournal({ fronts: [{ url: `http://127.0.0.1:${port}` }] });
    const ask = () =>
      journal.ask({ key: 'any' }, { act: 'pause' }, (client: { post: (path: string, options: object) => unknown }) =>
        client.post('/v1/jobs/{id}/pause', { path: { id: 'job_1' } }),
      );
    const [first, second] = [await ask(), await ask()];
    expect([first.requests, first.state, mayHaveHappened(first)]).toEqual([2, 'refused', true]);
    expect([second.requests, second.state, mayHaveHappened(second)]).toEqual([1, 'refused', false]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
