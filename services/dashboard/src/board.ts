/**
 * Bull Board over every queue. It writes straight to Redis, which may forget; so what an operator sets here is either
 * written to Postgres first (a pause) or harmless to lose (which wake-ups wait), and everything else is refused.
 */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { QueueSet } from '@carillon/queue';
import type { Logger } from '@carillon/runtime';
import type { Express, RequestHandler } from 'express';
import type { Labels } from './labels.ts';

/** Where the board is mounted. */
export const BOARD_PATH = '/queues';

/** What pauses or resumes, and which. */
const PAUSING: Readonly<Record<string, boolean>> = {
  'put /api/queues/pause': true,
  'put /api/queues/resume': false,
  'put /api/queues/:queueName/pause': true,
  'put /api/queues/:queueName/resume': false,
};

/** What only moves or removes wake-ups: the sweeper brings back whatever was still needed. */
const HARMLESS: ReadonlySet<string> = new Set([
  'put /api/queues/:queueName/retry/:queueStatus',
  'put /api/queues/:queueName/promote',
  'put /api/queues/:queueName/clean/:queueStatus',
  'put /api/queues/:queueName/empty',
  'put /api/queues/:queueName/:jobId/retry',
  'put /api/queues/:queueName/:jobId/clean',
  'put /api/queues/:queueName/:jobId/promote',
]);

export interface BoardOptions {
  readonly queues: QueueSet;
  /** Writes the pause to Postgres, for all these queues or none. */
  readonly rememberPause: (queues: readonly string[], paused: boolean) => Promise<void>;
  readonly labels: Labels;
  /** Shows no button, and refuses what one would do. */
  readonly readOnly: boolean;
  readonly logger: Logger;
}

/** The board's Express app, to be mounted at {@link BOARD_PATH} behind the login. */
export function createBoard({ queues, rememberPause, labels, readOnly, logger }: BoardOptions): Express {
  const adapter = new ExpressAdapter();
  adapter.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: queues.queues.map((queue) => {
      const shown = new BullMQAdapter(queue, {
        readOnlyMode: readOnly,
        description: 'Wake-ups; the truth is in Postgres.',
      });
      shown.setFormatter('name', (job: { name?: string; data?: unknown }) => labels.nameOf(job.data, job.name ?? ''));
      shown.setFormatter('data', (data: unknown) => labels.explain(data));
      return shown;
    }),
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Carillon: queues',
        hideDocsLink: true,
        miscLinks: [{ text: 'Status', url: '/' }],
        favIcon: { default: 'static/images/logo.svg', alternative: 'static/favicon-32x32.png' },
      },
      handlerHooks: {
        async before({ method, route, request }) {
          const action = `${method} ${route}`;
          if (method === 'get') return void (await labels.refresh());
          if (readOnly) return { allow: false, status: 403, message: 'This login may look, and change nothing.' };
          if (HARMLESS.has(action)) return;
          const paused = PAUSING[action];
          if (paused === undefined)
            return { allow: false, status: 405, message: 'Redis would forget this, or a sender misread it.' };
          const known = [...request.queues.keys()];
          const named = request.params.queueName as string | undefined;
          // An unknown queue is the board's own to refuse; Postgres learns nothing of it.
          const concerned = named === undefined ? known : known.filter((name) => name === named);
          if (concerned.length === 0) return;
          try {
            // First Postgres: if Redis then fails, it is Redis that is put right.
            await rememberPause(concerned, paused);
          } catch (error) {
            logger.error(
              { err: error, queues: concerned, paused },
              'a pause could not be remembered; Redis is untouched',
            );
            throw error;
          }
          logger.info({ queues: concerned, paused }, paused ? 'queues were paused' : 'queues were resumed');
        },
      },
    },
  });
  return adapter.getRouter();
}

/**
 * While Redis is away its commands wait for it, but a browser should not: the board's API answers 503 at once, and a
 * request that began before is answered after `patienceMs`.
 */
export function refuseWithoutRedis(queues: Pick<QueueSet, 'isReady'>, patienceMs: number): RequestHandler {
  return (_request, response, next) => {
    const refuse = () => {
      if (response.headersSent) return;
      response
        .status(503)
        .setHeader('Retry-After', '5')
        .json({ error: { key: 'ERRORS.REDIS_UNAVAILABLE' } });
    };
    if (!queues.isReady()) return refuse();
    const timer = setTimeout(refuse, patienceMs);
    response.once('close', () => clearTimeout(timer));
    next();
  };
}
