/** The simulator as a whole: an HTTP server, an SMTP server and a name server over its parts. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRoute } from './answering.ts';
import { Behaviour } from './behaviour.ts';
import { Callbacks } from './callbacks.ts';
import { Charges } from './checks/charges.ts';
import { Checks } from './checks/checks.ts';
import { makeCheckRoutes } from './checks/routes.ts';
import { Control } from './control.ts';
import { startDns } from './dns.ts';
import { Ledger } from './ledger/ledger.ts';
import { startMail } from './mail/mail.ts';
import { Messages } from './messages.ts';
import { PayLedger } from './payments/payLedger.ts';
import { Payments } from './payments/payments.ts';
import { makePayRoutes } from './payments/routes.ts';
import { makeRoutes } from './routes.ts';

export interface SimulatorOptions {
  /** Made if it is not there. Holds `ledger.ndjson`, `charges.ndjson`, `payments.ndjson` and `control.json`. */
  readonly dataDir: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Where e-mail is taken. Default: the port after the other one if that is free, else any. */
  readonly smtpPort?: number | undefined;
  /** Where names are asked for, by UDP. Default: two after the first port if that is free, else any. */
  readonly dnsPort?: number | undefined;
  /** If set, the one bearer token, the one password for e-mail and the one key for checks and payments that is accepted. */
  readonly accessToken?: string | undefined;
  /** Default `Math.random`. */
  readonly random?: () => number;
  /** Wall clock, epoch ms; what the ledger's times are. Default `Date.now`. */
  readonly nowMs?: () => number;
  /** Most status callbacks that wait in memory; the others wait in the ledger. Default 200,000. */
  readonly maxPendingCallbacks?: number;
}

export interface Simulator {
  /** Such as `http://127.0.0.1:7104`, which is a provider's base URL. */
  readonly url: string;
  readonly smtpPort: number;
  readonly dnsPort: number;
  /** Ends open connections, and waits for the ledger's last write. */
  stop(): Promise<void>;
}

const MESSAGES_PATH = /^\/v\d{1,3}\.\d{1,2}\/([^/?#]{1,100})\/messages$/;
/** Paths whose phone number id is remembered. */
const KNOWN_PATHS = 1_000;
const MESSAGE_LIMIT = 64 * 1024;
const KEEP_ALIVE_MS = 75_000;
/** Thousands of connections may come at once. */
const BACKLOG = 4_096;

/** Starts a simulator. @throws when the port is taken or the data folder cannot be used */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { dataDir, host = '127.0.0.1', port = 0, accessToken, random = Math.random, nowMs = Date.now } = options;
  mkdirSync(dataDir, { recursive: true });
  const control = new Control(dataDir);
  const ledger = new Ledger(dataDir);
  const callbacks = new Callbacks({
    ledger,
    settings: () => control.state.callbacks,
    random,
    nowMs,
    maxPending: options.maxPendingCallbacks ?? 200_000,
  });
  const behaviour = new Behaviour({ control, random });
  const messages = new Messages({ behaviour, ledger, callbacks, accessToken, nowMs });
  const charges = new Charges(dataDir);
  const checks = new Checks({ control, charges, accessToken, random, nowMs });
  const payLedger = new PayLedger(dataDir);
  await payLedger.load();
  const payments = new Payments({ control, ledger: payLedger, accessToken, random, nowMs });
  let smtpPort = 0;
  let dnsPort = 0;
  const routes = {
    ...makeRoutes({
      control,
      ledger,
      callbacks,
      behaviour,
      charges,
      onReset: () => {
        checks.reload();
        payments.reload();
      },
      smtp: () => ({ host, port: smtpPort }),
      dns: () => ({ host, port: dnsPort }),
    }),
    ...makeCheckRoutes({ control, charges, checks }),
    ...makePayRoutes({ control, ledger: payLedger, payments }),
  };
  const numberOf = makeNumberOf();

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const number = request.method === 'POST' ? numberOf(request.url ?? '') : undefined;
    if (number === undefined) {
      if (Checks.serves(request.url ?? '')) void checks.handle(request, response);
      else if (Payments.serves(request.url ?? '')) void payments.handle(request, response);
      else void answerRoute(routes, request, response);
    } else receive(request, response, (body) => messages.handle(number, request.headers.authorization, body, response));
  });
  // What was accepted before a restart is planned before anything new is.
  await callbacks.rebuild();
  await listen(server, port, host);
  const bound = server.address() as AddressInfo;
  const mail = await startMail({
    behaviour,
    ledger,
    accessToken,
    nowMs,
    host,
    port: options.smtpPort,
    preferredPort: port === 0 ? 0 : bound.port + 1,
  }).catch((error) => {
    server.close();
    throw error;
  });
  smtpPort = mail.port;
  const dns = await startDns({ host, port: options.dnsPort, preferredPort: port === 0 ? 0 : bound.port + 2 }).catch(
    (error) => {
      mail.stop();
      server.close();
      throw error;
    },
  );
  dnsPort = dns.port;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    smtpPort,
    dnsPort,
    async stop() {
      dns.stop();
      mail.stop();
      server.close();
      server.closeAllConnections();
      await callbacks.stop();
      ledger.close();
      charges.close();
      payLedger.close();
    },
  };
}

/** Collects a message's body; one that is too long ends its connection, as it proves nothing about the simulator. */
function receive(request: IncomingMessage, response: ServerResponse, done: (body: string) => void): void {
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MESSAGE_LIMIT) response.destroy();
    else if (first === undefined) first = chunk;
    else if (rest === undefined) rest = [first, chunk];
    else rest.push(chunk);
  });
  request.on('end', () => done(rest === undefined ? (first?.toString() ?? '') : Buffer.concat(rest).toString()));
}

/** Phone number id of a messages path, undefined for any other; remembers what it saw. */
function makeNumberOf(): (path: string) => string | undefined {
  const known = new Map<string, string>();
  return (path) => {
    let number = known.get(path);
    if (number === undefined) {
      number = MESSAGES_PATH.exec(path)?.[1];
      if (number !== undefined && known.size < KNOWN_PATHS) known.set(path, number);
    }
    return number;
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen({ port, host, backlog: BACKLOG });
  await once(server, 'listening');
}
