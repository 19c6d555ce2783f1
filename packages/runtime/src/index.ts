/** What every service process needs, whatever it does: configuration, logs, metrics, health, its life and its rounds. */
export {
  booleanFromEnv,
  ConfigError,
  commonConfig,
  databaseConfig,
  holdConfig,
  integerFromEnv,
  loadConfig,
  markSecret,
  millisecondsFromEnv,
  parseConfig,
  redisConfig,
  secondsFromEnv,
  secretConfig,
  textFromEnv,
  urlFromEnv,
} from './config.ts';
export { createDuty, type Duty, type DutyOptions, type RoundResult } from './duty.ts';
export {
  armFailpoints,
  FAILPOINTS,
  type FailpointName,
  type FailpointsResult,
  failpoint,
  parseFailpoints,
} from './failpoint.ts';
export {
  checkProgress,
  checkReady,
  type HealthAnswer,
  type HealthOptions,
  type HealthServer,
  type ProgressCheck,
  type ReadyCheck,
  startHealthServer,
} from './health.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { createMetrics, type HotCounter, type HotHistogram, type Labels, type Metrics } from './metrics.ts';
export { PreflightError, type WaitForOptions, waitFor } from './preflight.ts';
export { redact, redactField, redactUrl } from './redact.ts';
export { runService, type ServiceOptions } from './service.ts';
export {
  noTracing,
  type Span,
  type SpanAttributes,
  startTracing,
  type Tracer,
  type TracingOptions,
} from './tracing.ts';
export { type PoolCounts, type WatchRedisOptions, watchPool, watchRedis } from './watch.ts';
