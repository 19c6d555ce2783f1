/** What stands in an e-mail: headers that nobody can add to, an id that stays the same, and who it may be from. */
import type { EmailContent, OutgoingMessage, SmtpProvider } from '@carillon/contracts';
import { encodeReference } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';
import { composeEmail } from '../../src/email/message.ts';
import { emailTo, smtpProviderAt } from './scripted-server.ts';

const provider = smtpProviderAt(25);
const AT = Date.UTC(2026, 0, 1, 9);

interface Read {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  header(name: string): string | undefined;
}

/** Splits and unfolds; by hand, because it must see what a reader of mail sees. */
function read(bytes: Buffer): Read {
  const text = bytes.toString();
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
  });
  return {
    headers,
    body: text.slice(end + 4),
    header: (name) => headers.find(([each]) => each === name.toLowerCase())?.[1],
  };
}

async function compose(message: OutgoingMessage, from: SmtpProvider = provider, key = ''): Promise<Read> {
  const composed = composeEmail(message, from, key, AT);
  if (!composed.ok) throw new Error(JSON.stringify(composed.outcome));
  return read(await composed.email.build());
}

function refusal(message: OutgoingMessage, from: SmtpProvider = provider): unknown {
  const composed = composeEmail(message, from, '', AT);
  return composed.ok ? undefined : composed.outcome;
}

const referenceOf = (number: number, tryNumber: number, runId = 7) =>
  encodeReference({ runId, day: '2026-01-01', batchId: 3, number, try: tryNumber }, Buffer.alloc(32, 1));

describe('headers', () => {
  test('name sender, recipient, subject, date and reference', async () => {
    const message = { ...emailTo('ada@people.example'), reference: referenceOf(5, 2) };
    const mail = await compose(message);
    expect(mail.header('from')).toBe('The Bell Tower <bells@town.example>');
    expect(mail.header('to')).toBe('ada@people.example');
    expect(mail.header('subject')).toBe('Tea');
    expect(mail.header('date')).toBe('Thu, 01 Jan 2026 09:00:00 +0000');
    expect(mail.header('x-carillon-reference')).toBe(message.reference);
    expect(mail.header('list-unsubscribe')).toBeUndefined();
    expect(mail.header('list-unsubscribe-post')).toBeUndefined();
    expect(mail.body).toContain('Tea at four');
  });

  test('take an unsubscribe link in the form of RFC 8058, whole, however long it is', async () => {
    const unsubscribeUrl = `https://town.example/u/${'a1-_'.repeat(100)}?r=1&k=%C3%A4`;
    const mail = await compose({ ...emailTo('ada@people.example'), unsubscribeUrl });
    expect(mail.header('list-unsubscribe')).toBe(`<${unsubscribeUrl}>`);
    expect(mail.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  const evil = 'x\r\nBcc: eve@evil.example\r\n\r\nbody\nX-Evil: 1\u2028X-Evil: 2\u0000';
  test.each<[string, Partial<EmailContent>]>([
    ['the subject', { subject: evil }],
    ['the name of the sender', { sender: { name: evil } }],
    ['a name with quotes and brackets', { sender: { name: `" <eve@evil.example>${evil}` } }],
    ['the subject, encoded', { subject: `=?utf-8?Q?x=0D=0ABcc:_eve@evil.example?= ${evil}` }],
  ])('cannot be added to through %s', async (_what, content) => {
    const mail = await compose(emailTo('ada@people.example', content));
    const plain = await compose(emailTo('ada@people.example'));
    const names = (of: Read) => of.headers.map(([name]) => name);
    expect(names(mail)).toEqual(names(plain));
    expect(mail.header('from')).toMatch(/<bells@town\.example>$/);
    expect(mail.header('to')).toBe('ada@people.example');
    expect(mail.body).toContain('Tea at four');
  });

  test.each<[string, Partial<OutgoingMessage>, Partial<EmailContent>]>([
    ['the recipient', { address: 'ada@people.example\r\nBcc: eve@evil.example' }, {}],
    ['a second recipient', { address: 'ada@people.example, eve@evil.example' }, {}],
    ['a recipient in brackets', { address: 'ada@people.example> <eve@evil.example' }, {}],
    ['no domain', { address: 'ada' }, {}],
    ['no local part', { address: '@people.example' }, {}],
    ['the address to answer to', {}, { sender: { replyTo: 'a@b.example\r\nBcc: eve@evil.example' } }],
    ['the reference', { reference: 'c1\r\nBcc: eve@evil.example' }, {}],
    ['a link that is none', { unsubscribeUrl: 'https://\r\nBcc: eve@evil.example' }, {}],
    ['a link with line breaks', { unsubscribeUrl: 'https://town.example/u\r\nBcc: eve@evil.example' }, {}],
    ['a link that runs', { unsubscribeUrl: 'javascript:alert(1)' }, {}],
  ])('cannot be added to through %s: the message is refused', (_what, changes, content) => {
    expect(refusal({ ...emailTo('ada@people.example', content), ...changes })).toMatchObject({ kind: 'rejected' });
  });

  test('take other scripts than Latin', async () => {
    const mail = await compose(
      emailTo('ada@bücher.example', { subject: 'Чай ☕ um vier', sender: { name: 'Ünal Öz' } }),
    );
    expect(mail.header('to')).toBe('ada@xn--bcher-kva.example');
    expect(mail.header('subject')).toMatch(/^=\?UTF-8\?/);
    expect(mail.header('from')).toMatch(/^=\?UTF-8\?.*<bells@town\.example>$/);
  });
});

describe('the body', () => {
  test('is text, HTML, or both as alternatives', async () => {
    expect((await compose(emailTo('a@b.example'))).header('content-type')).toMatch(/^text\/plain; charset=utf-8/);
    const { text: _, ...html } = emailTo('a@b.example', { html: '<p>Tea</p>' }).content;
    expect((await compose({ ...emailTo('a@b.example'), content: html })).header('content-type')).toMatch(/^text\/html/);
    const both = await compose(emailTo('a@b.example', { html: '<p>Cake</p>' }));
    expect(both.header('content-type')).toMatch(/^multipart\/alternative/);
    expect(both.body.indexOf('Tea at four')).toBeLessThan(both.body.indexOf('<p>Cake</p>'));
    const { text: _text, ...none } = emailTo('a@b.example').content;
    expect(refusal({ ...emailTo('a@b.example'), content: none })).toMatchObject({ code: 'wrong_content' });
  });

  test('is the same at every try', async () => {
    const once = composeEmail(
      { ...emailTo('a@b.example', { html: '<p>Tea</p>' }), reference: referenceOf(5, 1) },
      provider,
      '',
      AT,
    );
    const twice = composeEmail(
      { ...emailTo('a@b.example', { html: '<p>Tea</p>' }), reference: referenceOf(5, 2) },
      provider,
      '',
      AT,
    );
    if (!once.ok || !twice.ok) throw new Error('refused');
    const bytes = await Promise.all([once.email.build(), twice.email.build()]);
    const withoutReference = bytes.map((each) => each.toString().replace(/X-Carillon-Reference: .*\r\n/, ''));
    expect(withoutReference[0]).toBe(withoutReference[1]);
    expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(false);
  });
});

describe('the Message-ID', () => {
  const idOf = async (
    reference: string,
    changes: Partial<EmailContent> = {},
    key = '',
    address = 'ada@people.example',
  ) => (await compose({ ...emailTo(address, changes), reference }, provider, key)).header('message-id');

  test('is the same for all tries of a delivery, and in the domain of the sender', async () => {
    const id = await idOf(referenceOf(5, 1));
    expect(id).toMatch(/^<c1\.7\.20260101\.3\.5\.[0-9a-f]{20}@town\.example>$/);
    expect(await idOf(referenceOf(5, 2))).toBe(id);
    expect(await idOf(referenceOf(5, 99))).toBe(id);
  });

  test('differs for another delivery, run, address and installation', async () => {
    const ids = await Promise.all([
      idOf(referenceOf(5, 1)),
      idOf(referenceOf(6, 1)),
      idOf(referenceOf(5, 1, 8)),
      idOf(referenceOf(5, 1), {}, 'another installation'),
      idOf(referenceOf(5, 1), {}, '', 'bob@people.example'),
      idOf('a-reference-of-another-form'),
      idOf('a-reference-of-another-form-2'),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^<[^<>\s]+@town\.example>$/);
  });
});

describe('the sender', () => {
  test('may be one of those that the provider account has', async () => {
    const mail = await compose(
      emailTo('a@b.example', { sender: { address: 'Mayor@town.example', replyTo: 'x@y.example' } }),
    );
    expect(mail.header('from')).toBe('Mayor@town.example');
    expect(mail.header('reply-to')).toBe('x@y.example');
  });

  test.each(['eve@evil.example', 'bells@town.example.evil.example', 'bells@town.example\r\nBcc: a@b.example', ''])(
    'may be nobody else: %p',
    (address) => {
      expect(refusal(emailTo('a@b.example', { sender: { address } }))).toMatchObject({
        kind: 'rejected',
        code: 'sender_not_allowed',
      });
    },
  );
});
