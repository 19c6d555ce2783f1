/**
 * What became of an e-mail, for everything that a server can do to a connection. Two things matter above all: a message
 * whose body was begun and whose dot was not answered is never called anything but `unknown`, and one that cannot have been
 * accepted is never left `unknown`.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { SendOutcome } from '@carillon/contracts';
import { eventually } from '@carillon/testkit';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Channel, createEmailChannel, type EmailChannelOptions } from '../../src/index.ts';
import {
  emailTo,
  PIPELINING,
  type Script,
  type ScriptedServer,
  type Step,
  smtpProviderAt,
  startScriptedServer,
  WITH_AUTH,
} from './scripted-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(script?: Script): Promise<ScriptedServer> {
  const started = await startScriptedServer(script);
  cleanups.push(() => started.close());
  return started;
}

function channel(changes: Partial<EmailChannelOptions> = {}): Channel {
  const made = createEmailChannel({ connections: 1, timeoutMs: 5_000, connectTimeoutMs: 2_000, ...changes });
  cleanups.push(() => made.close());
  return made;
}

const message = emailTo('ada@people.example');
const reset = (socket: Socket) => void socket.resetAndDestroy();
const end = (socket: Socket) => void socket.end();
const silence = () => {};

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The rule of design section 2, I5, as a table: the place at which a connection is lost, and what that proves. */
const LOSSES: readonly (readonly [Step, SendOutcome['kind'], string])[] = [
  ['CONNECT', 'retry', 'not_connected'],
  ['EHLO', 'retry', 'not_connected'],
  ['AUTH', 'retry', 'not_connected'],
  ['MAIL', 'retry', 'connection_lost'],
  ['RCPT', 'retry', 'connection_lost'],
  ['DATA', 'retry', 'connection_lost'],
  ['BODY', 'unknown', 'connection_lost'],
  ['DOT', 'unknown', 'connection_lost'],
];

/** What is wrong with an outcome of a loss, by that table. */
function violations(step: Step, outcome: SendOutcome): string[] {
  const begun = step === 'BODY' || step === 'DOT';
  if (begun && outcome.kind !== 'unknown')
    return [`${step}: the message may be there, and the outcome is ${outcome.kind}`];
  if (!begun && outcome.kind !== 'retry')
    return [`${step}: the message cannot be there, and the outcome is ${outcome.kind}`];
  return [];
}

describe('a connection that is lost', () => {
  const provider = (port: number) => smtpProviderAt(port, { user: 'bells', password: 'secret' });

  test.each(
    LOSSES.flatMap(([step, kind, code]) => [
      ['reset', step, kind, code, reset] as const,
      ['closed', step, kind, code, end] as const,
    ]),
  )('%s at %s is %s', async (_how, step, kind, code, act) => {
    const raw = await server({ EHLO: WITH_AUTH, [step]: act });
    const outcome = await channel().send(message, provider(raw.port));
    expect(outcome).toEqual({ kind, code, message: expect.stringMatching(/./) });
    expect(violations(step, outcome)).toEqual([]);
    if (kind === 'retry') expect(raw.messages).toEqual([]);
    expect(raw.commands.filter((command) => command.startsWith('MAIL')).length).toBeLessThanOrEqual(1);
  });

  test.each(['MAIL', 'RCPT', 'DATA'] as const)('at %s is retry with pipelining, too', async (step) => {
    const raw = await server({ EHLO: PIPELINING, [step]: reset });
    expect(await channel().send(message, smtpProviderAt(raw.port))).toMatchObject({ kind: 'retry' });
    expect(raw.messages).toEqual([]);
  });

  test.each(['BODY', 'DOT'] as const)('at %s is unknown with pipelining, too', async (step) => {
    const raw = await server({ EHLO: PIPELINING, [step]: reset });
    expect(await channel().send(message, smtpProviderAt(raw.port))).toMatchObject({ kind: 'unknown' });
  });

  test('in the middle of a long body is unknown', async () => {
    const raw = await server({ BODY: reset });
    const long = emailTo('ada@people.example', { text: 'Tea at four, and cake. '.repeat(20_000) });
    expect(await channel().send(long, smtpProviderAt(raw.port))).toMatchObject({ kind: 'unknown' });
    expect(raw.messages).toEqual([]);
  });

  test('after the reply to the dot changes nothing: it was accepted', async () => {
    const raw = await server({ ACCEPTED: reset });
    const mail = channel();
    expect(await mail.send(message, smtpProviderAt(raw.port))).toMatchObject({ kind: 'accepted' });
  });

  test('with half a reply is unknown', async () => {
    const raw = await server({ DOT: (socket) => void socket.end('250 2.0.0 Ok: queued as 4Qx') });
    expect(await channel().send(message, smtpProviderAt(raw.port))).toMatchObject({ kind: 'unknown' });
  });

  test('refused is retry', async () => {
    const outcome = await channel().send(message, smtpProviderAt(await deadPort()));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });

  test('to a host that has no address is retry', async () => {
    const outcome = await channel().send(message, smtpProviderAt(25, { host: 'mail.nowhere.invalid' }));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });

  test('negative control: whoever takes the loss after the dot for a retry is caught', async () => {
    const raw = await server({ DOT: reset });
    const outcome = await channel().send(message, smtpProviderAt(raw.port));
    expect(violations('DOT', outcome)).toEqual([]);
    const careless: SendOutcome = { kind: 'retry', code: 'connection_lost', message: 'lost' };
    expect(violations('DOT', careless)).toHaveLength(1);
    const timid: SendOutcome = { kind: 'unknown', code: 'connection_lost', message: 'lost' };
    expect(violations('RCPT', timid)).toHaveLength(1);
    // And the message did arrive: a second send would have been a second letter.
    expect(raw.messages).toHaveLength(1);
  });
});

describe('silence', () => {
  test.each(['CONNECT', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'] as const)('at %s ends as retry', async (step) => {
    const raw = await server({ EHLO: WITH_AUTH, [step]: silence });
    const mail = channel({ timeoutMs: 1_000, connectTimeoutMs: 5_000 });
    const outcome = await mail.send(message, smtpProviderAt(raw.port, { user: 'bells', password: 'secret' }));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'timeout' });
    expect(raw.messages).toEqual([]);
    await eventually(() => raw.open() === 0 || undefined, { what: 'the connection to close' });
  });

  test('after the dot ends as unknown', async () => {
    const raw = await server({ DOT: silence });
    const outcome = await channel({ timeoutMs: 1_000 }).send(message, smtpProviderAt(raw.port));
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'timeout' });
  });

  test('while connecting ends with the time-out for that', async () => {
    const raw = await server({ CONNECT: silence });
    const outcome = await channel({ connectTimeoutMs: 100 }).send(message, smtpProviderAt(raw.port));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });

  test('a reply that trickles does not stretch the time-out', async () => {
    const raw = await server({
      DOT: (socket) => {
        const timer = setInterval(() => socket.write('250-still thinking\r\n'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    });
    const startedAt = performance.now();
    expect(await channel({ timeoutMs: 1_000 }).send(message, smtpProviderAt(raw.port))).toMatchObject({
      kind: 'unknown',
      code: 'timeout',
    });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('a reply', () => {
  test.each<readonly [Step, string, Partial<SendOutcome>]>([
    ['CONNECT', '554 5.7.1 Your address is listed', { kind: 'throttled', scope: 'account', code: 'smtp_554' }],
    ['CONNECT', '421 4.7.0 Too many connections', { kind: 'throttled', scope: 'number', code: 'smtp_421' }],
    ['CONNECT', '421 Try again later', { kind: 'retry', code: 'smtp_421' }],
    ['AUTH', '535 5.7.8 Wrong password', { kind: 'throttled', scope: 'account', code: 'smtp_535' }],
    ['AUTH', '454 4.7.0 Temporary failure', { kind: 'retry', code: 'smtp_454' }],
    ['MAIL', '530 5.7.0 Log in first', { kind: 'throttled', scope: 'account', code: 'smtp_530' }],
    ['MAIL', '553 5.1.8 Sender refused', { kind: 'rejected', code: 'smtp_553' }],
    ['MAIL', '452 4.3.1 Out of space', { kind: 'retry', code: 'smtp_452' }],
    [
      'RCPT',
      '550 5.1.1 <ada@people.example>: no such user',
      { kind: 'rejected', code: 'smtp_550', concerns: 'address' },
    ],
    ['RCPT', '550 no such user', { kind: 'rejected', code: 'smtp_550', concerns: 'address' }],
    ['RCPT', '550 5.7.1 Refused by policy', { kind: 'rejected', code: 'smtp_550' }],
    ['RCPT', '451 4.3.0 Try again', { kind: 'retry', code: 'smtp_451' }],
    ['RCPT', '450 4.7.1 Greylisted, come back', { kind: 'retry', code: 'smtp_450' }],
    ['RCPT', '421 4.7.0 Too many messages, slow down', { kind: 'throttled', scope: 'number', code: 'smtp_421' }],
    ['DATA', '451 4.3.0 Not now', { kind: 'retry', code: 'smtp_451' }],
    ['DATA', '554 5.5.1 No valid recipients', { kind: 'rejected', code: 'smtp_554' }],
    ['DOT', '554 5.7.1 Looks like spam', { kind: 'rejected', code: 'smtp_554' }],
    ['DOT', '550 5.1.1 Unknown after all', { kind: 'rejected', code: 'smtp_550', concerns: 'address' }],
    ['DOT', '550 Unknown', { kind: 'rejected', code: 'smtp_550' }],
    ['DOT', '451 4.3.0 Queue full', { kind: 'retry', code: 'smtp_451' }],
    ['DOT', '452 4.2.2 Mailbox over quota', { kind: 'retry', code: 'smtp_452' }],
    [
      'DOT',
      '421-4.7.28 Unusual rate of mail\r\n421 4.7.28 come back',
      { kind: 'throttled', scope: 'number', code: 'smtp_421' },
    ],
    ['DOT', '354 go on, and on', { kind: 'unknown', code: 'unreadable_answer' }],
    ['DOT', 'Hello!', { kind: 'unknown', code: 'unreadable_answer' }],
  ])('at %s of "%s"', async (step, reply, expected) => {
    for (const greeting of step === 'AUTH' ? [WITH_AUTH] : [undefined, PIPELINING]) {
      const raw = await server({ ...(greeting !== undefined && { EHLO: greeting }), [step]: reply });
      const login = step === 'AUTH' ? { user: 'bells', password: 'secret' } : {};
      const outcome = await channel({ timeoutMs: 1_000 }).send(message, smtpProviderAt(raw.port, login));
      expect({ ...outcome, message: '' }).toEqual({ ...expected, message: '' });
      const text = 'message' in outcome ? outcome.message : '';
      expect(text).not.toBe('');
      expect(text).not.toContain('ada@people.example');
    }
  });

  test('without STARTTLS where it is demanded sends nothing, and pauses the account', async () => {
    const raw = await server();
    const outcome = await channel().send(message, smtpProviderAt(raw.port, { security: 'starttls' }));
    expect(outcome).toMatchObject({ kind: 'throttled', scope: 'account', code: 'smtp_502' });
    expect(raw.commands.some((command) => command.startsWith('MAIL'))).toBe(false);
  });

  test.each<readonly [string, SendOutcome['kind']]>([
    ['250 2.0.0 Ok', 'unknown'],
    ['552 5.3.4 Too large', 'rejected'],
    ['421 4.3.0 Going down', 'retry'],
  ])('before the end of the message, "%s", is none to the dot, and the connection is given up', async (reply, kind) => {
    const raw = await server({ BODY: reply, DOT: silence });
    const mail = channel({ timeoutMs: 8_000 });
    const long = emailTo('ada@people.example', { text: 'Tea at four, and cake. '.repeat(200_000) });
    expect(await mail.send(long, smtpProviderAt(raw.port))).toMatchObject({ kind });
    await eventually(() => raw.open() === 0 || undefined, { what: 'the end of the connection' });
    expect(raw.messages).toEqual([]);
  });

  test('a message larger than the server takes is not even begun', async () => {
    const raw = await server({ EHLO: '250-scripted\r\n250 SIZE 100' });
    const outcome = await channel().send(message, smtpProviderAt(raw.port));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'message_too_large' });
    expect(raw.commands.some((command) => command.startsWith('MAIL'))).toBe(false);
  });
});

describe('a connection', () => {
  test('is used again, also after a refusal', async () => {
    let refusals = 1;
    const raw = await server({
      RCPT: (socket) => void socket.write(refusals-- > 0 ? '550 5.1.1 nobody\r\n' : '250 2.1.5 Ok\r\n'),
    });
    const mail = channel();
    const provider = smtpProviderAt(raw.port);
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'rejected' });
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(raw.connections()).toBe(1);
    expect(raw.commands.filter((command) => command === 'RSET')).toHaveLength(1);
    expect(raw.messages).toHaveLength(2);
  });

  test('that cannot be cleared of a refusal is replaced within the next call', async () => {
    let refusals = 1;
    const raw = await server({
      RCPT: (socket) => void socket.write(refusals-- > 0 ? '451 4.3.0 later\r\n' : '250 2.1.5 Ok\r\n'),
      RSET: reset,
    });
    const mail = channel();
    const provider = smtpProviderAt(raw.port);
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'retry' });
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(raw.connections()).toBe(2);
  });

  test('is counted before the outcome is awaited, and free again when it is known', async () => {
    const raw = await server();
    const mail = channel({ connections: 2 });
    const provider = smtpProviderAt(raw.port);
    expect(mail.free(provider)).toBe(2);
    const calls = [mail.send(message, provider), mail.send(message, provider)];
    expect(mail.free(provider)).toBe(0);
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'retry', code: 'no_free_connection' });
    await calls[0];
    expect(mail.free(provider)).toBeGreaterThan(0);
    expect(await Promise.all(calls)).toMatchObject([{ kind: 'accepted' }, { kind: 'accepted' }]);
    expect(mail.free(provider)).toBe(2);
    expect(raw.messages).toHaveLength(2);
  });

  test('is limited per host and belongs to a provider object', async () => {
    const raw = await server();
    const mail = channel({ connections: 1 });
    const [one, other] = [smtpProviderAt(raw.port), smtpProviderAt(raw.port, { id: 2 })];
    await mail.send(message, one);
    expect(mail.free(other)).toBe(1);
    await mail.send(message, other);
    await mail.send(message, other);
    // The first one's idle connection made room for the second one's.
    expect(raw.connections()).toBe(2);
    await eventually(() => raw.open() === 1 || undefined, { what: 'only one open connection' });
  });

  test('is ended after a number of messages, and after a time without any', async () => {
    const raw = await server();
    const mail = channel({ messagesPerConnection: 2, keepAliveMs: 50 });
    const provider = smtpProviderAt(raw.port);
    for (let i = 0; i < 3; i += 1) expect(await mail.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(raw.connections()).toBe(2);
    await eventually(() => raw.open() === 0 || undefined, { what: 'both connections to end' });
    expect(raw.commands.filter((command) => command === 'QUIT')).toHaveLength(2);
  });

  test('that the server ended while idle is not used', async () => {
    let last: Socket | undefined;
    const raw = await server({
      ACCEPTED: (socket) => {
        last = socket;
      },
    });
    const mail = channel();
    const provider = smtpProviderAt(raw.port);
    await mail.send(message, provider);
    last?.end('421 4.4.2 idle for too long\r\n');
    await eventually(() => raw.open() === 0 || undefined, { what: 'the end of the idle connection' });
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(raw.connections()).toBe(2);
  });

  test('is not opened for what cannot be sent', async () => {
    const raw = await server();
    const mail = channel();
    const text = { ...message, content: { type: 'text', text: 'Tea' } } as const;
    expect(await mail.send(text, smtpProviderAt(raw.port))).toMatchObject({ kind: 'rejected', code: 'wrong_content' });
    expect(await mail.send(message, smtpProviderAt(raw.port, { host: 'a b' }))).toMatchObject({
      kind: 'throttled',
      scope: 'account',
      code: 'invalid_provider',
    });
    expect(raw.connections()).toBe(0);
  });
});

describe('startBefore', () => {
  test('in the past: connected, and nothing of the message written', async () => {
    const raw = await server();
    const mail = channel();
    const provider = smtpProviderAt(raw.port);
    expect(await mail.send(message, provider, performance.now() - 1)).toMatchObject({
      kind: 'retry',
      code: 'too_late',
    });
    expect(raw.commands.some((command) => command.startsWith('MAIL'))).toBe(false);
    expect(await mail.send(message, provider, performance.now() + 5_000)).toMatchObject({ kind: 'accepted' });
    expect(raw.connections()).toBe(1);
  });

  test('is looked at after connecting, not before', async () => {
    const startBefore = performance.now() + 50;
    const raw = await server({
      EHLO: (socket) => void setTimeout(() => socket.write('250 scripted\r\n'), startBefore + 5 - performance.now()),
    });
    expect(await channel().send(message, smtpProviderAt(raw.port), startBefore)).toMatchObject({
      kind: 'retry',
      code: 'too_late',
    });
    expect(raw.commands.some((command) => command.startsWith('MAIL'))).toBe(false);
  });

  test('a process that stood still between envelope and body does not begin the body', async () => {
    const raw = await server({
      DATA: (socket) => {
        socket.write('354 go on\r\n');
        // The reply waits in our socket while this blocks; the time-out passes before it is read.
        const until = performance.now() + 1_300;
        setImmediate(() => {
          while (performance.now() < until);
        });
      },
    });
    const outcome = await channel({ timeoutMs: 1_000 }).send(message, smtpProviderAt(raw.port));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'timeout' });
    expect(raw.messages).toEqual([]);
  });
});

describe('close', () => {
  test('lets the message in the air end, says goodbye, and takes nothing more', async () => {
    let answer: (() => void) | undefined;
    const raw = await server({
      DOT: (socket) => {
        answer = () => socket.write('250 2.0.0 Ok: queued as X1\r\n');
      },
    });
    const mail = channel();
    const provider = smtpProviderAt(raw.port);
    const sending = mail.send(message, provider);
    await eventually(() => answer, { what: 'the dot' });
    const closing = mail.close();
    expect(mail.free(provider)).toBe(0);
    expect(await mail.send(message, provider)).toMatchObject({ kind: 'retry', code: 'channel_closed' });
    answer?.();
    expect(await sending).toMatchObject({ kind: 'accepted', providerMessageId: 'X1' });
    await closing;
    await eventually(() => raw.open() === 0 || undefined, { what: 'no connection' });
    expect(raw.commands.at(-1)).toBe('QUIT');
  });

  test('does not wait for a server that does not answer QUIT', async () => {
    const raw = await server({ QUIT: silence });
    const mail = channel();
    await mail.send(message, smtpProviderAt(raw.port));
    await mail.close();
    await eventually(() => raw.open() === 0 || undefined, { what: 'no connection' });
  });
});

test('onWritten is told when the final dot is with the server', async () => {
  let written = 0;
  const seenAtWritten: number[] = [];
  const raw = await server({ DOT: silence });
  const mail = channel({
    timeoutMs: 500,
    onWritten: () => {
      written += 1;
      seenAtWritten.push(raw.messages.length);
    },
  });
  const sending = mail.send(emailTo('ada@people.example', { text: 'x'.repeat(300_000) }), smtpProviderAt(raw.port));
  await eventually(() => raw.messages.length === 1 || undefined, { what: 'the dot' });
  await eventually(() => written === 1 || undefined, { what: 'onWritten' });
  expect(await sending).toMatchObject({ kind: 'unknown', code: 'timeout' });
  expect(written).toBe(1);
});
