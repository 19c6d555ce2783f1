/**
 * The e-mail channel against the simulator: for each fault the channel's outcome beside what the ledger knows. An outcome
 * that may be tried again must never stand beside an acceptance.
 */
import { createEmailChannel } from '@carillon/channels';
import type { SendOutcome, SmtpProvider } from '@carillon/contracts';
import { expect, test } from '@jest/globals';
import { afterwards, ask, referenceOf, startSimulator } from './harness.ts';

interface Totals {
  acceptances: number;
  duplicates: number;
}

/** The channel with the simulator's mail server as its provider. */
function channelTo(port: number): { channel: ReturnType<typeof createEmailChannel>; provider: SmtpProvider } {
  const channel = createEmailChannel({ connections: 1, timeoutMs: 500, connectTimeoutMs: 2_000 });
  afterwards(() => channel.close());
  const provider: SmtpProvider = {
    channel: 'email',
    id: 1,
    accountId: 1,
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'bells',
    password: 'anything',
    from: { address: 'bells@town.example' },
    senders: [],
    messagesPerSecond: 10,
  };
  return { channel, provider };
}

test.each<[string, Partial<SendOutcome>, number]>([
  ['people.example', { kind: 'accepted' }, 1],
  ['unknown.fault.example', { kind: 'rejected', code: 'smtp_550', concerns: 'address' }, 0],
  ['busy.fault.example', { kind: 'retry', code: 'smtp_451' }, 0],
  ['greylist.fault.example', { kind: 'retry', code: 'smtp_450' }, 0],
  ['limit.fault.example', { kind: 'throttled', scope: 'number', code: 'smtp_421' }, 0],
  ['spam.fault.example', { kind: 'rejected', code: 'smtp_554' }, 0],
  ['hang.fault.example', { kind: 'retry', code: 'timeout' }, 0],
  ['lostbefore.fault.example', { kind: 'retry', code: 'connection_lost' }, 0],
  ['lostbody.fault.example', { kind: 'unknown', code: 'connection_lost' }, 0],
  ['lostafter.fault.example', { kind: 'unknown', code: 'connection_lost' }, 1],
  ['silent.fault.example', { kind: 'unknown', code: 'timeout' }, 1],
])('to someone at %s', async (domain, expected, acceptances) => {
  const { url, smtpPort } = await startSimulator();
  const { channel, provider } = channelTo(smtpPort);
  const send = (address: string, number: number) =>
    channel.send(
      { address, content: { type: 'email', subject: 'Tea', text: 'At four' }, reference: referenceOf(9, number) },
      provider,
    );
  const outcome = await send(`ada@${domain}`, 1);
  const { message: _, providerMessageId: _id, ...told } = outcome as SendOutcome & Record<string, unknown>;
  expect(told).toEqual(expected);
  const totals = await ask<Totals>(url, 'GET /ledger/totals');
  expect(totals).toMatchObject({ acceptances, duplicates: 0 });
  if (outcome.kind === 'retry' || outcome.kind === 'throttled' || outcome.kind === 'rejected')
    expect(totals.acceptances).toBe(0);
  // Whatever it was, the next message goes out.
  expect(await send('bob@people.example', 2)).toMatchObject({ kind: 'accepted' });
  const run = await ask<Totals>(url, 'GET /ledger/totals?run=9');
  expect(run).toMatchObject({ acceptances: acceptances + 1, duplicates: 0 });
});

test('the ledger has what was attached, as a mail program opens it', async () => {
  const { url, smtpPort } = await startSimulator();
  const { channel, provider } = channelTo(smtpPort);
  const send = (number: number, fileName: string, mediaType: string, bytes: Buffer) =>
    channel.send(
      {
        address: 'ada@people.example',
        content: { type: 'report', source: { type: 'run', runId: 1 }, subject: 'Tea', text: 'At four', fileName },
        attachment: { fileName, mediaType, bytes },
        reference: referenceOf(9, number),
      },
      provider,
    );
  expect(await send(1, 'tea & cakes.csv', 'text/csv', Buffer.from('name\r\nÅda\r\nBob\r\n'))).toMatchObject({
    kind: 'accepted',
  });
  expect(await send(2, 'tea.pdf', 'application/pdf', Buffer.alloc(70_000, 0x0a))).toMatchObject({ kind: 'accepted' });
  const { entries } = await ask<{ entries: { email: { attachments: unknown } }[] }>(url, 'GET /ledger/entries?run=9');
  expect(entries.map(({ email }) => email.attachments)).toEqual(
    expect.arrayContaining([
      [{ fileName: 'tea & cakes.csv', mediaType: 'text/csv', bytes: 17, lines: 3 }],
      [{ fileName: 'tea.pdf', mediaType: 'application/pdf', bytes: 70_000 }],
    ]),
  );
});
