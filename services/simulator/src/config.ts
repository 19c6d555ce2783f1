/** The simulator's settings, from the environment. */
import { commonConfig, integerFromEnv, loadConfig, markSecret, textFromEnv } from '@carillon/runtime';
import { z } from 'zod';

/** The keys are the variables' names. */
export const simulatorConfig = z.object({
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  /** 0 takes a free one, which the ready line names. */
  SIMULATOR_PORT: integerFromEnv({ min: 0, max: 65_535, default: 7104 }),
  /** For e-mail; 0 takes a free one. Without it the port after the other one, or a free one when that is taken or also 0. */
  SIMULATOR_SMTP_PORT: integerFromEnv({ min: 0, max: 65_535 }).optional(),
  /** Of the name server by which every domain's mail leads here (UDP); 0 takes a free one. Without it two after the first, or a free one. */
  SIMULATOR_DNS_PORT: integerFromEnv({ min: 0, max: 65_535 }).optional(),
  SIMULATOR_HOST: textFromEnv({ default: '127.0.0.1' }),
  /** Holds the ledgers and what the control API was told. */
  SIMULATOR_DATA_DIR: textFromEnv({ default: '.data/simulator' }),
  /** If set, the one bearer token, the one password for e-mail and the one key for checks that is accepted; otherwise any is. */
  SIMULATOR_ACCESS_TOKEN: markSecret(z.string().optional()),
});

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): z.output<typeof simulatorConfig> {
  return loadConfig('simulator', simulatorConfig, process.env);
}
