/** HTML as template literals that escape what is put into them, and the frame that every page of ours has. */
import { STYLE } from './style.ts';

/** Markup that is safe to send. Only {@link html} makes it. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[];

/** Escapes every value, but what is markup already. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { markup: texts.map((text, index) => (index === 0 ? '' : render(values[index - 1] ?? '')) + text).join('') };
}

/** Nothing. */
export const NONE: Html = { markup: '' };

function render(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('');
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** A script of ours; with it the page refreshes itself, and without scripts the browser asks again. */
  readonly script?: { readonly path: string; readonly elseRefreshSeconds: number } | undefined;
}

/** A whole document. */
export function page({ title, body, script }: Page): string {
  const scripted =
    script === undefined
      ? NONE
      : html`<noscript><meta http-equiv="refresh" content="${script.elseRefreshSeconds}"></noscript>
<script src="${script.path}" defer></script>`;
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title}</title><style>${{ markup: STYLE }}</style>${scripted}</head>
<body>${body}</body>
</html>
`.markup;
}
