/** For operators: alive (`/healthz`), ready (`/readyz`), and the figures (`/metrics`). Without a key, for the proxy's sake. */
import { checkReady } from '@carillon/runtime';
import { Router } from 'express';
import type { ApiDependencies } from './dependencies.ts';

/** Redis is reported and never fatal: without it the API still takes work, and the work is done later. */
export function operationsRouter({ metrics, ready }: ApiDependencies): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const [needed, reported] = await Promise.all([checkReady(ready.needed), checkReady(ready.reported)]);
    const checks = { ...needed.body.checks, ...reported.body.checks };
    response.status(needed.status).json({ status: needed.body.status, checks });
  });
  router.get('/metrics', async (_request, response) => {
    response.setHeader('Content-Type', metrics.contentType);
    response.send(await metrics.text());
  });
  return router;
}
