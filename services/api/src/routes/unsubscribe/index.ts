/**
 * Unsubscribing by one click (RFC 8058). The link is signed and needs no key, so whoever holds it may use it. Looking at it
 * changes nothing, because mail scanners look at every link; only a POST does, by the person's mail program or by the page's
 * button. What comes with it is not read: the link says all.
 */
import { MESSAGE_CHANNEL_NAMES } from '@carillon/contracts';
import { ApiError, readUnsubscribeToken, type Unsubscribe } from '@carillon/core';
import { suppressByLink } from '@carillon/db';
import type { Request } from 'express';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { PAGE_HEADERS, unknownPage } from '../../http/page.ts';
import { type Answer, defineRoute, type Route } from '../../http/route.ts';
import { askPage, donePage } from './page.ts';

const PATH = '/v1/unsubscribe/:token';
const BODY_LIMIT_BYTES = 8_192;
const params = {
  token: "The link's token, such as u1.7.email.2n9c.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw",
};
/** Whatever somebody's link tracker has added is passed over. */
const query = z.object({});

export function unsubscribeRoutes({ system, keys }: ApiDependencies): Route[] {
  /** What the token says; undefined for one that is cut off, forged, or of another installation. */
  function read(token: string | undefined): Unsubscribe | undefined {
    const result = readUnsubscribeToken(token ?? '', keys.unsubscribe);
    return result.ok && MESSAGE_CHANNEL_NAMES.some((name) => name === result.channel) ? result : undefined;
  }

  return [
    defineRoute({
      method: 'get',
      path: PATH,
      tag: 'Unsubscribe',
      summary: 'A page with a button to unsubscribe',
      description:
        'For the person who opens the link of a message in a browser. It changes nothing. The link stands in `List-Unsubscribe` ' +
        'of each e-mail, and in the variable `unsubscribe_url`.',
      params,
      query,
      access: 'public',
      answers: { 200: { description: 'The page' } },
      examples: { answers: { 200: askPage('email') } },
      errors: ['not_found'],
      async handle({ params: { token }, request }) {
        const wanted = read(token);
        return wanted === undefined
          ? notFound(request)
          : { status: 200, body: askPage(wanted.channel), headers: PAGE_HEADERS };
      },
    }),
    defineRoute<object, Buffer>({
      method: 'post',
      path: PATH,
      tag: 'Unsubscribe',
      summary: 'Unsubscribe by one click',
      description:
        'For mail programs (RFC 8058) and the button. The address of the message is suppressed in its channel, with the reason ' +
        '`unsubscribed` and the source `link`. Repeating it changes nothing and answers the same.',
      params,
      query,
      access: 'public',
      rawBody: { limitBytes: BODY_LIMIT_BYTES },
      repeatable: true,
      answers: { 200: { description: 'A page that says that it is done' } },
      examples: {
        body: { 'application/x-www-form-urlencoded': { 'List-Unsubscribe': 'One-Click' } },
        answers: { 200: donePage('email') },
      },
      errors: ['not_found', 'body_too_large'],
      async handle({ params: { token }, request }) {
        const wanted = read(token);
        if (wanted === undefined || !(await suppressByLink(system.pool, wanted))) return notFound(request);
        return { status: 200, body: donePage(wanted.channel), headers: PAGE_HEADERS };
      },
    }),
  ];
}

/** The same for every link that is none: a page for people, and the usual problem for programs. */
function notFound(request: Request): Answer {
  if (request.accepts(['application/problem+json', 'text/html']) === 'text/html') {
    return { status: 404, body: unknownPage(), headers: PAGE_HEADERS };
  }
  throw new ApiError('not_found', { field: 'token', detail: 'There is no such link.' });
}
