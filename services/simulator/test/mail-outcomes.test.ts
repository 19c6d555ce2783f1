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
  const channel = createEmailChannel({ connections: 1, timeoutMs: 500, connectTimeoutMs: 2_000 });
  afterwards(() => channel.close());
  const provider: SmtpProvider = {
    channel: 'email',
    id: 1,
    accountId: 1,
    host: '127.0.0.1',
    port: smtpPort,
    security: 'none',
    user: 'bells',
    password: 'anything',
    from: { address: 'bells@town.example' },
    senders: [],
    messagesPerSecond: 10,
  };
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
