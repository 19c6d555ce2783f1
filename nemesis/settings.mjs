/** How the product is set up for the nemesis: everything that waits in production waits shortly here, in the same relations. */

export const TIMEOUT_MS = 2_000;
/** How long a process owns a batch without renewing. */
export const LEASE_MS = 4_000;
/** The same of scripts, and how long one may take. */
const SCRIPT_LEASE_MS = 11_000;
const SCRIPT_TIMEOUT_MS = 2_000;
/** What was done shows for so much longer: a lease must run out and be found, connections must be made again. */
export const FAULT_SHOWS_MS = LEASE_MS + 2 * TIMEOUT_MS + 4_000;
/** How long the payment provider remembers a key: a little longer than a lease, so that keys end while a payment is in doubt. */
export const KEY_VALID_SECONDS = 8;
/** How long providers take for an answer. */
export const LATENCY = { minMs: 5, maxMs: 40 };
/** Of each check; the simulator's and the accounts' settings must agree. */
export const PRICE_MICROS = 8_000;
/** The zone of people who have none. */
export const ACCOUNT_ZONE = 'Europe/Berlin';
/** How long whoever asks the API waits for an answer. */
export const ASK_MS = 5_000;

const timeout = String(TIMEOUT_MS);
const EVERYWHERE = {
  ALLOW_PRIVATE_TARGETS: 'true',
  LOST_AFTER_MS: '3000',
  ENQUEUE_WINDOW: '4',
  ENQUEUE_HORIZON_MS: '5000',
  PLAN_HORIZON_MS: '5000',
};
const WORKER = { LEASE_MARGIN_MS: '300', SEND_BATCHES: '8', AWAIT_VERDICT_MS: '300', DATABASE_POOL: '6' };

/** The environment of each service, beside where Postgres and Redis are. */
export const SETTINGS = {
  api: { ...EVERYWHERE, DATABASE_POOL: '6', DATABASE_SYSTEM_POOL: '4', REQUESTS_PER_SECOND: '100000' },
  scheduler: {
    ...EVERYWHERE,
    SCHEDULE_INTERVAL_MS: '200',
    SCHEDULE_AHEAD_MS: '2000',
    DATE_PASS_MS: '5000',
    CHECK_PASS_MS: '5000',
    CHECK_AGAIN_MS: '300',
    CHECK_BACKOFF_MS: '300',
    DATABASE_POOL: '5',
  },
  sender: {
    ...EVERYWHERE,
    ...WORKER,
    LEASE_MS: String(LEASE_MS),
    SEND_CONNECTIONS: '32',
    SEND_TIMEOUT_MS: timeout,
    EMAIL_CONNECTIONS: '8',
    EMAIL_TIMEOUT_MS: timeout,
    WEBHOOK_CONNECTIONS: '64',
    WEBHOOK_TIMEOUT_MS: timeout,
    CALL_CONNECTIONS: '32',
    CALL_ACCOUNT_CALLS_MAX: '24',
    CALL_TIMEOUT_MS: timeout,
    PAYMENT_CONNECTIONS: '16',
    PAYMENT_TIMEOUT_MS: timeout,
    PAYMENT_LOOKUP_MS: '300',
  },
  validator: {
    ...EVERYWHERE,
    ...WORKER,
    CHECK_CONNECTIONS: '32',
    CHECK_TIMEOUT_MS: timeout,
    CHECK_LEASE_MS: String(LEASE_MS),
    CHECK_LOOKUP_MS: '300',
    CHECK_REST_MS: '1000',
    CHECK_GREYLIST_MS: '0',
  },
  executor: {
    ...EVERYWHERE,
    ...WORKER,
    SCRIPT_PLACES: '3',
    SCRIPT_TIMEOUT_MS: String(SCRIPT_TIMEOUT_MS),
    SCRIPT_LEASE_MS: String(SCRIPT_LEASE_MS),
  },
  dashboard: { ...EVERYWHERE, DASHBOARD_PORT: '0', DASHBOARD_PASSWORD: 'nobody logs in here', DATABASE_POOL: '4' },
  sweeper: {
    ...EVERYWHERE,
    SWEEP_INTERVAL_MS: '300',
    MARKER_INTERVAL_MS: '300',
    NOTICES_INTERVAL_MS: '500',
    NOTICE_BACKOFF_MS: '300',
    CHECK_REST_MS: '1000',
    DATABASE_POOL: '5',
  },
};

/** How many connections to Postgres each process of a service may have. */
export function poolOf(service) {
  const { DATABASE_POOL, DATABASE_SYSTEM_POOL = 0 } = SETTINGS[service];
  return Number(DATABASE_POOL) + Number(DATABASE_SYSTEM_POOL);
}
