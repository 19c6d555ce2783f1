/** Which answers prove that no money moved. What proves nothing is unknown, and is looked up. */
import { describe, expect, test } from '@jest/globals';
import { ofRequest, readAnswer, readLookup } from '../../src/payment/answer.ts';

const KEY = 'crl_mine';
const json = (answer: object): string => JSON.stringify({ reference: KEY, ...answer });
const inShort = (status: number, body: string): string => {
  const outcome = ofRequest(readAnswer(status, body, undefined), KEY);
  return outcome.kind === 'accepted' ? `accepted ${outcome.providerMessageId}` : `${outcome.kind} ${outcome.code}`;
};

describe('an answer', () => {
  test.each<[string, number, string, string]>([
    ['paid', 201, json({ id: 'pmt_1', status: 'paid' }), 'accepted pmt_1'],
    [
      'paid, about another',
      201,
      JSON.stringify({ reference: 'crl_other', id: 'pmt_1', status: 'paid' }),
      'unknown foreign_answer',
    ],
    ['paid, about nothing', 200, '{"id":"pmt_1","status":"paid"}', 'unknown foreign_answer'],
    ['under way', 202, json({ id: 'pmt_1', status: 'pending' }), 'unknown unreadable_answer'],
    ['no JSON', 200, '<html>', 'unknown unreadable_answer'],
    ['refused for funds', 402, json({ code: 'insufficient_funds' }), 'rejected insufficient_funds'],
    ['refused, about another', 402, '{"reference":"crl_other","code":"insufficient_funds"}', 'unknown foreign_answer'],
    ['wrong', 400, json({ code: 'invalid_request' }), 'rejected invalid_request'],
    ['a page of a proxy', 404, '<html>', 'unknown http_404'],
    ['a refusal of a proxy', 403, '{"error":"no"}', 'unknown http_403'],
    ['a key in use', 409, json({ code: 'key_in_use' }), 'unknown key_in_use'],
    ['a key with other bytes', 422, json({ code: 'key_reused' }), 'unknown key_reused'],
    ['a redirect', 302, '', 'unknown http_302'],
    ['a time-out of a proxy', 408, '', 'unknown http_408'],
    ['an error', 500, json({ code: 'internal' }), 'unknown internal'],
    ['too many', 429, '', 'throttled http_429'],
    ['no leave to ask', 401, '', 'throttled http_401'],
  ])('%s', (_, status, body, outcome) => {
    expect(inShort(status, body)).toBe(outcome);
  });

  test('only of a payer concerns the job', () => {
    for (const [code, concerns] of [
      ['insufficient_funds', 'job'],
      ['unauthorized', 'job'],
      ['invalid_request', undefined],
    ] as const) {
      const outcome = readAnswer(402, json({ code }), undefined);
      expect('concerns' in outcome ? outcome.concerns : undefined).toBe(concerns);
    }
  });
});

describe('a look-up', () => {
  test.each<[string, number, string, string]>([
    ['paid', 200, json({ id: 'pmt_1', status: 'paid' }), 'found'],
    ['refused', 200, json({ id: 'pmt_1', status: 'refused', code: 'unauthorized' }), 'found'],
    ['under way', 200, json({ id: 'pmt_1', status: 'pending' }), 'unavailable'],
    ['about another', 200, '{"reference":"crl_other","id":"pmt_1","status":"paid"}', 'unavailable'],
    ['absent', 404, json({ code: 'unknown_payment' }), 'absent'],
    ['absent, about another', 404, '{"reference":"crl_other","code":"unknown_payment"}', 'unavailable'],
    ['absent, says a proxy', 404, '{"message":"not found"}', 'unavailable'],
    ['an error', 500, json({ code: 'unknown_payment' }), 'unavailable'],
    ['a page', 200, '<html>', 'unavailable'],
  ])('%s', (_, status, body, kind) => {
    expect(readLookup(status, body, KEY).kind).toBe(kind);
  });
});
