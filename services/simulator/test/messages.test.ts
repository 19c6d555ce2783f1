/** The messages route: the documented answers, every fault, and what the ledger says of each. */
import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { ask, post, referenceOf, startSimulator, temporaryFolder, textMessage, until } from './harness.ts';

interface Totals {
  attempts: number;
  acceptances: number;
  addresses: number;
  duplicates: number;
}

interface ErrorAnswer {
  error: { code: number; type: string; error_data: { details: string } };
}

describe('an answer', () => {
  test('of acceptance has the documented shape', async () => {
    const { url } = await startSimulator();
    const response = await post(url, textMessage('+1 (555) 123-4567', referenceOf(3, 1)));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { messages: { id: string }[] };
    expect(answer).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+1 (555) 123-4567', wa_id: '15551234567' }],
      messages: [{ id: expect.stringMatching(/^wamid\../), message_status: 'accepted' }],
    });
    const { entries } = await ask<{ entries: object[] }>(url, 'GET /ledger/entries?run=3&to=15551234567');
    expect(entries).toEqual([
      {
        run: '3',
        at: expect.any(Number),
        number: '1065',
        to: '15551234567',
        reference: referenceOf(3, 1),
        wamid: answer.messages[0]?.id,
        words: crc32('Tea at four').toString(16),
      },
    ]);
  });

  test('of acceptance goes to a template too, and ids never repeat', async () => {
    const { url } = await startSimulator();
    const template = { name: 'hello', language: { code: 'en_US' }, components: [] };
    const ids = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const response = await post(url, { ...textMessage(`4917000000${i + 10}`), type: 'template', template });
        return ((await response.json()) as { messages: { id: string }[] }).messages[0]?.id;
      }),
    );
    expect(new Set(ids).size).toBe(50);
  });

  const good = textMessage('15551234567');
  test.each([
    ['no JSON', '{"messaging_product":', 100],
    ['no object', '7', 100],
    ['another product', { ...good, messaging_product: 'telegram' }, 100],
    ['no product', { ...good, messaging_product: undefined }, 100],
    ['another kind of recipient', { ...good, recipient_type: 'group' }, 100],
    ['another type', { ...good, type: 'hologram' }, 100],
    ['no address', { ...good, to: undefined }, 131008],
    ['an address of letters', { ...good, to: 'Ada' }, 131009],
    ['an address that is a number', { ...good, to: 15551234567 }, 131009],
    ['no text', { ...good, text: {} }, 131008],
    ['text null', { ...good, text: null }, 131008],
    ['an empty text', { ...good, text: { body: '' } }, 131009],
    ['an endless text', { ...good, text: { body: 'x'.repeat(4_097) } }, 100],
    ['an endless reference', { ...good, biz_opaque_callback_data: 'x'.repeat(513) }, 100],
    ['a template without a name', { ...good, type: 'template', template: {} }, 131008],
    ['a template without a language', { ...good, type: 'template', template: { name: 'a' } }, 131008],
  ])('of refusal to %s', async (_name, body, code) => {
    const { url } = await startSimulator();
    const response = await post(url, body);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as ErrorAnswer;
    expect(error).toMatchObject({ code, type: 'OAuthException' });
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 1, acceptances: 0 });
  });

  test.each([
    ['none', undefined, undefined],
    ['an empty one', '', undefined],
    ['another than the configured one', 'wrong', 'right'],
  ])('of refusal to a token: %s', async (_name, token, accessToken) => {
    const { url } = await startSimulator({ accessToken });
    const response = await post(url, good, { token });
    expect(response.status).toBe(401);
    expect(((await response.json()) as ErrorAnswer).error.code).toBe(190);
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 1, acceptances: 0 });
  });

  test('to the configured token', async () => {
    const { url } = await startSimulator({ accessToken: 'right' });
    expect((await post(url, good, { token: 'right' })).status).toBe(200);
  });

  test('to a body that is far too long is none', async () => {
    const { url } = await startSimulator();
    await expect(post(url, textMessage('1'.repeat(200_000)))).rejects.toThrow();
  });
});

describe('a rule', () => {
  test.each<[{ code?: number; status?: number; retryAfterSeconds?: number }, number, number | undefined]>([
    [{ code: 130429, retryAfterSeconds: 3 }, 429, 130429],
    [{ code: 131056 }, 400, 131056],
    [{ code: 131026 }, 400, 131026],
    [{ code: 131016 }, 503, 131016],
    [{ code: 1 }, 500, 1],
    [{ status: 500 }, 500, undefined],
    [{ status: 503, code: 2 }, 503, 2],
    [{ status: 429, retryAfterSeconds: 1 }, 429, undefined],
  ])('answers %j and accepts nothing', async (does, status, code) => {
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/rules', { rules: [{ match: { to: '+1 555 123 4567' }, does }] });
    const response = await post(url, textMessage('15551234567'));
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(
      does.retryAfterSeconds === undefined ? null : String(does.retryAfterSeconds),
    );
    const answer = (await response.json()) as Partial<ErrorAnswer>;
    expect(answer.error?.code).toBe(code);
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 1, acceptances: 0 });
    expect((await post(url, textMessage('15551234568'))).status).toBe(200);
  });

  test.each([
    ['accept_and_reset', 1],
    ['reset_before_accept', 0],
  ])('%s loses the connection', async (fault, acceptances) => {
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/rules', { rules: [{ does: { fault } }] });
    await expect(post(url, textMessage('15551234567'))).rejects.toThrow();
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 1, acceptances });
  });

  test.each([
    ['accept_and_hang', 1],
    ['hang', 0],
  ])('%s never answers', async (fault, acceptances) => {
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/rules', { rules: [{ does: { fault } }] });
    const patience = new AbortController();
    const call = post(url, textMessage('15551234567'), { signal: patience.signal });
    call.catch(() => {});
    await until(async () => (await ask<Totals>(url, 'GET /ledger/totals')).attempts === 1);
    const winner = await Promise.race([call, new Promise((resolve) => setTimeout(resolve, 100, 'silence'))]);
    expect(winner).toBe('silence');
    patience.abort();
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 1, acceptances });
  });

  test('accept_and_500 accepts, and answers what proves nothing', async () => {
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/rules', { rules: [{ does: { fault: 'accept_and_500' } }] });
    const response = await post(url, textMessage('15551234567'));
    expect(response.status).toBe(500);
    expect(((await response.json()) as ErrorAnswer).error.code).toBe(1);
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 1, acceptances: 1 });
  });

  test('the first that matches decides; conditions and counts are kept', async () => {
    const { url } = await startSimulator({ random: () => 0.5 });
    await ask(url, 'PUT /control/rules', {
      rules: [
        { match: { toSuffix: '99', times: 1 }, does: { code: 131026 } },
        { match: { to: '15551234599' }, does: { code: 131047 } },
        { match: { phoneNumberId: '2' }, does: { code: 131048 } },
        { match: { probability: 0.4 }, does: { code: 2 } },
      ],
    });
    await ask(url, 'POST /control/rules', { match: { probability: 0.6, toSuffix: '7' }, does: { code: 80007 } });
    const codeOf = async (to: string, number = '1065') =>
      ((await (await post(url, textMessage(to), { number })).json()) as Partial<ErrorAnswer>).error?.code;
    expect(await codeOf('15551234599')).toBe(131026);
    expect(await codeOf('15551234599')).toBe(131047);
    expect(await codeOf('15551234500', '2')).toBe(131048);
    expect(await codeOf('15551234507')).toBe(80007);
    expect(await codeOf('15551234500')).toBeUndefined();
    const { rules } = await ask<{ rules: { used: number }[] }>(url, 'GET /control/rules');
    expect(rules.map(({ used }) => used)).toEqual([1, 1, 1, 0, 1]);
    await ask(url, 'DELETE /control/rules');
    expect(await codeOf('15551234599')).toBeUndefined();
  });

  test('delays the answer, not the acceptance', async () => {
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/latency', { fixedMs: 60_000 });
    await ask(url, 'PUT /control/rules', { rules: [{ match: { toSuffix: '1' }, does: { latencyMs: 200 } }] });
    const started = performance.now();
    const call = post(url, textMessage('15551234561'));
    await until(async () => (await ask<Totals>(url, 'GET /ledger/totals')).acceptances === 1);
    expect((await call).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(190);
  });

  test.each([
    [{ rules: [{ does: { code: 'x' } }] }],
    [{ rules: [{ match: { to: 'Ada' } }] }],
    [{ rules: [{ does: { fault: 'explode' } }] }],
    [{ rules: [{ match: { probability: 2 } }] }],
    [{ rules: [{ mtach: {} }] }],
    ['nonsense'],
  ])('%j is refused, and the rules stay', async (body) => {
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/rules', { rules: [{ does: { code: 131026 } }] });
    const response = await fetch(`${url}/control/rules`, { method: 'PUT', body: JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect((await ask<{ rules: object[] }>(url, 'GET /control/rules')).rules).toHaveLength(1);
  });

  test('a restarted simulator knows its settings, and how often a rule was used', async () => {
    const dataDir = temporaryFolder();
    const before = await startSimulator({ dataDir });
    await ask(before.url, 'PUT /control/rules', { rules: [{ match: { times: 2 }, does: { code: 131016 } }] });
    await ask(before.url, 'PUT /control/limits', { messagesPerSecond: 500 });
    expect((await post(before.url, textMessage('15551234567'))).status).toBe(503);
    await before.stop();
    const after = await startSimulator({ dataDir });
    expect(await ask(after.url, 'GET /control')).toMatchObject({ limits: { '': 500 }, rules: [{ used: 1 }] });
    expect((await post(after.url, textMessage('15551234567'))).status).toBe(503);
    expect((await post(after.url, textMessage('15551234567'))).status).toBe(200);
  });
});

test("a number's limit holds in every second, wherever it begins", async () => {
  const { url } = await startSimulator();
  await ask(url, 'PUT /control/limits', { phoneNumberId: '7', messagesPerSecond: 20 });
  const deadline = performance.now() + 1_500;
  let number = 0;
  const codes = new Set<number | undefined>();
  while (performance.now() < deadline) {
    const answers = Array.from({ length: 10 }, () =>
      post(url, textMessage(`4917${1_000_000 + number++}`), { number: '7' }),
    );
    for (const response of await Promise.all(answers)) {
      codes.add(((await response.json()) as Partial<ErrorAnswer>).error?.code);
    }
  }
  expect([...codes].sort()).toEqual([130429, undefined]);
  expect((await post(url, textMessage('15551234567'), { number: '8' })).status).toBe(200);
  const { entries } = await ask<{ entries: { at: number; number: string; wamid?: string }[] }>(
    url,
    'GET /ledger/entries',
  );
  const accepted = entries.filter((entry) => entry.number === '7' && entry.wamid !== undefined).map(({ at }) => at);
  expect(accepted.length).toBeGreaterThan(20);
  // The ledger's times are whole milliseconds of another clock: two of grace.
  accepted.forEach((at, i) => {
    const later = accepted[i + 20];
    if (later !== undefined) expect(later - at).toBeGreaterThanOrEqual(998);
  });
});

describe('a capacity', () => {
  interface Sent {
    readonly status: number;
    readonly ms: number;
  }
  /** So many at once, in the order in which they were answered. */
  async function burst(url: string, count: number, number = '9'): Promise<Sent[]> {
    const startedMs = performance.now();
    const answered: Sent[] = [];
    const one = async (_: unknown, i: number) => {
      const { status } = await post(url, textMessage(`4917${2_000_000 + i}`), { number });
      answered.push({ status, ms: performance.now() - startedMs });
    };
    await Promise.all(Array.from({ length: count }, one));
    return answered;
  }

  test('serves one after the other, lets so many wait, refuses the rest, and is restored', async () => {
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/capacity', { phoneNumberId: '9', messagesPerSecond: 20, queue: 8 });
    const answered = await burst(url, 30);
    const served = answered.filter(({ status }) => status === 200);
    // One that is served, and eight that wait; while they arrive another may be served.
    expect(served.length).toBeGreaterThanOrEqual(9);
    expect(served.length).toBeLessThan(20);
    expect(served.at(-1)?.ms).toBeGreaterThanOrEqual(served.length * 50 - 60);
    expect(answered.filter(({ status }) => status === 429)).toHaveLength(30 - served.length);
    expect(await burst(url, 30, '8')).toMatchObject(Array.from({ length: 30 }, () => ({ status: 200 })));
    await ask(url, 'DELETE /control/capacity');
    expect((await burst(url, 30)).every(({ status }) => status === 200)).toBe(true);
  });

  test('of all numbers is each number’s own, is kept over a restart, and refuses after the latency', async () => {
    const dataDir = temporaryFolder();
    const before = await startSimulator({ dataDir });
    await ask(before.url, 'PUT /control/capacity', { messagesPerSecond: 1, queue: 0 });
    await ask(before.url, 'PUT /control/latency', { fixedMs: 150 });
    await before.stop();
    const { url } = await startSimulator({ dataDir });
    expect(await ask(url, 'GET /control')).toMatchObject({ capacities: { '': { messagesPerSecond: 1, queue: 0 } } });
    const [first, second] = await Promise.all([burst(url, 2, '1'), burst(url, 2, '2')]);
    for (const answered of [first, second]) {
      expect(answered.map(({ status }) => status)).toEqual([429, 200]);
      expect(answered[0]?.ms).toBeGreaterThanOrEqual(149);
      expect(answered[1]?.ms).toBeGreaterThanOrEqual(1_149);
    }
  });
});

test('unknown routes and methods are told so', async () => {
  const { url } = await startSimulator();
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
  expect((await fetch(`${url}/v23.0/1/messages`)).status).toBe(404);
  expect(await ask(url, 'GET /healthz')).toEqual({ status: 'ok' });
});
