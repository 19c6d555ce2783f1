/** Small statistics, and the two ways in which a benchmark answers: a table for people, one JSON line for programs. */

/** The middle value. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Progress goes to stderr, so that stdout holds the answer alone. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
