/**
 * The duties that tell operators when a channel is late and when it has caught up: one that judges, and one for each way, so that a mail
 * server which does not answer holds up no webhook.
 */
import { CHANNEL_NAMES } from '@carillon/contracts';
import { type Database, dropOldIncidents, judgeLag, markTold, planAlerts, takeAlerts } from '@carillon/db';
import { createDuty, type Duty, type Logger, type Metrics } from '@carillon/runtime';
import type { AlertChannel } from './alertWays.ts';
import type { SweeperConfig } from './config.ts';

const PER_PASS = 20;
/** An operator is not asked to wait longer for what is tried again. */
const RETRY_MAX_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface AlertDutiesOptions {
  readonly pool: Database['pool'];
  readonly channels: readonly AlertChannel[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly config: Pick<
    SweeperConfig,
    'SWEEP_INTERVAL_MS' | 'LAG_ALARM_MS' | 'LAG_ALARM_CHANNELS' | 'ALERT_RETRY_MS' | 'KEEP_DAYS'
  >;
}

/** Builds the duties; the caller starts and stops them, and closes the channels. */
export function createAlertDuties({ pool, channels, logger, metrics, config }: AlertDutiesOptions): Duty[] {
  const common = { intervalMs: config.SWEEP_INTERVAL_MS, logger, metrics };
  const told = metrics.counter('carillon_alerts_total', 'Alerts that operators were told, by way', ['way']);
  const ways = channels.map(({ way }) => way);
  const limitMsOf = (channel: string): number => config.LAG_ALARM_CHANNELS?.get(channel) ?? config.LAG_ALARM_MS;

  const judging = createDuty({
    ...common,
    name: 'incidents',
    async runOnce() {
      const { began, ended } = await judgeLag(pool, { channels: CHANNEL_NAMES, limitMsOf });
      for (const channel of began) logger.error({ channel }, 'an incident began: the channel is late');
      for (const channel of ended) logger.info({ channel }, 'an incident is over: the channel has caught up');
      if (ways.length > 0) await planAlerts(pool, ways);
      return undefined;
    },
  });

  const telling = channels.map((channel) =>
    createDuty({
      ...common,
      name: `alerts_${channel.way}`,
      async runOnce() {
        const backoff = { initialMs: config.ALERT_RETRY_MS, maxMs: Math.max(RETRY_MAX_MS, config.ALERT_RETRY_MS) };
        const due = await takeAlerts(pool, [channel.way], { ...backoff, limit: PER_PASS });
        await Promise.all(
          due.map(async (alert) => {
            const outcome = await channel.tell(alert);
            if (outcome.kind === 'accepted') {
              await markTold(pool, alert);
              told.inc({ way: channel.way });
              return;
            }
            const { incidentId, what, way, tries } = alert;
            const { code, message } = outcome;
            logger.error({ incidentId, what, way, tries, code, message }, 'could not alert operators; trying again');
          }),
        );
        return { more: due.length === PER_PASS };
      },
    }),
  );

  const forgetting = createDuty({
    ...common,
    name: 'old_incidents',
    intervalMs: HOUR_MS,
    async runOnce() {
      await dropOldIncidents(pool, config.KEEP_DAYS);
      return undefined;
    },
  });

  return [judging, ...telling, forgetting];
}
