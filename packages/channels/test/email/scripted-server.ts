/**
 * An SMTP server whose every byte the test decides. By default it takes everything; a script replaces what it does at one
 * step, by a reply or by an act on the socket.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { EmailContent, OutgoingMessage, SmtpProvider } from '@carillon/contracts';

/** `BODY` is the first byte of the message, `DOT` its end, `ACCEPTED` the moment after the default reply to it. */
export type Step =
  | 'CONNECT'
  | 'EHLO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'BODY'
  | 'DOT'
  | 'ACCEPTED'
  | 'RSET'
  | 'QUIT';
/** A reply without its line end, or an act; an act that does nothing is silence. */
type Act = string | ((socket: Socket, connection: number) => void);
export type Script = Partial<Record<Step, Act>>;

export interface ScriptedServer {
  readonly port: number;
  /** Commands in order, over all connections; the body is one `BODY`. */
  readonly commands: string[];
  /** Messages whose final dot arrived, without the dot. */
  readonly messages: string[];
  /** Connections accepted so far, and those that are open. */
  readonly connections: () => number;
  readonly open: () => number;
  close(): Promise<void>;
}

const DEFAULTS: Record<Step, string> = {
  CONNECT: '220 scripted ESMTP',
  EHLO: '250-scripted\r\n250-SIZE 100000000\r\n250 8BITMIME',
  STARTTLS: '502 5.5.1 no',
  AUTH: '235 2.7.0 welcome',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 go on',
  BODY: '',
  DOT: '250 2.0.0 Ok: queued as 4QxYz1AbCd',
  ACCEPTED: '',
  RSET: '250 2.0.0 Ok',
  QUIT: '221 2.0.0 Bye',
};

/** What EHLO says where the client shall send envelope and DATA in one go. */
export const PIPELINING = '250-scripted\r\n250-PIPELINING\r\n250 8BITMIME';
export const WITH_AUTH = '250-scripted\r\n250 AUTH PLAIN';

/** Starts on a free port. */
export async function startScriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const commands: string[] = [];
  const messages: string[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    const connection = accepted;
    accepted += 1;
    const perform = (step: Step): void => {
      const act = script[step] ?? DEFAULTS[step];
      if (typeof act === 'function') act(socket, connection);
      else if (act !== '') socket.write(`${act}\r\n`);
    };
    let received = '';
    let inBody = false;
    let bodyBegun = false;
    const step = (): boolean => {
      if (inBody) {
        if (!bodyBegun && received !== '') {
          bodyBegun = true;
          commands.push('BODY');
          perform('BODY');
        }
        const end = received.startsWith('.\r\n') ? 0 : received.indexOf('\r\n.\r\n');
        if (end < 0 || socket.destroyed) return false;
        messages.push(received.slice(0, end));
        received = received.slice(end === 0 ? 3 : end + 5);
        inBody = false;
        perform('DOT');
        perform('ACCEPTED');
        return true;
      }
      const end = received.indexOf('\r\n');
      if (end < 0 || socket.destroyed) return false;
      const line = received.slice(0, end);
      received = received.slice(end + 2);
      commands.push(line);
      const verb = (/^[A-Z]+/i.exec(line)?.[0] ?? '').toUpperCase();
      const known = Object.hasOwn(DEFAULTS, verb) ? (verb as Step) : undefined;
      if (known === undefined) socket.write('500 5.5.1 what?\r\n');
      else perform(known);
      if (known === 'DATA' && (script.DATA === undefined || String(script.DATA).startsWith('354'))) {
        inBody = true;
        bodyBegun = false;
      }
      if (known === 'QUIT' && script.QUIT === undefined) socket.end();
      return true;
    };
    socket.on('data', (chunk) => {
      received += chunk.toString();
      while (step());
    });
    perform('CONNECT');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    messages,
    connections: () => accepted,
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export function smtpProviderAt(port: number, changes: Partial<SmtpProvider> = {}): SmtpProvider {
  return {
    channel: 'email',
    id: 1,
    accountId: 1,
    host: '127.0.0.1',
    port,
    security: 'none',
    user: '',
    password: '',
    from: { name: 'The Bell Tower', address: 'bells@town.example' },
    senders: ['mayor@town.example'],
    messagesPerSecond: 10,
    ...changes,
  };
}

const REFERENCE = `c1.7.20260101.3.5.1.${'m'.repeat(22)}`;

export function emailTo(
  address: string,
  content: Partial<EmailContent> = {},
): OutgoingMessage & { content: EmailContent } {
  return {
    address,
    content: { type: 'email', subject: 'Tea', text: 'Tea at four\n', ...content },
    reference: REFERENCE,
  };
}
