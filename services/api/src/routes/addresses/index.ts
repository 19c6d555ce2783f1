/** E-mail addresses: what the account knows of them, confirmations, verdicts that it brings along, and what checks cost. */
import {
  type AddressAnswer,
  type AddressStanding,
  addressSchema,
  checkSpendSchema,
  confirmationLinkSchema,
  spendFilter,
  unitsOf,
  type VerdictsAnswer,
  verdictItemSchema,
  verdictsAnswerSchema,
  verdictsBodySchema,
} from '@carillon/contracts';
import { ApiError, confirmationToken, type ErrorCode, parseInstant } from '@carillon/core';
import {
  type AddressKnowledge,
  confirmAddress,
  importVerdicts,
  readAddressKnowledge,
  readCheckBudget,
  readCheckSpend,
  readDatabaseTime,
  type VerdictToImport,
  withdrawConfirmation,
} from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { actorOf, type Caller } from '../../http/auth.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { addressRules, readAddress, requireAddress } from '../suppressions/address.ts';

const PATH = '/v1/addresses/:address';
const TAG = 'Addresses';
const params = { address: 'The e-mail address, in any usual spelling, such as dilara.peters@example.com' };
const DAY_MS = 86_400_000;
const SPAN_DAYS = 30;
const SPAN_MAX_DAYS = 366;

/** The routes under /v1/addresses and /v1/address-checks. */
export function addressRoutes({ database, system, keys, settings }: ApiDependencies): Route[] {
  const named = (caller: Caller, address: string | undefined) =>
    requireAddress('email', address ?? '', addressRules(caller.country, keys.address));

  const answerOf = async (caller: Caller, { address, addressKey }: ReturnType<typeof named>) =>
    present(address, await readAddressKnowledge(system.pool, caller.accountId, addressKey));

  const read = defineRoute({
    method: 'get',
    path: PATH,
    tag: TAG,
    summary: 'Tell what is known of an address',
    description:
      'Whether its owner confirmed it, what you have said of it, and the newest check that you pay for. Checks that others paid for are not told of. Nothing is asked of anybody.',
    params,
    answers: { 200: { description: 'What is known of it', schema: addressSchema } },
    errors: ['invalid_email'],
    handle: async ({ caller, params }) => ({
      status: 200,
      body: await answerOf(caller, named(caller, params.address)),
    }),
  });

  const confirm = defineRoute({
    method: 'put',
    path: `${PATH}/confirmation`,
    tag: TAG,
    operationId: 'confirmAddress',
    summary: 'Note that the owner confirmed an address',
    description:
      'It counts as deliverable from now on and is never checked. It is for you alone, and stays until it is taken back. One that is confirmed already keeps since when.',
    params,
    answers: { 200: { description: 'What is known of it now', schema: addressSchema } },
    errors: ['invalid_email'],
    handle: async ({ caller, params }) => {
      const address = named(caller, params.address);
      const wanted = { accountId: caller.accountId, addressKey: address.addressKey, source: 'api' };
      await confirmAddress(database.pool, wanted, actorOf(caller));
      return { status: 200, body: await answerOf(caller, address) };
    },
  });

  const withdraw = defineRoute({
    method: 'delete',
    path: `${PATH}/confirmation`,
    tag: TAG,
    operationId: 'withdrawConfirmation',
    summary: 'Take a confirmation back',
    description: 'The address is checked again where a job asks for that.',
    params,
    answers: { 204: { description: 'Taken back' } },
    errors: ['invalid_email', 'not_found'],
    handle: async ({ caller, params }) => {
      const { addressKey } = named(caller, params.address);
      const wanted = { accountId: caller.accountId, addressKey };
      if (await withdrawConfirmation(database.pool, wanted, actorOf(caller))) return { status: 204 };
      throw new ApiError('not_found', { field: 'address', detail: 'The address is not confirmed.' });
    },
  });

  const link = defineRoute({
    method: 'post',
    path: `${PATH}/confirmation-link`,
    tag: TAG,
    operationId: 'createConfirmationLink',
    summary: 'Make a link by which the owner confirms an address',
    description:
      'Send it to that address and nowhere else: whoever opens it and presses the button confirms. It is the same each time, and nothing is stored before that. In e-mails the variable `confirm_url` is the link of each recipient.',
    params,
    repeatable: true,
    answers: { 200: { description: 'The link', schema: confirmationLinkSchema } },
    errors: ['invalid_email'],
    handle: async ({ caller, params }) => {
      const { addressKey } = named(caller, params.address);
      const token = confirmationToken({ accountId: caller.accountId, addressKey }, keys.confirm);
      const path = `/v1/confirm/${token}`;
      const url = settings.publicUrl === undefined ? null : settings.publicUrl + path;
      return { status: 200, body: { token, path, url } };
    },
  });

  const bring = defineRoute({
    method: 'post',
    path: '/v1/addresses/verdicts',
    tag: TAG,
    operationId: 'importVerdicts',
    summary: 'Bring verdicts along',
    description:
      'What you know of addresses from elsewhere, such as bounces. It is for you alone and comes before checks; addresses with a valid verdict are not checked. Each item is taken or refused by itself. Of an address that is named twice the last one counts.',
    body: verdictsBodySchema,
    repeatable: true,
    answers: { 200: { description: 'What became of them', schema: verdictsAnswerSchema } },
    handle: async ({ caller, body }) => {
      const nowMs = await readDatabaseTime(database.pool);
      const rules = addressRules(caller.country, keys.address);
      const errors: VerdictsAnswer['errors'] = [];
      const taken = new Map<string, VerdictToImport>();
      body.verdicts.forEach((given, index) => {
        const item = readItem(given, rules, nowMs);
        if (item.ok) taken.set(item.verdict.addressKey, item.verdict);
        else errors.push({ index, ...item.problem });
      });
      const by = { source: 'api', actor: actorOf(caller) };
      const stored = await importVerdicts(database.pool, caller.accountId, [...taken.values()], by);
      return { status: 200, body: { stored, kept: taken.size - stored, bad: errors.length, errors } };
    },
  });

  const spend = defineRoute({
    method: 'get',
    path: '/v1/address-checks/spend',
    tag: TAG,
    operationId: 'readCheckSpend',
    summary: 'Tell what checks of addresses cost',
    description:
      'By day (UTC) and currency. The budget is `checkBudget` of the account; what is reserved for checks under way counts towards it, and comes back where they cost nothing.',
    query: z.strictObject(spendFilter),
    answers: { 200: { description: 'What they cost', schema: checkSpendSchema } },
    handle: async ({ caller, query }) => {
      const today = dayOf(await readDatabaseTime(database.pool));
      const to = query.to ?? today;
      const from = query.from ?? dayOf(Date.parse(to) - SPAN_DAYS * DAY_MS);
      const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
      if (days < 0) throw badSpan('from', 'It must not be after `to`.');
      if (days > SPAN_MAX_DAYS) throw badSpan('from', `It must be at most ${SPAN_MAX_DAYS} days before \`to\`.`);
      const { accountId } = caller;
      const rows = await readCheckSpend(database.pool, accountId, { from, to });
      const budget = await readCheckBudget(database.pool, accountId);
      return {
        status: 200,
        body: {
          days: rows.map(({ day, currency, chargedMicros, reservedMicros, asked, shared }) => ({
            day,
            currency,
            charged: unitsOf(chargedMicros),
            reserved: unitsOf(reservedMicros),
            asked,
            shared,
          })),
          budget: budget && { amount: unitsOf(budget.micros), currency: budget.currency },
          left: budget && unitsOf(budget.leftMicros),
        },
      };
    },
  });

  return [bring, read, confirm, withdraw, link, spend];
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function badSpan(field: string, detail: string): ApiError {
  return new ApiError('validation_failed', { field, detail });
}

type Item =
  | { readonly ok: true; readonly verdict: VerdictToImport }
  | { readonly ok: false; readonly problem: { code: ErrorCode; field: string | null; detail: string } };

function readItem(given: unknown, rules: Parameters<typeof readAddress>[2], nowMs: number): Item {
  const parsed = verdictItemSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const params = issue?.code === 'custom' ? (issue.params as { code?: ErrorCode } | undefined) : undefined;
    const field = issue === undefined || issue.path.length === 0 ? null : issue.path.join('.');
    const detail = issue?.message ?? 'It cannot be read.';
    return { ok: false, problem: { code: params?.code ?? 'validation_failed', field, detail } };
  }
  const { address, verdict, reason, at, validUntil } = parsed.data;
  const read = readAddress('email', address, rules);
  if (!read.ok) return { ok: false, problem: { code: read.code, field: 'address', detail: read.detail } };
  const atMs = at === undefined ? nowMs : instantMs(at);
  if (atMs > nowMs + DAY_MS) {
    return { ok: false, problem: { code: 'invalid_instant', field: 'at', detail: 'It must not be in the future.' } };
  }
  const { addressKey } = read;
  const until = validUntil === undefined ? null : new Date(instantMs(validUntil));
  return { ok: true, verdict: { addressKey, verdict, reason: reason ?? null, at: new Date(atMs), validUntil: until } };
}

/** Of a text that was checked. */
function instantMs(text: string): number {
  const read = parseInstant(text);
  if (!read.ok) throw new TypeError(`not an instant: ${text}`);
  return read.epochMs;
}

function standingOf({ own, check, nowMs }: AddressKnowledge): AddressStanding {
  if (own && own.verdict !== 'unknown' && (own.validUntil === null || own.validUntil.getTime() > nowMs)) {
    return own.verdict;
  }
  if (check === null) return 'unchecked';
  if (check.state === 'pending') return 'pending';
  const counts = check.verdict !== null && check.validUntil !== null && check.validUntil.getTime() > nowMs;
  if (counts && check.verdict !== null) return check.verdict;
  return check.verdict === 'unknown' ? 'unknown' : 'unchecked';
}

function present(address: string, known: AddressKnowledge): AddressAnswer {
  const { own, check } = known;
  return {
    address,
    standing: standingOf(known),
    own: own && {
      verdict: own.verdict,
      reason: own.reason,
      source: own.source,
      at: own.at.toISOString(),
      validUntil: own.validUntil?.toISOString() ?? null,
    },
    check: check && {
      pending: check.state === 'pending',
      verdict: check.verdict,
      reason: check.reason,
      checkedAt: check.checkedAt?.toISOString() ?? null,
      checkedBy: check.checkedBy as NonNullable<AddressAnswer['check']>['checkedBy'],
      validUntil: check.validUntil?.toISOString() ?? null,
      cost: { amount: unitsOf(check.costMicros), currency: check.currency },
    },
  };
}
