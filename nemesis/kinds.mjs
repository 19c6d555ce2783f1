/**
 * What the nemesis does: every kind of fault with how often it is chosen, where it strikes and how long it lasts, and everything that
 * users do meanwhile. Data only; faults/ and users.mjs do it.
 */

/** How many of each service run. */
export const COUNTS = { api: 2, scheduler: 2, sender: 2, sweeper: 2, validator: 2, executor: 2, dashboard: 2 };

/** Every process by its name, such as `sender.1`. */
export const PROCESSES = Object.entries(COUNTS).flatMap(([name, count]) =>
  Array.from({ length: count }, (_, n) => `${name}.${n + 1}`),
);

/** What answers the product's calls; each is reached by a line of its own. */
const PROVIDERS = ['messages', 'mails', 'checks', 'payments', 'calls'];

const POSTGRES_LINES = PROCESSES.map((process) => `${process}/postgres`);
const REDIS_LINES = PROCESSES.map((process) => `${process}/redis`);
const FRONT_LINES = PROCESSES.filter((process) => process.startsWith('api.')).map((process) => `${process}/front`);
const PROVIDER_LINES = PROVIDERS.map((provider) => `provider/${provider}`);
const LINES = [...POSTGRES_LINES, ...REDIS_LINES, ...FRONT_LINES, ...PROVIDER_LINES];

/** Time-outs are two seconds and leases four: some of what lasts is shorter than either, some longer than both. */
const LONG_MS = [300, 9_000];
const SHORT_MS = [200, 3_000];
/** Somebody who is never written to again is lost to the load: a long run would have nobody left. */
const UNTIL_ALLOWED_MS = [2_000, 20_000];

/**
 * Of each kind of fault: `weight`, its share among the others; `on`, where it may strike; `forMs`, the least and the most that it lasts.
 * Of a process that is killed it is how long its supervisor takes to start it again.
 */
export const FAULTS = {
  kill: { weight: 8, on: PROCESSES, forMs: [100, 2_000] },
  'stand-still': { weight: 6, on: PROCESSES, forMs: [200, 14_000] },
  terminate: { weight: 3, on: PROCESSES, forMs: [0, 1_000] },
  roll: { weight: 1, on: Object.keys(COUNTS), forMs: [0, 0] },

  'redis-emptied': { weight: 3, on: ['redis'], forMs: [0, 0] },
  'redis-restarted-empty': { weight: 2, on: ['redis'], forMs: [0, 0] },
  'redis-away': { weight: 2, on: ['redis'], forMs: LONG_MS },
  'redis-put-back': { weight: 2, on: ['redis'], forMs: LONG_MS },
  'redis-read-only': { weight: 2, on: ['redis'], forMs: SHORT_MS },
  'redis-out-of-memory': { weight: 2, on: ['redis'], forMs: SHORT_MS },

  'postgres-dropped': { weight: 2, on: ['postgres'], forMs: [0, 0] },
  'postgres-restarted': { weight: 1, on: ['postgres'], forMs: [0, 0] },
  'postgres-away': { weight: 1, on: ['postgres'], forMs: SHORT_MS },

  'line-silent': { weight: 5, on: LINES, forMs: LONG_MS },
  'line-mute': { weight: 5, on: LINES, forMs: SHORT_MS },
  'line-reset': { weight: 5, on: LINES, forMs: [0, 1_500] },
  'line-slow': { weight: 3, on: LINES, forMs: LONG_MS },
  'commit-unanswered': { weight: 5, on: POSTGRES_LINES, forMs: LONG_MS },

  'provider-refuses': { weight: 3, on: PROVIDERS, forMs: LONG_MS },
  'provider-breaks-off': { weight: 3, on: PROVIDERS, forMs: LONG_MS },
  'provider-hangs': { weight: 3, on: PROVIDERS, forMs: SHORT_MS },
  'provider-fails': { weight: 3, on: PROVIDERS, forMs: LONG_MS },
  'provider-slow': { weight: 3, on: PROVIDERS, forMs: LONG_MS },
  'lookups-fail': { weight: 2, on: ['payments'], forMs: LONG_MS },
  'provider-killed': { weight: 2, on: ['simulator'], forMs: SHORT_MS },

  'reports-doubled': { weight: 2, on: ['messages'], forMs: LONG_MS },
  'reports-early': { weight: 2, on: ['messages'], forMs: LONG_MS },
  'reports-late': { weight: 2, on: ['messages'], forMs: LONG_MS },
  'reports-forged': { weight: 2, on: ['messages'], forMs: [0, 0] },
};

/** What users do, beside asking for things; `forMs` is how long until they take it back, where they do. */
export const ACTS = {
  pause: { weight: 4, forMs: LONG_MS },
  cancel: { weight: 4, forMs: [0, 0] },
  reword: { weight: 2, forMs: [0, 0] },
  move: { weight: 2, forMs: [0, 0] },
  resend: { weight: 3, forMs: [0, 0] },
  hold: { weight: 1, forMs: SHORT_MS },
  suppress: { weight: 2, forMs: UNTIL_ALLOWED_MS },
  settle: { weight: 2, forMs: [0, 0] },
};
