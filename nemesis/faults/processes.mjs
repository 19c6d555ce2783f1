/** What is done to the processes of the product: killed, stopped, asked to end, one after the other. */

/** Nothing is done to a process that is not running, or is being ended. */
function running(house, name) {
  const process = house.processes.get(name);
  return process?.isRunning ? process : undefined;
}

export const processFaults = {
  async kill({ house, fault }) {
    const process = running(house, fault.on);
    await process?.kill(fault.forMs);
    return process !== undefined;
  },

  async 'stand-still'({ house, fault, wait }) {
    const process = running(house, fault.on);
    await process?.standStill(() => wait(fault.forMs));
    return process !== undefined;
  },

  async terminate({ house, fault }) {
    const process = running(house, fault.on);
    // It could not hear it.
    if (process === undefined || process.isStanding) return false;
    await process.terminate(fault.forMs);
    return true;
  },

  /** All of one service in turn, each back before the next one goes. */
  async roll({ house, fault, isOver }) {
    const all = [...house.processes.values()].filter(({ name }) => name.startsWith(`${fault.on}.`));
    for (const process of all) {
      if (isOver()) break;
      if (!process.isRunning || process.isStanding) continue;
      await process.terminate(0);
      await process.running();
    }
    return true;
  },

  async 'provider-killed'({ house, fault }) {
    const process = running(house, 'simulator');
    await process?.kill(fault.forMs);
    return process !== undefined;
  },
};
