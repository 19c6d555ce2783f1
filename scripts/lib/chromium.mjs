/**
 * A real Chromium for the browser tests: the one on the PATH, or Debian's package where this process may install it. Nothing
 * is downloaded from anywhere else.
 */
import { execFileSync, spawnSync } from 'node:child_process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** For a machine without a display or a sandbox for root, and so that the browser talks to nobody but the page's server. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];

/** The path of the executable. `say` is told when something is installed. Throws with what to do when there is none. */
export function findChromium(say = () => {}) {
  const found = firstOnPath();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && onPath('apt-get') !== undefined) {
    say('no chromium found; installing it with apt-get ...');
    const apt = (...args) =>
      spawnSync('apt-get', args, { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    const packageArguments = ['install', '-y', '--no-install-recommends', 'chromium'];
    // The package lists may be absent or stale; fetch them only then, because it takes longer than the package.
    if (apt(...packageArguments).status !== 0) {
      apt('update');
      apt(...packageArguments);
    }
    const installed = firstOnPath();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    `no Chromium was found: install Debian's package chromium, or put one of ${NAMES.join(', ')} on the PATH`,
  );
}

function firstOnPath() {
  return NAMES.map(onPath).find((path) => path !== undefined);
}

function onPath(name) {
  try {
    const path = execFileSync('/bin/sh', ['-c', `command -v ${name}`], { stdio: 'pipe' });
    return path.toString().trim() || undefined;
  } catch {
    return undefined;
  }
}
