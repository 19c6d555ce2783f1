/**
 * The http verifier against servers whose every byte the test decides: what each answer, and each lack of one, says about
 * money, and what a look-up then finds. The simulator's service is tried in the simulator's tests.
 */
import type { SendOutcome } from '@carillon/contracts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { startDnsServer } from './dns-server.ts';
import { afterwards, checkOf, httpVerifier, inShort, openChannel, REFERENCE } from './harness.ts';
import { type Act, startService } from './service.ts';

const FOUND = { success: true, result: 'deliverable', reason: 'accepted_email', id: 'chk_1', accept_all: false };

let acts: Act[] = [];
beforeEach(() => {
  acts = [];
});
/** A service that does one thing after the other, and the last one from then on. */
const start = async (...script: Act[]) => {
  acts = script;
  const service = afterwards(await startService(() => (acts.length > 1 ? acts.shift() : acts[0]) ?? 'hang'));
  return { service, provider: httpVerifier(service.port) };
};

describe('an answer', () => {
  test.each<[number, unknown, string]>([
    [200, FOUND, 'deliverable accepted_email'],
    [200, { ...FOUND, result: 'undeliverable', reason: 'rejected_email' }, 'undeliverable rejected_email'],
    [200, { ...FOUND, result: 'undeliverable', reason: 'invalid_domain' }, 'undeliverable invalid_domain'],
    [200, { ...FOUND, result: 'risky', reason: 'low_quality' }, 'risky low_quality'],
    [200, { ...FOUND, result: 'risky', reason: 'low_quality', disposable: true }, 'risky disposable'],
    [200, { ...FOUND, result: 'risky', reason: 'low_quality', role: true }, 'risky role'],
    [200, { ...FOUND, result: 'risky', reason: 'low_deliverability', accept_all: true }, 'risky catch_all'],
    [200, { ...FOUND, result: 'unknown', reason: 'timeout' }, 'retry timeout'],
    [200, { ...FOUND, result: 'unknown', reason: 'no_connect' }, 'retry no_connect'],
    [200, { ...FOUND, reason: 'Not a word!' }, 'deliverable unexplained'],
    [200, { ...FOUND, result: 'perhaps' }, 'unknown unreadable_answer'],
    [200, { success: false, message: 'An unexpected error has occurred' }, 'unknown unreadable_answer'],
    [200, '<html>', 'unknown unreadable_answer'],
    [200, '', 'unknown unreadable_answer'],
    [302, {}, 'unknown http_302'],
    [400, { success: false }, 'rejected http_400'],
    [401, { success: false }, 'throttled http_401'],
    [402, { success: false }, 'throttled http_402'],
    [403, { success: false, message: 'Insufficient balance' }, 'throttled http_403'],
    [408, {}, 'unknown http_408'],
    [429, { success: false }, 'throttled http_429'],
    [500, { success: false }, 'unknown http_500'],
    [502, '<html>', 'unknown http_502'],
    [503, {}, 'unknown http_503'],
  ])('of %i with %j is %s', async (status, body, expected) => {
    const { provider } = await start({ status, body });
    const outcome = await openChannel().send(checkOf('ana@town.example'), provider);
    expect(inShort(outcome)).toBe(expected);
    // Only answers that prove that nothing was charged are tried again.
    if (outcome.kind === 'accepted') {
      expect(outcome).toMatchObject({
        providerMessageId: 'chk_1',
        verdict: { costMicros: 8_000, checkedBy: 'http' },
      });
    }
  });

  test('of a limit says when to come again, and whom it concerns', async () => {
    const { provider } = await start(
      { status: 429, body: {}, headers: { 'retry-after': '7' } },
      { status: 402, body: {} },
    );
    const channel = openChannel();
    expect(await channel.send(checkOf('a@town.example'), provider)).toMatchObject({
      scope: 'number',
      retryAfterMs: 7_000,
    });
    expect(await channel.send(checkOf('a@town.example'), provider)).toMatchObject({ scope: 'account' });
  });

  test('without an id of the service has ours', async () => {
    const { id: _, ...body } = FOUND;
    const { provider } = await start({ status: 200, body });
    expect(await openChannel().send(checkOf('ana@town.example'), provider)).toMatchObject({
      providerMessageId: REFERENCE,
    });
  });
});

describe('a lost answer is unknown, and asked for nowhere else', () => {
  test.each<[string, Act, string]>([
    ['silence', 'hang', 'unknown timeout'],
    ['a reset', 'reset', 'unknown connection_lost'],
    ['a closed connection', 'close', 'unknown connection_lost'],
    ['half an answer', 'half', 'unknown connection_lost'],
    ['something that is no HTTP', 'noise', 'unknown unreadable_answer'],
  ])('%s', async (_name, act, expected) => {
    const { provider, service } = await start(act);
    const outcome = await openChannel({ timeoutMs: 600 }).send(checkOf('ana@town.example'), provider);
    expect(inShort(outcome)).toBe(expected);
    expect(service.requests).toHaveLength(1);
  });

  test('but nothing was written where nothing listens, or the time is past', async () => {
    const { provider, service } = await start('hang');
    const channel = openChannel();
    expect(inShort(await channel.send(checkOf('ana@town.example'), provider, performance.now() - 1))).toBe(
      'retry too_late',
    );
    await service.close();
    expect(inShort(await channel.send(checkOf('ana@town.example'), provider))).toBe('retry not_connected');
    expect(service.requests).toHaveLength(0);
  });
});

describe('a look-up', () => {
  test.each<[Act, string]>([
    [{ status: 200, body: FOUND }, 'found deliverable accepted_email'],
    [{ status: 200, body: { ...FOUND, result: 'unknown', reason: 'timeout' } }, 'found retry timeout'],
    [{ status: 404, body: { success: false, code: 'unknown_reference' } }, 'absent'],
    // A proxy's, or that of a service without look-up: no proof that nothing was charged.
    [{ status: 404, body: { success: false } }, 'unavailable'],
    [{ status: 404, body: '<html>' }, 'unavailable'],
    [{ status: 202, body: { success: true } }, 'unavailable'],
    [{ status: 200, body: '<html>' }, 'unavailable'],
    [{ status: 401, body: { success: false } }, 'unavailable'],
    [{ status: 429, body: { success: false } }, 'unavailable'],
    [{ status: 500, body: {} }, 'unavailable'],
    ['hang', 'unavailable'],
    ['reset', 'unavailable'],
    ['half', 'unavailable'],
  ])('that is answered by %j is %s', async (act, expected) => {
    const { provider, service } = await start(act);
    const result = await openChannel({ timeoutMs: 600 }).lookup?.(REFERENCE, provider);
    expect(result?.kind === 'found' ? `found ${inShort(result.outcome)}` : result?.kind).toBe(expected);
    if (result?.kind === 'found' && result.outcome.kind === 'accepted') {
      expect(result.outcome.verdict?.costMicros).toBe(8_000);
    }
    expect(service.requests.map(({ url }) => url)).toEqual([`/v2/verifications/${REFERENCE}`]);
  });

  test('comes by a connection of its own, and so never before a request whose connection waits to be accepted', async () => {
    const { provider, service } = await start({ status: 200, body: FOUND });
    const channel = openChannel();
    for (let times = 0; times < 3; times += 1) await channel.lookup?.(REFERENCE, provider);
    expect(new Set(service.requests.map(({ from }) => from)).size).toBe(3);
  });

  test('is not held up by the checks that fill the window', async () => {
    const { provider } = await start('hang', { status: 200, body: FOUND });
    const channel = openChannel({ connections: 1, timeoutMs: 1_500 });
    const held = channel.send(checkOf('ana@town.example'), provider);
    expect(inShort(await channel.send(checkOf('eva@town.example'), provider))).toBe('retry no_free_connection');
    expect(channel.free(provider)).toBe(0);
    while (acts.length > 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await channel.lookup?.(REFERENCE, provider)).toMatchObject({ kind: 'found' });
    expect(inShort(await held)).toBe('unknown timeout');
    expect(channel.free(provider)).toBe(1);
  });
});

describe('money is not spent', () => {
  const dnsOf = async () =>
    afterwards(
      await startDnsServer({
        'town.example': { mx: [[10, 'mx.town.example']] },
        'null.example': { mx: [[0, '.']] },
        'bare.example': {},
        'broken.example': { fails: 'SERVFAIL' },
      }),
    );

  test.each([
    ['ana@nowhere.example', 'undeliverable no_domain'],
    ['ana@null.example', 'undeliverable null_mx'],
    ['ana@bare.example', 'undeliverable no_mx'],
    ['ana@mailinator.com', 'risky disposable'],
    ['sales@town.example', 'risky role'],
    ['no address', 'undeliverable invalid_syntax'],
  ])('on %s, which is %s', async (address, expected) => {
    const { service } = await start({ status: 200, body: FOUND });
    const dns = await dnsOf();
    const { skipDns: _, ...provider } = httpVerifier(service.port, { resolvers: [`127.0.0.1:${dns.port}`] });
    const outcome = await openChannel().send(checkOf(address), provider);
    expect(inShort(outcome)).toBe(expected);
    expect(outcome).toMatchObject({ verdict: { costMicros: 0, checkedBy: 'rules' } });
    expect(service.requests).toEqual([]);
  });

  test('unless DNS does not answer: the service asks it by itself', async () => {
    const { service } = await start({ status: 200, body: FOUND });
    const dns = await dnsOf();
    const { skipDns: _, ...provider } = httpVerifier(service.port, { resolvers: [`127.0.0.1:${dns.port}`] });
    const channel = openChannel();
    expect(inShort(await channel.send(checkOf('ana@broken.example'), provider))).toBe('deliverable accepted_email');
    expect(inShort(await channel.send(checkOf('ana@town.example'), provider))).toBe('deliverable accepted_email');
    expect(service.requests).toHaveLength(2);
  });
});

describe('the request', () => {
  test('names the address and our reference, and has the key in a header only', async () => {
    const { provider, service } = await start({ status: 200, body: FOUND });
    await openChannel().send(checkOf('zoë+a&b@town.example'), provider);
    const [request] = service.requests;
    const url = new URL(request?.url ?? '', 'http://service');
    expect([request?.method, url.pathname]).toEqual(['GET', '/v2/verify']);
    expect(Object.fromEntries(url.searchParams)).toEqual({ email: 'zoë+a&b@town.example', reference: REFERENCE });
    expect(request?.headers.authorization).toBe(`token ${provider.apiKey}`);
  });

  test('never shows the key in what is told of it', async () => {
    const told: (SendOutcome | unknown)[] = [];
    for (const act of ['reset', 'noise', 'hang', { status: 500, body: {} }, { status: 401, body: {} }] as Act[]) {
      const { provider } = await start(act);
      const channel = openChannel({ timeoutMs: 300 });
      told.push(await channel.send(checkOf('ana@town.example'), provider), await channel.lookup?.(REFERENCE, provider));
    }
    const { provider } = await start('hang');
    const unusable = { ...provider, apiKey: `${provider.apiKey}\r\nx: y` };
    const outcome = await openChannel().send(checkOf('ana@town.example'), unusable);
    expect(inShort(outcome)).toBe('throttled invalid_provider');
    expect(JSON.stringify([...told, outcome])).not.toContain(provider.apiKey);
  });

  test('goes to no private network unless that is allowed', async () => {
    const { provider, service } = await start({ status: 200, body: FOUND });
    const channel = openChannel({ allowPrivate: false });
    expect(inShort(await channel.send(checkOf('ana@town.example'), provider))).toBe('retry private_address');
    expect(await channel.lookup?.(REFERENCE, provider)).toMatchObject({ kind: 'unavailable' });
    expect(service.requests).toEqual([]);
  });

  test.each(['nonsense', 'ftp://service.example'])('cannot be made to %s', async (baseUrl) => {
    const outcome = await openChannel().send(checkOf('ana@town.example'), httpVerifier(1, { baseUrl }));
    expect(inShort(outcome)).toBe('throttled invalid_provider');
  });
});

test('a channel that is closed waits for what is in the air, and takes nothing more', async () => {
  const { provider } = await start({ status: 200, body: FOUND, afterMs: 100 });
  const channel = openChannel();
  const last = channel.send(checkOf('ana@town.example'), provider);
  const closed = channel.close();
  expect(inShort(await channel.send(checkOf('eva@town.example'), provider))).toBe('retry channel_closed');
  expect(channel.free(provider)).toBe(0);
  await closed;
  expect(inShort(await Promise.race([last, Promise.resolve().then(() => last)]))).toBe('deliverable accepted_email');
});

test('content of another channel is refused', async () => {
  const { provider } = await start('hang');
  const message = { ...checkOf('ana@town.example'), content: { type: 'text', text: 'tea' } } as const;
  expect(inShort(await openChannel().send(message, provider))).toBe('rejected wrong_content');
});
