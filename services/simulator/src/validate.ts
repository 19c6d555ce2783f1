/** What the Cloud API demands of a message, and the codes with which it refuses one. */

export type Validated =
  | {
      readonly ok: true;
      readonly input: string;
      readonly to: string;
      readonly reference: string;
      /** Of what is no template. */
      readonly text: string | undefined;
    }
  | {
      readonly ok: false;
      readonly code: 100 | 131008 | 131009;
      readonly details: string;
      readonly to: string;
      readonly reference: string;
    };

interface Body {
  readonly messaging_product?: unknown;
  readonly recipient_type?: unknown;
  readonly to?: unknown;
  readonly type?: unknown;
  readonly text?: { readonly body?: unknown } | null;
  readonly template?: {
    readonly name?: unknown;
    readonly language?: { readonly code?: unknown } | null;
    readonly components?: unknown;
  } | null;
  readonly biz_opaque_callback_data?: unknown;
}

const DIGITS = /^[1-9]\d{4,14}$/;
const SPELLING = /[+\s().-]/g;

/** Longest text body and longest callback data, as documented. */
const TEXT_LIMIT = 4_096;
const REFERENCE_LIMIT = 512;

/** The digits of an address in any spelling that the API takes, or `''`. */
export function digitsOf(to: unknown): string {
  if (typeof to !== 'string') return '';
  if (DIGITS.test(to)) return to;
  const digits = to.replace(SPELLING, '');
  return DIGITS.test(digits) ? digits : '';
}

/** Checks a request body (its text). */
export function validate(text: string): Validated {
  let body: Body;
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
    body = value;
  } catch {
    return { ok: false, code: 100, details: 'The request body is not a JSON object.', to: '', reference: '' };
  }
  const to = digitsOf(body.to);
  const given = body.biz_opaque_callback_data;
  const reference = typeof given === 'string' && given.length <= REFERENCE_LIMIT ? given : '';
  const refuse = (code: 100 | 131008 | 131009, details: string): Validated => ({
    ok: false,
    code,
    details,
    to,
    reference,
  });
  if (body.messaging_product !== 'whatsapp') return refuse(100, 'The parameter messaging_product is required.');
  if (body.recipient_type !== undefined && body.recipient_type !== 'individual') {
    return refuse(100, 'The parameter recipient_type must be individual.');
  }
  if (body.to === undefined) return refuse(131008, 'The parameter to is required.');
  if (to === '') return refuse(131009, 'The parameter to is not a phone number.');
  if (given !== undefined && reference !== given) {
    return refuse(100, `The parameter biz_opaque_callback_data must be text of at most ${REFERENCE_LIMIT} characters.`);
  }
  const type = body.type ?? 'text';
  if (type === 'text') {
    const written = body.text?.body;
    if (written === undefined) return refuse(131008, 'The parameter text.body is required.');
    if (typeof written !== 'string' || written === '') return refuse(131009, 'The parameter text.body is not valid.');
    if (written.length > TEXT_LIMIT) {
      return refuse(100, `The parameter text.body must be at most ${TEXT_LIMIT} characters long.`);
    }
  } else if (type === 'template') {
    const { name, language, components } = body.template ?? {};
    if (name === undefined) return refuse(131008, 'The parameter template.name is required.');
    if (typeof name !== 'string' || name === '') return refuse(131009, 'The parameter template.name is not valid.');
    if (typeof language?.code !== 'string') return refuse(131008, 'The parameter template.language.code is required.');
    if (components !== undefined && !Array.isArray(components)) {
      return refuse(131009, 'The parameter template.components is not valid.');
    }
  } else {
    return refuse(100, 'The parameter type must be text or template.');
  }
  const written = type === 'text' ? (body.text?.body as string) : undefined;
  return { ok: true, input: body.to as string, to, reference, text: written };
}
