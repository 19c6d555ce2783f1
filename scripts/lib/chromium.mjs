/** A real Chromium for the browser tests. */
import { findProgram } from './debian.mjs';

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
  const found = findProgram(NAMES, 'chromium', say);
  if (found !== undefined) return found;
  throw new Error(
    `no Chromium was found: install Debian's package chromium, or put one of ${NAMES.join(', ')} on the PATH`,
  );
}
