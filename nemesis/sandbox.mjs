/**
 * A ledger of scripts, which reach nothing by which they could tell anybody that they ran: the executors find a `bwrap` that notes with which
 * parameters it was started, and then becomes the real one, in the same process.
 */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from '@carillon/testkit/servers';
import { Explained } from '../scripts/bootstrap.mjs';
import { findProgram, installSandbox } from '../scripts/lib/debian.mjs';
import { MARKED_BY } from './judge/ending.mjs';

const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';

/**
 * What is told on the way in is short enough for a pipe, so that no other process is needed to hand it on. Whoever was killed before it told
 * anything wants nothing to run. What is in it sees a folder of the house's name, by which it is found if it is left behind.
 */
const noting = (bubblewrap, ledger, mark) => `#!/bin/sh
PATH=${USUAL_PATH}
export ${MARKED_BY}='${mark}'
parameters=$(cat)
[ -n "$parameters" ] || exit 1
printf '%s\\n' "$parameters" >> '${ledger}'
exec '${bubblewrap}' --dir '/${mark}' "$@" <<END
$parameters
END
`;

/**
 * @param say told when something is installed
 * @returns `searchPath` for executors; `mark`, a name that no other house has; `read`, what every start of a script was given, in order; `close`
 * @throws Explained where scripts cannot be run
 */
export function openSandbox(say) {
  installSandbox(say);
  const bubblewrap = findProgram(['bwrap'], 'bubblewrap');
  if (bubblewrap === undefined) throw new Explained("scripts cannot be run here: install Debian's package bubblewrap");
  const folder = temporaryFolder('nemesis');
  const ledger = join(folder.path, 'scripts.ndjson');
  const program = join(folder.path, 'bwrap');
  const mark = basename(folder.path);
  writeFileSync(ledger, '');
  // Each place of an executor may be a user of its own.
  chmodSync(ledger, 0o666);
  writeFileSync(program, noting(bubblewrap, ledger, mark));
  chmodSync(program, 0o755);
  return {
    mark,
    searchPath: `${folder.path}:${USUAL_PATH}`,
    read: () =>
      readFileSync(ledger, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    close: () => folder.remove(),
  };
}
