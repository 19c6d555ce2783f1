import { isVariableName } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attributeKeyProblem, type Content, checkContent, contentVariables, renderContent } from '../src/index.ts';

const email: Content = {
  type: 'email',
  subject: 'For {{name}}',
  text: 'Dear {{name}} of {{city}}',
  html: '<p>Dear {{name}}, <a href="{{unsubscribe_url}}">enough</a></p>',
  sender: { name: '{{not a variable here}}' },
  defaults: { city: 'our town' },
  storedTemplate: { id: 1, version: 2 },
};
const values = { name: 'A&B\r\nBcc: c@example.org', unsubscribe_url: 'https://x/?a=1&b=2' };

describe('rendering a content', () => {
  test('each field of an e-mail by its own rule', () => {
    expect(renderContent(email, values)).toEqual({
      kind: 'content',
      content: {
        type: 'email',
        subject: 'For A&B Bcc: c@example.org',
        text: 'Dear A&B\r\nBcc: c@example.org of our town',
        html: '<p>Dear A&amp;B\r\nBcc: c@example.org, <a href="https://x/?a=1&amp;b=2">enough</a></p>',
        sender: { name: '{{not a variable here}}' },
        storedTemplate: { id: 1, version: 2 },
      },
    });
  });

  test.each([
    [
      { type: 'email', subject: 's', html: '<b>{{name}}</b>' },
      { type: 'email', subject: 's', html: '<b>x &lt;</b>' },
    ],
    [
      { type: 'email', subject: 's', text: '{{name}}' },
      { type: 'email', subject: 's', text: 'x <' },
    ],
    [
      { type: 'text', text: 'Hi {{name}}' },
      { type: 'text', text: 'Hi x <' },
    ],
    [
      { type: 'template', name: 't', language: 'en', parameters: ['{{name}}', 'b', '{{lines}}'] },
      { type: 'template', name: 't', language: 'en', parameters: ['x <', 'b', '1 2'] },
    ],
  ] satisfies [Content, Content][])('%j', (content, expected) => {
    expect(renderContent(content, { name: 'x <', lines: '1\n2' })).toEqual({ kind: 'content', content: expected });
  });

  test('all missing names together, each once', () => {
    expect(renderContent(email, {})).toEqual({ kind: 'missing', names: ['name', 'unsubscribe_url'] });
    expect(renderContent(email, { name: '', unsubscribe_url: 'u' })).toEqual({ kind: 'missing', names: ['name'] });
  });

  test('names that must be had', () => {
    expect(contentVariables(email)).toEqual(['name', 'unsubscribe_url']);
    expect(contentVariables({ type: 'text', text: 'plain' })).toEqual([]);
    expect(contentVariables({ type: 'text', text: '{{constructor}}', defaults: {} })).toEqual(['constructor']);
  });
});

describe('identity', () => {
  test.each([
    { type: 'text', text: 'plain }}', defaults: { city: 'x' } },
    { type: 'template', name: 't', language: 'en', parameters: [] },
    { type: 'notice', eventId: 'evt_1', eventType: 'run.completed', body: '{"a":"{{name}} {{"}' },
  ] satisfies Content[])('%j comes back as itself', (content) => {
    const rendered = renderContent(content, values);
    expect(rendered.kind === 'content' && rendered.content === content).toBe(true);
  });

  test('escapes are resolved once for everybody', () => {
    const content: Content = { type: 'text', text: 'write \\{{name}}' };
    const first = renderContent(content, values);
    expect(first).toEqual({ kind: 'content', content: { type: 'text', text: 'write {{name}}' } });
    expect(renderContent(content, {})).toBe(first);
  });
});

describe('checking a content', () => {
  test('names field, place and fault', () => {
    const faulty: Content = {
      type: 'email',
      subject: 'ok {{name}}',
      text: 'Dear {{name',
      html: '{{}}',
      defaults: { a$: 'x', city: 'y' },
    };
    expect(checkContent(faulty)).toEqual([
      { field: 'text', problem: 'has a variable at character 6 that is not closed by }}' },
      { field: 'html', problem: 'has a variable at character 1 without a name' },
      { field: 'defaults', problem: 'has a key that is no name of a variable: a$' },
    ]);
    const template: Content = { type: 'template', name: 't', language: 'en', parameters: ['a', '{{1}}'] };
    expect(checkContent(template)).toMatchObject([{ field: 'parameters.1' }]);
    expect(checkContent(email)).toEqual([]);
  });

  test('what did not pass is not rendered', () => {
    expect(() => renderContent({ type: 'text', text: '{{' }, {})).toThrow(TypeError);
  });

  test('the name of a variable is the key of an attribute, but for white space at its ends', () => {
    const near = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'É', '1', ' ', '_', '.', '-', '$', '\u0301', '\u00a0') }),
      fc.string({ unit: 'grapheme', maxLength: 70 }),
      fc.integer({ min: 60, max: 70 }).map((length) => 'x'.repeat(length)),
    );
    fc.assert(
      fc.property(near, (text) => {
        const key = text.trim();
        expect(isVariableName(key)).toBe(attributeKeyProblem(key) === undefined);
      }),
      { numRuns: 2_000 },
    );
  });
});
