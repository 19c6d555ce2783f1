/**
 * The smtp verifier against a real SMTP server (the smtp-server package) and a real name server: every verdict, and what is
 * said and not said on the wire.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from '@carillon/testkit';
import { describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { type Script, startScriptedServer } from '../email/scripted-server.ts';
import { type Records, startDnsServer } from './dns-server.ts';
import { afterwards, checkOf, inShort, openChannel, REFERENCE, smtpVerifier } from './harness.ts';

const NOBODY = /^nobody-probe-[0-9a-f]{16}@/;

/** What the server says of a recipient, by the name before the @. */
const SAID: Readonly<Record<string, string>> = {
  rejected: '550 5.1.1 There is no such mailbox',
  plain: '550 No such user here',
  unknown551: '551 User not local',
  disabled: '550 5.2.1 The mailbox is disabled',
  full: '552 5.2.2 The mailbox is full',
  fulllater: '452 4.2.2 The mailbox is over its quota',
  fullplain: '550 User is over quota',
  policy: '550 5.7.1 Recipient refused by policy',
  listed: '554 5.7.1 Your address is listed at dnsbl.example',
  blocked: '550 Your host is blocked for spam',
  greylisted: '450 4.2.0 Greylisted, see you later',
  greylisted451: '451 4.7.1 Try again in 5 minutes',
  deferred: '451 4.3.0 Something is broken here',
  closing: '421 4.7.0 Too many connections',
  syntax: '501 5.5.4 What?',
};

/** A whole domain: its DNS and a mail server that knows `ana` and the names above. */
async function startTown(records: Record<string, Records> = {}, options: { tls?: boolean; takesAll?: boolean } = {}) {
  const seen = { commands: [] as string[], messages: 0, sessions: 0, secure: [] as boolean[] };
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    disableReverseLookup: true,
    ...(options.tls !== true && { disabledCommands: ['STARTTLS', 'AUTH'] }),
    onConnect(_session, done) {
      seen.sessions += 1;
      done();
    },
    onMailFrom({ address }, session, done) {
      seen.commands.push(`MAIL ${address}`);
      seen.secure.push(session.secure);
      done();
    },
    onRcptTo({ address }, _session, done) {
      seen.commands.push(`RCPT ${address}`);
      const local = address.slice(0, address.indexOf('@'));
      const said = SAID[local];
      if (said !== undefined) {
        done(Object.assign(new Error(said.slice(4)), { responseCode: Number(said.slice(0, 3)) }));
      } else if (NOBODY.test(address) && options.takesAll !== true) {
        done(Object.assign(new Error('5.1.1 There is no such mailbox'), { responseCode: 550 }));
      } else done();
    },
    onData(stream, _session, done) {
      seen.messages += 1;
      stream.resume().on('end', () => done());
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  afterwards({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
  const dns = afterwards(
    await startDnsServer({
      'town.example': { mx: [[10, 'mx.town.example']] },
      'mx.town.example': { a: ['127.0.0.1'] },
      ...records,
    }),
  );
  return { seen, dns, provider: smtpVerifier(port, dns.port) };
}

/** A mail server whose every byte the test decides. */
async function startOddTown(script: Script) {
  const server = afterwards(await startScriptedServer(script));
  const dns = afterwards(
    await startDnsServer({
      'town.example': { mx: [[10, 'mx.town.example']] },
      'mx.town.example': { a: ['127.0.0.1'] },
    }),
  );
  return { server, dns, provider: smtpVerifier(server.port, dns.port) };
}

describe('a verdict', () => {
  test.each([
    ['ana', 'deliverable accepted_email'],
    ['rejected', 'undeliverable rejected_email'],
    ['plain', 'undeliverable rejected_email'],
    ['unknown551', 'undeliverable rejected_email'],
    ['disabled', 'undeliverable mailbox_disabled'],
    ['full', 'risky mailbox_full'],
    ['fulllater', 'risky mailbox_full'],
    ['fullplain', 'risky mailbox_full'],
    ['policy', 'retry blocked'],
    ['listed', 'retry blocked'],
    ['blocked', 'retry blocked'],
    ['greylisted', 'retry greylisted'],
    ['greylisted451', 'retry greylisted'],
    ['deferred', 'retry deferred'],
    ['closing', 'retry unavailable_smtp'],
    ['syntax', 'retry invalid_smtp'],
  ])('of %s is %s', async (local, expected) => {
    const { provider, seen } = await startTown();
    const outcome = await openChannel().send(checkOf(`${local}@town.example`), provider);
    expect(inShort(outcome)).toBe(expected);
    if (outcome.kind === 'accepted') {
      expect(outcome).toMatchObject({ providerMessageId: REFERENCE, verdict: { costMicros: 0, checkedBy: 'smtp' } });
    }
    expect(seen.messages).toBe(0);
  });

  test('of a server that takes every address is catch-all, and later ones of the domain ask nobody', async () => {
    const { provider, seen } = await startTown({}, { takesAll: true });
    const channel = openChannel();
    expect(inShort(await channel.send(checkOf('ana@town.example'), provider))).toBe('risky catch_all');
    expect(seen.sessions).toBe(1);
    expect(inShort(await channel.send(checkOf('eva@town.example'), provider))).toBe('risky catch_all');
    expect(seen.sessions).toBe(1);
  });

  test.each([
    ['ana@nowhere.example', 'undeliverable no_domain'],
    ['ana@null.example', 'undeliverable null_mx'],
    ['ana@bare.example', 'undeliverable no_mx'],
    ['ana@mailinator.com', 'risky disposable'],
    ['ana@sub.mailinator.com', 'risky disposable'],
    ['postmaster@town.example', 'risky role'],
    ['Info+shop@town.example', 'risky role'],
    ['ana@town', 'undeliverable invalid_syntax'],
    ['ana.town.example', 'undeliverable invalid_syntax'],
    ['ana@town.example>\r\nDATA', 'undeliverable invalid_syntax'],
  ])('of %j is %s, and no mail server is asked', async (address, expected) => {
    const { provider, seen } = await startTown({ 'null.example': { mx: [[0, '.']] }, 'bare.example': {} });
    const outcome = await openChannel().send(checkOf(address), provider);
    expect(inShort(outcome)).toBe(expected);
    expect(outcome).toMatchObject({ verdict: { costMicros: 0, checkedBy: 'rules' } });
    expect(seen.sessions).toBe(0);
  });

  test('of a domain without MX comes from the domain itself, where it has an address', async () => {
    const { provider } = await startTown({ 'old.example': { a: ['127.0.0.1'] } });
    expect(inShort(await openChannel().send(checkOf('ana@old.example'), provider))).toBe('deliverable accepted_email');
  });

  test('of an address in another script is asked with SMTPUTF8, and none where the server cannot', async () => {
    const { provider, seen } = await startTown();
    const channel = openChannel();
    expect(inShort(await channel.send(checkOf('zoë@town.example'), provider))).toBe('deliverable accepted_email');
    expect(seen.commands).toContain('RCPT zoë@town.example');
    const odd = await startOddTown({});
    expect(inShort(await channel.send(checkOf('zoë@town.example'), odd.provider))).toBe('undeliverable no_smtputf8');
    expect(odd.server.commands.some((line) => line.startsWith('RCPT'))).toBe(false);
  });
});

describe('without an answer that is certain', () => {
  const silence = () => {};
  test.each<[string, Script, string]>([
    ['no greeting', { CONNECT: silence }, 'retry timeout'],
    ['silence at EHLO', { EHLO: silence }, 'retry timeout'],
    ['silence at MAIL', { MAIL: silence }, 'retry timeout'],
    ['silence at RCPT', { RCPT: silence }, 'retry timeout'],
    ['a reset at RCPT', { RCPT: (socket) => socket.resetAndDestroy() }, 'retry connection_lost'],
    ['a closed connection at MAIL', { MAIL: (socket) => socket.destroy() }, 'retry connection_lost'],
    ['a greeting of refusal', { CONNECT: '554 5.7.1 not you' }, 'retry blocked'],
    ['a greeting of overload', { CONNECT: '421 4.3.2 too busy' }, 'retry unavailable_smtp'],
    ['a refused sender', { MAIL: '550 5.7.1 your domain is listed' }, 'retry blocked'],
    ['a postponed sender', { MAIL: '451 4.7.1 later' }, 'retry unavailable_smtp'],
    ['something that is no SMTP', { CONNECT: 'HTTP/1.1 400 Bad Request' }, 'retry invalid_smtp'],
    ['two replies to one command', { RCPT: '250 Ok\r\n250 Ok' }, 'retry invalid_smtp'],
    ['a reply without end', { RCPT: (socket) => void socket.write(`250-${'x'.repeat(40_000)}`) }, 'retry invalid_smtp'],
    ['a code out of place', { RCPT: '354 go on' }, 'retry invalid_smtp'],
  ])('%s leaves the address open', async (_name, script, expected) => {
    const { provider, server } = await startOddTown(script);
    const outcome = await openChannel({ stepTimeoutMs: 200 }).send(checkOf('ana@town.example'), provider);
    expect(inShort(outcome)).toBe(expected);
    expect(server.messages).toEqual([]);
    expect(server.commands.some((line) => line.startsWith('DATA'))).toBe(false);
  });

  test('nothing listens', async () => {
    const { provider, server } = await startOddTown({});
    await server.close();
    server.close = async () => {};
    expect(inShort(await openChannel().send(checkOf('ana@town.example'), provider))).toBe('retry no_connect');
  });

  test('many slow steps end with the time-out of the whole', async () => {
    const slowly = (reply: string) => (socket: { write(text: string): unknown }) => {
      setTimeout(() => socket.write(`${reply}\r\n`), 200);
    };
    const { provider } = await startOddTown({
      CONNECT: slowly('220 slow'),
      EHLO: slowly('250 slow'),
      MAIL: slowly('250 Ok'),
      RCPT: slowly('250 Ok'),
    });
    const startedAt = performance.now();
    const outcome = await openChannel({ timeoutMs: 500, stepTimeoutMs: 400 }).send(
      checkOf('ana@town.example'),
      provider,
    );
    expect(inShort(outcome)).toBe('retry timeout');
    expect(performance.now() - startedAt).toBeLessThan(750);
  });

  test('one that waits for what another finds out about the domain keeps to its own time', async () => {
    const { provider, server } = await startOddTown({
      RCPT: (socket) => {
        const line = server.commands.at(-1) ?? '';
        // Nobody hears of the mailbox that cannot exist; the first address is answered late.
        if (line.includes('<first@')) setTimeout(() => socket.write('250 Ok\r\n'), 400);
        else if (line.includes('<second@')) socket.write('250 Ok\r\n');
      },
    });
    const channel = openChannel({ timeoutMs: 1_000 });
    const startedAt = performance.now();
    const first = channel.send(checkOf('first@town.example'), provider);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = channel.send(checkOf('second@town.example'), provider);
    expect(inShort(await first)).toBe('retry timeout');
    expect(performance.now() - startedAt).toBeLessThan(1_250);
    expect(inShort(await second)).toBe('retry timeout');
    expect(server.commands.filter((line) => line.includes('nobody'))).toHaveLength(1);
  });

  test('a greylisted address waits as long as it is told to', async () => {
    const { provider } = await startTown();
    const channel = openChannel({ greylistWaitMs: 300_000 });
    expect(await channel.send(checkOf('greylisted@town.example'), provider)).toMatchObject({ retryAfterMs: 300_000 });
    expect(await channel.send(checkOf('deferred@town.example'), provider)).not.toHaveProperty('retryAfterMs');
  });

  test('DNS that fails or is silent says nothing about the address, and is asked anew soon', async () => {
    const { provider, dns } = await startTown({
      'broken.example': { fails: 'SERVFAIL' },
      'mute.example': { fails: 'silence' },
    });
    let now = 1_000;
    const channel = openChannel({ dnsTimeoutMs: 300, nowMs: () => now });
    expect(inShort(await channel.send(checkOf('ana@broken.example'), provider))).toBe('retry dns_failed');
    expect(inShort(await channel.send(checkOf('ana@mute.example'), provider))).toBe('retry dns_failed');
    dns.records['broken.example'] = { mx: [[10, 'mx.town.example']] };
    now += 6_000;
    expect(inShort(await channel.send(checkOf('ana@broken.example'), provider))).toBe('deliverable accepted_email');
  });
});

describe('the conversation', () => {
  test('says who we are, asks for the address and for nobody, and leaves before a message', async () => {
    const { provider, server } = await startOddTown({
      RCPT: (socket) =>
        void socket.write(server.commands.at(-1)?.includes('nobody') ? '550 5.1.1 no\r\n' : '250 Ok\r\n'),
    });
    expect(inShort(await openChannel().send(checkOf('Ana@town.example'), provider))).toBe('deliverable accepted_email');
    expect(server.commands.slice(0, 3)).toEqual([
      'EHLO check.carillon.example',
      'MAIL FROM:<bells@carillon.example>',
      'RCPT TO:<Ana@town.example>',
    ]);
    await eventually(() => server.commands.includes('QUIT'));
    expect(server.commands.slice(3)).toEqual([
      'RSET',
      'MAIL FROM:<bells@carillon.example>',
      expect.stringMatching(/^RCPT TO:<nobody-probe-[0-9a-f]{16}@town\.example>$/),
      'QUIT',
    ]);
  });

  test('asks a domain for nobody once, however many addresses it has and however many ask at once', async () => {
    const { provider, seen } = await startTown();
    const channel = openChannel();
    const names = ['ana', 'eva', 'max', 'tom', 'kim'];
    const outcomes = await Promise.all(names.map((name) => channel.send(checkOf(`${name}@town.example`), provider)));
    expect(new Set(outcomes.map(inShort))).toEqual(new Set(['deliverable accepted_email']));
    expect(seen.commands.filter((line) => line.includes('nobody'))).toHaveLength(1);
  });

  test('asks for the same nobody again, since a server that greylists must meet it twice', async () => {
    const met = new Set<string>();
    const { provider, server } = await startOddTown({
      RCPT: (socket) => {
        const line = server.commands.at(-1) ?? '';
        const isNew = !met.has(line);
        met.add(line);
        if (isNew) socket.write('450 4.2.0 Greylisted\r\n');
        else socket.write(line.includes('nobody') ? '550 5.1.1 no\r\n' : '250 Ok\r\n');
      },
    });
    const channel = openChannel();
    const outcomes: string[] = [];
    for (let tries = 0; tries < 3; tries += 1)
      outcomes.push(inShort(await channel.send(checkOf('ana@town.example'), provider)));
    expect(outcomes).toEqual(['retry greylisted', 'retry greylisted', 'deliverable accepted_email']);
    const other = openChannel({ probeKey: 'of another installation' });
    await other.send(checkOf('ana@town.example'), provider);
    expect([...met].filter((line) => line.includes('nobody'))).toHaveLength(2);
  });

  test('goes on with the next server where one does not answer, in order of preference', async () => {
    const { provider, seen } = await startTown({
      'two.example': {
        mx: [
          [20, 'mx.town.example'],
          [10, 'dead.example'],
        ],
      },
      'dead.example': { a: ['127.0.0.2'] },
    });
    // Nothing listens there.
    const channel = openChannel({ mayConnect: (address) => address.startsWith('127.') });
    expect(inShort(await channel.send(checkOf('ana@two.example'), provider))).toBe('deliverable accepted_email');
    expect(seen.sessions).toBe(1);
  });

  test('greets the old way where EHLO is not known', async () => {
    const { provider, server } = await startOddTown({
      EHLO: '502 5.5.1 not known',
      RCPT: (socket) => void socket.write(server.commands.at(-1)?.includes('nobody') ? '550 no\r\n' : '250 Ok\r\n'),
    });
    await openChannel().send(checkOf('ana@town.example'), provider);
    expect(server.commands.slice(0, 2)).toEqual(['EHLO check.carillon.example', 'HELO check.carillon.example']);
  });

  test.each([
    ['offered', true],
    ['demanded', false],
  ] as const)('with encryption where it is %s', async (encrypt, isSecure) => {
    const { provider, seen } = await startTown({}, { tls: true });
    expect(inShort(await openChannel({ encrypt }).send(checkOf('ana@town.example'), provider))).toBe(
      'deliverable accepted_email',
    );
    expect(new Set(seen.secure)).toEqual(new Set([isSecure]));
  });

  test('goes on without encryption where it does not come about', async () => {
    const { provider, server } = await startOddTown({
      EHLO: '250-scripted\r\n250 STARTTLS',
      STARTTLS: (socket) => {
        socket.write('220 go on\r\n', () => socket.destroy());
      },
      RCPT: (socket) => void socket.write(server.commands.at(-1)?.includes('nobody') ? '550 no\r\n' : '250 Ok\r\n'),
    });
    const channel = openChannel({ encrypt: 'offered' });
    expect(inShort(await channel.send(checkOf('ana@town.example'), provider))).toBe('deliverable accepted_email');
    expect(server.connections()).toBe(2);
  });

  test('is held with as many as a server may have at once, and no more', async () => {
    const waiting: (() => void)[] = [];
    const { provider, server } = await startOddTown({
      CONNECT: (socket) => waiting.push(() => socket.write('421 no\r\n')),
    });
    const channel = openChannel({ perHost: 2 });
    const held = [1, 2].map((number) => channel.send(checkOf(`p${number}@town.example`), provider));
    while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const third = await channel.send(checkOf('p3@town.example'), provider);
    expect(third).toMatchObject({ kind: 'throttled', scope: 'recipient', code: 'domain_busy' });
    for (const answer of waiting) answer();
    await Promise.all(held);
    expect(server.connections()).toBe(2);
  });
});

describe('private networks', () => {
  test('are not spoken with, whatever DNS says', async () => {
    const { dns, seen, provider } = await startTown();
    const asked = { ...provider, resolvers: [`127.0.0.1:${dns.port}`] };
    // Only the name server is allowed.
    let allowed = 1;
    const channel = openChannel({ allowPrivate: false, mayConnect: () => allowed-- > 0 });
    expect(inShort(await channel.send(checkOf('ana@town.example'), asked))).toBe('retry private_address');
    expect(seen.sessions).toBe(0);
  });

  test('are not asked for names either', async () => {
    const { dns, provider } = await startTown();
    const outcome = await openChannel({ allowPrivate: false }).send(checkOf('ana@town.example'), provider);
    expect(outcome).toMatchObject({ kind: 'throttled', scope: 'account', code: 'invalid_provider' });
    expect(dns.questions).toEqual([]);
  });
});

test.each([
  [{ heloName: 'a\r\nDATA' }, 'EHLO'],
  [{ heloName: '' }, 'EHLO'],
  [{ mailFrom: 'a@b.example>\r\nDATA' }, 'MAIL'],
  [{ port: 0 }, 'port'],
  [{ resolvers: ['dns.example'] }, 'resolver'],
  [{ resolvers: ['127.0.0.1:99999'] }, 'resolver'],
])('settings like %j are refused before anybody is asked', async (changes, said) => {
  const { provider, seen } = await startTown();
  const outcome = await openChannel().send(checkOf('ana@town.example'), { ...provider, ...changes });
  expect(outcome).toMatchObject({ kind: 'throttled', scope: 'account', code: 'invalid_provider' });
  expect(outcome).toHaveProperty('message', expect.stringContaining(said));
  expect(seen.sessions).toBe(0);
});

test('a check past its time asks nobody', async () => {
  const { provider, seen } = await startTown();
  const outcome = await openChannel().send(checkOf('ana@town.example'), provider, performance.now() - 1);
  expect(inShort(outcome)).toBe('retry too_late');
  expect(seen.sessions).toBe(0);
});

test('a look-up finds nothing, because nothing was done that could not be done again', async () => {
  const { provider } = await startTown();
  expect(await openChannel().lookup?.(REFERENCE, provider)).toEqual({ kind: 'absent' });
});
