/** The rendered body is JSON, whatever stands in address, reference and content. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderBody } from '../src/whatsapp/body.ts';

describe('renderBody', () => {
  test('any text survives, also when the content object is used again', () => {
    const anyText = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(anyText, fc.array(fc.tuple(anyText, anyText), { minLength: 1 }), (text, people) => {
        const content = { type: 'text', text } as const;
        for (const [address, reference] of people) {
          expect(JSON.parse(renderBody({ address, reference, content }))).toEqual({
            messaging_product: 'whatsapp',
            recipient_type: 'individual',
            to: address,
            type: 'text',
            text: { preview_url: false, body: text },
            biz_opaque_callback_data: reference,
          });
        }
      }),
    );
  });

  test('a template with parameters', () => {
    const content = { type: 'template', name: 'birthday', language: 'en_US', parameters: ['Ada', '"36"'] } as const;
    expect(JSON.parse(renderBody({ address: '1', reference: 'r', content }))).toMatchObject({
      type: 'template',
      template: {
        name: 'birthday',
        language: { code: 'en_US' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ada' },
              { type: 'text', text: '"36"' },
            ],
          },
        ],
      },
    });
  });

  test('a template without parameters has no components', () => {
    const content = { type: 'template', name: 'hello', language: 'de', parameters: [] } as const;
    const { template } = JSON.parse(renderBody({ address: '1', reference: 'r', content })) as { template: object };
    expect(template).toEqual({ name: 'hello', language: { code: 'de' } });
  });
});
