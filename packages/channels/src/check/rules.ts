/**
 * What the address alone tells, without asking anybody. The lists of throw-away domains are the `mailchecker` package's; the
 * names of functions, which several people read and nobody signed up with, are ours.
 */
import { createRequire } from 'node:module';
import { type EmailResult, normalizeEmail } from '@carillon/core';
import { type Finding, judged } from './finding.ts';

const require = createRequire(import.meta.url);
let disposable: ReadonlySet<string> | undefined;

/** An address that has the form of one. */
export interface ReadAddress {
  readonly address: string;
  /** ASCII, lower case. */
  readonly domain: string;
}

/** Mailboxes of a function: those of RFC 2142, and what companies use beside them. */
const ROLES: ReadonlySet<string> = new Set(
  `abuse accounting accounts admin administrator billing bookings careers contact customerservice dns enquiries
  feedback finance ftp hello help helpdesk hostmaster hr info inquiries it jobs legal list list-request mail
  mailer-daemon marketing media news newsletter no-reply noc noreply nobody office orders postmaster press privacy
  recruiting reception root sales security service spam staff subscribe support sysadmin team tech undisclosed-recipients
  unsubscribe usenet uucp webmaster www`.split(/\s+/),
);

/** The verdict, if the address alone decides it; else the address in its parts. */
export function judgeByRules(text: string): { readonly finding: Finding } | { readonly read: ReadAddress } {
  const result: EmailResult = normalizeEmail(text);
  if (!result.ok) return { finding: judged('undeliverable', 'invalid_syntax') };
  const { address, key } = result;
  const at = key.lastIndexOf('@');
  const domain = key.slice(at + 1);
  if (isDisposable(domain)) return { finding: judged('risky', 'disposable') };
  if (ROLES.has(key.slice(0, at).replace(/\+.*$/, ''))) return { finding: judged('risky', 'role') };
  return { read: { address, domain } };
}

/** Whether the domain, or one that it belongs to, gives out throw-away addresses. */
function isDisposable(domain: string): boolean {
  // Loaded by the first check: a megabyte of names, and most processes that have channels check nothing.
  disposable ??= (require('mailchecker') as typeof import('mailchecker')).blacklist();
  for (let rest = domain; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    if (disposable.has(rest)) return true;
  }
  return false;
}
