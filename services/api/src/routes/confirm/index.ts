/**
 * Confirming an address by its owner. The link is signed and needs no key, so whoever holds it may use it. Looking at it changes
 * nothing, because mail scanners look at every link; only the page's button does. What comes with it is not read: the link says all.
 */
import { ApiError, type Confirmation, readConfirmationToken } from '@carillon/core';
import { confirmAddress } from '@carillon/db';
import type { Request } from 'express';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { linkPage, PAGE_HEADERS, unknownPage } from '../../http/page.ts';
import { type Answer, defineRoute, type Route } from '../../http/route.ts';

const PATH = '/v1/confirm/:token';
const TAG = 'Addresses';
const BODY_LIMIT_BYTES = 8_192;
const params = { token: "The link's token, such as k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw" };
/** Whatever somebody's link tracker has added is passed over. */
const query = z.object({});

/** Asks; the form goes to the page's own address, whatever path a proxy has given it. */
const ASK = linkPage(
  'Confirm your address',
  '<p>Press the button to confirm that this address is yours and that you read what comes to it.</p><form method="post"><button type="submit">Confirm</button></form>',
);
/** Says that it is done; also when it was done before. */
const DONE = linkPage('Your address is confirmed', '<p>Thank you. There is nothing more to do.</p>');

export function confirmRoutes({ system, keys }: ApiDependencies): Route[] {
  /** What the token says; undefined for one that is cut off, forged, or of another installation. */
  function read(token: string | undefined): Confirmation | undefined {
    const result = readConfirmationToken(token ?? '', keys.confirm);
    return result.ok ? result : undefined;
  }

  return [
    defineRoute({
      method: 'get',
      path: PATH,
      tag: TAG,
      operationId: 'showConfirmation',
      summary: 'A page with a button to confirm an address',
      description:
        'For the person who opens the link in a browser. It changes nothing. The link is made by `POST /v1/addresses/{address}/confirmation-link`, and stands in the variable `confirm_url` of e-mails.',
      params,
      query,
      access: 'public',
      answers: { 200: { description: 'The page' } },
      examples: { answers: { 200: ASK } },
      errors: ['not_found'],
      async handle({ params: { token }, request }) {
        if (read(token) === undefined) return notFound(request);
        return { status: 200, body: ASK, headers: PAGE_HEADERS };
      },
    }),
    defineRoute<object, Buffer>({
      method: 'post',
      path: PATH,
      tag: TAG,
      operationId: 'confirmByLink',
      summary: 'Confirm an address by its link',
      description:
        'For the button. The address is confirmed to the account of the link, with the source `link`. Repeating it changes nothing and answers the same.',
      params,
      query,
      access: 'public',
      rawBody: { limitBytes: BODY_LIMIT_BYTES },
      repeatable: true,
      answers: { 200: { description: 'A page that says that it is done' } },
      examples: { body: { 'application/x-www-form-urlencoded': {} }, answers: { 200: DONE } },
      errors: ['not_found', 'body_too_large'],
      async handle({ params: { token }, request }) {
        const wanted = read(token);
        const done = wanted && (await confirmAddress(system.pool, { ...wanted, source: 'link' }, 'recipient'));
        return done ? { status: 200, body: DONE, headers: PAGE_HEADERS } : notFound(request);
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
