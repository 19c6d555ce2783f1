/** Contents for each recipient. */
import { describe, expect, test } from '@jest/globals';
import { renderFor } from '../src/personal.ts';

describe('a content for a recipient', () => {
  const content = { type: 'text', text: '{{name}} {{city}} {{unsubscribe_url}}', defaults: { city: 'here' } } as const;
  const ada = { name: 'Ada', externalId: 'a-1', attributes: { city: 'Delft', name: 'not this' } };

  test('has the values of the recipient, and the link', () => {
    expect(renderFor(content, ada, { unsubscribeUrl: 'https://x/u' })).toMatchObject({
      kind: 'content',
      content: { text: 'Ada Delft https://x/u' },
    });
  });

  test('has the link to confirm the address', () => {
    const asking = { type: 'text', text: '{{confirm_url}}' } as const;
    expect(renderFor(asking, ada, { confirmUrl: 'https://x/k' })).toMatchObject({ content: { text: 'https://x/k' } });
    expect(renderFor(asking, ada, {})).toEqual({ kind: 'missing', names: ['confirm_url'] });
  });

  test('names what is missing, for somebody who was deleted too', () => {
    expect(renderFor(content, ada, {})).toEqual({ kind: 'missing', names: ['unsubscribe_url'] });
    expect(renderFor(content, undefined, { unsubscribeUrl: 'https://x/u' })).toEqual({
      kind: 'missing',
      names: ['name'],
    });
  });
});
