/** What each reply means, and what may be read out of one. */
import { maskAddress } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';
import { outcomeOfRefusal, type Place, queueIdOf, readable } from '../../src/email/replies.ts';

const at = (status: number, text: string, place: Place = 'envelope', command = 'RCPT TO') =>
  outcomeOfRefusal({ status, text: `${status} ${text}`, place, command });

describe('a refusal concerns the address', () => {
  test.each([
    [550, '5.1.1 no such user'],
    [550, '5.1.10 null MX'],
    [553, '5.1.3 bad syntax'],
    [551, 'user not local'],
    [550, 'mailbox unavailable'],
  ])('with %i %s', (status, text) => expect(at(status, text)).toMatchObject({ kind: 'rejected', concerns: 'address' }));

  test.each([
    [550, '5.7.1 Service unavailable; client host blocked'],
    [550, '5.7.26 Unauthenticated mail'],
    [554, '5.7.1 Relay access denied'],
    [550, 'Relay not permitted'],
    [550, 'Message refused, looks like spam'],
    [550, '5.1.8 Sender address has no domain'],
    [550, '5.1.0 Sender rejected'],
    [552, '5.2.2 Mailbox full'],
    [550, '5.2.1 Mailbox disabled for now'],
    [554, '5.1.1 no such user'],
    [501, 'syntax'],
  ])('but not with %i %s', (status, text) => {
    const outcome = at(status, text);
    expect(outcome.kind).toBe('rejected');
    expect(outcome).not.toHaveProperty('concerns');
  });

  test('but not at another command', () => {
    expect(at(550, '5.1.1 no such user', 'envelope', 'MAIL FROM')).not.toHaveProperty('concerns');
    expect(at(550, 'no such user', 'body', 'DATA')).not.toHaveProperty('concerns');
    expect(at(550, '5.1.1 no such user', 'body', 'DATA')).toMatchObject({ concerns: 'address' });
  });
});

test.each([
  [421, '4.7.0 Too many messages from you', 'throttled'],
  [450, '4.7.1 Rate limit exceeded', 'throttled'],
  [451, '4.7.500 Server busy, throttled', 'throttled'],
  [452, '4.5.3 Too many recipients this hour', 'throttled'],
  [450, '4.7.1 Greylisted, too many unknown senders', 'retry'],
  [452, '4.2.2 quota exceeded', 'retry'],
  [421, '4.3.2 shutting down', 'retry'],
  [450, '4.2.1 mailbox busy', 'retry'],
] as const)('%i %s is %s', (status, text, kind) => expect(at(status, text).kind).toBe(kind));

test('a message for people has no addresses, no codes at the beginnings of its lines, and an end', () => {
  expect(readable('550-5.1.1 <ada.lovelace@people.example>: no\r\n550 5.1.1 such ada+x=y@people.example')).toBe(
    `5.1.1 <${maskAddress('ada.lovelace@people.example')}>: no 5.1.1 such ${maskAddress('ada+x=y@people.example')}`,
  );
  expect(readable(`550 ${'x'.repeat(2_000)}`)).toHaveLength(500);
});

test.each([
  ['250 2.0.0 Ok: queued as 4F2Qx1Yz', '4F2Qx1Yz'],
  ['250 OK id=1tABCd-000000012xY-2B', '1tABCd-000000012xY-2B'],
  ['250 2.6.0 <x@y> [InternalId=5841155522650, Hostname=A.B] Queued mail for delivery', '5841155522650'],
  ['250 2.0.0 5BAKq1Zr012345 Message accepted for delivery', '5BAKq1Zr012345'],
  ['250 2.0.0 OK  1700000000 5b1f17b1804b1-42c si123.45 - gsmtp', undefined],
  ['250 2.0.0 OK 1700000000 abc123si45 - gsmtp', 'abc123si45'],
  ['250 Ok 0100018b5c3c0a4f-11aa-22bb-000000', '0100018b5c3c0a4f-11aa-22bb-000000'],
  ['250 OK: message queued', undefined],
  ['250 Great success', undefined],
])('the queue id of "%s"', (reply, id) => expect(queueIdOf(reply)).toBe(id));
