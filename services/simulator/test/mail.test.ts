/** The SMTP server: what each rule does to a message, and what the ledger says of it. The client is nodemailer's. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { parseLine, renderEntry } from '../src/ledger/entry.ts';
import { afterwards, ask, referenceOf, startReceiver, startSimulator, temporaryFolder, until } from './harness.ts';

interface Totals {
  attempts: number;
  acceptances: number;
  addresses: number;
  duplicates: number;
}

interface Entries {
  entries: {
    run: string;
    to: string;
    number: string;
    fault?: string;
    wamid?: string;
    reference: string;
    email?: { messageId?: string; subject?: string; unsubscribe?: string };
  }[];
}

interface Sent {
  /** The reply to the final dot. */
  readonly reply?: string;
  readonly status?: number;
  /** Whether the client was asked for the message. */
  readonly begun: boolean;
  readonly failed: boolean;
}

/** One message, and how it ended; `timeoutMs` without a reply counts as failed. */
async function send(
  port: number,
  to: string,
  options: { reference?: string; from?: string; login?: [string, string]; timeoutMs?: number } = {},
): Promise<Sent> {
  const { reference = referenceOf(3, 1), from = 'bells@town.example', login, timeoutMs = 5_000 } = options;
  const smtp = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true, socketTimeout: timeoutMs });
  afterwards(() => smtp.close());
  let begun = false;
  const body = new Readable({
    read() {
      begun = true;
      this.push(
        [
          `X-Carillon-Reference: ${reference}`,
          `To: ${to}`,
          'Subject: Tea',
          'Message-ID: <one@town.example>',
          'List-Unsubscribe:',
          ' <https://town.example/u/1>',
          '',
          'Tea at four',
        ].join('\r\n'),
      );
      this.push(null);
    },
  });
  try {
    const reply = await new Promise<string>((resolve, reject) => {
      smtp.on('error', reject);
      smtp.on('end', () => setImmediate(reject, new Error('closed')));
      const transmit = (error?: Error | null) => {
        if (error) reject(error);
        else
          smtp.send({ from, to: [to] }, body, (failure, info) =>
            failure ? reject(failure) : resolve(info?.response ?? ''),
          );
      };
      smtp.connect((error) => {
        if (error || login === undefined) transmit(error);
        else smtp.login({ user: login[0], pass: login[1] }, transmit);
      });
    });
    return { reply, begun, failed: false };
  } catch (error) {
    const status = (error as { responseCode?: number }).responseCode;
    return { ...(status !== undefined && { status }), begun, failed: true };
  } finally {
    smtp.close();
  }
}

describe('an accepted e-mail', () => {
  test('is in the ledger before its reply, as WhatsApp messages are', async () => {
    const { url, smtpPort } = await startSimulator();
    expect(await ask(url, 'GET /smtp')).toEqual({ host: '127.0.0.1', port: smtpPort });
    const sent = await send(smtpPort, 'Ada@People.example', { reference: referenceOf(3, 1) });
    const wamid = /^250 2\.0\.0 Ok: queued as (\S+)$/.exec(sent.reply ?? '')?.[1];
    const { entries } = await ask<Entries>(url, 'GET /ledger/entries?run=3&to=ADA@people.example');
    expect(entries).toEqual([
      {
        run: '3',
        at: expect.any(Number),
        number: 'bells@town.example',
        to: 'ada@people.example',
        reference: referenceOf(3, 1),
        wamid,
        email: { messageId: '<one@town.example>', subject: 'Tea', unsubscribe: 'https://town.example/u/1' },
      },
    ]);
  });

  test('counts per run and address, twice is a duplicate', async () => {
    const { url, smtpPort } = await startSimulator();
    await send(smtpPort, 'ada@people.example', { reference: referenceOf(3, 1) });
    await send(smtpPort, 'bob@people.example', { reference: referenceOf(3, 2) });
    await send(smtpPort, 'ada@people.example', { reference: referenceOf(4, 1) });
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=3')).toEqual({
      attempts: 2,
      acceptances: 2,
      addresses: 2,
      duplicates: 0,
    });
    await send(smtpPort, 'ADA@people.example', { reference: referenceOf(3, 1) });
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=3')).toMatchObject({ addresses: 2, duplicates: 1 });
    const page = await ask<{ addresses: object[] }>(url, 'GET /ledger/duplicates?run=3');
    expect(page.addresses).toEqual([{ run: '3', to: 'ada@people.example', attempts: 2, acceptances: 2 }]);
  });

  test('survives a restart', async () => {
    const dataDir = temporaryFolder();
    const before = await startSimulator({ dataDir });
    await send(before.smtpPort, 'ada@people.example');
    await before.stop();
    const { url } = await startSimulator({ dataDir });
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=3')).toMatchObject({ acceptances: 1, addresses: 1 });
  });

  test('is one line whatever its address and headers hold', () => {
    const entry = {
      at: 1,
      number: 'a"b',
      to: '"a\\"\n}"@b.example',
      reference: '',
      wamid: 'W',
      email: { subject: '"}\n' },
    };
    const line = renderEntry(entry);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(parseLine(line)).toEqual(entry);
  });

  test('is not reported by WhatsApp callbacks, before or after a restart', async () => {
    const dataDir = temporaryFolder();
    const receiver = await startReceiver();
    const before = await startSimulator({ dataDir });
    await ask(before.url, 'PUT /control/callbacks', { url: receiver.url, appSecret: 'secret' });
    await send(before.smtpPort, 'ada@people.example');
    await before.stop();
    const after = await startSimulator({ dataDir });
    await send(after.smtpPort, 'ada@people.example');
    // A WhatsApp message's report comes, and it is the only one.
    await fetch(`${after.url}/v23.0/1065/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer any' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: '15551234567', type: 'text', text: { body: 'Tea' } }),
    });
    await until(() => receiver.received.length > 0);
    expect(receiver.received.map(({ body }) => body).join()).not.toContain('people.example');
  });
});

describe('a rule', () => {
  const cases: readonly [string, object, Partial<Sent>, { accepted: boolean; fault: string }][] = [
    ['550 at the recipient', { status: 550 }, { status: 550, begun: false }, { accepted: false, fault: 'smtp_550' }],
    ['451 at the recipient', { status: 451 }, { status: 451, begun: false }, { accepted: false, fault: 'smtp_451' }],
    ['421 at the recipient', { status: 421 }, { status: 421, begun: false }, { accepted: false, fault: 'smtp_421' }],
    [
      '554 after the message',
      { status: 554, at: 'dot' },
      { status: 554, begun: true },
      { accepted: false, fault: 'smtp_554' },
    ],
    [
      'lost at the recipient',
      { fault: 'reset_before_accept', at: 'rcpt' },
      { begun: false },
      { accepted: false, fault: 'reset_before_accept' },
    ],
    [
      'lost before the message',
      { fault: 'reset_before_accept' },
      { begun: false },
      { accepted: false, fault: 'reset_before_accept' },
    ],
    [
      'lost within the message',
      { fault: 'reset_before_accept', at: 'body' },
      { begun: true },
      { accepted: false, fault: 'reset_before_accept' },
    ],
    [
      'lost after the final dot, not accepted',
      { fault: 'reset_before_accept', at: 'dot' },
      { begun: true },
      { accepted: false, fault: 'reset_before_accept' },
    ],
    [
      'lost after the final dot, accepted',
      { fault: 'accept_and_reset' },
      { begun: true },
      { accepted: true, fault: 'accept_and_reset' },
    ],
    ['accept_and_500', { fault: 'accept_and_500' }, { begun: true }, { accepted: true, fault: 'accept_and_500' }],
    ['hanging', { fault: 'hang' }, { begun: false }, { accepted: false, fault: 'hang' }],
    ['hanging after the dot', { fault: 'hang', at: 'dot' }, { begun: true }, { accepted: false, fault: 'hang' }],
    ['silent', { fault: 'accept_and_hang' }, { begun: true }, { accepted: true, fault: 'accept_and_hang' }],
  ];

  test.each(cases)('%s', async (_name, does, expected, { accepted, fault }) => {
    const { url, smtpPort } = await startSimulator();
    await ask(url, 'PUT /control/rules', { rules: [{ match: { to: 'Ada@people.example' }, does }] });
    const sent = await send(smtpPort, 'ada@people.example', { timeoutMs: 300 });
    expect(sent).toMatchObject({ failed: true, ...expected });
    if (expected.status === undefined) expect(sent.status).toBeUndefined();
    const { entries } = await ask<Entries>(url, 'GET /ledger/entries');
    expect(entries).toEqual([expect.objectContaining({ to: 'ada@people.example', fault })]);
    expect(entries[0]?.wamid !== undefined).toBe(accepted);
    expect(await send(smtpPort, 'bob@people.example')).toMatchObject({ failed: false });
  });

  test('chooses by the end of the address, by times and by times per address', async () => {
    const { url, smtpPort } = await startSimulator();
    await ask(url, 'PUT /control/rules', {
      rules: [
        { match: { toSuffix: '@Once.example', times: 1 }, does: { status: 452 } },
        { match: { toSuffix: '@each.example', timesPerAddress: 1 }, does: { status: 450, reply: '4.7.1 Not yet' } },
      ],
    });
    const statuses: (number | undefined)[] = [];
    for (const to of ['a@once.example', 'b@once.example', 'a@each.example', 'b@each.example', 'a@each.example'])
      statuses.push((await send(smtpPort, to)).status);
    expect(statuses).toEqual([452, undefined, 450, 450, undefined]);
  });

  test('for a share of addresses always takes the same ones', async () => {
    const { url, smtpPort } = await startSimulator();
    await ask(url, 'PUT /control/rules', { match: { share: { from: 0, below: 0.3 } }, does: { status: 550 } });
    const people = Array.from({ length: 60 }, (_, i) => `p${i}@people.example`);
    const refusedOnes = async () => {
      const sent = await Promise.all(people.map((to) => send(smtpPort, to)));
      return people.filter((_, i) => sent[i]?.status === 550);
    };
    const first = await refusedOnes();
    expect(first.length).toBeGreaterThan(6);
    expect(first.length).toBeLessThan(30);
    expect(await refusedOnes()).toEqual(first);
  });

  test('slows down, and so does the general latency', async () => {
    const { url, smtpPort } = await startSimulator();
    await ask(url, 'PUT /control/latency', { fixedMs: 60_000 });
    await ask(url, 'PUT /control/rules', { match: { to: 'ada@people.example' }, does: { latencyMs: 150 } });
    const startedAt = performance.now();
    expect(await send(smtpPort, 'ada@people.example')).toMatchObject({ failed: false });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145);
    expect(await send(smtpPort, 'bob@people.example', { timeoutMs: 200 })).toMatchObject({ failed: true, begun: true });
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ acceptances: 2 });
  });

  test('limits are kept per login or sender, and answered with 421', async () => {
    const { url, smtpPort } = await startSimulator();
    await ask(url, 'PUT /control/limits', { phoneNumberId: 'bells@town.example', messagesPerSecond: 1 });
    expect(await send(smtpPort, 'a@people.example')).toMatchObject({ failed: false });
    expect(await send(smtpPort, 'b@people.example')).toMatchObject({ status: 421 });
    expect(await send(smtpPort, 'c@people.example', { from: 'mayor@town.example' })).toMatchObject({ failed: false });
  });

  test('a capacity is kept per login or sender: one waits to be served, the next is answered with 421', async () => {
    const { url, smtpPort } = await startSimulator();
    const capacity = { phoneNumberId: 'bells@town.example', messagesPerSecond: 2, queue: 1 };
    await ask(url, 'PUT /control/capacity', capacity);
    const startedMs = performance.now();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) => send(smtpPort, `${name}@people.example`)),
    );
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(999);
    expect(answers.filter(({ status }) => status === 421).length).toBeGreaterThanOrEqual(2);
    expect(answers.filter(({ failed }) => !failed).length).toBeGreaterThanOrEqual(2);
    expect(await send(smtpPort, 'f@people.example', { from: 'mayor@town.example' })).toMatchObject({ failed: false });
  });
});

test.each([
  ['unknown', 550, false],
  ['busy', 451, false],
  ['limit', 421, false],
  ['spam', 554, true],
  ['lostbefore', undefined, false],
  ['lostbody', undefined, true],
  ['lostafter', undefined, true],
  ['hang', undefined, false],
  ['silent', undefined, true],
] as const)('without any rule, x@%s.fault.example gives its trouble', async (name, status, begun) => {
  const { smtpPort } = await startSimulator();
  const sent = await send(smtpPort, `x@${name}.fault.example`, { timeoutMs: 300 });
  expect({ status: sent.status, begun: sent.begun, failed: sent.failed }).toEqual({ status, begun, failed: true });
});

test('greylist.fault.example refuses each address once; demo.example is some trouble to a few, always the same', async () => {
  const { url, smtpPort } = await startSimulator();
  expect(await send(smtpPort, 'a@greylist.fault.example')).toMatchObject({ status: 450 });
  expect(await send(smtpPort, 'a@greylist.fault.example')).toMatchObject({ failed: false });
  await Promise.all(Array.from({ length: 100 }, (_, i) => send(smtpPort, `p${i}@demo.example`)));
  const { entries } = await ask<Entries>(url, 'GET /ledger/entries');
  const troubled = entries.filter(({ to, fault }) => to.endsWith('@demo.example') && fault !== undefined);
  expect(troubled.map(({ to, fault }) => `${to} ${fault}`).sort()).toEqual([
    'p23@demo.example smtp_450',
    'p40@demo.example accept_and_reset',
    'p47@demo.example smtp_450',
    'p70@demo.example accept_and_reset',
    'p74@demo.example accept_and_reset',
  ]);
});

test('with a token only those who know it are let in', async () => {
  const { url, smtpPort } = await startSimulator({ accessToken: 'secret' });
  expect(await send(smtpPort, 'a@people.example')).toMatchObject({ status: 530 });
  expect(await send(smtpPort, 'a@people.example', { login: ['bells', 'wrong'] })).toMatchObject({ status: 535 });
  expect(await send(smtpPort, 'a@people.example', { login: ['bells', 'secret'] })).toMatchObject({ failed: false });
  const { entries } = await ask<Entries>(url, 'GET /ledger/entries');
  expect(entries).toEqual([expect.objectContaining({ number: 'bells', to: 'a@people.example' })]);
});

test('the port: what was asked for, or the next one, or a free one', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  afterwards(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  await expect(startSimulator({ smtpPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  const one = await startSimulator();
  const other = await startSimulator();
  expect(new Set([one.smtpPort, other.smtpPort]).size).toBe(2);
});

test('stopping says nothing to mail that was accepted and waits for its reply', async () => {
  const { url, smtpPort, stop } = await startSimulator();
  await ask(url, 'PUT /control/latency', { fixedMs: 60_000 });
  const socket = connect(smtpPort, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', () => {});
  const lines = ['EHLO x', 'MAIL FROM:<a@town.example>', 'RCPT TO:<b@people.example>', 'DATA'];
  await until(() => received.startsWith('220'));
  socket.write(lines.map((line) => `${line}\r\n`).join(''));
  await until(() => /^354 /m.test(received));
  socket.write('Subject: Tea\r\n\r\nTea\r\n.\r\n');
  await until(async () => (await ask<Totals>(url, 'GET /ledger/totals')).acceptances === 1);
  const closed = once(socket, 'close');
  await stop();
  await closed;
  expect(received).not.toMatch(/^421/m);
  expect(received.trimEnd().split('\r\n').at(-1)).toMatch(/^354 /);
});
