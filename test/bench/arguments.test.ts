/** What a script does not understand of its command line ends with one sentence that says so, before anything is started. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const SCRIPTS = fileURLToPath(new URL('../../scripts/', import.meta.url));

test.each([
  ['bench', ['send', '--rwos', '10'], "Unknown option '--rwos'. The options are --json, --rows"],
  ['bench', ['send', '--rows', 'ten'], '--rows is ten: it must be a whole number above 0'],
  ['bench', ['send', '--turns', '0'], '--turns is 0: it must be a whole number above 0'],
  ['bench', ['subscription-case', '--scale', '2'], '--scale is 2: it must be a number above 0, at most 1'],
  ['bench', ['sned'], 'where the name is all, report FILE…, or one of: api, '],
  ['nemesis', ['--sed', '1'], "Unknown option '--sed'. The options are --seed"],
  ['nemesis', ['--seed', '1.5'], '--seed is 1.5: it must be a whole number'],
  ['nemesis', ['--load', '0'], '--load is 0: it must be a number above 0'],
  ['nemesis', ['control'], 'control is nothing that the nemesis does; there is: controls'],
  [
    'nemesis',
    ['--with', 'fence', '--without', 'fence'],
    '--without and --with are different runs; ask for one of them',
  ],
  ['nemesis', ['--soak', '--load', '2'], '--soak says itself what --load is; leave it out'],
  ['start', ['--quiet'], "Unknown option '--quiet'. The options are --json."],
])('%s %j', (script, given, sentence) => {
  const program = `${SCRIPTS}${script}.mjs`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], { encoding: 'utf8' });
  // One is what the nemesis ends with when it found something.
  expect([status, stdout]).toEqual([script === 'nemesis' ? 2 : 1, '']);
  expect(stderr).toMatch(/^carillon: /);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
