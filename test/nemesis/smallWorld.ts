/** A small world for the nemesis's judge, in which all is well: one announcement to one person, who was told. */
import { indexed } from '../../nemesis/judge/world.mjs';

export type Row = Record<string, unknown>;

export const NOW_MS = 1_000_000;
export const TIMES = { endMs: 2_000_000, clockAheadMs: 0 };
export const account = {
  name: 'north',
  accountId: 1,
  people: [{ externalId: 'p', phone: '4915' }],
  crowds: [{ people: [0] }],
};
export const BODY = { kind: 'message', trigger: { type: 'now' } };

/** @param changes replace tables of it */
export function world(changes: Record<string, unknown> = {}) {
  return indexed({
    accounts: [account],
    journal: { entries: [entry()] },
    jobs: [job()],
    runs: [run()],
    deliveries: [delivery()],
    acceptances: [{ at: NOW_MS + 20, to: '4915', runId: 8, batchId: 9, number: 1, try: 1 }],
    ...{ attempts: [], reports: [], verdicts: [], payments: [], results: [], started: [] },
    ...changes,
  });
}

export const job = (more: Row = {}) => ({
  ...{ account_id: 1, id: 7, name: 'announcement 0', kind: 'message', status: 'completed', created_ms: NOW_MS },
  ...more,
});

/** What the journal has of the job. */
export const entry = (more: Row = {}) => ({
  ...{ account, request: { n: 0, kind: 'announcement', crowds: [0] }, what: 'announcement 0', body: BODY },
  ...{ state: 'acknowledged', answer: { id: 'job_7' }, requests: 1 },
  ...{ dueMs: NOW_MS, sentAtMs: NOW_MS, answeredAtMs: NOW_MS },
  ...more,
});

/** What a user did, acknowledged at once and sent once. */
export const act = (of: unknown, name: string, atMs: number, more: Row = {}) => ({
  ...{ account, act: name, job: of, state: 'acknowledged', requests: 1, sentAtMs: atMs, answeredAtMs: atMs + 5 },
  ...more,
});

export const run = (more: Row = {}) => ({
  ...{ account_id: 1, id: 8, job_id: 7, parent_run_id: null, due_ms: NOW_MS, left_out: null, occurrence_key: 'once' },
  ...{ state: 'completed', paused: false, cancelled: false, pause_reason: null },
  ...more,
});

export const delivery = (more: Row = {}) => ({
  ...{ account_id: 1, batch_id: 9, number: 1, run_id: 8, job_id: 7, address: '4915', state: 'delivered', code: null },
  ...{ try: 1, due_ms: NOW_MS, sending_ms: NOW_MS + 10, settled_ms: NOW_MS + 3_000, channel: 'whatsapp' },
  ...{ day: '2026-12-01' },
  ...more,
});

export const attempt = (more: Row = {}) => ({
  ...{ account_id: 1, batch_id: 9, number: 1, try: 1, outcome: 'unknown', code: 'timeout' },
  ...{ started_ms: NOW_MS + 10, ended_ms: NOW_MS + 20 },
  ...more,
});

export const kinds = (violations: { kind: string }[]): string[] => violations.map(({ kind }) => kind);
