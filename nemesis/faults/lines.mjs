/** What is done to the lines between the processes and Postgres, Redis, the providers and whoever asks. */

const SLOW_MS = [20, 300];
/** What a client of Postgres sends to commit: the word, or the end of any statement that is a transaction of its own. */
const COMMITS = [(bytes) => bytes.includes('COMMIT'), (bytes) => bytes.endsWith('S\0\0\0\x04')];

/** Of a hundred silences so many never end: what was connected is not cut, and has to find out for itself. */
const FOR_GOOD_PERCENT = 40;

/**
 * In this mode for a while. What the line swallowed is gone, so what was connected is of no use any more. A client of Postgres or Redis must
 * notice that by itself; it is cut the other times, as answers that were left out would be taken for those of later questions.
 */
const inMode = (mode) =>
  async function apply({ house, fault, wait, note }) {
    const line = house.lines.get(fault.on);
    const isForGood = mode === 'blackhole' && fault.draw * 100 < FOR_GOOD_PERCENT;
    if (isForGood) note({ forGood: true });
    line.setMode(mode);
    await wait(fault.forMs);
    line.setMode('pass');
    if (mode !== 'reset' && !isForGood) line.resetAll();
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
    void line.cutAfter(COMMITS[Math.floor(fault.draw * COMMITS.length)]).happened.then(() => {
      happened = true;
    });
    await wait(fault.forMs);
    if (!happened) line.cutAfter(() => false);
    return happened;
  },
};
