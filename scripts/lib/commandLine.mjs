/** How the command line is read and answered; the commands themselves are in commands/. */

/** A wrong call: its message names the option and the remedy. */
export class Usage extends Error {}

const EVERYWHERE = { json: 'Print the answer as JSON', help: 'Say what the command takes' };

/**
 * `noun verb id --name value --flag` as words and options; a flag has the value ''. `--name=value` for a value that begins with
 * two hyphens.
 */
export function parseLine(line) {
  const words = [];
  const options = {};
  for (let at = 0; at < line.length; at++) {
    const word = line[at];
    if (!word.startsWith('--')) {
      words.push(word);
      continue;
    }
    const [name, ...rest] = word.slice(2).split('=');
    const next = line[at + 1];
    if (rest.length > 0) options[name] = rest.join('=');
    else if (['json', 'help'].includes(name) || next === undefined || next.startsWith('--')) options[name] = '';
    else {
      options[name] = next;
      at += 1;
    }
  }
  return { words, options };
}

/** @throws Usage naming the option that the command does not have */
export function checkOptions(name, known, given) {
  for (const option of Object.keys(given)) {
    if (Object.hasOwn(known, option)) continue;
    const has = Object.keys({ ...known, ...EVERYWHERE }).map((one) => `--${one}`);
    throw new Usage(`there is no option --${option}. "${name}" takes ${has.join(', ')}`);
  }
}

/** The text of an option that a command needs. @throws Usage */
export function needed(options, name, remedy) {
  const value = options[name];
  if (value === undefined || value === '') throw new Usage(`--${name} is missing: ${remedy}`);
  return value;
}

/** What there is, one line for each command. */
export function helpText(commands) {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2;
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`);
  return [
    'npm run carillon -- <noun> <verb> [--option value]',
    '',
    ...lines,
    '',
    'With --help after a command it says what it takes; with --json it answers in JSON.',
    'It speaks to DATABASE_URL with CARILLON_SECRET (or NAME_FILE), else to what npm start runs from this folder.',
    '',
  ].join('\n');
}

/** The options of one command. */
export function optionText(options) {
  const all = Object.entries({ ...options, ...EVERYWHERE });
  const width = Math.max(...all.map(([name]) => name.length)) + 4;
  return all.map(([name, description]) => `  ${`--${name}`.padEnd(width)}${description}\n`).join('');
}

/** An answer for a person: a table for a list, a line for each field of one thing. */
export function printed(result) {
  const rows = Array.isArray(result?.items) ? result.items : undefined;
  if (rows === undefined) {
    return Object.entries(result)
      .map(([name, value]) => `${name}: ${shown(value)}\n`)
      .join('');
  }
  if (rows.length === 0) return 'none\n';
  const columns = Object.keys(rows[0]);
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => shown(row[column]).length)));
  const line = (cells) => `${cells.map((cell, at) => cell.padEnd(widths[at])).join('  ')}`.trimEnd();
  return `${[columns, ...rows.map((row) => columns.map((column) => shown(row[column])))].map(line).join('\n')}\n`;
}

function shown(value) {
  if (value === null || value === undefined) return '-';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
