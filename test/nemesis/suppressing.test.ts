/** Who is suppressed is allowed again after a while, so that a long run does not run out of people; and is judged for as long as it lasted. */
import { expect, test } from '@jest/globals';
import { judgeStopped } from '../../nemesis/judge/stopped.mjs';
import { applyActs } from '../../nemesis/users.mjs';

const PHONE = '4915';
const account = { name: 'north', accountId: 1, people: [{ phone: PHONE }] };

/** Has somebody suppress one person for so long, and lifts everything after `liftedMs`. @returns what the API was asked, and after how many ms */
async function suppress({
  forMs,
  liftedMs,
  state = 'acknowledged',
}: {
  forMs: number;
  liftedMs: number;
  state?: string;
}) {
  const startMs = Date.now();
  const asked: { act: string; phone: string; path: string; afterMs: number }[] = [];
  const journal = {
    entries: [],
    async ask(_account: unknown, about: { act: string; phone: string }, call: (client: object) => void) {
      const note = (path: string, { path: { id } }: { path: { id?: string } }) =>
        asked.push({ ...about, path: path.replace('{id}', String(id)), afterMs: Date.now() - startMs });
      call({ post: (path: string) => note(path, { path: {} }), delete: note });
      return { state, answer: { id: 'sup_7' } };
    },
  };
  const acts = applyActs([{ kind: 'suppress', atMs: 0, forMs, draw: 0.5 }], {
    ...{ house: {}, accounts: [account], journal, startMs, say: () => {} },
  });
  await new Promise((resolve) => setTimeout(resolve, liftedMs));
  await acts.over();
  return asked;
}

test('is allowed again after its time', async () => {
  const asked = await suppress({ forMs: 60, liftedMs: 300 });
  expect(asked).toMatchObject([
    { act: 'suppress', phone: PHONE, path: '/v1/suppressions' },
    { act: 'allow', phone: PHONE, path: '/v1/suppressions/sup_7' },
  ]);
  expect(asked[1]?.afterMs).toBeGreaterThanOrEqual(59);
  expect(asked[1]?.afterMs).toBeLessThan(290);
});

test('is allowed again when everything is lifted, and not if nobody knows of it', async () => {
  expect((await suppress({ forMs: 60_000, liftedMs: 30 })).map(({ act }) => act)).toEqual(['suppress', 'allow']);
  expect((await suppress({ forMs: 10, liftedMs: 30, state: 'unknown' })).map(({ act }) => act)).toEqual(['suppress']);
});

const act = (what: string, sentAtMs: number, more = {}) => ({
  ...{ act: what, account, phone: PHONE, state: 'acknowledged', sentAtMs, answeredAtMs: sentAtMs + 10, ...more },
});

/** Kinds of violations when one person is told at a moment. */
function judged(begunMs: number, entries: object[]) {
  const delivery = { account_id: 1, batch_id: 9, number: 1, address: PHONE, sending_ms: begunMs };
  const world = { journal: { entries }, deliveries: [delivery], attemptsAt: new Map(), acceptedAt: new Map() };
  return judgeStopped(world, { clockAheadMs: 0 }).map(({ kind }: { kind: string }) => kind);
}

test.each<[string, number, object[], string[]]>([
  ['while suppressed', 1_500, [act('suppress', 1_000), act('allow', 2_000)], ['begun_after_stop']],
  ['after it was allowed', 2_500, [act('suppress', 1_000), act('allow', 2_000)], []],
  ['while that was asked for', 2_005, [act('suppress', 1_000), act('allow', 2_000)], []],
  [
    'suppressed again',
    3_500,
    [act('suppress', 1_000), act('allow', 2_000), act('suppress', 3_000)],
    ['begun_after_stop'],
  ],
  [
    'suppressed by two, allowed by one',
    2_500,
    [act('suppress', 1_000), act('suppress', 1_100), act('allow', 2_000)],
    [],
  ],
  [
    'when somebody else was allowed',
    2_500,
    [act('suppress', 1_000), act('allow', 2_000, { phone: '4916' })],
    ['begun_after_stop'],
  ],
])('whoever is told %s', (_when, begunMs, entries, kinds) => {
  expect(judged(begunMs, entries)).toEqual(kinds);
});
