/**
 * What `npm start` needs to know and to remember: where its data lies, which ports to use, and the secrets that it makes
 * up on the first start. All of it can be set in the environment; .env.example explains each.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { freePort } from '@carillon/testkit/servers';
import { Explained, root } from '../bootstrap.mjs';

/** The git-ignored folder of everything that `npm start` keeps. */
export function dataFolder() {
  const folder = resolve(root, process.env.CARILLON_DATA_DIR || '.data');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  return folder;
}

/** Made once and kept: without them earlier data could not be read again. */
export function rememberedSecrets(folder) {
  const file = join(folder, 'secrets.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = {
    secret: process.env.CARILLON_SECRET || known.secret || randomBytes(32).toString('hex'),
    dashboardPassword:
      process.env.DASHBOARD_PASSWORD || known.dashboardPassword || randomBytes(9).toString('base64url'),
    appSecret: known.appSecret || randomBytes(16).toString('hex'),
    verifyToken: known.verifyToken || randomBytes(12).toString('hex'),
    accessToken: known.accessToken || `sim-${randomBytes(12).toString('hex')}`,
    apiKey: known.apiKey,
    operatorKey: known.operatorKey,
    // The endpoint that the demo registered for itself: { id, secret }, the secret shown once like every one.
    endpoint: known.endpoint,
  };
  return {
    ...secrets,
    /** Keeps further ones beside those that were made here. */
    save(more) {
      Object.assign(secrets, more);
      writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    },
  };
}

/**
 * The port of a program: the one that the environment names, else the usual one, else a free one, so that two clones run
 * side by side.
 * @throws Explained when the environment names a port that is taken
 */
export async function choosePort(variable, usual, taken) {
  const asked = process.env[variable];
  if (asked) {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Explained(`${variable} is "${asked}": it must be a port from 1 to 65535`);
    }
    if (taken.has(port)) throw new Explained(`${variable} is ${port}, which another setting names too`);
    if (await isTaken(port)) throw new Explained(`${variable} is ${port}, which another program uses; choose another`);
    taken.add(port);
    return port;
  }
  if (usual !== undefined && !taken.has(usual) && !(await isTaken(usual))) {
    taken.add(usual);
    return usual;
  }
  for (;;) {
    const port = await freePort();
    if (!taken.has(port)) {
      taken.add(port);
      return port;
    }
  }
}

function isTaken(port) {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
