/** The small pages that links in messages show: no script, no cookie, nothing from elsewhere, nothing of what came in. */

const STYLE = `body{font:1.05rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#222;background:#fff}
h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:#1d4ed8;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #93c5fd}`;

/** Told to caches and search engines, for each of the pages. */
export const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

/** A page with this heading. @param body HTML, written here and nowhere else */
export function linkPage(heading: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title><style>${STYLE}</style></head>
<body><h1>${heading}</h1>${body}</body>
</html>
`;
}

/** For whatever is no link of ours. */
export function unknownPage(): string {
  return linkPage(
    'This link does not work',
    '<p>It may have been cut off. Open it from the message once more, or copy all of it.</p>',
  );
}
