/** Contents for each recipient. */
import { describe, expect, test } from '@jest/globals';
import { renderFor } from '../src/personal.ts';

describe('a content for a recipient', () => {
  const content = { type: 'text', text: '{{name}} {{city}} {{unsubscribe_url}}', defaults: { city: 'here' } } as const;
  const ada = { name: 'Ada', externalId: 'a-1', attributes: { city: 'Delft', name: 'not this' } };

  test('has the values of the recipient, and the link', () => {
    expect(renderFor(content, ada, 'https://x/u')).toMatchObject({
      kind: 'content',
      content: { text: 'Ada Delft https://x/u' },
    });
  });

  test('names what is missing, for somebody who was deleted too', () => {
    expect(renderFor(content, ada, undefined)).toEqual({ kind: 'missing', names: ['unsubscribe_url'] });
    expect(renderFor(content, undefined, 'https://x/u')).toEqual({ kind: 'missing', names: ['name'] });
  });
});
