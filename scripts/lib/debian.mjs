/**
 * Programs that are not of npm: the one on the PATH, or Debian's package where this process may install it. Nothing is downloaded
 * from anywhere else.
 */
import { execFileSync, spawnSync } from 'node:child_process';

/**
 * The path of the first of these names, installing the package if there is none and that is possible.
 * @param say told when something is installed
 * @returns `undefined` when there is none
 */
export function findProgram(names, packageName, say = () => {}) {
  const found = firstOnPath(names);
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || firstOnPath(['apt-get']) === undefined) return undefined;
  say(`no ${names[0]} found; installing it with apt-get ...`);
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  const packageArguments = ['install', '-y', '--no-install-recommends', packageName];
  // The package lists may be absent or stale; fetch them only then, because it takes longer than the package.
  if (apt(...packageArguments).status !== 0) {
    apt('update');
    apt(...packageArguments);
  }
  return firstOnPath(names);
}

/**
 * What scripts of users need to run in isolation, where it can be had: bubblewrap and Python (Node is there). The executor says
 * itself what is missing, and what to do.
 */
export function installSandbox(say = () => {}) {
  if (process.platform !== 'linux') return;
  findProgram(['bwrap'], 'bubblewrap', say);
  findProgram(['/usr/bin/python3', '/usr/local/bin/python3'], 'python3', say);
}

function firstOnPath(names) {
  return names.map(onPath).find((path) => path !== undefined);
}

function onPath(name) {
  try {
    const path = execFileSync('/bin/sh', ['-c', `command -v ${name}`], { stdio: 'pipe' });
    return path.toString().trim() || undefined;
  } catch {
    return undefined;
  }
}
