/** The HTTP server around the app: listening with a clear word when it cannot, and a stop that lets requests end. */
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PreflightError } from '@carillon/runtime';

/** An import of millions of lines takes its time; heads of requests do not. */
const REQUEST_TIMEOUT_MS = 3_600_000;
const HEADERS_TIMEOUT_MS = 30_000;

export interface ApiServer {
  /** Resolves with the port; rejects with a PreflightError when it cannot be had. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no new connection; resolves when the last request has its answer. */
  close(): Promise<void>;
}

export function createServer(app: RequestListener): ApiServer {
  const server = createHttpServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS }, app);
  return {
    async listen(host, port) {
      server.listen(port, host);
      try {
        await once(server, 'listening');
      } catch (cause) {
        const code = (cause as NodeJS.ErrnoException).code;
        const reason = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${code})`;
        throw new PreflightError(`${host}:${port} ${reason}; set API_PORT to a free one`, { cause });
      }
      return (server.address() as AddressInfo).port;
    },
    async close() {
      if (!server.listening) return;
      // A connection that was busy when the stop began would stay open after its answer, for nobody.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      await new Promise((resolve) => server.close(resolve));
      clearInterval(sweep);
    },
  };
}
