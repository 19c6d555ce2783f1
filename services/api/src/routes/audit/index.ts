/** The audit trail of an account: who did what to which, when and from where. */
import { createHash } from 'node:crypto';
import { type AuditEntryAnswer, auditEntrySchema, auditFilter } from '@carillon/contracts';
import { formatId, parseInstant } from '@carillon/core';
import { listAudit, type StoredAuditEntry } from '@carillon/db';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { decodeCursor, encodeCursor, page, pageOf, pagingQuery } from '../../http/paging.ts';
import { defineRoute, type Route } from '../../http/route.ts';

/** The routes under /v1/audit. */
export function auditRoutes({ database }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/audit',
      operationId: 'listAuditEntries',
      tag: 'Audit',
      summary: 'Read the audit trail',
      description:
        'Every change of the account, each written in the transaction of the change itself. The newest first.',
      role: 'operate',
      query: z.strictObject({ ...pagingQuery, ...auditFilter }),
      answers: { 200: { description: 'The newest first', schema: pageOf(auditEntrySchema) } },
      errors: ['invalid_cursor', 'invalid_instant'],
      handle: async ({ caller, query: { limit, cursor, since, until, ...texts } }) => {
        const filter = { ...texts, since: instantOf(since), until: instantOf(until) };
        // A cursor belongs to its filters, and must not be as long as they are.
        const kind = `audit:${createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 16)}`;
        const [beforeId] = (decodeCursor(kind, cursor, ['number']) ?? [Number.MAX_SAFE_INTEGER]) as [number];
        const rows = await listAudit(database.pool, caller.accountId, filter, { beforeId, limit: limit + 1 });
        return { status: 200, body: page(rows, limit, present, (row) => encodeCursor(kind, [row.id])) };
      },
    }),
  ];
}

function instantOf(text: string | undefined): Date | undefined {
  const result = text === undefined ? undefined : parseInstant(text);
  return result?.ok ? new Date(result.epochMs) : undefined;
}

function present(entry: StoredAuditEntry): AuditEntryAnswer {
  return {
    id: formatId('adt', entry.id),
    at: entry.at.toISOString(),
    actor: entry.actor,
    actorName: entry.actorName,
    action: entry.action,
    subject: entry.subject,
    detail: { ...entry.detail },
    origin: entry.origin,
    requestId: entry.requestId,
  };
}
