/** Lines are JSON, causes are kept, secrets are not. */
import { maskAddress } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';
import { createLogger, redactUrl } from '../src/index.ts';

function setup() {
  const lines: string[] = [];
  const logger = createLogger({ service: 'sender', level: 'info', destination: { write: (line) => lines.push(line) } });
  return { logger, last: () => JSON.parse(lines.at(-1) ?? '{}'), raw: () => lines.join('') };
}

test('a line names service, level and time', () => {
  const { logger, last } = setup();
  logger.child({ duty: 'sweep' }).info({ rescued: 3 }, 'swept');
  expect(last()).toMatchObject({ level: 'info', service: 'sender', duty: 'sweep', rescued: 3, msg: 'swept' });
  expect(new Date(last().time).toISOString()).toBe(last().time);
});

test('secrets are replaced at the top and one level below', () => {
  const { logger, raw, last } = setup();
  logger.info({
    accessToken: 'hidden',
    headers: { authorization: 'Bearer hidden' },
    config: { DATABASE_URL: 'hidden' },
  });
  expect(raw()).not.toContain('hidden');
  expect(last().headers.authorization).toBe('[redacted]');
});

test('an error keeps its cause', () => {
  const { logger, last } = setup();
  logger.error({ err: new Error('no claim', { cause: new Error('ECONNRESET') }) }, 'x');
  expect(last().err).toMatchObject({ message: 'no claim', cause: { message: 'ECONNRESET' } });
});

test('a URL is shown without its password', () => {
  expect(redactUrl('postgresql://carillon:hidden@db:5432/x?sslkey=hidden')).toBe('postgresql://carillon@db:5432/x');
  expect(redactUrl('hidden')).toBe('[not a URL]');
});

describe('what slipped into a line', () => {
  const person = { email: 'erika.mustermann@example.org', phone: '+49 151 23456789', address: '4915123456789' };
  const personal = /erika|mustermann|23456789|\b49 ?151/;

  test.each([
    ['at the top', { ...person, password: 'hidden' }],
    ['far below', { job: { content: { audience: [{ recipient: person, smtp: { auth: { password: 'hidden' } } }] } } }],
    [
      'under names in other spellings',
      { RecipientEmail: person.email, phone_number: 4915123456789, 'x-api-key': 'hidden' },
    ],
    ['in a list of addresses', { addresses: [person.address, person.phone], emails: [person.email] }],
    ['in text', { reason: `550 no mailbox <${person.email}>, not ${person.phone} either`, accessToken: 'hidden' }],
    [
      'in a map, a set and a URL',
      {
        a: new Map([['email', person.email]]),
        b: new Set([person.email]),
        c: new URL('redis://x:hidden@h:1'),
        d: 'at redis://x:hidden@h:1.',
      },
    ],
    ['of a secret that is no text', { secret: { key: 'hidden' }, authorization: ['hidden'] }],
  ])('%s is taken out', (_where, object) => {
    const { logger, raw } = setup();
    logger.info(object, 'x');
    logger.child(object).info('x');
    expect(raw()).not.toMatch(personal);
    expect(raw()).not.toContain('hidden');
    expect(raw().trim().split('\n')).toHaveLength(2);
  });

  test('is taken out of errors, their causes and what Postgres quotes', () => {
    const { logger, raw, last } = setup();
    const cause = Object.assign(new Error(`rejected: ${person.email}`), { recipientAddress: person.address });
    logger.error({ err: Object.assign(new Error('no claim', { cause }), { config: { token: 'hidden' } }) }, 'x');
    logger.error(
      Object.assign(new Error('violates a check'), {
        severity: 'ERROR',
        code: '23514',
        detail: `(1, ${person.address})`,
      }),
    );
    expect(raw()).not.toMatch(personal);
    expect(raw()).not.toContain('hidden');
    expect(last().err).toMatchObject({ code: '23514', detail: '[redacted]', message: 'violates a check' });
  });

  test('shows so little of an address that it names nobody, and enough to compare', () => {
    const { logger, last } = setup();
    logger.info(person, 'x');
    expect(last()).toMatchObject({ email: maskAddress(person.email), address: '***6789' });
  });

  test('is all that is taken out', () => {
    const { logger, last } = setup();
    const plain = {
      requestId: '3f2b9c6e-1d1c-4e6a-9c40-6a5a51a2d6f1',
      run: 4915123456789,
      delivery: '2026-11-20/4915123456/17',
      tokens: 12,
      hasPassword: true,
      secret: null,
      at: '2026-11-20T10:00:00.000Z',
      path: '/node_modules/pg@8.1.2/x',
      list: [1, 'two', { three: 3 }],
    };
    logger.info(plain, 'x');
    expect(last()).toMatchObject(plain);
  });

  test('cannot hang or break a line: cycles, depth and bytes', () => {
    const { logger, last } = setup();
    const ring: Record<string, unknown> = { bytes: Buffer.from('hidden'), big: 12n, when: new Date(0) };
    ring.self = ring;
    logger.info(ring, 'x');
    expect(last()).toMatchObject({ bytes: '[6 bytes]', big: '12', when: '1970-01-01T00:00:00.000Z', msg: 'x' });
  });
});
