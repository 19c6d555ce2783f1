/**
 * What WhatsApp reports, and what people reply (replies.ts): signed with the secret of the provider account in the path,
 * reports carrying our reference. Whatever is not provably about one of our tries is counted and passed over; the answer is
 * 200 only when the rest is committed, because the provider repeats what was not answered so.
 */
import { timingSafeEqual } from 'node:crypto';
import { parseCallback, type StatusReport, verifySignature } from '@carillon/channels';
import type { WhatsAppProvider } from '@carillon/contracts';
import { ApiError, decodeReference } from '@carillon/core';
import { type DeliveryReport, findWhatsAppProvider } from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { requireId, textTrap } from '../../http/validate.ts';
import { createReportCollector } from './collector.ts';
import { createObeyMessages } from './replies.ts';

const PATH = '/v1/provider-accounts/:id/callbacks/whatsapp';
/** The provider's own limit. */
const BODY_LIMIT_BYTES = 3_000_000;
const REMEMBERED_MS = 5_000;
const REMEMBERED_PROVIDERS = 1_000;
const LARGEST_INTEGER = 2 ** 31 - 1;
const LARGEST_NUMBER = 32_767;

const receivedSchema = z.object({
  received: z.number().int().meta({ description: 'Statuses and replies that were ours', example: 1 }),
});

/** For the description: what a person replies. */
const EXAMPLE = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550000000', phone_number_id: '106540352242922' },
            messages: [
              { from: '4915110200034', id: 'wamid.X', timestamp: '1790000000', type: 'text', text: { body: 'STOP' } },
            ],
          },
        },
      ],
    },
  ],
};

export function callbackRoutes(dependencies: ApiDependencies): Route[] {
  const { keys, metrics } = dependencies;
  const findProvider = rememberedProviders(dependencies);
  const collector = createReportCollector(dependencies);
  const obey = createObeyMessages(dependencies);
  const ignored = (result: string) =>
    metrics.hotCounter('carillon_callback_reports_total', 'Reports of providers by what became of them', { result });
  const [unsigned, notOurs, forged, unfit] = [
    metrics.hotCounter('carillon_callback_rejected_total', 'Callbacks whose signature did not match'),
    ignored('no_reference'),
    ignored('forged'),
    ignored('unfit'),
  ];

  /** The report as it is stored, with its day; undefined for what is not provably about one of our tries. */
  function readReport(report: StatusReport): DeliveryReport | undefined {
    const decoded = report.reference === undefined ? undefined : decodeReference(report.reference, keys.reference);
    if (decoded === undefined) notOurs.add();
    else if (!decoded.ok) forged.add();
    if (!decoded?.ok) return undefined;
    const { day, batchId, number, try: tryNumber } = decoded.reference;
    const traps = textTrap(report.providerMessageId) ?? textTrap(report.errorCode ?? '');
    if (traps !== undefined || number > LARGEST_NUMBER || tryNumber > LARGEST_NUMBER) {
      unfit.add();
      return undefined;
    }
    return {
      day,
      batchId,
      number,
      try: tryNumber,
      status: report.status,
      code: report.errorCode ?? null,
      providerMessageId: report.providerMessageId,
      reportedAtMs: report.timestampMs,
    };
  }

  return [
    defineRoute({
      method: 'get',
      path: PATH,
      tag: 'Callbacks',
      summary: "The provider's handshake",
      description:
        "Called once by the provider when the callback URL is entered in its console, with the account's verify token.",
      params: { id: 'The provider account, such as pvd_1' },
      access: 'public',
      query: z.object({
        'hub.mode': z
          .literal('subscribe')
          .meta({ description: 'What is wanted; there is only this', example: 'subscribe' }),
        'hub.verify_token': z
          .string()
          .max(500)
          .meta({ description: 'The verify token of the provider account', example: 'a-token-of-your-choice' }),
        'hub.challenge': z
          .string()
          .regex(/^[\x21-\x7e]{1,200}$/, 'It must be 1 to 200 printable characters.')
          .meta({ description: 'What is to be answered', example: '1158201444' }),
      }),
      answers: { 200: { description: 'The challenge, as text' } },
      examples: { answers: { 200: '1158201444' } },
      errors: ['invalid_id', 'not_found', 'forbidden'],
      async handle({ params: { id }, query }) {
        const provider = await findProvider(id);
        if (!sameText(query['hub.verify_token'], provider.verifyToken)) {
          throw new ApiError('forbidden', { field: 'hub.verify_token', detail: 'This is not the verify token.' });
        }
        return { status: 200, body: query['hub.challenge'], headers: { 'Content-Type': 'text/plain; charset=utf-8' } };
      },
    }),
    defineRoute<undefined, Buffer>({
      method: 'post',
      path: PATH,
      tag: 'Callbacks',
      summary: 'Status reports of the provider, and replies of recipients',
      description:
        "Statuses move the delivery that their reference names. A reply of one of the words of STOP_WORDS suppresses the sender's " +
        'number in the account, and one of START_WORDS takes such a reply back; callbacks that come twice or late change nothing.',
      params: { id: 'The provider account, such as pvd_1' },
      access: 'public',
      rawBody: { limitBytes: BODY_LIMIT_BYTES },
      repeatable: true,
      answers: { 200: { description: 'Stored; says how many statuses and replies were ours', schema: receivedSchema } },
      examples: { body: { 'application/json': EXAMPLE } },
      errors: ['invalid_id', 'not_found', 'signature_invalid', 'malformed_json', 'body_too_large'],
      async handle({ params: { id }, body, request }) {
        const provider = await findProvider(id);
        if (!verifySignature(body, request.get('X-Hub-Signature-256'), provider.appSecret)) {
          unsigned.add();
          throw new ApiError('signature_invalid', { field: 'X-Hub-Signature-256' });
        }
        const said = parseCallback(parseBody(body));
        const reports = said.reports.flatMap((report) => readReport(report) ?? []);
        const { accountId, id: providerAccountId } = provider;
        const [replies] = await Promise.all([
          obey(provider, said.messages),
          ...[...groupByDay(reports)].map(([day, ofDay]) =>
            collector.submit({ accountId, providerAccountId, day }, ofDay),
          ),
        ]);
        return { status: 200, body: { received: reports.length + replies } };
      },
    }),
  ];
}

/** Finds provider accounts, and remembers them (and those that are not there) for a moment: anybody may call this path. */
function rememberedProviders({
  system: database,
  keys,
}: ApiDependencies): (id: string | undefined) => Promise<WhatsAppProvider> {
  const remembered = new Map<number, { provider: WhatsAppProvider | undefined; untilMs: number }>();
  return async (text) => {
    const id = requireId('pvd', text, 'id');
    let entry = remembered.get(id);
    if (entry === undefined || entry.untilMs <= performance.now()) {
      const provider = id > LARGEST_INTEGER ? undefined : await findWhatsAppProvider(database.pool, keys.provider, id);
      entry = { provider, untilMs: performance.now() + REMEMBERED_MS };
      remembered.delete(id);
      if (remembered.size >= REMEMBERED_PROVIDERS) remembered.delete(remembered.keys().next().value as number);
      remembered.set(id, entry);
    }
    if (entry.provider === undefined) {
      throw new ApiError('not_found', { field: 'id', detail: 'There is no such provider account.' });
    }
    return entry.provider;
  };
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (cause) {
    throw new ApiError('malformed_json', { field: 'body', cause });
  }
}

function groupByDay(reports: readonly DeliveryReport[]): Map<string, DeliveryReport[]> {
  const days = new Map<string, DeliveryReport[]>();
  for (const report of reports) {
    const ofDay = days.get(report.day);
    if (ofDay === undefined) days.set(report.day, [report]);
    else ofDay.push(report);
  }
  return days;
}

/** Compares in a time that tells nothing but the length. */
function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return expected !== '' && left.length === right.length && timingSafeEqual(left, right);
}
