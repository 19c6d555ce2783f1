/** A run's result, as one object for programs and as lines for people. Pure. */

const VERDICTS = {
  kept: () => 'the promise was kept',
  violated: ({ violations }) => `${violations.length} violations`,
  found: ({ found }) => `FOUND ${found.join(', ')}, as it is to be`,
  'not found': ({ expected, others }) =>
    `NOT FOUND: ${expected.join(' or ')} was to be, and ${others.length === 0 ? 'nothing was' : `only ${others.join(', ')} was`}`,
};
/** Of so many tables the small ones are not worth a line. */
const SHOWN_MB = 1;
/** What became of each kind of fault, where it is worth a word. */
const BECAME = ['done', 'idle', 'failed'];

/** Without what is for people only. */
export function jsonOf({ summary: _, tries, ...result }) {
  return { ...result, faults: appliedOf(tries), tries };
}

export function linesOf(result) {
  const { seed, seconds, tries, deliveries, violations, summary, growth, unseen, rates, control, mechanism } = result;
  return [
    ...['', `  seed ${seed}, ${seconds} s`, `  requests    ${JSON.stringify(summary.requests)}`],
    ...Object.entries(summary.states).map(([channel, states]) => `  ${channel.padEnd(12)}${JSON.stringify(states)}`),
    `  ledgers     ${JSON.stringify(summary.ledgers)}`,
    `  faults      ${JSON.stringify(appliedOf(tries))}`,
    ...Object.entries(tries)
      .filter(([, counts]) => counts.done < counts.drawn)
      .map(
        ([kind, counts]) =>
          `    ${kind}: ${counts.drawn} drawn${BECAME.map((what) => `, ${counts[what]} ${what}`).join('')}`,
      ),
    ...Object.entries(growth)
      .filter(([what, { late, bound }]) => !what.startsWith('MiB of ') || late >= SHOWN_MB || late > bound)
      .map(
        ([what, { early, late, bound }]) => `  ${what.padEnd(40)}${early} early, ${late} at the end, ${bound} at most`,
      ),
    ...(unseen.length === 0 ? [] : [`  lived too briefly for their memory to be compared: ${unseen.join(', ')}`]),
    ...(rates === undefined ? [] : [`  deliveries a second, by minute: ${rates.join(' ')}`]),
    ...violations.map(({ kind, who, evidence }) => `\n  VIOLATION ${kind}: ${who}\n    ${JSON.stringify(evidence)}`),
    ...(control === undefined ? [] : ['', `  control ${control}, its mechanism ${mechanism}`]),
    `\n  ${deliveries} deliveries judged: ${VERDICTS[result.verdict](result)}\n`,
  ];
}

function appliedOf(tries) {
  return Object.fromEntries(
    Object.entries(tries)
      .filter(([, { done }]) => done > 0)
      .map(([kind, { done }]) => [kind, done]),
  );
}
