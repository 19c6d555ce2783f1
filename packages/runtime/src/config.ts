/**
 * Configuration from the environment: read once, checked as a whole, and refused in one message that names each bad
 * variable and what to do. A schema's keys are the variables' names, so that one can be compared with `.env.example` and
 * the compose file. Only a service's config.ts hands `process.env` in.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { armFailpoints, parseFailpoints } from './failpoint.ts';

/** Set by {@link markSecret}: the value is never printed, and may come from a file. */
const secrets = new WeakSet<z.core.$ZodType>();
/** Set by the numeric helpers: how the variable's name must end, so that nobody has to guess the unit. */
const suffixes = new WeakMap<z.core.$ZodType, string>();

/** What is wrong with the environment, one sentence for each variable. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(service: string, problems: readonly string[]) {
    const count = problems.length === 1 ? '1 setting is' : `${problems.length} settings are`;
    const list = problems.map((problem) => `  ${problem}`).join('\n');
    super(`${service} cannot start: ${count} wrong.\n${list}\n.env.example explains every setting.`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A whole number. The name of the variable says of what. */
export function integerFromEnv(options: { min: number; max: number; default?: number }) {
  const range = `it must be a whole number from ${options.min} to ${options.max}`;
  return withDefault(
    z
      .string({ error: range })
      .regex(/^-?\d{1,15}$/, range)
      .transform(Number)
      .refine((value) => value >= options.min && value <= options.max, range),
    options.default,
  );
}

/** A duration in whole milliseconds; the variable's name must end in `_MS`. */
export function millisecondsFromEnv(options: { min?: number; max?: number; default?: number }) {
  const range = { min: options.min ?? 0, max: options.max ?? 31 * 86_400_000 };
  const schema = integerFromEnv({ ...range, ...(options.default === undefined ? {} : { default: options.default }) });
  suffixes.set(schema, '_MS');
  return schema;
}

/** A duration in whole seconds; the variable's name must end in `_SECONDS`. */
export function secondsFromEnv(options: { min?: number; max?: number; default?: number }) {
  const range = { min: options.min ?? 0, max: options.max ?? 366 * 86_400 };
  const schema = integerFromEnv({ ...range, ...(options.default === undefined ? {} : { default: options.default }) });
  suffixes.set(schema, '_SECONDS');
  return schema;
}

/** `true` or `false` and nothing else: with `1`, `on` and `yes` somebody would once write `off` for true. */
export function booleanFromEnv(options: { default?: boolean } = {}) {
  const words = z.enum(['true', 'false'], 'it must be true or false').transform((word) => word === 'true');
  return withDefault(words, options.default);
}

/** Text of at least one character. */
export function textFromEnv(options: { default?: string; pattern?: RegExp; remedy?: string } = {}) {
  const remedy = options.remedy ?? 'it must not be empty';
  return withDefault(z.string({ error: remedy }).regex(options.pattern ?? /./s, remedy), options.default);
}

/** A URL with one of the protocols (written with their colon). */
export function urlFromEnv(options: { protocols: readonly string[]; example: string; default?: string }) {
  const remedy = `it must be a URL such as ${options.example}`;
  const schema = z.string({ error: remedy }).refine((text) => {
    const url = parseUrl(text);
    return url !== null && options.protocols.includes(url.protocol) && url.hostname !== '';
  }, remedy);
  return withDefault(schema, options.default);
}

/** Marks a variable as secret: never printed, and `NAME_FILE` may name a file that holds it instead. */
export function markSecret<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  secrets.add(schema);
  return schema;
}

/** What every service reads. */
export const commonConfig = {
  /** Production refuses failpoints and other aids of tests; it is the default, so that forgetting it is harmless. */
  CARILLON_ENV: z
    .enum(['production', 'development', 'test'], 'it must be production, development or test')
    .default('production'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'it must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  /** Where `/healthz`, `/readyz` and `/metrics` listen; a container sets 0.0.0.0. */
  HEALTH_HOST: textFromEnv({ default: '127.0.0.1' }),
  /** 0 takes a free port, which the ready line names. */
  HEALTH_PORT: integerFromEnv({ min: 0, max: 65_535, default: 0 }),
  /** How long a stop may take before the process ends itself. Below the killer's patience (Docker: 10 s). */
  DRAIN_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 600_000, default: 9_000 }),
  /** A collector of traces that takes OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: urlFromEnv({
    protocols: ['http:', 'https:'],
    example: 'http://collector:4318',
  }).optional(),
  /** How many of a hundred traces are recorded. */
  TRACE_SAMPLE_PERCENT: integerFromEnv({ min: 0, max: 100, default: 100 }),
  /** Tests only; see failpoint.ts. */
  CARILLON_FAILPOINTS: textFromEnv({ default: '' }),
};

/** For a service that uses Postgres. */
export const databaseConfig = {
  DATABASE_URL: markSecret(
    urlFromEnv({ protocols: ['postgres:', 'postgresql:'], example: 'postgresql://user:password@host:5432/carillon' }),
  ),
};

/** For a service that uses Redis. */
export const redisConfig = {
  REDIS_URL: markSecret(urlFromEnv({ protocols: ['redis:', 'rediss:'], example: 'redis://host:6379' })),
  /** Begins every key, so that installations can share a Redis. In braces it is a hash tag, which a Redis Cluster keeps on one node. */
  REDIS_PREFIX: textFromEnv({
    default: 'carillon',
    pattern: /^(?:[A-Za-z0-9_-]{1,64}|\{[A-Za-z0-9_-]{1,62}\})$/,
    remedy: 'it must be 1 to 64 letters, digits, hyphens or underscores, or such a text in braces',
  }),
};

/** For a service that sends or makes what is to be sent. */
export const holdConfig = {
  /** Starts held: for a database that was restored from a backup. The hold stands until an operator releases it. */
  CARILLON_HOLD: withDefault(
    z.enum(['1', '0', 'true', 'false'], 'it must be 1 or 0').transform((word) => word === '1' || word === 'true'),
    false,
  ),
};

/** For a service that signs or encrypts. */
export const secretConfig = {
  CARILLON_SECRET: markSecret(
    z
      .string({ error: 'it must have at least 32 characters; make one with: openssl rand -hex 32' })
      .min(32, 'it must have at least 32 characters; make one with: openssl rand -hex 32'),
  ),
};

/**
 * Checks the environment against a schema whose keys are variable names. An empty variable counts as not set.
 * @param service whose name opens the message
 * @throws ConfigError naming every bad variable
 */
export function parseConfig<Schema extends z.ZodObject>(
  service: string,
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  const problems: string[] = [];
  const input: Record<string, string | undefined> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    checkSuffix(name, field);
    const value = environment[name] || undefined;
    const file = secrets.has(field) ? environment[`${name}_FILE`] || undefined : undefined;
    if (value !== undefined && file !== undefined) problems.push(`${name} and ${name}_FILE are both set; keep one.`);
    input[name] = value ?? (file === undefined ? undefined : readSecretFile(name, file, problems));
  }
  const result = schema.safeParse(input);
  if (!result.success)
    for (const issue of result.error.issues) {
      const name = String(issue.path[0] ?? '');
      // A file that could not be read has been named already.
      if (!problems.some((problem) => problem.startsWith(`${name}_FILE`))) problems.push(describe(name, issue, input));
    }
  problems.push(...failpointProblems(input));
  if (problems.length > 0) throw new ConfigError(service, problems);
  return result.data as z.output<Schema>;

  function describe(name: string, issue: z.core.$ZodIssue, values: Record<string, string | undefined>): string {
    if (name === '') return `${issue.message}.`;
    const value = values[name];
    if (value === undefined) return `${name} is missing: ${issue.message}.`;
    const field = schema.shape[name];
    const shown = field !== undefined && secrets.has(field) ? 'is not usable' : `is ${JSON.stringify(value)}`;
    return `${name} ${shown}: ${issue.message}.`;
  }
}

/**
 * For a service's config.ts: like {@link parseConfig}, but a bad environment is printed without a stack trace and ends the
 * process with exit code 1. Arms the failpoints that the environment asks for.
 */
export function loadConfig<Schema extends z.ZodObject>(
  service: string,
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  try {
    const config = parseConfig(service, schema, environment);
    armFailpoints(environment.CARILLON_FAILPOINTS ?? '');
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

function failpointProblems(input: Record<string, string | undefined>): string[] {
  const text = input.CARILLON_FAILPOINTS;
  if (text === undefined) return [];
  if ((input.CARILLON_ENV ?? 'production') === 'production')
    return ['CARILLON_FAILPOINTS is set in production: remove it, or set CARILLON_ENV=test.'];
  const parsed = parseFailpoints(text);
  return parsed.ok ? [] : [`CARILLON_FAILPOINTS is ${JSON.stringify(text)}: ${parsed.problem}.`];
}

function readSecretFile(name: string, file: string, problems: string[]): string | undefined {
  try {
    // Editors and `echo` end a file with a line feed that is no part of the secret.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    problems.push(`${name}_FILE is ${JSON.stringify(file)}: it must name a readable file (${reason}).`);
    return undefined;
  }
}

function checkSuffix(name: string, field: z.core.$ZodType): void {
  const suffix = suffixes.get(field);
  if (suffix !== undefined && !name.endsWith(suffix))
    throw new TypeError(`the variable ${name} must end in ${suffix}, as that is its unit`);
}

/** The default is a value as it comes out, not a text to be read; zod takes it as it is. */
function withDefault<Schema extends z.ZodType>(schema: Schema, value: z.output<Schema> | undefined) {
  const complete = value === undefined ? schema : schema.default(value as z.util.NoUndefined<z.output<Schema>>);
  return complete as z.ZodType<z.output<Schema>, string | undefined>;
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
