/** The scripts of the load: what each is given, what it must print, and how often it may run. Pure. */
/** Of scripts that follow each other: some fail on purpose, some may run once only, some are in JavaScript. */
const SORTS = ['failing', 'once', 'python', 'javascript'];
const FAILING_TRIES = 2;
/** What one that fails ends with. */
export const EXIT_CODE = 3;

const SOURCES = {
  failing: `import json, sys\njson.load(sys.stdin)\nsys.exit(${EXIT_CODE})\n`,
  // Long enough to be struck in the middle.
  python: 'import json, sys, time\ngiven = json.load(sys.stdin)\ntime.sleep(0.4)\nprint(given["n"] * 7)\n',
  javascript: "const given = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));\nconsole.log(given.n * 7);\n",
};

/** Of which sort the script of a request is. */
export function sortOf({ n, kind }) {
  return kind === 'nightly' ? 'python' : SORTS[n % SORTS.length];
}

/** The parts of a job that runs the script of a request. @param patient the policy of what may be tried as often as it takes */
export function scriptOf(request, account, patient) {
  const sort = sortOf(request);
  const source = SOURCES[sort] ?? SOURCES.python;
  const attempts = { failing: FAILING_TRIES, once: 1 }[sort] ?? patient.attempts;
  return {
    kind: 'script',
    script: {
      language: sort === 'javascript' ? 'javascript' : 'python',
      source,
      parameters: { account: account.name, n: request.n },
    },
    policy: { ...patient, attempts },
  };
}

/** What a script must print. */
export function outputOf({ n }) {
  return `${n * 7}\n`;
}

/** How often the script of each request was begun, by `keyOf`. @param started what every start was given */
export function countStarts(started) {
  const starts = new Map();
  for (const { account, n } of started) {
    const key = keyOf({ name: account }, { n });
    starts.set(key, (starts.get(key) ?? 0) + 1);
  }
  return starts;
}

/** By what the starts of a request's script are found. */
export function keyOf(account, { n }) {
  return `${account.name} ${n}`;
}
