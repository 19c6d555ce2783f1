/** The judge of what is left when all is quiet: small worlds, each with one thing too many. */
import { expect, test } from '@jest/globals';
import { judgeConnections, judgeDashboards, judgeLeases, judgeProcesses } from '../../nemesis/judge/leftovers.mjs';

const kinds = (violations: { kind: string }[]): string[] => violations.map(({ kind }) => kind);

test('a lease that nobody gave back, but for one of what came due afterwards', () => {
  const endMs = 1_000_000;
  const judged = (due_ms: number, held: boolean) =>
    kinds(judgeLeases([{ id: 9, lease_owner: 'sender', due_ms, held }], endMs));
  expect(judgeLeases([], endMs)).toEqual([]);
  expect(judged(endMs + 1, true)).toEqual([]);
  expect(judged(endMs, true)).toEqual(['lease_left']);
  // It ran out, and nobody took it away.
  expect(judged(endMs + 1, false)).toEqual(['lease_left']);
});

test('connections of processes that are gone', () => {
  const judged = (connections: number, name = 'carillon-sender') =>
    kinds(judgeConnections([{ name, connections }], { sender: 2 }));
  expect(judged(12)).toEqual([]);
  expect(judged(13)).toEqual(['connections_leaked']);
  expect(judged(100, 'carillon-bench')).toEqual([]);
});

test('a dashboard that does not answer, or only that it cannot', () => {
  const judged = (answer: unknown) => kinds(judgeDashboards([{ name: 'dashboard.1', answer }]));
  expect(judged(302)).toEqual([]);
  expect(judged(500)).toEqual(['dashboard_silent']);
  expect(judged('TypeError: fetch failed')).toEqual(['dashboard_silent']);
});

test('a process that ended by itself', () => {
  const trouble = { process: 'sender.1', what: 'ended by itself', code: 1 };
  expect(judgeProcesses(new Map([['sender.1', { troubles: [] }]]), [])).toEqual([]);
  expect(judgeProcesses(new Map([['sender.1', { troubles: [trouble] }]]), [])).toMatchObject([
    { kind: 'process', who: 'sender.1 ended by itself' },
  ]);
});
