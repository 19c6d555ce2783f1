/** Whether a verifier's settings can be used. What stands in a command to a mail server must not be able to add another. */
import { isIP } from 'node:net';
import type { VerifierProvider } from '@carillon/contracts';
import { normalizeEmail } from '@carillon/core';

const HELO_NAME = /^(?=.{1,255}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const ADDRESS_LITERAL = /^\[(?:IPv6:)?[0-9a-f.:]{2,64}\]$/i;

/** What is wrong with a provider's settings, if anything. @param mayConnect which resolvers may be asked */
export function settingsProblem(
  provider: VerifierProvider,
  mayConnect: (address: string) => boolean,
): string | undefined {
  for (const text of provider.resolvers ?? []) {
    const address = splitResolver(text)?.address;
    if (address === undefined) return 'a resolver is no address';
    if (!mayConnect(address)) return 'a resolver is not in the public internet';
  }
  if (provider.verifier === 'http') {
    // A token that cannot stand in a header would be refused there; said before the address leaves.
    return /^[\x21-\x7e]{1,1000}$/.test(provider.apiKey) ? undefined : 'the API key cannot stand in a header';
  }
  const { heloName, mailFrom, port } = provider;
  if (!HELO_NAME.test(heloName) && !ADDRESS_LITERAL.test(heloName)) return 'the name for EHLO is no host name';
  if (mailFrom !== '' && !isPlainAddress(mailFrom)) return 'the sender for MAIL FROM is no address';
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'the port of the mail servers is none';
  return undefined;
}

/** `address`, `address:port` or `[address]:port`, in its parts and as node:dns takes it; undefined for anything else. */
export function splitResolver(text: string): { readonly address: string; readonly server: string } | undefined {
  if (isIP(text) !== 0) return { address: text, server: text };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  const isAddress = bracketed === undefined ? isIP(address) === 4 : isIP(address) === 6;
  if (!isAddress || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return { address, server: text };
}

function isPlainAddress(text: string): boolean {
  const result = normalizeEmail(text);
  return result.ok && Buffer.byteLength(result.address) === result.address.length;
}
