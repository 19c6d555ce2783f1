/** The command line of scripts: what is not understood ends with one sentence that names it. Imports nothing that must be installed. */
import { parseArgs } from 'node:util';
import { Explained } from '../bootstrap.mjs';

/**
 * `parseArgs` of Node.
 * @throws Explained for what is not among the options, naming those there are
 */
export function readArguments(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const known = Object.entries(config.options).map(([name, { type }]) => `--${name}${type === 'string' ? ' …' : ''}`);
    throw new Explained(`${error.message.split('. ')[0]}. The options are ${known.join(', ')}.`, { cause: error });
  }
}

/**
 * The number that an option has; undefined when it was not given.
 * @throws Explained when it is none, or not one that `isFit` takes
 */
export function numberOf(values, name, isFit, expected) {
  if (values[name] === undefined) return undefined;
  const value = Number(values[name]);
  if (values[name].trim() === '' || !isFit(value))
    throw new Explained(`--${name} is ${values[name]}: it must be ${expected}`);
  return value;
}

/** Of {@link numberOf}: counts. */
export const isCount = (value) => Number.isInteger(value) && value >= 0;
