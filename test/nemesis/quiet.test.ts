/** Whether all is reported is asked again and again, and all that ever was sent is read no more often than there is more of it. */
import { expect, test } from '@jest/globals';
import { sentCounter } from '../../nemesis/quiet.mjs';

/** A ledger with these acceptances, and how often it was read. */
function ledgerOf(entries: { reference: string; email?: object }[]) {
  let reads = 0;
  return {
    entries,
    reads: () => reads,
    totals: async () => ({ acceptances: entries.length }),
    async export() {
      reads += 1;
      return [...entries];
    },
  };
}

test('each try of a message counts once, and no mail does', async () => {
  const count = sentCounter(
    ledgerOf([{ reference: 'a' }, { reference: 'a' }, { reference: 'b' }, { reference: 'c', email: {} }]),
  );
  expect(await count()).toBe(2);
});

test('the ledger is read once, and again when more was accepted', async () => {
  const ledger = ledgerOf([{ reference: 'a' }]);
  const count = sentCounter(ledger);
  expect([await count(), await count(), ledger.reads()]).toEqual([1, 1, 1]);
  ledger.entries.push({ reference: 'b' });
  expect([await count(), await count(), ledger.reads()]).toEqual([2, 2, 2]);
});

test('what is accepted while the ledger is asked is not missed', async () => {
  const ledger = ledgerOf([{ reference: 'a' }]);
  const late = {
    ...ledger,
    async totals() {
      const before = await ledger.totals();
      // Only the first time.
      if (ledger.entries.length === 1) ledger.entries.push({ reference: 'b' });
      return before;
    },
  };
  const count = sentCounter(late);
  expect([await count(), await count(), ledger.reads()]).toEqual([2, 2, 2]);
  expect([await count(), ledger.reads()]).toEqual([2, 2]);
});
