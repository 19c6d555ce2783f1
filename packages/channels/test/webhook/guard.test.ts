/** Private networks cannot be reached: not by the URL, not by what a name stands for, not by its changing its mind. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkTargetUrl, createWebhookChannel, isPublicAddress, type OriginsOptions } from '../../src/index.ts';
import { createGuardedConnector, type Resolve } from '../../src/webhook/guard.ts';
import { answer, type RawServer, startRawServer } from '../raw-server.ts';
import { endpoint, message } from './endpoint.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const STRICT = { allowPrivate: false, allowHttp: false };

/** As somebody might write the host of a URL. */
const PRIVATE_HOSTS = [
  '169.254.169.254',
  '[2002:a9fe:a9fe::]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::a9fe:a9fe]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[::127.0.0.1]',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[fe80::1]',
  '[fe81::]',
  '[febf::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[ff02::1]',
  '[2001::1]',
  '[2001:db8::1]',
  '[100::1]',
  '[4000::1]',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '127.1',
  '127.0.0.1.',
  '127.255.255.254',
  '①②⑦.0.0.1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.19.255.255',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '3232235521',
  '0300.0250.0.1',
];

describe('at creation', () => {
  test.each(PRIVATE_HOSTS)('https://%s is refused', (host) => {
    expect(checkTargetUrl(`https://${host}/x`, STRICT)).toEqual({ ok: false, problem: 'private_address' });
    expect(checkTargetUrl(`https://${host}:8443/x`, STRICT)).toEqual({ ok: false, problem: 'private_address' });
  });

  test.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'printer.local',
    'metadata.google.internal',
    'redis',
    'router.home.arpa',
  ])('https://%s is refused', (host) => {
    expect(checkTargetUrl(`https://${host}/x`, STRICT)).toEqual({ ok: false, problem: 'private_name' });
  });

  test.each([
    ['http://example.org/', 'not_https'],
    ['ftp://example.org/', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['data:text/plain,x', 'not_https'],
    ['https://user@example.org/', 'user_info'],
    ['https://user:password@example.org/', 'user_info'],
    ['https://:password@example.org/', 'user_info'],
    ['https://example.org@127.0.0.1/', 'user_info'],
    ['user@example.org', 'not_a_url'],
    ['', 'not_a_url'],
    ['example.org', 'not_a_url'],
    ['https://', 'not_a_url'],
    ['https://1.2.3.4.5/', 'not_a_url'],
    ['https://[fe80::1%25eth0]/', 'not_a_url'],
  ])('%j is refused: %s', (url, problem) => {
    expect(checkTargetUrl(url, STRICT)).toEqual({ ok: false, problem });
  });

  test.each([
    'https://example.org/hooks?x=1',
    'https://example.org:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://172.32.0.1/',
    'https://100.128.0.1/',
    'https://localhost.example.org/',
    'https://bücher.example/',
    'https://10.example.org/',
  ])('%s is taken', (url) => {
    expect(checkTargetUrl(url, STRICT)).toEqual({ ok: true, url: new URL(url) });
  });

  test('exceptions allow what they name, and no more', () => {
    expect(checkTargetUrl('http://8.8.8.8/', { ...STRICT, allowHttp: true }).ok).toBe(true);
    expect(checkTargetUrl('http://127.0.0.1/', { ...STRICT, allowHttp: true }).ok).toBe(false);
    expect(checkTargetUrl('https://127.0.0.1/', { ...STRICT, allowPrivate: true }).ok).toBe(true);
    expect(checkTargetUrl('http://127.0.0.1/', { ...STRICT, allowPrivate: true }).ok).toBe(false);
    expect(checkTargetUrl('https://u@127.0.0.1/', { allowPrivate: true, allowHttp: true }).ok).toBe(false);
    expect(checkTargetUrl('ftp://127.0.0.1/', { allowPrivate: true, allowHttp: true }).ok).toBe(false);
  });
});

describe('isPublicAddress', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));

  test('whatever carries an IPv4 address within an IPv6 one is not public', () => {
    fc.assert(
      fc.property(byte, byte, byte, byte, (a, b, c, d) => {
        const ipv4 = `${a}.${b}.${c}.${d}`;
        const high = (a * 256 + b).toString(16);
        const low = (c * 256 + d).toString(16);
        for (const form of [
          `::ffff:${ipv4}`,
          `::${ipv4}`,
          `64:ff9b::${ipv4}`,
          `2002:${high}:${low}::1`,
          `2001:0:1:1:0:0:${high}:${low}`,
        ]) {
          expect([form, isPublicAddress(form)]).toEqual([form, false]);
        }
      }),
    );
  });

  test('outside of 2000::/3 nothing is public', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        fc.pre(Number.parseInt(groups[0] as string, 16) >> 13 !== 1);
        expect(isPublicAddress(groups.join(':'))).toBe(false);
      }),
    );
  });

  test('of the networks of IPv4 that are no part of the internet nothing is public', () => {
    const networks: readonly (readonly [readonly number[], number])[] = [
      [[0], 8],
      [[10], 8],
      [[100, 64], 10],
      [[127], 8],
      [[169, 254], 16],
      [[172, 16], 12],
      [[192, 0, 0], 24],
      [[192, 168], 16],
      [[198, 18], 15],
      [[224], 4],
      [[240], 4],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...networks), fc.integer({ min: 0, max: 2 ** 32 - 1 }), ([start, bits], random) => {
        const base = start.reduce((sum, value, index) => sum + value * 256 ** (3 - index), 0);
        const value = base + (random % 2 ** (32 - bits));
        const address = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
        expect([address, isPublicAddress(address)]).toEqual([address, false]);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(['', 'example.org', '8.8.8', '010.8.8.8', '8.8.8.8/8', '[2606:4700::1111]'])('%j is no address', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });

  test.each(['fe80::1%eth0', '2606:4700::1111%lo'])('%j has a scope', (text) => {
    expect(isPublicAddress(text)).toBe(text.startsWith('2606'));
  });
});

async function server(script: Parameters<typeof startRawServer>[0] = {}): Promise<RawServer> {
  const started = await startRawServer({ onRequest: (socket) => socket.write(answer(200, '')), ...script });
  cleanups.push(() => started.close());
  return started;
}

/** Strict, but for `http:`, so that a raw server would be reached if it could be. */
function channel(network: OriginsOptions['network'] = {}, changes: Partial<OriginsOptions> = {}) {
  const made = createWebhookChannel({
    connections: 1,
    timeoutMs: 5_000,
    connectTimeoutMs: 2_000,
    allowHttp: true,
    allowPrivate: false,
    network,
    ...changes,
  });
  cleanups.push(() => made.close());
  return made;
}

/** What becomes of a connector's attempt: a socket's remote address or an error's code. */
function attempt(hostname: string, port: number, resolve?: Resolve): Promise<string> {
  const connector = createGuardedConnector({ timeoutMs: 2_000, ...(resolve === undefined ? {} : { resolve }) });
  return new Promise((done) => {
    connector({ hostname, host: hostname, protocol: 'http:', port: String(port) }, (error, socket) => {
      socket?.destroy();
      done(error === null ? `connected ${socket.remoteAddress}` : String((error as NodeJS.ErrnoException).code));
    });
  });
}

describe('at connection', () => {
  // Numbers in other notations are read by the system's resolver here, which understands them.
  const literal = PRIVATE_HOSTS.filter((host) => !/[%①]|\.$/.test(host)).map((host) => host.replace(/[[\]]/g, ''));

  test.each(literal)('%s, had it been stored, is not connected to', async (host) => {
    const raw = await server();
    expect(await attempt(host, raw.port)).toBe('private_address');
    expect(raw.connections()).toBe(0);
  });

  test.each(literal.filter((host) => /^[0-9.]+$|:/.test(host) && !/^0[0-9]|^[0-9]+$|^127\.1$/.test(host)))(
    'a name that stands for %s is not connected to',
    async (address) => {
      const raw = await server();
      const family = address.includes(':') ? 6 : 4;
      const outcome = await channel({ resolve: async () => [{ address, family }] }).send(
        message,
        endpoint(`http://hooks.example.org:${raw.port}/`),
      );
      expect(outcome).toMatchObject({ kind: 'retry', code: 'private_address' });
      expect(JSON.stringify(outcome)).not.toContain(address);
      expect(raw.connections()).toBe(0);
    },
  );

  test.each(['http://127.0.0.1', 'http://2130706433', 'http://[::1]'])('%s in a stored endpoint', async (origin) => {
    const raw = await server();
    const outcome = await channel().send(message, endpoint(`${origin}:${raw.port}/`));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'private_address' });
    expect(raw.connections()).toBe(0);
  });

  test('one private address among public ones refuses them all', async () => {
    const raw = await server();
    const resolve: Resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await attempt('hooks.example.org', raw.port, resolve)).toBe('private_address');
    expect(raw.connections()).toBe(0);
  });

  test('a name that cannot be resolved, or stands for nothing', async () => {
    const failing = channel({ resolve: async () => Promise.reject(new Error('SERVFAIL')) });
    const empty = channel({ resolve: async () => [] });
    for (const one of [failing, empty]) {
      const outcome = await one.send(message, endpoint('http://hooks.example.org/'));
      expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
    }
  });

  /** On 127.0.0.1, which plays the internet here, and on 127.0.0.2, which plays the private network, at one port. */
  async function twoWorlds() {
    const outside = await server({ onRequest: (socket) => socket.end(answer(200, '', 'connection: close\r\n')) });
    let reached = 0;
    const inside = createServer((socket: Socket) => {
      reached += 1;
      socket.destroy();
    }).listen(outside.port, '127.0.0.2');
    await once(inside, 'listening');
    cleanups.push(async () => {
      inside.close();
      await once(inside, 'close');
    });
    return { outside, reached: () => reached, mayConnect: (address: string) => address === '127.0.0.1' };
  }

  test('a name that answers public first and private then reaches the private one never', async () => {
    const { outside, reached, mayConnect } = await twoWorlds();
    let asked = 0;
    const resolve: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    };
    const one = channel({ resolve, mayConnect });
    const provider = endpoint(`http://hooks.example.org:${outside.port}/`);
    // Checked and connected to by one and the same answer: a second question would have got the private address.
    expect(await one.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(asked).toBe(1);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'retry', code: 'private_address' });
    expect(asked).toBe(2);
    expect(outside.requests).toHaveLength(1);
    expect(reached()).toBe(0);
  });

  test('a public endpoint that redirects to the private network is not followed', async () => {
    const { reached, mayConnect } = await twoWorlds();
    const raw = await server({
      onRequest: (socket) => socket.write(answer(302, '', 'location: http://127.0.0.2/\r\n')),
    });
    const one = channel({ resolve: async () => [{ address: '127.0.0.1', family: 4 }], mayConnect });
    const outcome = await one.send(message, endpoint(`http://hooks.example.org:${raw.port}/`));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'redirect_refused' });
    expect(reached()).toBe(0);
  });

  test('nothing is written to a socket that has come to be connected elsewhere', async () => {
    const raw = await server();
    let checks = 0;
    const mayConnect = () => {
      checks += 1;
      return checks === 1;
    };
    const one = channel({ resolve: async () => [{ address: '127.0.0.1', family: 4 }], mayConnect });
    const outcome = await one.send(message, endpoint(`http://hooks.example.org:${raw.port}/`));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'private_address' });
    expect(checks).toBe(2);
    expect(raw.requests).toHaveLength(0);
  });
});
