/** Lines are JSON, causes are kept, secrets are not. */
import { expect, test } from '@jest/globals';
import { createLogger, redactUrl } from '../src/index.ts';

function setup() {
  const lines: string[] = [];
  const logger = createLogger({ service: 'sender', level: 'info', destination: { write: (line) => lines.push(line) } });
  return { logger, last: () => JSON.parse(lines.at(-1) ?? '{}'), raw: () => lines.join('') };
}

test('a line names service, level and time', () => {
  const { logger, last } = setup();
  logger.child({ duty: 'sweep' }).info({ rescued: 3 }, 'swept');
  expect(last()).toMatchObject({ level: 'info', service: 'sender', duty: 'sweep', rescued: 3, msg: 'swept' });
  expect(new Date(last().time).toISOString()).toBe(last().time);
});

test('secrets are replaced at the top and one level below', () => {
  const { logger, raw, last } = setup();
  logger.info({
    accessToken: 'hidden',
    headers: { authorization: 'Bearer hidden' },
    config: { DATABASE_URL: 'hidden' },
  });
  expect(raw()).not.toContain('hidden');
  expect(last().headers.authorization).toBe('[redacted]');
});

test('an error keeps its cause', () => {
  const { logger, last } = setup();
  logger.error({ err: new Error('no claim', { cause: new Error('ECONNRESET') }) }, 'x');
  expect(last().err).toMatchObject({ message: 'no claim', cause: { message: 'ECONNRESET' } });
});

test('a URL is shown without its password', () => {
  expect(redactUrl('postgresql://carillon:hidden@db:5432/x?sslkey=hidden')).toBe('postgresql://carillon@db:5432/x');
  expect(redactUrl('hidden')).toBe('[not a URL]');
});
