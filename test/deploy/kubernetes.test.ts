/**
 * deploy/kubernetes against the schemas of Kubernetes and KEDA, against the services' settings and against the metrics: what
 * is named there exists, each service starts with what it is given, and is given the time that it needs to stop.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseConfig } from '@carillon/runtime';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { parse, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { series, seriesOf } from './series.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'deploy/kubernetes');

// biome-ignore lint/suspicious/noExplicitAny: manifests are as they are; the schemas say what they must be
type Manifest = any;
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
const manifests: { file: string; name: string; manifest: Manifest }[] = files.flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
    const manifest = document.toJS() as Manifest;
    return { file, name: `${manifest.kind} ${manifest.metadata?.name}`, manifest };
  }),
);
const ofKind = (kind: string): Manifest[] =>
  manifests.filter(({ manifest }) => manifest.kind === kind).map(({ manifest }) => manifest);
const named = (kind: string, name: string): Manifest => ofKind(kind).find(({ metadata }) => metadata.name === name);

interface Model {
  validate(): void;
}
const MODELS: Readonly<Record<string, new (data: Manifest) => Model>> = {
  ConfigMap,
  Deployment,
  Job,
  PodDisruptionBudget,
  ScaledObject,
  Secret,
  Service,
};

/** Names of every field of every kind in these packages: the schemas let fields pass that they do not know. */
const known = new Set<string>();
const require = createRequire(import.meta.url);
for (const [packageName, folders] of [
  ['kubernetes-models', ['v1', 'apps/v1', 'batch/v1', 'policy/v1']],
  ['@kubernetes-models/keda', ['keda.sh/v1alpha1']],
  ['@kubernetes-models/apimachinery', ['apis/meta/v1']],
] as const) {
  const from = packageName.endsWith('apimachinery') ? require.resolve('kubernetes-models') : import.meta.url;
  const packageFolder = dirname(createRequire(from).resolve(`${packageName}/package.json`));
  for (const part of folders)
    for (const file of readdirSync(join(packageFolder, part)).filter((one) => one.endsWith('.d.ts')))
      for (const [, field] of readFileSync(join(packageFolder, part, file), 'utf8').matchAll(/^\s+"(\w+)"\??:/gm))
        known.add(field as string);
}

/** Fields whose own fields have names of our choice. */
const FREE = new Set(['labels', 'annotations', 'matchLabels', 'selector', 'data', 'stringData', 'requests', 'limits']);

/** Fields that neither Kubernetes nor KEDA has. */
function unknownFields(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one, n) => unknownFields(one, `${path}[${n}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, below]) => [
    ...(known.has(field) ? [] : [`${path}.${field}`]),
    // A trigger's metadata belong to its type.
    ...(FREE.has(field) || /triggers\[\d+\]$/.test(path) ? [] : unknownFields(below, `${path}.${field}`)),
  ]);
}

describe('against the schemas', () => {
  test.each(manifests)('$file: $name', ({ manifest }) => {
    const Kind = MODELS[manifest.kind];
    if (Kind === undefined) throw new Error(`no schema for ${manifest.kind}`);
    expect(() => new Kind(manifest).validate()).not.toThrow();
    // The selector of a Deployment is none of ours, unlike that of a Service.
    expect(unknownFields(manifest)).toEqual([]);
  });

  test('a wrong one is refused', () => {
    const one = structuredClone(named('Deployment', 'sender'));
    one.spec.template.spec.containers[0].imagee = 'x';
    expect(unknownFields(one)).toEqual(['.spec.template.spec.containers[0].imagee']);
    one.spec.template.spec.containers[0].ports[0].containerPort = '7109';
    expect(() => new Deployment(one).validate()).toThrow(/containerPort must be/);
    const scaled = structuredClone(named('ScaledObject', 'sender'));
    scaled.spec.triggers[0].metadata.threshold = 5;
    expect(() => new ScaledObject(scaled).validate()).toThrow(/threshold must be string/);
  });

  test('everything but the example of a Secret is in the kustomization, under names that are taken once', () => {
    const { resources } = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
    expect([...resources].sort()).toEqual(files.filter((file) => file !== 'secret.example.yaml').sort());
    expect(new Set(manifests.map(({ name }) => name)).size).toBe(manifests.length);
  });
});

const SERVICES = readdirSync(join(root, 'services')).filter(
  (name) => name !== 'simulator' && existsSync(join(root, 'services', name, 'src/config.ts')),
);
const schemas = new Map<string, z.ZodObject>();
for (const name of SERVICES) {
  const module = await import(pathToFileURL(join(root, 'services', name, 'src/config.ts')).href);
  schemas.set(name, (module as { configSchema: z.ZodObject }).configSchema);
}

const secretsFolder = mkdtempSync(join(tmpdir(), 'carillon-kubernetes-'));
afterAll(() => rmSync(secretsFolder, { recursive: true, force: true }));
const secret: Record<string, string> = named('Secret', 'carillon').stringData;
for (const [key, value] of Object.entries(secret)) writeFileSync(join(secretsFolder, key), value);

/** What a container finds in its environment. */
function environmentOf(container: Manifest): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const { configMapRef } of container.envFrom ?? [])
    Object.assign(environment, named('ConfigMap', configMapRef.name).data);
  for (const { name, value, valueFrom } of container.env ?? []) {
    const found = value ?? secret[valueFrom.secretKeyRef.key];
    if (found === undefined) throw new Error(`the Secret has no ${valueFrom.secretKeyRef.key}`);
    environment[name] = found.replace('/run/secrets/carillon', secretsFolder);
  }
  return environment;
}

describe.each(SERVICES)('%s', (name) => {
  const deployment = named('Deployment', name);
  const pod = deployment?.spec.template.spec;
  const [container] = pod?.containers ?? [];

  test('has a Deployment that runs it', () => {
    expect(container.command).toEqual(['node', `services/${name}/dist/main.js`]);
    expect(container.image).toBe('carillon:latest');
  });

  test('reads every variable that it is given, and starts with them', () => {
    const environment = environmentOf(container);
    const schema = schemas.get(name) as z.ZodObject;
    const names = Object.keys(environment).map((one) => one.replace(/_FILE$/, ''));
    expect(names.filter((one) => !(one in schema.shape))).toEqual([]);
    expect(parseConfig(name, schema, environment)).toMatchObject({ CARILLON_ENV: 'production' });
  });

  test('mounts each file that a variable names, and the Secret has it', () => {
    const paths = (container.env as { name: string; value?: string }[])
      .filter((one) => one.name.endsWith('_FILE'))
      .map(({ value }) => value);
    const mounts = (container.volumeMounts ?? []) as { name: string; mountPath: string }[];
    const mounted = mounts.flatMap(({ name: volume, mountPath }) => {
      const { secret: from } = pod.volumes.find((one: Manifest) => one.name === volume);
      expect(from.secretName).toBe('carillon');
      return from.items.map(({ key, path }: Manifest) => {
        expect(Object.keys(secret)).toContain(key);
        return `${mountPath}/${path}`;
      });
    });
    expect(mounted.sort()).toEqual(paths.sort());
  });

  test('is asked for its health where it listens', () => {
    const environment = environmentOf(container);
    const port = (kind: string) => {
      const asked = container[kind].httpGet.port;
      return container.ports.find((one: Manifest) => one.name === asked)?.containerPort;
    };
    const expected = Number(name === 'api' ? environment.API_PORT : environment.HEALTH_PORT);
    for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe']) expect(port(kind)).toBe(expected);
    expect(name === 'api' ? environment.API_HOST : environment.HEALTH_HOST).toBe('0.0.0.0');
    expect(container.readinessProbe.httpGet.path).toBe('/readyz');
    expect(container.livenessProbe.httpGet.path).toBe('/healthz');
    expect(deployment.spec.template.metadata.annotations).toMatchObject({ 'prometheus.io/port': String(expected) });
  });

  test('has the time to drain, calls and all, and is not taken away altogether', () => {
    const environment = environmentOf(container);
    const settings = parseConfig(name, schemas.get(name) as z.ZodObject, environment) as Record<string, number>;
    const drainMs = settings.DRAIN_TIMEOUT_MS as number;
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThanOrEqual(drainMs + 5_000);
    const timeouts = Object.entries(settings).filter(([key]) => /^(SEND|EMAIL|WEBHOOK|CHECK)_TIMEOUT_MS$/.test(key));
    for (const [, timeoutMs] of timeouts) expect(drainMs).toBeGreaterThan(timeoutMs);
    const budget = named('PodDisruptionBudget', name);
    expect(budget.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels);
    expect(deployment.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels);
  });

  test('has a number of its own, or one by KEDA, and never both', () => {
    expect(deployment.spec.replicas === undefined).toBe(named('ScaledObject', name) !== undefined);
  });
});

test('Services lead to ports that there are', () => {
  expect(ofKind('Service').length).toBeGreaterThan(1);
  for (const { spec } of ofKind('Service')) {
    const { template } = named('Deployment', spec.selector['app.kubernetes.io/component']).spec;
    expect(template.metadata.labels).toMatchObject(spec.selector);
    const ports = template.spec.containers[0].ports.map((one: Manifest) => one.name);
    for (const { targetPort } of spec.ports) expect(ports).toContain(targetPort);
  }
});

test('the migration runs once, with what it needs', () => {
  const { spec } = named('Job', 'carillon-migrate').spec.template;
  expect(spec.containers[0].command).toEqual(['node', 'deploy/migrate.mjs']);
  expect(Object.keys(environmentOf(spec.containers[0]))).toEqual(['DATABASE_URL']);
});

describe('scaling', () => {
  const scaled = ofKind('ScaledObject');
  const queries = scaled.flatMap(({ spec, metadata }) =>
    spec.triggers
      .filter((one: Manifest) => one.type === 'prometheus')
      .map((one: Manifest) => [metadata.name, one.metadata.query, one.metadata.threshold]),
  ) as [string, string, string][];

  test('is there for senders, validators and apis', () => {
    expect(scaled.map(({ spec }) => spec.scaleTargetRef.name).sort()).toEqual(['api', 'sender', 'validator']);
    for (const { metadata, spec } of scaled) {
      expect(named('Deployment', metadata.name)).toBeDefined();
      expect(spec.minReplicaCount).toBeGreaterThan(0);
      expect(spec.maxReplicaCount).toBeGreaterThan(spec.minReplicaCount);
    }
  });

  test.each(queries)('%s by %s', (_, query, threshold) => {
    const names = seriesOf(query);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((one) => !series.has(one))).toEqual([]);
    expect(Number(threshold)).toBeGreaterThan(0);
    // Every sweeper tells the same: summed, two of them would call for twice as many senders.
    for (const gauge of query.matchAll(/carillon_(waiting|sending|upcoming)_deliveries/g))
      expect(query.slice(0, gauge.index)).toMatch(/max by \(channel\) \($/);
  });

  test('uses what waits, what is late, what is being sent and what comes', () => {
    const used = new Set(queries.flatMap(([, query]) => seriesOf(query)));
    for (const name of ['waiting_deliveries', 'oldest_late_seconds', 'sending_deliveries', 'upcoming_deliveries'])
      expect(used).toContain(`carillon_${name}`);
  });

  test('all together, at their most, leave a Postgres with 400 connections some', () => {
    const pool = (name: string) =>
      Number(environmentOf(named('Deployment', name).spec.template.spec.containers[0]).DATABASE_POOL);
    const most = (name: string) =>
      named('ScaledObject', name)?.spec.maxReplicaCount ?? named('Deployment', name).spec.replicas;
    const api = environmentOf(named('Deployment', 'api').spec.template.spec.containers[0]);
    const sum = SERVICES.reduce((total, name) => total + pool(name) * most(name), 0);
    expect(sum + Number(api.DATABASE_SYSTEM_POOL) * most('api')).toBeLessThan(380);
  });
});
