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
    const service = running(house, fault.on)?.current;
    if (service === undefined) return false;
    service.kill('SIGSTOP');
    await wait(fault.forMs);
    // Whoever was killed meanwhile is not there to be woken.
    service.kill('SIGCONT');
    return true;
  },

  async terminate({ house, fault }) {
    const process = running(house, fault.on);
    await process?.terminate(fault.forMs);
    return process !== undefined;
  },

  /** All of one service in turn, each back before the next one goes. */
  async roll({ house, fault, isOver }) {
    const all = [...house.processes.values()].filter(({ name }) => name.startsWith(`${fault.on}.`));
    for (const process of all) {
      if (isOver()) break;
      if (!process.isRunning) continue;
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
