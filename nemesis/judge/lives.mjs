/** Processes and their ends, and how exactly anybody knows of them. Pure. */

/** Moments are told by two processes, and an end is heard of a little later. */
export const ABOUT_MS = 200;
export const HEARD_MS = 2_000;

/** The service of a process, or of a line of it: of `sender.1/postgres` it is `sender`. */
export function serviceOf(on) {
  return on.split('.')[0];
}

/** Ends that were not in order, whoever asked for them. @param lives of processes, as `openHouse` keeps them */
export function endsOf(lives) {
  return lives
    .filter(({ exit }) => exit !== undefined && exit.code !== 0)
    .map(({ name, endedMs }) => ({ kind: 'died', on: name, fromMs: endedMs - HEARD_MS, toMs: endedMs }));
}
