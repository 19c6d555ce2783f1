/** A TCP server whose every byte the test decides: what an HTTP server library would never do is what is tested. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { WhatsAppProvider } from '@carillon/contracts';

export interface RawServer {
  readonly port: number;
  /** Complete requests received, as text, over all connections. */
  readonly requests: string[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export interface Script {
  onConnection?: (socket: Socket) => void;
  /** Called for each complete request (those without a length are GET and DELETE without a body), with its index over all connections. */
  onRequest?: (socket: Socket, index: number) => void;
}

/** Starts on a free port. Sockets are read unless `onConnection` pauses or destroys them. */
export async function startRawServer(script: Script): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    accepted += 1;
    script.onConnection?.(socket);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
      const bare = /^(?:GET|DELETE) /.test(received) ? '0' : undefined;
      const length = /content-length: (\d+)\r\n/i.exec(received)?.[1] ?? bare;
      const head = received.indexOf('\r\n\r\n');
      if (length === undefined || head < 0 || Buffer.byteLength(received) < head + 4 + Number(length)) return;
      requests.push(received);
      received = '';
      script.onRequest?.(socket, requests.length - 1);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => accepted,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A whole HTTP answer. */
export function answer(status: number, body: unknown, headers = ''): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return `HTTP/1.1 ${status} Whatever\r\ncontent-length: ${Buffer.byteLength(text)}\r\n${headers}\r\n${text}`;
}

export const ACCEPTED = {
  messaging_product: 'whatsapp',
  contacts: [{ input: '15551234567', wa_id: '15551234567' }],
  messages: [{ id: 'wamid.one', message_status: 'accepted' }],
};

export function providerAt(port: number, changes: Partial<WhatsAppProvider> = {}): WhatsAppProvider {
  return {
    channel: 'whatsapp',
    id: 1,
    accountId: 1,
    baseUrl: `http://127.0.0.1:${port}`,
    apiVersion: 'v23.0',
    phoneNumberId: '1065',
    accessToken: 'token',
    appSecret: 'secret',
    verifyToken: 'verify',
    messagesPerSecond: 80,
    ...changes,
  };
}
