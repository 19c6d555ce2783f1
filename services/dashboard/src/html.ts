/** HTML as template literals that escape what is put into them, and the frame that every page of ours has. */

/** Markup that is safe to send. Only {@link html} makes it. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[];

/** Escapes every value, but what is markup already. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { markup: texts.map((text, index) => (index === 0 ? '' : render(values[index - 1] ?? '')) + text).join('') };
}

function render(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('');
}

const STYLE = html`<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
  header, nav { display: flex; gap: 1.25rem; align-items: baseline; flex-wrap: wrap }
  header form { margin-left: auto }
  h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884 }
  td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
  .alarm { color: #c0392b; font-weight: 600 } .quiet { color: #888 }
  .login { max-width: 20rem; margin: 15vh auto } .login label { display: block; margin: .75rem 0 }
  .login input { display: block; width: 100%; box-sizing: border-box; padding: .4rem; font: inherit }
  button { font: inherit; padding: .3rem .9rem }
</style>`;

/** A whole document. With `refreshSeconds` the browser asks for it again. */
export function page(title: string, body: Html, refreshSeconds?: number): string {
  const refresh = refreshSeconds === undefined ? html`` : html`<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">${refresh}
<title>${title}</title>${STYLE}</head>
<body>${body}</body>
</html>
`.markup;
}
