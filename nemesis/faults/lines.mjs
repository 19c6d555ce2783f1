/** What is done to the lines between the processes and Postgres, Redis, the providers and whoever asks. */

const SLOW_MS = [20, 300];
/** What a client of Postgres sends to commit: alone, or as the last of several statements. */
const COMMITS = /COMMIT/;

/** In this mode for a while. What the line swallowed is gone, so who stands at its ends never hears of it: then it is cut. */
const inMode = (mode) =>
  async function apply({ house, fault, wait }) {
    const line = house.lines.get(fault.on);
    line.setMode(mode);
    await wait(fault.forMs);
    line.setMode('pass');
    if (mode !== 'reset') line.resetAll();
    return true;
  };

export const lineFaults = {
  'line-silent': inMode('blackhole'),
  'line-mute': inMode('dropReplies'),
  'line-reset': inMode('reset'),

  async 'line-slow'({ house, fault, wait }) {
    const line = house.lines.get(fault.on);
    line.setDelay(SLOW_MS[0] + fault.draw * (SLOW_MS[1] - SLOW_MS[0]));
    await wait(fault.forMs);
    line.setDelay(0);
    return true;
  },

  /** The next commit arrives, and its answer does not. */
  async 'commit-unanswered'({ house, fault, wait }) {
    const line = house.lines.get(fault.on);
    let happened = false;
    void line
      .cutAfter((bytes) => COMMITS.test(bytes))
      .happened.then(() => {
        happened = true;
      });
    await wait(fault.forMs);
    if (!happened) line.cutAfter(() => false);
    return happened;
  },
};
