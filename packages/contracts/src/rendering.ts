/**
 * Contents with variables, made into what a channel is given. The grammar and the rules for values are core's (variables.ts);
 * here stands which fields of which content may hold variables and how values are escaped there:
 * text and plain text as they are, HTML as entities, subject and WhatsApp template parameters without line breaks.
 *
 * Channels keep what they derive from a content by the object's identity, so a content that renders to itself for everybody
 * comes back as the same object for everybody.
 */
import {
  isVariableName,
  type ParsedText,
  parseVariables,
  renderVariables,
  type ValueEscape,
  type VariableProblem,
  type VariableValues,
} from '@carillon/core';
import type { Content } from './channel.ts';

/** One thing wrong with a content. `field` is such as `subject`, `parameters.0` or `defaults`. */
export interface ContentProblem {
  readonly field: string;
  /** The end of a sentence, such as `has a variable at character 7 that is not closed by }}`. */
  readonly problem: string;
}

/** A content without variables, or the names for which the recipient has no value and the content no default, each once. */
export type RenderedContent =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/** One place of a content that may hold variables. */
interface Field {
  readonly name: string;
  readonly text: string;
  readonly place: ValueEscape;
}

/** In a fixed order by type, which `rebuild` relies on. A notice, a call and a payment have none: their bytes are frozen. Nor has a check. */
function fieldsOf(content: Content): readonly Field[] {
  switch (content.type) {
    case 'text':
      return [{ name: 'text', text: content.text, place: 'none' }];
    case 'template':
      return content.parameters.map((text, index) => ({ name: `parameters.${index}`, text, place: 'line' }));
    case 'email':
      return [
        { name: 'subject', text: content.subject, place: 'line' },
        ...(content.text === undefined ? [] : [{ name: 'text', text: content.text, place: 'none' } as const]),
        ...(content.html === undefined ? [] : [{ name: 'html', text: content.html, place: 'html' } as const]),
      ];
    case 'report':
      return [
        { name: 'subject', text: content.subject, place: 'line' },
        { name: 'text', text: content.text, place: 'none' },
      ];
    case 'notice':
    case 'check':
    case 'call':
    case 'payment':
    case 'script':
      return [];
  }
}

/** The content with other texts in its fields, in the order of `fieldsOf`. Defaults have done their work and are left out. */
function rebuild(content: Content, texts: readonly string[]): Content {
  const { defaults: _, ...rest } = content;
  switch (rest.type) {
    case 'text':
      return { ...rest, text: texts[0] as string };
    case 'template':
      return { ...rest, parameters: texts };
    case 'email': {
      const [subject, ...bodies] = texts as [string, ...string[]];
      const text = rest.text === undefined ? {} : { text: bodies.shift() as string };
      const html = rest.html === undefined ? {} : { html: bodies.shift() as string };
      return { ...rest, subject, ...text, ...html };
    }
    case 'report':
      return { ...rest, subject: texts[0] as string, text: texts[1] as string };
    case 'notice':
    case 'check':
    case 'call':
    case 'payment':
    case 'script':
      return content;
  }
}

const SAID: Readonly<Record<VariableProblem, string>> = {
  unclosed: 'that is not closed by }}',
  empty: 'without a name',
  malformed: 'whose name is none: it must begin with a letter and hold at most 64 letters, digits, spaces and _ . -',
};

/**
 * What is wrong with the variables of a content; empty when it can be rendered. Everything that is stored must have passed.
 * Positions count UTF-16 units from 1.
 */
export function checkContent(content: Content): readonly ContentProblem[] {
  const problems: ContentProblem[] = [];
  for (const field of fieldsOf(content)) {
    const parsed = parseVariables(field.text);
    if (parsed.ok) continue;
    const problem = `has a variable at character ${parsed.at + 1} ${SAID[parsed.problem]}`;
    problems.push({ field: field.name, problem });
  }
  for (const name of Object.keys(content.defaults ?? {})) {
    if (!isVariableName(name)) {
      problems.push({ field: 'defaults', problem: `has a key that is no name of a variable: ${name.slice(0, 64)}` });
    }
  }
  return problems;
}

/** A content, taken apart once. */
interface Compiled {
  readonly parts: readonly { readonly parsed: ParsedText; readonly place: ValueEscape }[];
  /** Every name in it, each once, in the order of first occurrence. */
  readonly names: readonly string[];
  /** What it renders to for everybody, where it has no variables. */
  readonly constant: RenderedContent | undefined;
}

const compiledContents = new WeakMap<Content, Compiled>();

function compile(content: Content): Compiled {
  let compiled = compiledContents.get(content);
  if (compiled === undefined) {
    const fields = fieldsOf(content);
    const parts = fields.map(({ name, text, place }) => {
      const parsed = parseVariables(text);
      if (!parsed.ok) throw new TypeError(`the ${name} of a content holds a faulty variable (${parsed.problem})`);
      return { parsed, place };
    });
    const names = [...new Set(parts.flatMap(({ parsed }) => parsed.names))];
    const constant = names.length > 0 ? undefined : constantOf(content, fields, parts);
    compiled = { parts, names, constant };
    compiledContents.set(content, compiled);
  }
  return compiled;
}

/** The content itself, or, where it has escapes to resolve, one copy of it. */
function constantOf(content: Content, fields: readonly Field[], parts: Compiled['parts']): RenderedContent {
  const texts = parts.map(({ parsed }) => parsed.literals[0] as string);
  const same = texts.every((text, index) => text === fields[index]?.text);
  return { kind: 'content', content: same ? content : rebuild(content, texts) };
}

/** Whether the content differs from recipient to recipient. */
export function hasVariables(content: Content): boolean {
  return compile(content).constant === undefined;
}

/**
 * The names that a recipient must have a value for: those of the content less those it has a default for.
 * @throws TypeError when the content did not pass {@link checkContent}
 */
export function contentVariables(content: Content): readonly string[] {
  const { names } = compile(content);
  const { defaults } = content;
  return defaults === undefined ? names : names.filter((name) => !Object.hasOwn(defaults, name));
}

/**
 * The content for one recipient. Without variables it is the same object every time: the given one, unless it has escapes
 * (`\{{`) to resolve. Contents must not be changed once they were rendered.
 *
 * @param values the recipient's attributes and the built-in ones: `name`, `externalId`, `unsubscribe_url`; an empty string
 *   counts as no value
 * @throws TypeError when the content did not pass {@link checkContent}
 */
export function renderContent(content: Content, values: VariableValues): RenderedContent {
  const { parts, constant } = compile(content);
  if (constant !== undefined) return constant;
  const texts: string[] = [];
  const missing = new Set<string>();
  for (const { parsed, place } of parts) {
    const rendered = renderVariables(parsed, values, { escape: place, defaults: content.defaults });
    if (rendered.kind === 'text') texts.push(rendered.text);
    else for (const name of rendered.names) missing.add(name);
  }
  if (missing.size > 0) return { kind: 'missing', names: [...missing] };
  return { kind: 'content', content: rebuild(content, texts) };
}
