/** What the tests of checks share: channels, verifiers of both kinds, one check. */
import type { HttpVerifierProvider, OutgoingMessage, SendOutcome, SmtpVerifierProvider } from '@carillon/contracts';
import { afterEach } from '@jest/globals';
import { type CheckChannelOptions, createCheckChannel } from '../../src/index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs after the test, the latest first. */
export function afterwards<Closable extends { close(): unknown }>(closable: Closable): Closable {
  cleanups.push(() => closable.close());
  return closable;
}

/** One that may speak with loopback and is closed after the test. */
export function openChannel(options: Partial<CheckChannelOptions> = {}) {
  return afterwards(
    createCheckChannel({
      connections: 8,
      timeoutMs: 5_000,
      connectTimeoutMs: 2_000,
      allowPrivate: true,
      greylistWaitMs: 0,
      ...options,
    }),
  );
}

const COMMON = {
  channel: 'email_check',
  id: 1,
  accountId: 1,
  messagesPerSecond: 100,
  currency: 'EUR',
  validDays: 90,
} as const;

export function smtpVerifier(port: number, dnsPort: number, changes: Partial<SmtpVerifierProvider> = {}) {
  return {
    ...COMMON,
    verifier: 'smtp',
    priceMicros: 0,
    heloName: 'check.carillon.example',
    mailFrom: 'bells@carillon.example',
    port,
    resolvers: [`127.0.0.1:${dnsPort}`],
    ...changes,
  } as const satisfies SmtpVerifierProvider;
}

/** Leaves DNS to the service unless told otherwise. */
export function httpVerifier(port: number, changes: Partial<HttpVerifierProvider> = {}): HttpVerifierProvider {
  return {
    ...COMMON,
    verifier: 'http',
    priceMicros: 8_000,
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey: 'key-of-the-service',
    skipDns: true,
    ...changes,
  };
}

export const REFERENCE = `c1.7.20260101.3.5.1.${'m'.repeat(22)}`;

export function checkOf(address: string, reference = REFERENCE): OutgoingMessage {
  return { address, content: { type: 'check' }, reference };
}

/** An outcome in a few words: the verdict and its reason, or the kind and its code. */
export function inShort(outcome: SendOutcome): string {
  if (outcome.kind === 'accepted') return `${outcome.verdict?.verdict} ${outcome.verdict?.reason}`;
  return `${outcome.kind} ${outcome.code}`;
}
