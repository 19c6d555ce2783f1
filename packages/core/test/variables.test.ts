import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isVariableName,
  type ParsedText,
  parseVariables,
  renderVariables,
  type VariableValues,
  variablesOf,
} from '../src/index.ts';

function parsed(text: string): ParsedText {
  const result = parseVariables(text);
  if (!result.ok) throw new Error(`${result.problem} at ${result.at}`);
  return result;
}

function render(text: string, values: VariableValues, defaults?: Record<string, string>) {
  return renderVariables(parsed(text), values, { escape: 'none', defaults });
}

const values = { name: 'Ana', city: 'Köln', floor: 3, vip: false, 'first name': 'A', 'x.y-z_1': 'w' };

describe('parsing', () => {
  test.each([
    ['no variables', []],
    ['', []],
    ['{{name}}', ['name']],
    ['{{ name }}{{\tcity\n}}', ['name', 'city']],
    ['{{name}} and {{name}}', ['name']],
    ['{{first name}}', ['first name']],
    ['{{x.y-z_1}}', ['x.y-z_1']],
    ['{{näme}} {{имя}}', ['näme', 'имя']],
    ['single { brace } and }} alone {', []],
    ['\\{{name}}', []],
    ['\\\\{{name}}', ['name']],
    ['\\\\\\{{name}}', []],
  ])('%j has %j', (text, names) => {
    expect(parsed(text).names).toEqual(names);
  });

  test.each([
    ['{{name', 0, 'unclosed'],
    ['a {{', 2, 'unclosed'],
    ['{{a and {{b}}', 0, 'unclosed'],
    ['{{name}} {{city}', 9, 'unclosed'],
    ['x{{}}', 1, 'empty'],
    ['{{  }}', 0, 'empty'],
    ['{{1st}}', 0, 'malformed'],
    ['{{_x}}', 0, 'malformed'],
    ['{{__proto__}}', 0, 'malformed'],
    ['{{a$b}}', 0, 'malformed'],
    ['{{{name}}}', 0, 'malformed'],
    ['{{a\nb}}', 0, 'malformed'],
    ['\\\\{{', 2, 'unclosed'],
    [`{{${'a'.repeat(65)}}}`, 0, 'malformed'],
  ])('%j is refused at %i: %s', (text, at, problem) => {
    expect(parseVariables(text)).toEqual({ ok: false, at, problem });
  });

  test('names are those of all texts, once', () => {
    expect(variablesOf(['{{b}} {{a}}', 'none', '{{a}} {{c}}', '{{broken'])).toEqual(['b', 'a', 'c']);
  });

  test('what isVariableName takes is what stands between braces', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('a b', 'é', 'a ')), (name) => {
        const result = parseVariables(`{{${name}}}`);
        expect(result.ok && result.names[0] === name).toBe(isVariableName(name));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('rendering', () => {
  test.each([
    ['Dear {{name}}, {{city}}, floor {{floor}}, {{vip}}', 'Dear Ana, Köln, floor 3, false'],
    ['{{ first name }}{{x.y-z_1}}', 'Aw'],
    ['\\{{name}} \\\\{{name}} \\\\\\{{name}} C:\\dir\\', '{{name}} \\Ana \\{{name}} C:\\dir\\'],
    ['{"a":{"b":1}}', '{"a":{"b":1}}'],
  ])('%j is %j', (text, expected) => {
    expect(render(text, values)).toEqual({ kind: 'text', text: expected });
  });

  test('a value is never read as a template', () => {
    expect(render('{{name}}', { name: '{{city}} $& \\{{' })).toEqual({ kind: 'text', text: '{{city}} $& \\{{' });
  });

  test('names without value are told all, once', () => {
    const text = '{{a}} {{name}} {{b}} {{a}} {{empty}} {{nan}}';
    expect(render(text, { ...values, empty: '', nan: Number.NaN })).toEqual({
      kind: 'missing',
      names: ['a', 'b', 'empty', 'nan'],
    });
  });

  test('defaults stand in for what is missing or empty, and may be empty', () => {
    expect(render('{{a}}|{{b}}|{{name}}', { ...values, b: '' }, { a: 'x', b: '', name: 'no' })).toEqual({
      kind: 'text',
      text: 'x||Ana',
    });
  });

  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])('%s is missing unless it is there', (name) => {
    expect(render(`{{${name}}}`, {}, {})).toEqual({ kind: 'missing', names: [name] });
    expect(render(`{{${name}}}`, JSON.parse(`{"${name}":"v"}`))).toEqual({ kind: 'text', text: 'v' });
  });

  test('HTML is escaped in values and defaults, not in the template', () => {
    const options = { escape: 'html', defaults: { b: '"\'' } } as const;
    const result = renderVariables(parsed('<p title="{{b}}">{{a}} & co</p>'), { a: '<b>&' }, options);
    expect(result).toEqual({ kind: 'text', text: '<p title="&quot;&#39;">&lt;b&gt;&amp; & co</p>' });
  });

  test('a value cannot break a line where the place is one line', () => {
    const result = renderVariables(parsed('Hi {{a}}!'), { a: 'x\r\nBcc: y\u2028z\u0000\u0085' }, { escape: 'line' });
    expect(result).toEqual({ kind: 'text', text: 'Hi x Bcc: y z !' });
  });
});

describe('properties', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9 _.-]{0,8}[a-z0-9]$/);

  test('any text can be written literally', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '\\', 'a', ' ') }), (text) => {
        const escaped = text.replace(/(\\*)\{\{/g, (_, slashes: string) => `${slashes}${slashes}\\{{`);
        expect(render(escaped, {})).toEqual({ kind: 'text', text });
      }),
      { numRuns: 2_000 },
    );
  });

  test('a text is its literals with the values between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.stringMatching(/^[^{\\]*$/), name, fc.string({ minLength: 1 }))),
        fc.stringMatching(/^[^{\\]*$/),
        (pieces, tail) => {
          const own = Object.fromEntries(pieces.map(([, key, value]) => [key, value]));
          const text = pieces.map(([literal, key]) => `${literal}{{${key}}}`).join('') + tail;
          const expected = pieces.map(([literal, key]) => literal + own[key]).join('') + tail;
          expect(render(text, own)).toEqual({ kind: 'text', text: expected });
        },
      ),
    );
  });

  test('parsing any text ends in a result; a fault points at braces', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '\\', 'a', ' ', '1', '🦊') }), (text) => {
        const result = parseVariables(text);
        if (result.ok) expect(result.literals).toHaveLength(result.slots.length + 1);
        else expect(text.slice(result.at, result.at + 2)).toBe('{{');
      }),
      { numRuns: 2_000 },
    );
  });

  test('escaped HTML holds none of the five characters that came from a value', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const result = renderVariables(parsed('{{a}}'), { a: value }, { escape: 'html' });
        if (result.kind !== 'text') throw new Error('missing');
        expect(result.text.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[&<>"']/);
      }),
    );
  });
});
