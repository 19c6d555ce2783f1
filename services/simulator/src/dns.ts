/**
 * A name server, so that whoever checks addresses by their mail servers finds ours under every domain: each name has an MX
 * that leads to the SMTP server beside it. Some names have none, for trying what becomes of that.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Answer, decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED } from 'dns-packet';

export interface DnsOptions {
  readonly host: string;
  /** Undefined: the preferred one if it is free, else any. */
  readonly port: number | undefined;
  readonly preferredPort: number;
}

export interface Dns {
  readonly port: number;
  stop(): void;
}

const MAIL_SERVER = 'mx.simulator.example';
const TTL_SECONDS = 60;
const NO_ERROR = 0;
const SERVER_FAILURE = 2;
const NO_SUCH_NAME = 3;

/** Names that are not like the others. */
const NULL_MX = 'nullmx.fault.example';
const NO_MX = 'nomx.fault.example';
const NO_DOMAIN = 'nodomain.fault.example';
const NO_ANSWER = 'nodns.fault.example';

/** Starts it. @throws when the port is taken */
export async function startDns(options: DnsOptions): Promise<Dns> {
  const { host, port, preferredPort } = options;
  const socket =
    port === undefined ? await bind(host, preferredPort).catch(() => bind(host, 0)) : await bind(host, port);
  const address = reachable(host);
  socket.on('message', (message, from) => {
    const reply = answerTo(message, address);
    if (reply !== undefined) socket.send(reply, from.port, from.address);
  });
  // An answer that cannot be delivered is asked for again.
  socket.on('error', () => {});
  return { port: socket.address().port, stop: () => socket.close() };
}

async function bind(host: string, port: number): Promise<Socket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind(port, host);
  await once(socket, 'listening');
  return socket;
}

function answerTo(message: Buffer, address: string): Buffer | undefined {
  let asked: ReturnType<typeof decode>;
  try {
    asked = decode(message);
  } catch {
    return undefined;
  }
  const question = asked.questions?.[0];
  if (asked.type !== 'query' || question === undefined) return undefined;
  const name = question.name.toLowerCase();
  const rcode = name === NO_DOMAIN ? NO_SUCH_NAME : name === NO_ANSWER ? SERVER_FAILURE : NO_ERROR;
  const answers = rcode === NO_ERROR ? recordsOf(name, question.type, address) : [];
  return encode({
    type: 'response',
    id: asked.id ?? 0,
    flags: ((asked.flags ?? 0) & RECURSION_DESIRED) | RECURSION_AVAILABLE | rcode,
    questions: [question],
    answers,
  });
}

function recordsOf(name: string, type: string, address: string): Answer[] {
  if (name === NO_MX) return [];
  if (type === 'MX') {
    const data = name === NULL_MX ? { preference: 0, exchange: '.' } : { preference: 10, exchange: MAIL_SERVER };
    return [{ type, name, ttl: TTL_SECONDS, data }];
  }
  return type === 'A' ? [{ type, name, ttl: TTL_SECONDS, data: address }] : [];
}

/** Under which address the SMTP server beside us is reached by others. */
function reachable(host: string): string {
  if (isIPv4(host) && host !== '0.0.0.0') return host;
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  return host === '0.0.0.0' || host === '::' ? (outside?.address ?? '127.0.0.1') : '127.0.0.1';
}
