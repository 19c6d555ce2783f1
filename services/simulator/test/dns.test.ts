/** The name server and the mail server together, as a verifier that speaks with mail servers finds them. */
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { createCheckChannel } from '@carillon/channels';
import type { SmtpVerifierProvider } from '@carillon/contracts';
import { expect, test } from '@jest/globals';
import { afterwards, ask, startSimulator } from './harness.ts';

test('every domain has a mail server, but for those that stand for what goes wrong', async () => {
  const { dnsPort, url } = await startSimulator();
  expect(await ask(url, 'GET /dns')).toEqual({ host: '127.0.0.1', port: dnsPort });
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${dnsPort}`]);
  expect(await resolver.resolveMx('town.example')).toEqual([{ exchange: 'mx.simulator.example', priority: 10 }]);
  expect(await resolver.resolve4('mx.simulator.example')).toEqual(['127.0.0.1']);
  expect(await resolver.resolveMx('nullmx.fault.example')).toEqual([{ exchange: '', priority: 0 }]);
  await expect(resolver.resolveMx('nomx.fault.example')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolve4('nomx.fault.example')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolve6('mx.simulator.example')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolveMx('nodomain.fault.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(resolver.resolveMx('nodns.fault.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
});

test('what is no question is not answered, and does no harm', async () => {
  const { dnsPort } = await startSimulator();
  const socket = createSocket('udp4');
  afterwards(() => void socket.close());
  for (const bytes of [Buffer.alloc(0), Buffer.from('no question'), Buffer.alloc(512, 0xff)])
    socket.send(bytes, dnsPort, '127.0.0.1');
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${dnsPort}`]);
  expect(await resolver.resolve4('town.example')).toEqual(['127.0.0.1']);
});

test('a taken port is said, and a preferred one that is taken is passed over', async () => {
  const taken = createSocket('udp4');
  taken.bind(0, '127.0.0.1');
  await once(taken, 'listening');
  afterwards(() => void taken.close());
  await expect(startSimulator({ dnsPort: taken.address().port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test.each([
  ['ana@town.example', ['deliverable accepted_email']],
  ['ana@unknown.fault.example', ['undeliverable rejected_email']],
  ['ana@full.fault.example', ['risky mailbox_full']],
  ['ana@greylist.fault.example', ['retry greylisted', 'deliverable accepted_email']],
  ['ana@catchall.fault.example', ['risky catch_all']],
  ['ana@nullmx.fault.example', ['undeliverable null_mx']],
  ['ana@nomx.fault.example', ['undeliverable no_mx']],
  ['ana@nodomain.fault.example', ['undeliverable no_domain']],
  ['ana@nodns.fault.example', ['retry dns_failed']],
  ['ana@hang.fault.example', ['retry timeout']],
])('%s is %j', async (address, expected) => {
  const { dnsPort, smtpPort, url } = await startSimulator();
  const channel = createCheckChannel({
    connections: 4,
    timeoutMs: 3_000,
    connectTimeoutMs: 1_000,
    stepTimeoutMs: 500,
    greylistWaitMs: 0,
    allowPrivate: true,
  });
  afterwards(() => channel.close());
  const provider: SmtpVerifierProvider = {
    channel: 'email_check',
    verifier: 'smtp',
    id: 1,
    accountId: 1,
    messagesPerSecond: 100,
    priceMicros: 0,
    currency: 'EUR',
    validDays: 90,
    heloName: 'check.carillon.example',
    mailFrom: 'bells@carillon.example',
    port: smtpPort,
    resolvers: [`127.0.0.1:${dnsPort}`],
  };
  const outcomes: string[] = [];
  for (const _ of expected) {
    const outcome = await channel.send({ address, content: { type: 'check' }, reference: 'r-1' }, provider);
    outcomes.push(
      outcome.kind === 'accepted'
        ? `${outcome.verdict?.verdict} ${outcome.verdict?.reason}`
        : `${outcome.kind} ${outcome.code}`,
    );
  }
  expect(outcomes).toEqual(expected);
  // A check is no message.
  expect(await ask(url, 'GET /ledger/totals')).toMatchObject({ acceptances: 0 });
});
