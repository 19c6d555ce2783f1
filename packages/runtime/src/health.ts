/**
 * The small HTTP server beside a service that has no HTTP of its own: is it alive and getting on (`/healthz`: restart me
 * if not), is all it needs in reach (`/readyz`: send me nothing if not), and its metrics (`/metrics`).
 */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Metrics } from './metrics.ts';

/** Something that must keep getting on: a duty's rounds, a sender's batches. */
export interface ProgressCheck {
  readonly name: string;
  /** How long ago it last got on, in milliseconds. An idle worker that looked and found nothing has got on. */
  sinceProgressMs(): number;
  /** More than this is a failure. */
  readonly patienceMs: number;
}

/** Something outside that the service needs. */
export interface ReadyCheck {
  readonly name: string;
  /** Rejects when it is not there. */
  check(): Promise<unknown>;
  /** Default 2,000. */
  readonly timeoutMs?: number;
}

export interface HealthOptions {
  progress?: readonly ProgressCheck[];
  ready?: readonly ReadyCheck[];
  metrics?: Metrics;
}

export interface HealthServer {
  readonly port: number;
  /** From now on `/readyz` answers 503; called when a stop begins. */
  setDraining(): void;
  close(): Promise<void>;
}

/** The answer of one health route. */
export interface HealthAnswer {
  readonly status: 200 | 503;
  readonly body: { readonly status: 'ok' | 'failing' | 'draining'; readonly checks: Record<string, string> };
}

/** Whether everything that must get on does. */
export function checkProgress(progress: readonly ProgressCheck[]): HealthAnswer {
  const checks: Record<string, string> = {};
  let failing = false;
  for (const { name, sinceProgressMs, patienceMs } of progress) {
    const since = Math.round(sinceProgressMs());
    const stuck = since > patienceMs;
    failing ||= stuck;
    checks[name] = stuck ? `no progress for ${since} ms` : 'ok';
  }
  return failing
    ? { status: 503, body: { status: 'failing', checks } }
    : { status: 200, body: { status: 'ok', checks } };
}

/** Whether everything outside is in reach; all checks at once, each within its own time. */
export async function checkReady(ready: readonly ReadyCheck[]): Promise<HealthAnswer> {
  const results = await Promise.all(
    ready.map(async ({ name, check, timeoutMs = 2_000 }): Promise<[string, string]> => {
      try {
        await withTimeout(check(), timeoutMs);
        return [name, 'ok'];
      } catch (error) {
        return [name, error instanceof Error && error.message !== '' ? error.message : 'failed'];
      }
    }),
  );
  const checks = Object.fromEntries(results);
  return results.every(([, answer]) => answer === 'ok')
    ? { status: 200, body: { status: 'ok', checks } }
    : { status: 503, body: { status: 'failing', checks } };
}

/** Listens. Rejects with a sentence when the port is taken. */
export async function startHealthServer(
  options: HealthOptions & { host: string; port: number },
): Promise<HealthServer> {
  let draining = false;
  const answer = async (path: string): Promise<{ status: number; type: string; text: string } | undefined> => {
    const json = ({ status, body }: HealthAnswer) => ({ status, type: 'application/json', text: JSON.stringify(body) });
    if (path === '/healthz') return json(checkProgress(options.progress ?? []));
    if (path === '/readyz')
      return json(
        draining ? { status: 503, body: { status: 'draining', checks: {} } } : await checkReady(options.ready ?? []),
      );
    if (path === '/metrics' && options.metrics !== undefined)
      return { status: 200, type: options.metrics.contentType, text: await options.metrics.text() };
    return undefined;
  };
  const listener: RequestListener = (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    answer(path).then(
      (found) => {
        response.writeHead(found?.status ?? 404, { 'content-type': found?.type ?? 'text/plain' });
        response.end(found?.text ?? 'not found: try /healthz, /readyz or /metrics\n');
      },
      (error: unknown) => {
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(`${error instanceof Error ? error.message : 'failed'}\n`);
      },
    );
  };
  const server = createServer(listener);
  server.listen(options.port, options.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(`the health port ${options.host}:${options.port} cannot be used; set HEALTH_PORT to a free one`, {
      cause: error,
    });
  }
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : options.port,
    setDraining() {
      draining = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function withTimeout(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What loses the race may still reject; that is no unhandled rejection.
    work.catch(() => {});
  }
}
