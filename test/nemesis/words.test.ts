/** The judge knows what each job may say: small worlds in which it says something else. */
import { crc32 } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { judgeWords } from '../../nemesis/judge/words.mjs';
import { act, attempt, BODY, delivery, entry, job, kinds, NOW_MS, type Row, TIMES, world } from './smallWorld.ts';

const asked = entry({ body: { ...BODY, content: { text: 'First words.' } } });
const said = (text: string, tables: Record<string, unknown> = {}, ...acts: unknown[]) => {
  const acceptance = { to: '4915', batchId: 9, number: 1, try: 1, words: crc32(text).toString(16) };
  const journal = { entries: [asked, ...acts] };
  return kinds(judgeWords(world({ acceptances: [acceptance], journal, ...tables }), TIMES));
};
/** What was begun only after it was reworded. */
const later = { deliveries: [delivery({ sending_ms: NOW_MS + 1_000 })] };
const reword = (text: string, atMs: number, more: Row = {}) => act(asked, 'reword', atMs, { text, ...more });

test('a job says its own words', () => {
  expect(said('First words.')).toEqual([]);
  expect(said('Words of another.')).toEqual(['said_otherwise']);
});

test('of words that were replaced before anything was begun none are said', () => {
  const other = reword('Other words.', NOW_MS + 100);
  expect(said('Other words.', later, other)).toEqual([]);
  expect(said('First words.', later, other)).toEqual(['said_otherwise']);
  expect(said('Other words.', later, other, reword('Last words.', NOW_MS + 200))).toEqual(['said_otherwise']);
  expect(said('Last words.', later, other, reword('Last words.', NOW_MS + 200))).toEqual([]);
});

test('what was begun before it was reworded, or while it was, says either', () => {
  const other = reword('Other words.', NOW_MS + 100);
  const begun = { ...later, attempts: [attempt({ outcome: 'retry', started_ms: NOW_MS + 104 })] };
  expect(said('First words.', begun, other)).toEqual([]);
  expect(said('Other words.', begun, other)).toEqual([]);
});

test('what was resent keeps its words, begun or not, also where nobody knows whether it was', () => {
  const cancelled = act(asked, 'cancel', NOW_MS + 20);
  const resent = act(asked, 'resend', NOW_MS + 50);
  const other = reword('Other words.', NOW_MS + 100);
  expect(said('First words.', later, cancelled, resent, other)).toEqual([]);
  expect(said('First words.', later, cancelled, { ...resent, state: 'unknown' }, other)).toEqual([]);
  // Replaced before that, it is the others that stay; and what was refused at once made no run.
  expect(said('First words.', later, other, act(asked, 'resend', NOW_MS + 200))).toEqual(['said_otherwise']);
  expect(said('First words.', later, { ...resent, state: 'refused' }, other)).toEqual(['said_otherwise']);
});

test('a change that nobody said yes to may have been made, and replaces nothing', () => {
  const refused = reword('Other words.', NOW_MS + 100, { state: 'refused', requests: 3 });
  expect(said('First words.', later, refused)).toEqual([]);
  expect(said('Other words.', later, refused)).toEqual([]);
});

test('a mail says so by its subject, and a notice of the house is none of a job that was asked for', () => {
  const mail = (subject: string) => ({
    acceptances: [{ to: '4915', batchId: 9, number: 1, try: 1, email: { subject } }],
  });
  expect(said('', mail('First words.'))).toEqual([]);
  expect(said('', mail('Words of another.'))).toEqual(['said_otherwise']);
  expect(said('', { ...mail('It is late'), jobs: [job({ name: 'run.late' })], journal: { entries: [] } })).toEqual([]);
});
