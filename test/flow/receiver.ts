/** A receiver of webhooks as its owner would write it: verifies what arrives, remembers it by its id, answers as it is told. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@carillon/testkit';
import { Webhook } from 'standardwebhooks';

/** A notice that verified. */
export interface Received {
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into every event
  readonly data: any;
  /** The bytes as they came. */
  readonly body: string;
  readonly signatures: number;
  /** What it was answered with. */
  readonly status: number;
}

/** How a request is answered. */
type Reply = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export class Receiver {
  /** Everything that verified, repeats too, in the order of arrival. */
  readonly received: Received[] = [];
  /** What did not verify, with the reason; must stay empty. */
  readonly refused: string[] = [];
  /** Any of these may have signed. */
  secrets: string[] = [];
  answer: (notice: Omit<Received, 'status'>) => Reply = () => ({ status: 204 });
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hooks`;
  }

  /** Listens; after a stop at the same port again. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        const headers = request.headers as Record<string, string>;
        const notice = this.#verify(body, headers);
        if (notice === undefined) {
          response.writeHead(400).end();
          return;
        }
        const { status, headers: more } = this.answer(notice);
        this.received.push({ ...notice, status });
        response.writeHead(status, more).end();
      })();
    }).listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** As a crash would: connections are cut, and nobody listens. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  /** What was taken, each event once. */
  get events(): Received[] {
    const taken = this.received.filter(({ status }) => status < 300);
    return [...new Map(taken.map((notice) => [notice.id, notice])).values()];
  }

  /** Waits for an event that was taken. */
  async event(isIt: (notice: Received) => boolean, what: string): Promise<Received> {
    return await eventually(() => this.events.find(isIt) ?? false, { timeoutMs: 120_000, what });
  }

  #verify(body: string, headers: Record<string, string>): Omit<Received, 'status'> | undefined {
    let failure: unknown = new Error('no secret is known');
    for (const secret of this.secrets) {
      try {
        const event = new Webhook(secret).verify(body, headers) as { type: string; data: unknown };
        const signatures = (headers['webhook-signature'] ?? '').split(' ').length;
        return { id: headers['webhook-id'] ?? '', type: event.type, data: event.data, body, signatures };
      } catch (error) {
        failure = error;
      }
    }
    this.refused.push(String(failure));
    return undefined;
  }
}
