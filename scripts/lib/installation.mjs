/**
 * Where the installation is that the command line speaks to: what the environment says (NAME, or NAME_FILE), else the one
 * that `npm start` runs from this folder.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Explained, root } from '../bootstrap.mjs';

/** @throws Explained when neither the environment nor a running `npm start` has it */
export async function secretSetting(name) {
  const value = process.env[name];
  const file = process.env[`${name}_FILE`];
  if (value) return value;
  if (file) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (cause) {
      throw new Explained(`${name}_FILE is ${JSON.stringify(file)}: it must name a readable file`, { cause });
    }
  }
  const found = { DATABASE_URL: runningDatabase, CARILLON_SECRET: rememberedSecret }[name]?.();
  if (found) return found;
  throw new Explained(`${name} is not set, and no npm start runs from this folder: set ${name} or ${name}_FILE`);
}

function folder() {
  return resolve(root, process.env.CARILLON_DATA_DIR || '.data');
}

/** The fourth line of a postmaster's file is its port. */
function runningDatabase() {
  const file = join(folder(), 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const port = Number(readFileSync(file, 'utf8').split('\n')[3]);
  return port > 0 ? `postgresql://carillon:carillon@127.0.0.1:${port}/carillon` : undefined;
}

function rememberedSecret() {
  const file = join(folder(), 'secrets.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).secret : undefined;
}
