/**
 * What a run of the nemesis came to, in one word and one exit code: whether the promise was kept, or whether a negative control found what it
 * is to find. And the other way round: what the process of such a run said in its end. Pure.
 */

/** A run that fails itself ends otherwise than one that found something: of the product it says nothing. */
export const CODES = { kept: 0, found: 0, violated: 1, 'not found': 1, failed: 2 };
const SHOWN = 2_000;

/**
 * @param options.control the name of a negative control; undefined without one
 * @param options.isOff whether its mechanism is switched off, so that one of `finds` must be found
 * @returns `verdict`, one of `CODES`; of a control also `mechanism`, what was `expected`, what of it was `found`, and the `others`
 */
export function verdictOf({ control, isOff, finds, violations }) {
  const kinds = [...new Set(violations.map(({ kind }) => kind))].sort();
  const verdict = kinds.length === 0 ? 'kept' : 'violated';
  if (control === undefined) return { verdict };
  // With the mechanism on nothing is expected, so that whatever is found is too much.
  const expected = isOff ? finds : [];
  const found = kinds.filter((kind) => expected.includes(kind));
  const others = kinds.filter((kind) => !expected.includes(kind));
  const own = found.length > 0 ? 'found' : 'not found';
  return { control, mechanism: isOff ? 'off' : 'on', verdict: isOff ? own : verdict, expected, found, others };
}

/**
 * Reads what the process of a run with `--json` left.
 * @returns what `verdictOf` said; `failed` with the `reason` when it ended in any other way, or without a verdict that agrees with its code
 */
export function readVerdict({ code, signal, out, log }) {
  const failed = (why) => ({ verdict: 'failed', reason: `${why}\n${log.slice(-SHOWN)}`.trim() });
  let said;
  try {
    said = JSON.parse(out.trim().split('\n').at(-1));
  } catch {
    return failed(`it ended with ${signal ?? code} and without a verdict`);
  }
  if (CODES[said.verdict] !== code) return failed(`it ended with ${signal ?? code}, and said ${said.verdict}`);
  return said;
}

/** The exit code for all of several verdicts: the worst. */
export function worstOf(verdicts) {
  return Math.max(0, ...verdicts.map(({ verdict }) => CODES[verdict]));
}

/**
 * The table of all controls, in lines.
 * @param rows each with the name of a control, what was said of it with its mechanism `off` and `on`, and how many `seconds` both took
 */
export function tableOf(rows) {
  const cells = [
    ['control', 'expected', 'mechanism off', 'mechanism on', 'took'],
    ...rows.map(({ name, finds, off, on, seconds }) => [
      ...[name, finds.join(' or '), wordOf(off), wordOf(on), `${Math.round(seconds)} s`],
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd());
}

function wordOf({ verdict, found = [], others = [] }) {
  if (verdict === 'kept') return 'nothing found';
  if (verdict === 'found') return `found ${found.join(', ')}`;
  return `${verdict.toUpperCase()}${others.length === 0 ? '' : ` (${others.join(', ')})`}`;
}
