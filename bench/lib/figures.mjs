/**
 * The figures of docs/benchmarks.md, made of result files: the machine, what was to be reached, and for each benchmark its plot and what it
 * answered, as tables. The same files give the same text. Where several have the same benchmark, the last one counts.
 */
import { SUITE } from './suite.mjs';

const BEGIN = '<!-- figures: made by `npm run bench -- all`, not by hand -->';
const END = '<!-- end of the figures -->';
/** A longer list is a course, which a plot shows. */
const ROWS_AT_MOST = 20;

/**
 * The document with the figures of the results in the place of the last ones.
 * @param files each `name` and `result`
 * @throws Error when the document has no place for them
 */
export function withFigures(document, files) {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the document has no place for figures: ${BEGIN} and ${END}`);
  return `${document.slice(0, begin + BEGIN.length)}\n${figuresOf(files)}\n${document.slice(end)}`;
}

/** The names of the result files that the document's figures are made of. */
export function filesNamedBy(document) {
  const figures = document.slice(document.indexOf(BEGIN), document.indexOf(END));
  return [...figures.matchAll(/^- `([^`]+\.json)`: /gm)].map(([, name]) => name);
}

/** The plots of results, as SVG by file name. */
export function plotsOf(files) {
  return Object.fromEntries(
    Object.entries(together(files))
      .filter(([name, { answer }]) => answer !== undefined && SUITE[name]?.plot !== undefined)
      .map(([name, { answer }]) => [`${name}.svg`, SUITE[name].plot(answer)]),
  );
}

/** What all of them have found, by benchmark. */
function together(files) {
  return Object.assign({}, ...files.map(({ result }) => result.results));
}

function figuresOf(files) {
  const results = together(files);
  const plots = plotsOf(files);
  return [
    '',
    ...files.map(({ name, result }) => `- \`${name}\`: ${describe(result)}`),
    '',
    '“Stolen” is what the host took of the processors for other machines.',
    '',
    ...goalsOf(results),
    ...Object.entries(results).flatMap(([name, one]) => sectionOf(name, one, `${name}.svg` in plots)),
  ].join('\n');
}

function describe({ startedAt, quick, machine }) {
  return (
    `measured on ${startedAt.slice(0, 10)}${quick ? ' **at small sizes, which say little**' : ''} on ${machine.processor}, ${machine.cores} cores, ` +
    `${machine.memoryGb} GiB, ${machine.system}; Node ${machine.node}, Postgres ${machine.postgres}, Redis ${machine.redis}`
  );
}

function goalsOf(results) {
  const rows = Object.entries(SUITE).flatMap(([name, { goals }]) =>
    goals.map((goal) => {
      const answer = results[name]?.answer;
      const value = answer === undefined ? undefined : goal.of(answer);
      return {
        what: goal.what,
        floor: withUnit(goal.floor, goal.unit),
        aim: goal.aim === undefined ? '' : withUnit(goal.aim, goal.unit),
        measured: Number.isFinite(value) ? withUnit(value, goal.unit) : 'not measured',
        '': Number.isFinite(value) ? verdictOf(value, goal) : '',
        benchmark: `\`${name}\``,
      };
    }),
  );
  return table(rows);
}

/** The floors that results do not reach, each with the name of its benchmark. */
export function missedOf(results) {
  return Object.entries(SUITE).flatMap(([name, { goals }]) =>
    goals.flatMap((goal) => {
      const answer = results[name]?.answer;
      const value = answer === undefined ? undefined : goal.of(answer);
      if (!Number.isFinite(value) || isReached(value, goal.floor, goal)) return [];
      return [{ name, what: goal.what, floor: withUnit(goal.floor, goal.unit), measured: withUnit(value, goal.unit) }];
    }),
  );
}

const isReached = (value, bound, { lower = false }) => (lower ? value <= bound : value >= bound);

function verdictOf(value, goal) {
  const { floor, aim, lower = false } = goal;
  if (!isReached(value, floor, goal)) return '**missed**';
  if (aim === undefined || isReached(value, aim, goal)) return 'reached';
  return `floor reached, ${withUnit(Math.round((lower ? value / aim : aim / value) * 100) / 100, '×')} from the aim`;
}

function sectionOf(name, { answer, error, seconds, stolenPercent, words = [] }, hasPlot) {
  const command = ['npm run bench --', name, ...words, '--json'].join(' ');
  const head = [`### ${name}`, '', `\`${command}\`, ${shown(seconds)} s, stolen ${stolenPercent ?? 'unknown'} %.`, ''];
  if (answer === undefined) return [...head, `It failed: ${error}`, ''];
  const plot = hasPlot ? [`![${name}](benchmarks/${name}.svg)`, ''] : [];
  return [...head, ...plot, ...tablesOf(answer)];
}

/** What an answer holds: single values in one table, and each list and each set of like things in one of its own. */
function tablesOf(answer) {
  const values = [];
  const tables = [];
  const walk = (object, path) => {
    for (const [key, value] of Object.entries(object)) {
      const name = [...path, key].join('.');
      if (!isObject(value)) values.push({ what: `\`${name}\``, value: shown(value) });
      else if (Array.isArray(value) && !value.every(isObject))
        values.push({ what: `\`${name}\``, value: value.map(shown).join(', ') });
      else if (Array.isArray(value)) {
        if (value.length > 0 && value.length <= ROWS_AT_MOST) tables.push([name, value.map(flat)]);
      } else if (areAlike(Object.values(value))) {
        tables.push([name, Object.entries(value).map(([of, one]) => ({ '': of, ...flat(one) }))]);
      } else walk(value, [...path, key]);
    }
  };
  walk(answer, []);
  return [...table(values), ...tables.flatMap(([name, rows]) => [`\`${name}\`:`, '', ...table(rows)])];
}

const isObject = (value) => typeof value === 'object' && value !== null;

/** Whether these are several objects with the same keys. */
function areAlike(values) {
  if (values.length < 2 || !values.every((value) => isObject(value) && !Array.isArray(value))) return false;
  const keys = values.map((value) => Object.keys(value).join());
  return keys.every((one) => one === keys[0]);
}

/** An object's values, those of objects in it with both keys. */
function flat(object) {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      isObject(value) && !Array.isArray(value)
        ? Object.entries(flat(value)).map(([inner, one]) => [`${key}.${inner}`, one])
        : [[key, shown(value)]],
    ),
  );
}

function shown(value) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 3 }) : String(value);
}

function withUnit(value, unit) {
  return `${shown(value)} ${unit}`;
}

/** A table of Markdown, with the keys of all rows as columns; nothing for none. */
function table(rows) {
  if (rows.length === 0) return [];
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const line = (cells) => `| ${cells.map((cell) => (cell ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column]))),
    '',
  ];
}
