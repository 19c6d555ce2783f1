/** Status callbacks: signed, complete, repeated until taken, and in any disorder that was asked for. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  ask,
  post,
  type Receiver,
  referenceOf,
  startReceiver,
  startSimulator,
  temporaryFolder,
  textMessage,
  until,
} from './harness.ts';

interface Callback {
  object: string;
  entry: {
    changes: {
      field: string;
      value: {
        metadata: { phone_number_id: string };
        statuses: { id: string; status: string; biz_opaque_callback_data?: string; errors?: { code: number }[] }[];
      };
    }[];
  }[];
}

function statusesIn({ received }: Receiver) {
  return received.flatMap(({ body }) =>
    (JSON.parse(body) as Callback).entry.flatMap(({ changes }) => changes.flatMap(({ value }) => value.statuses)),
  );
}

const settings = (receiver: Receiver, changes: object = {}) => ({ url: receiver.url, appSecret: 'secret', ...changes });

async function accept(url: string, count: number, number = '1065'): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 1; i <= count; i += 1) {
    const response = await post(url, textMessage(String(491_700_000_000 + i), referenceOf(1, i)), { number });
    ids.push(((await response.json()) as { messages: { id: string }[] }).messages[0]?.id ?? '');
  }
  return ids;
}

describe('callbacks', () => {
  test('report sent and delivered of each message, with our reference, under a good signature', async () => {
    const [{ url }, receiver] = await Promise.all([startSimulator(), startReceiver()]);
    await ask(url, 'PUT /control/callbacks', settings(receiver));
    const [id] = await accept(url, 1);
    const statuses = await until(() => (statusesIn(receiver).length === 2 ? statusesIn(receiver) : undefined));
    expect(statuses).toMatchObject([
      { id, status: 'sent', recipient_id: '491700000001', biz_opaque_callback_data: referenceOf(1, 1) },
      { id, status: 'delivered', recipient_id: '491700000001', biz_opaque_callback_data: referenceOf(1, 1) },
    ]);
    for (const { body, headers } of receiver.received) {
      const signature = createHmac('sha256', 'secret').update(body).digest('hex');
      expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
      const callback = JSON.parse(body) as Callback;
      expect(callback.object).toBe('whatsapp_business_account');
      expect(callback.entry[0]?.changes[0]?.value.metadata.phone_number_id).toBe('1065');
    }
    expect(JSON.stringify(await ask(url, 'GET /control'))).not.toContain('secret');
  });

  test('several statuses share a request, never more than allowed', async () => {
    let now = 1_767_225_600_000;
    const [{ url }, receiver] = await Promise.all([startSimulator({ nowMs: () => now }), startReceiver()]);
    await ask(url, 'PUT /control/callbacks', settings(receiver, { delayMs: 100, maxPerRequest: 7 }));
    await accept(url, 20);
    expect(receiver.received).toHaveLength(0);
    now += 1_000;
    await until(() => statusesIn(receiver).length === 40);
    const sizes = receiver.received.map(
      ({ body }) => (JSON.parse(body) as Callback).entry[0]?.changes[0]?.value.statuses.length,
    );
    expect(Math.max(...sizes.map(Number))).toBe(7);
  });

  test('a refused one is repeated until it is taken', async () => {
    const [{ url }, receiver] = await Promise.all([startSimulator(), startReceiver()]);
    receiver.answers.push(500, 503);
    await ask(url, 'PUT /control/callbacks', settings(receiver, { statuses: ['delivered'] }));
    await accept(url, 1);
    await until(() => statusesIn(receiver).length === 1);
    expect(receiver.answers).toEqual([]);
  });

  test('doubled and shuffled on request', async () => {
    const [{ url }, receiver] = await Promise.all([startSimulator(), startReceiver()]);
    await ask(url, 'PUT /control/callbacks', settings(receiver, { double: 1, shuffle: true, delayMs: 200 }));
    const ids = await accept(url, 20);
    const statuses = await until(() => (statusesIn(receiver).length === 80 ? statusesIn(receiver) : undefined));
    const inOrder = ids.flatMap((id) => [`${id} sent`, `${id} delivered`]);
    const seen = statuses.map(({ id, status }) => `${id} ${status}`);
    expect([...seen].sort()).toEqual([...inOrder, ...inOrder].sort());
    expect(seen.slice(0, 40)).not.toEqual(inOrder);
  });

  test('early ones overtake the answer', async () => {
    const order: string[] = [];
    const receiver = await startReceiver(() => order.push('callback'));
    const { url } = await startSimulator();
    await ask(url, 'PUT /control/callbacks', settings(receiver, { early: true }));
    await post(url, textMessage('491700000001'));
    order.push('answer');
    expect(order).toEqual(['callback', 'answer']);
    expect(statusesIn(receiver)).toHaveLength(2);
  });

  test('a rule lets a message fail after it was accepted', async () => {
    const [{ url }, receiver] = await Promise.all([startSimulator(), startReceiver()]);
    await ask(url, 'PUT /control/callbacks', settings(receiver));
    await ask(url, 'PUT /control/rules', { rules: [{ does: { failLaterCode: 131026 } }] });
    await accept(url, 1);
    const [status] = await until(() => (statusesIn(receiver).length > 0 ? statusesIn(receiver) : undefined));
    expect(status).toMatchObject({ status: 'failed', errors: [{ code: 131026 }] });
  });

  test('a lost answer is reported all the same, and nothing that was refused is', async () => {
    const [{ url }, receiver] = await Promise.all([startSimulator(), startReceiver()]);
    await ask(url, 'PUT /control/callbacks', settings(receiver, { statuses: ['delivered'] }));
    await ask(url, 'PUT /control/rules', {
      rules: [
        { match: { toSuffix: '1' }, does: { fault: 'reset_before_accept' } },
        { match: { toSuffix: '2' }, does: { fault: 'accept_and_reset' } },
      ],
    });
    await expect(post(url, textMessage('491700000001', referenceOf(1, 1)))).rejects.toThrow();
    await expect(post(url, textMessage('491700000002', referenceOf(1, 2)))).rejects.toThrow();
    await post(url, textMessage('491700000003', referenceOf(1, 3)));
    await until(() => statusesIn(receiver).length === 2);
    expect(statusesIn(receiver).map((status) => status.biz_opaque_callback_data)).toEqual([
      referenceOf(1, 2),
      referenceOf(1, 3),
    ]);
  });

  test("a number's own settings go before the general ones", async () => {
    const [{ url }, general, own] = await Promise.all([startSimulator(), startReceiver(), startReceiver()]);
    await ask(url, 'PUT /control/callbacks', settings(general, { statuses: ['delivered'] }));
    await ask(url, 'PUT /control/callbacks', settings(own, { phoneNumberId: '2', statuses: ['read'] }));
    await accept(url, 1);
    await accept(url, 1, '2');
    await until(() => statusesIn(general).length === 1 && statusesIn(own).length === 1);
    expect(statusesIn(own)).toMatchObject([{ status: 'read' }]);
  });

  test('what was not reported before a restart is reported after it, and only that', async () => {
    const receiver = await startReceiver();
    const dataDir = temporaryFolder();
    const first = await startSimulator({ dataDir });
    await ask(first.url, 'PUT /control/callbacks', settings(receiver));
    await accept(first.url, 2);
    await until(() => statusesIn(receiver).length === 4);
    receiver.answers.push(...Array.from({ length: 10_000 }, () => 503));
    const waiting = await accept(first.url, 3);
    await until(() => receiver.answers.length < 10_000);
    await first.stop();
    receiver.answers.length = 0;
    receiver.received.length = 0;
    await startSimulator({ dataDir });
    const statuses = await until(() => (statusesIn(receiver).length >= 6 ? statusesIn(receiver) : undefined));
    expect(statuses.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(
      waiting.flatMap((id) => [`${id} delivered`, `${id} sent`]).sort(),
    );
  });

  test('more than memory is meant to hold wait in the ledger, and none is forgotten', async () => {
    const receiver = await startReceiver();
    const { url } = await startSimulator({ maxPendingCallbacks: 10 });
    await ask(url, 'PUT /control/callbacks', settings(receiver, { statuses: ['delivered'], delayMs: 300 }));
    const ids = await accept(url, 50);
    await until(() => new Set(statusesIn(receiver).map(({ id }) => id)).size === ids.length);
    expect(new Set(statusesIn(receiver).map(({ id }) => id))).toEqual(new Set(ids));
  });
});

describe('replies', () => {
  test('tell what a person wrote or pressed, signed, at once, and as often as was asked', async () => {
    const [{ url }, receiver] = await Promise.all([startSimulator(), startReceiver()]);
    await ask(url, 'PUT /control/callbacks', settings(receiver));
    const from = { phoneNumberId: '1065', from: '+49 170 0000001' };
    expect(
      await ask(url, 'POST /control/replies', { ...from, text: 'STOP', saidAtMs: 1_790_000_000_999, copies: 3 }),
    ).toEqual({
      taken: 3,
    });
    await ask(url, 'POST /control/replies', { ...from, button: { payload: 'STOP', text: 'No more' } });
    expect(receiver.received).toHaveLength(4);
    const messages = receiver.received.map(({ body, headers }) => {
      expect(headers['x-hub-signature-256']).toBe(
        `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`,
      );
      const [change] = (
        JSON.parse(body) as { entry: { changes: { value: { messages: object[] } }[] }[] }
      ).entry.flatMap((entry) => entry.changes);
      return change?.value.messages[0];
    });
    const written = { from: '491700000001', timestamp: '1790000000', type: 'text', text: { body: 'STOP' } };
    expect(messages[0]).toMatchObject(written);
    expect(messages[1]).toEqual(messages[0]);
    expect(messages[3]).toMatchObject({ type: 'button', button: { payload: 'STOP', text: 'No more' } });
  });

  test('are counted as taken only where they were, and refused where nobody is told', async () => {
    const [{ url }, receiver] = await Promise.all([startSimulator(), startReceiver()]);
    const reply = { phoneNumberId: '1065', from: '491700000001', text: 'STOP' };
    await expect(ask(url, 'POST /control/replies', reply)).rejects.toThrow('HTTP 400');
    await ask(url, 'PUT /control/callbacks', settings(receiver));
    receiver.answers.push(401);
    expect(await ask(url, 'POST /control/replies', reply)).toEqual({ taken: 0 });
    await expect(ask(url, 'POST /control/replies', { ...reply, button: { payload: 'a', text: 'b' } })).rejects.toThrow(
      '400',
    );
  });
});
