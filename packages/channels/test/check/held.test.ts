/** 2,000 checks at once in one process: all of them are in the air before the first is answered, and what memory that takes. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { startDnsServer } from './dns-server.ts';
import { afterwards } from './harness.ts';

const COUNT = 2_000;
/** With the process's own some 100 MB; 300 MB hold a whole service. */
const MOST_MEGABYTES = 250;

async function listen(server: Server): Promise<number> {
  // With a shorter queue the system drops connections that come at once.
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function hold(port: number, dnsPort: number): Promise<{ accepted: number; peakMegabytes: number }> {
  const script = fileURLToPath(new URL('../fixtures/hold-checks.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, COUNT, port, dnsPort].map(String));
  return JSON.parse(stdout) as { accepted: number; peakMegabytes: number };
}

/** Lets all who came go on when all are there. */
function makeGate(): { wait: (goOn: () => void) => void; most: () => number } {
  const waiting: (() => void)[] = [];
  return {
    wait(goOn) {
      waiting.push(goOn);
      if (waiting.length === COUNT) for (const each of waiting) each();
    },
    most: () => waiting.length,
  };
}

test('with a paid service', async () => {
  const gate = makeGate();
  const server = createHttpServer((_request, response) => {
    gate.wait(() => response.end('{"success":true,"result":"deliverable","reason":"accepted_email"}'));
  });
  const port = await listen(server);
  afterwards({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  const { accepted, peakMegabytes } = await hold(port, 0);
  expect([gate.most(), accepted]).toEqual([COUNT, COUNT]);
  expect(peakMegabytes).toBeLessThan(MOST_MEGABYTES);
}, 90_000);

test('with mail servers', async () => {
  const gate = makeGate();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).write('220 mail\r\n');
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        if (line.startsWith('RCPT TO:<person')) gate.wait(() => socket.write('250 Ok\r\n'));
        else if (line.startsWith('RCPT')) socket.write('550 5.1.1 no\r\n');
        else if (line === 'QUIT') socket.end('221 Bye\r\n');
        else socket.write('250 Ok\r\n');
      }
    });
  });
  const port = await listen(server);
  afterwards({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const towns = Array.from({ length: 20 }, (_, number) => [
    `town${number}.example`,
    { mx: [[10, `mx${number}.example`]], a: ['127.0.0.1'] },
  ]);
  const servers = Array.from({ length: 20 }, (_, number) => [`mx${number}.example`, { a: ['127.0.0.1'] }]);
  const dns = afterwards(await startDnsServer(Object.fromEntries([...towns, ...servers])));
  const { accepted, peakMegabytes } = await hold(port, dns.port);
  expect([gate.most(), accepted]).toEqual([COUNT, COUNT]);
  expect(peakMegabytes).toBeLessThan(MOST_MEGABYTES);
}, 90_000);
