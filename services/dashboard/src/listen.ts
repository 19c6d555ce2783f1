/** The HTTP server around the app. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PreflightError } from '@carillon/runtime';
import type { Express } from 'express';

/** A server that listens. */
export interface Listening {
  /** Such as `http://127.0.0.1:7103`. */
  readonly url: string;
  /** Ends the open requests too: a browser that polls would keep the process for ever. */
  close(): Promise<void>;
}

/** Listens; port 0 takes a free one. Throws PreflightError when the port cannot be had. */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = createServer(app);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PreflightError(`port ${port} on ${host} is taken; set DASHBOARD_PORT to another`, { cause: error });
  }
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
