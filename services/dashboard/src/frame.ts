/** What all pages behind the login share: what they are built with, who looks, and the bar above. */
import type { inTransaction } from '@carillon/db';
import type { Logger } from '@carillon/runtime';
import type { Response } from 'express';
import { BOARD_PATH } from './board.ts';
import { sessionOf } from './guard.ts';
import { type Html, html, NONE } from './html.ts';
import type { Read } from './reading.ts';
import type { Sessions } from './session.ts';
import type { View } from './views.ts';

/** A pool that sees every account. */
export type ActionPool = Parameters<typeof inTransaction>[0];

export interface StatusOptions {
  readonly pool: ActionPool;
  readonly read: Read;
  readonly sessions: Sessions;
  readonly redisIsReady: () => boolean;
  readonly apiDocsUrl: string;
  /** The simulator's ledger, where there is one. */
  readonly ledgerUrl: string | undefined;
  /** The folder of docs/operations.md, for the browser. */
  readonly docsUrl: string | undefined;
  readonly logger: Logger;
}

/** The view of whoever asks. */
export function viewOf({ sessions, docsUrl }: Pick<StatusOptions, 'sessions' | 'docsUrl'>, response: Response): View {
  const session = sessionOf(response.locals);
  return { token: session.role === 'operator' ? sessions.tokenFor(session.id) : undefined, docsUrl };
}

/** The bar above every page behind the login. */
export function header(options: StatusOptions, response: Response, here: 'status' | 'other' = 'other'): Html {
  const { sessions, apiDocsUrl, ledgerUrl } = options;
  const session = sessionOf(response.locals);
  const ledger = ledgerUrl === undefined ? NONE : html`<a href="${ledgerUrl}" rel="noreferrer">Simulator's ledger</a>`;
  const status = here === 'status' ? html`<a href="/" aria-current="page">Status</a>` : html`<a href="/">Status</a>`;
  const who = session.role === 'operator' ? session.user : `${session.user} (may look only)`;
  return html`<header class="top"><div><a class="name" href="/">Carillon</a>
<nav aria-label="Pages">${status}<a href="${BOARD_PATH}">Queues</a><a href="${apiDocsUrl}" rel="noreferrer">API</a>${ledger}</nav>
<form method="post" action="/logout"><span class="quiet small">${who}</span><input type="hidden" name="token" value="${sessions.tokenFor(session.id)}"><button class="plain">Log out</button></form></div></header>`;
}
