/** Who was asked to end and left before it had drained: excused only where a silence for good kept it waiting. */
import { describe, expect, test } from '@jest/globals';
import { judgeProcesses } from '../../nemesis/judge/leftovers.mjs';
import { judgeExits } from '../../nemesis/judge/stops.mjs';
import { supervise } from '../../nemesis/supervised.mjs';
import { kinds, NOW_MS, type Row } from './smallWorld.ts';

const SECOND_MS = 1_000;
const SAID = '{"level":50,"drainTimeoutMs":9000,"busy":["planning"],"msg":"the stop took too long; leaving"}';
const silence = (on: string, more: Row = {}) => ({
  ...{ kind: 'line-silent', on, forGood: true, fromMs: NOW_MS - 700, toMs: NOW_MS },
  ...more,
});
const SILENT = silence('scheduler.1/postgres');
/** It was asked to end after ten seconds, and left after nine more. */
const LEFT = {
  ...{ code: 1, signal: null, readyMs: NOW_MS - 60 * SECOND_MS, endedMs: NOW_MS + 19 * SECOND_MS },
  logs: ['{"msg":"stopping"}', SAID],
};

/** Kinds of violations when it ended so in the middle of the run, and in its end. */
function judged(applied: Row[], { process = 'scheduler.1', ...more }: Row = {}) {
  const exit = { ...LEFT, ...more };
  const inTheMiddle = { troubles: [{ what: 'did not stop', process, ...exit }] };
  return [
    kinds(judgeProcesses(new Map([[process, inTheMiddle]]), applied)),
    kinds(
      judgeExits(
        [
          { process, exit },
          { process: 'api.1', exit: undefined },
        ],
        applied,
      ),
    ),
  ];
}
const EXCUSED = [[], []];
const NOT_EXCUSED = [['process'], ['process']];

test('who waits for what a line swallowed for good may leave', () => {
  expect(judged([SILENT])).toEqual(EXCUSED);
  // The transaction in which it waited was to be taken back by the same line.
  expect(judged([SILENT], { endedMs: NOW_MS + 121 * SECOND_MS })).toEqual(EXCUSED);
  expect(judged([silence('api.2/postgres')], { process: 'api.2' })).toEqual(EXCUSED);
});

test.each<[string, Row[], Row]>([
  ['nothing was done', [], {}],
  ['the silence was cut', [{ ...SILENT, forGood: undefined }], {}],
  ['another was silent', [silence('scheduler.2/postgres')], {}],
  ['its line to Redis was silent', [silence('scheduler.1/redis')], {}],
  ['its line was only slow', [{ ...SILENT, kind: 'line-slow' }], {}],
  ['it was killed by a signal', [SILENT], { code: null, signal: 'SIGKILL' }],
  ['it ended with another code', [SILENT], { code: 2 }],
  ['it did not say why', [SILENT], { logs: ['{"msg":"the stop failed"}'] }],
  ['it was started anew since', [SILENT], { readyMs: NOW_MS + SECOND_MS }],
  ['it left before', [SILENT], { endedMs: NOW_MS - SECOND_MS }],
  ['it must have given up by then', [SILENT], { endedMs: NOW_MS + 123 * SECOND_MS }],
  [
    'an api must have given up by then',
    [silence('api.2/postgres')],
    { process: 'api.2', endedMs: NOW_MS + 33 * SECOND_MS },
  ],
  ['a dashboard asks nothing by itself', [silence('dashboard.1/postgres')], { process: 'dashboard.1' }],
])('nobody may leave when %s', (_what, applied, more) => {
  expect(judged(applied, more)).toEqual(NOT_EXCUSED);
});

test('who ended by itself, or in order, is judged as before', () => {
  const trouble = { what: 'ended by itself', process: 'scheduler.1', ...LEFT };
  expect(kinds(judgeProcesses(new Map([['scheduler.1', { troubles: [trouble] }]]), [SILENT]))).toEqual(['process']);
  expect(judgeExits([{ process: 'scheduler.1', exit: { ...LEFT, code: 0, logs: [] } }], [])).toEqual([]);
});

describe('a supervisor', () => {
  /** Its services end as they are asked to, with these codes in turn. */
  function supervised(...codes: number[]) {
    const start = async () => {
      let end = (_exit: object): void => {};
      const exited = new Promise<object>((resolve) => {
        end = resolve;
      });
      return {
        ...{ pid: 7, ready: {}, exited, logs: () => SAID },
        async stop() {
          end({ code: codes.shift(), signal: null });
          return await exited;
        },
      };
    };
    return supervise({ name: 'scheduler.1', start, tell: () => {} });
  }

  test('tells of whoever left since when it had run, until when, and what it said last', async () => {
    const fromMs = Date.now();
    const one = supervised(1, 1);
    await one.running();
    await one.terminate(0);
    await one.running();
    const exit = await one.close();
    const toMs = Date.now();
    expect(one.troubles).toMatchObject([{ what: 'did not stop', process: 'scheduler.1', code: 1, logs: [SAID] }]);
    expect(exit).toMatchObject({ code: 1, signal: null, logs: [SAID] });
    for (const { readyMs, endedMs } of [one.troubles[0], exit]) {
      expect(readyMs).toBeGreaterThanOrEqual(fromMs);
      expect(endedMs).toBeGreaterThanOrEqual(readyMs);
      expect(endedMs).toBeLessThanOrEqual(toMs);
    }
  });
});
