/** A service as its owner would write it, that jobs call: verifies what arrives, remembers it, and answers as it is told. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A call that arrived. */
export interface Arrived {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When, epoch ms. */
  readonly atMs: number;
}

/** How a call is answered; `hang` is never. */
export type Reply = 'hang' | { readonly status: number; readonly body?: string };

export class Target {
  /** Everything that verified, in the order of arrival. */
  readonly arrived: Arrived[] = [];
  /** What did not verify; must stay empty. */
  readonly refused: string[] = [];
  /** Any of these may have signed. */
  secrets: string[] = [];
  answer: (call: Arrived, nth: number) => Reply = () => ({ status: 200, body: 'done' });
  #server: Server | undefined;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        const headers = request.headers as Record<string, string>;
        const id = headers['webhook-id'] ?? '';
        if (!this.secrets.some((secret) => verifies(secret, body, headers))) {
          this.refused.push(`${request.method} ${request.url} ${id}`);
          response.writeHead(400).end();
          return;
        }
        const { method = '', url: path = '' } = request;
        const call = { id, method, path, headers, body, atMs: Date.now() };
        this.arrived.push(call);
        const reply = this.answer(call, this.arrived.filter((one) => one.id === id).length);
        if (reply !== 'hang') response.writeHead(reply.status).end(reply.body ?? '');
      })();
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    const { port } = (this.#server as Server).address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

/** A body that is empty cannot be parsed, and so not by the library's own `verify`. */
function verifies(secret: string, body: string, headers: Record<string, string>): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  const expected = new Webhook(secret).sign(headers['webhook-id'] ?? '', at, body);
  return (headers['webhook-signature'] ?? '').split(' ').includes(expected);
}
