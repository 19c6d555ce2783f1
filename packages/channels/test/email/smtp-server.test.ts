/** Against a real SMTP server, with login and TLS. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createEmailChannel, type EmailChannelOptions } from '../../src/index.ts';
import { emailTo, smtpProviderAt } from './scripted-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(options: SMTPServerOptions): Promise<{ port: number; received: string[]; secure: boolean[] }> {
  const received: string[] = [];
  const secure: boolean[] = [];
  const smtp = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    authOptional: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'bells' && password === 'secret'
        ? done(null, { user: username })
        : done(Object.assign(new Error('5.7.8 wrong'), { responseCode: 535 })),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      secure.push(session.secure);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        done();
      });
    },
    ...options,
  });
  smtp.on('error', () => {});
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  cleanups.push(() => new Promise((resolve) => smtp.close(() => resolve())));
  return { port: (listening.address() as AddressInfo).port, received, secure };
}

function channel(changes: Partial<EmailChannelOptions> = {}) {
  const made = createEmailChannel({ connections: 4, timeoutMs: 5_000, connectTimeoutMs: 2_000, ...changes });
  cleanups.push(() => made.close());
  return made;
}

test('a message arrives as it was written, dots at the lines beginnings too', async () => {
  const { port, received } = await server({ hideSTARTTLS: true });
  const text = '.\r\n..two\r\n.hidden\r\nTea at four, naïvely\r\n';
  const outcome = await channel().send(emailTo('ada@people.example', { text }), smtpProviderAt(port));
  // This server names no queue id: then it is the Message-ID.
  expect(outcome).toMatchObject({
    kind: 'accepted',
    providerMessageId: expect.stringMatching(/^<c1\..*@town\.example>$/),
  });
  expect(received).toHaveLength(1);
  expect(received[0]).toContain('\r\n\r\n.\r\n..two\r\n.hidden\r\nTea at four, na=C3=AFvely');
});

test('many at once, each exactly once', async () => {
  const { port, received } = await server({ hideSTARTTLS: true });
  const mail = channel();
  const provider = smtpProviderAt(port);
  let next = 0;
  const work = async () => {
    for (let i = next++; i < 200; i = next++) {
      expect(await mail.send(emailTo(`ada${i}@people.example`), provider)).toMatchObject({ kind: 'accepted' });
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  const recipients = received.map((each) => /^To: (.*)$/m.exec(each)?.[1]?.trim());
  expect(new Set(recipients).size).toBe(200);
  expect(recipients).toHaveLength(200);
});

test.each([
  ['secret', { kind: 'accepted' }],
  ['wrong', { kind: 'throttled', scope: 'account', code: 'smtp_535' }],
])('login with the password %p', async (password, expected) => {
  const { port, received } = await server({ hideSTARTTLS: true, allowInsecureAuth: true, authOptional: false });
  const outcome = await channel().send(
    emailTo('ada@people.example'),
    smtpProviderAt(port, { user: 'bells', password }),
  );
  expect(outcome).toMatchObject(expected);
  expect(received).toHaveLength(expected.kind === 'accepted' ? 1 : 0);
});

test.each([
  ['tls', { secure: true }],
  ['starttls', {}],
] as const)('%s: a certificate of nobody sends nothing; a trusted one sends', async (security, options) => {
  const { port, received, secure } = await server(options);
  const provider = smtpProviderAt(port, { security, user: 'bells', password: 'secret' });
  expect(await channel().send(emailTo('ada@people.example'), provider)).toMatchObject({
    kind: 'retry',
    code: 'not_connected',
  });
  expect(received).toEqual([]);
  const trusting = channel({ tls: { rejectUnauthorized: false } });
  expect(await trusting.send(emailTo('ada@people.example'), provider)).toMatchObject({ kind: 'accepted' });
  expect(received).toHaveLength(1);
  expect(secure).toEqual([true]);
});

test('none does not take TLS even where it is offered', async () => {
  const { port, secure } = await server({});
  expect(await channel().send(emailTo('ada@people.example'), smtpProviderAt(port))).toMatchObject({ kind: 'accepted' });
  expect(secure).toEqual([false]);
});
