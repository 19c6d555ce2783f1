/** What became of the faults that were drawn: a kind that cannot be applied would be taken for one that did no harm. Pure. */

/**
 * @param faults as the plan has them
 * @param tries of `applyFaults`
 * @returns by kind how many were `drawn`, `done`, `idle` and `failed`; the others came when their place was busy, or too late
 */
export function countTries(faults, tries) {
  const counts = {};
  const count = (kind, what) => {
    counts[kind] ??= { drawn: 0, done: 0, idle: 0, failed: 0 };
    counts[kind][what] += 1;
  };
  for (const { kind } of faults) count(kind, 'drawn');
  for (const { kind, became } of tries) count(kind, became);
  return counts;
}

/** A kind of fault that failed whenever there was something to strike was never applied. */
export function judgeTries(faults, tries) {
  return Object.entries(countTries(faults, tries))
    .filter(([, { done, failed }]) => failed > 0 && done === 0)
    .map(([kind, counts]) => {
      const errors = tries.filter((one) => one.kind === kind && one.became === 'failed').map(({ error }) => error);
      return { kind: 'fault_never_done', who: kind, evidence: { ...counts, errors } };
    });
}
