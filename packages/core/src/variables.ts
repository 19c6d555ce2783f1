/**
 * Message variables: `Dear {{name}}, your {{city}} office is closed`.
 *
 * Between two pairs of braces stands a name, with white space around it if one likes. Names follow the rule for the keys of
 * a recipient's attributes. `\{{` writes two braces that begin no variable; so that a backslash can stand before a variable
 * too, backslashes in front of `{{` count in pairs: `\\{{name}}` is one backslash and the variable. Backslashes
 * elsewhere, and `}}` without a beginning, are text.
 *
 * A text is parsed once and rendered many thousand times, so parsing leaves nothing to rendering but to join strings.
 */

/** The rule for keys of attributes; `attributeKeyProblem` in contracts says the same, and a test there holds them together. */
const NAME = /^\p{L}[\p{L}\p{M}\p{N} _.-]{0,63}$/u;

/** What is wrong with a variable: no `}}` follows, nothing stands inside, or what does is no name. */
export type VariableProblem = 'unclosed' | 'empty' | 'malformed';

/** A text taken apart. `literals` and `slots` alternate, beginning and ending with a literal: always one more of those. */
export interface ParsedText {
  readonly ok: true;
  /** Escapes are resolved. */
  readonly literals: readonly string[];
  /** Names of variables, as often as they occur. */
  readonly slots: readonly string[];
  /** Each name once, in the order of first occurrence. */
  readonly names: readonly string[];
}

/** A text that cannot be taken apart; `at` is where the faulty variable's `{{` stands, in UTF-16 units from 0. */
export interface FaultyText {
  readonly ok: false;
  readonly at: number;
  readonly problem: VariableProblem;
}

/** Whether this can be the name of a variable. */
export function isVariableName(name: string): boolean {
  // White space at the ends could be stored as an attribute's key, but never be written between braces.
  return NAME.test(name) && name === name.trim();
}

/** Takes a text apart. Linear in its length. */
export function parseVariables(text: string): ParsedText | FaultyText {
  const literals: string[] = [];
  const slots: string[] = [];
  let literal = '';
  let from = 0;
  for (;;) {
    const open = text.indexOf('{{', from);
    if (open < 0) break;
    let backslashes = 0;
    while (open - backslashes > from && text[open - backslashes - 1] === '\\') backslashes += 1;
    literal += text.slice(from, open - Math.ceil(backslashes / 2));
    from = open + 2;
    if (backslashes % 2 === 1) {
      literal += '{{';
      continue;
    }
    const close = text.indexOf('}}', from);
    if (close < 0) return { ok: false, at: open, problem: 'unclosed' };
    const inside = text.slice(from, close);
    // The braces that close belong to a later variable.
    if (inside.includes('{{')) return { ok: false, at: open, problem: 'unclosed' };
    const name = inside.trim();
    if (name === '') return { ok: false, at: open, problem: 'empty' };
    if (!NAME.test(name)) return { ok: false, at: open, problem: 'malformed' };
    literals.push(literal);
    slots.push(name);
    literal = '';
    from = close + 2;
  }
  literals.push(literal + text.slice(from));
  return { ok: true, literals, slots, names: [...new Set(slots)] };
}

/**
 * The names in several texts together, each once, in the order of first occurrence. Texts that cannot be parsed have none.
 */
export function variablesOf(texts: Iterable<string>): readonly string[] {
  const names = new Set<string>();
  for (const text of texts) {
    const parsed = parseVariables(text);
    if (parsed.ok) for (const name of parsed.names) names.add(name);
  }
  return [...names];
}

/** What a recipient's variables hold. */
export type VariableValues = Readonly<Record<string, string | number | boolean>>;

/**
 * How values are made fit for their place; the text around them is the author's and stays as it is.
 * - `none`: as they are.
 * - `html`: the five characters `& < > " '` become entities, which is safe in text and in quoted attributes, not within
 *   script, style or unquoted attributes.
 * - `line`: runs of line breaks and other control characters become one space, for a value must not end a header's line.
 */
export type ValueEscape = 'none' | 'html' | 'line';

/** A rendered text, or the names for which there was neither a value nor a default, each once. */
export type RenderedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/**
 * Fills a text in. An empty string, like a number that is not finite, counts as no value: "Dear ," is what nobody wants to
 * send. A default may be empty; whoever writes it so means it. Both are looked up among own properties only.
 */
export function renderVariables(
  parsed: ParsedText,
  values: VariableValues,
  options: { readonly escape: ValueEscape; readonly defaults?: Readonly<Record<string, string>> | undefined },
): RenderedText {
  const { literals, slots } = parsed;
  let text = literals[0] as string;
  let missing: Set<string> | undefined;
  for (let i = 0; i < slots.length; i += 1) {
    const name = slots[i] as string;
    const value = presentValue(name, values) ?? ownProperty(options.defaults, name);
    if (typeof value === 'string') {
      text += escapeValue(value, options.escape) + (literals[i + 1] as string);
    } else {
      missing ??= new Set();
      missing.add(name);
    }
  }
  return missing === undefined ? { kind: 'text', text } : { kind: 'missing', names: [...missing] };
}

function ownProperty<T>(object: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

function presentValue(name: string, values: VariableValues): string | undefined {
  const value = ownProperty(values, name);
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'boolean' ? String(value) : undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeValue(value: string, place: ValueEscape): string {
  if (place === 'none') return value;
  if (place === 'html') return value.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
