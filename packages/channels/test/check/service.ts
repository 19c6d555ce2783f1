/** A paid service whose every answer the test decides, or that gives none. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `half` and `noise` are half of an answer, and something that is no HTTP. */
export type Act =
  | {
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Record<string, string>;
      readonly afterMs?: number;
    }
  | 'hang'
  | 'reset'
  | 'close'
  | 'half'
  | 'noise';

export interface Service {
  readonly port: number;
  readonly requests: {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
    /** The other end of the connection that it came by. */
    readonly from: number | undefined;
  }[];
  close(): Promise<void>;
}

/** Starts on a free port. @param next what it does with a request */
export async function startService(next: () => Act): Promise<Service> {
  const requests: Service['requests'] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers, socket } = request;
    requests.push({ method, url, headers, from: socket.remotePort });
    const act = next();
    if (act === 'hang') return;
    if (act === 'reset') socket.resetAndDestroy();
    else if (act === 'close') socket.destroy();
    else if (act === 'noise') socket.end('220 mail.example ESMTP\r\n');
    else if (act === 'half') socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"success":true,');
    else {
      const { status, body, headers = {}, afterMs = 0 } = act;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const answer = () => response.writeHead(status, headers).end(text);
      if (afterMs > 0) setTimeout(answer, afterMs);
      else answer();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    async close() {
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
