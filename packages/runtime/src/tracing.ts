/**
 * Traces from a request to the call of a provider, by OpenTelemetry. Off unless a collector is named: then nothing of the
 * SDK is loaded, and a span is a plain call of its work. On the way through Postgres and Redis the trace is carried by
 * the text of the W3C header `traceparent`, which is kept with the job.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Span as OpenSpan } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from './logger.ts';
import { redactField } from './redact.ts';

/** Values by dotted names, such as `carillon.run`. Ids and counts; addresses and contents have no place here. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** What a span's work may add to it. */
export interface Span {
  set(attributes: SpanAttributes): void;
  /** Marks it as failed although its work did not throw, such as a call that the provider refused. */
  fail(reason: string): void;
}

export interface Tracer {
  /** `false` when nothing is recorded; hot paths ask before they build names and attributes. */
  readonly on: boolean;
  /**
   * Runs the work in a span below the current one, or in a new trace. It ends when the work has returned, or the
   * promise that it returned is settled. What is thrown is noted and goes on.
   */
  span<Result>(name: string, attributes: SpanAttributes, work: (span: Span) => Result): Result;
  /**
   * As `span`, below one that ran elsewhere: in the process that kept `currentTraceparent()`, or at a client that sent the
   * header. What is missing or malformed is as if there were none, and the current span, if any, is the parent.
   */
  spanFrom<Result>(
    traceparent: string | null | undefined,
    name: string,
    attributes: SpanAttributes,
    work: (span: Span) => Result,
  ): Result;
  /** The current span as `traceparent`, to be kept with what is done later. `undefined` outside of spans, and when off. */
  currentTraceparent(): string | undefined;
  /** Sends what is left, for two seconds at most; the last thing that a service does. */
  close(): Promise<void>;
}

export interface TracingOptions {
  /** The service's name, as `service.name` of every span. */
  readonly service: string;
  /** Base URL of a collector that takes OTLP over HTTP, such as `http://collector:4318`; without it tracing is off. */
  readonly endpoint: string | undefined;
  /** How many of a hundred traces are recorded; default 100. Spans below a remote parent follow the parent. */
  readonly samplePercent?: number;
  /** Told once when spans cannot be delivered, and once when they can again. */
  readonly logger?: Logger;
}

const CLOSE_WITHIN_MS = 2_000;
const EXPORT_WITHIN_MS = 3_000;
const EXPORT_EVERY_MS = 1_000;
/** Beyond it spans are dropped: a collector that is slow costs spans and neither memory nor messages. */
const QUEUED_AT_MOST = 8_192;
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

const silent: Span = { set() {}, fail() {} };

/** Records nothing. */
export const noTracing: Tracer = {
  on: false,
  span: (_name, _attributes, work) => work(silent),
  spanFrom: (_traceparent, _name, _attributes, work) => work(silent),
  currentTraceparent: () => undefined,
  close: () => Promise.resolve(),
};

/** Starts the tracing of a process, or returns {@link noTracing} without an endpoint. A collector that is away harms nothing. */
export async function startTracing(options: TracingOptions): Promise<Tracer> {
  const { service, endpoint, samplePercent = 100, logger } = options;
  if (endpoint === undefined || endpoint === '') return noTracing;
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_WITHIN_MS,
  });
  // Nothing of this is registered globally: no library traces by itself, and a test may run several.
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(samplePercent / 100) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: logger === undefined ? exporter : reporting(exporter, logger),
        maxQueueSize: QUEUED_AT_MOST,
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_WITHIN_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('carillon');
  const current = new AsyncLocalStorage<Context>();
  const here = (): Context => current.getStore() ?? api.ROOT_CONTEXT;

  const run = <Result>(
    parent: Context,
    name: string,
    attributes: SpanAttributes,
    work: (span: Span) => Result,
  ): Result => {
    const open = tracer.startSpan(name, { attributes: shown(attributes) }, parent);
    const failed = (error: unknown): void => {
      const message = String(redactField('message', error instanceof Error ? error.message : String(error)));
      open.setStatus({ code: api.SpanStatusCode.ERROR, message });
    };
    const span: Span = {
      set: (more) => void open.setAttributes(shown(more)),
      fail: failed,
    };
    return current.run(api.trace.setSpan(parent, open), () => finishing(open, failed, () => work(span)));
  };

  return {
    on: true,
    span: (name, attributes, work) => run(here(), name, attributes, work),
    spanFrom(traceparent, name, attributes, work) {
      const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
      const remote =
        traceId === undefined || spanId === undefined || flags === undefined
          ? undefined
          : { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
      const parent =
        remote !== undefined && api.isSpanContextValid(remote)
          ? api.trace.setSpanContext(api.ROOT_CONTEXT, remote)
          : here();
      return run(parent, name, attributes, work);
    },
    currentTraceparent() {
      const at = api.trace.getSpanContext(here());
      if (at === undefined || !api.isSpanContextValid(at)) return undefined;
      return `00-${at.traceId}-${at.spanId}-${(at.traceFlags & 1) === 1 ? '01' : '00'}`;
    },
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_WITHIN_MS);
      });
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}

/** Runs the work and ends the span after it, however it ends. */
function finishing<Result>(open: OpenSpan, failed: (error: unknown) => void, work: () => Result): Result {
  let result: Result;
  try {
    result = work();
  } catch (error) {
    failed(error);
    open.end();
    throw error;
  }
  if (!(result instanceof Promise)) {
    open.end();
    return result;
  }
  return result.then(
    (value: unknown) => {
      open.end();
      return value;
    },
    (error: unknown) => {
      failed(error);
      open.end();
      throw error;
    },
  ) as Result;
}

/** A collector belongs to somebody else: what a log must not show, a span must not either. */
function shown(attributes: SpanAttributes): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, redactField(name, value) as typeof value]),
  );
}

/** An exporter that says when it begins to fail and when it works again; by itself it fails in silence. */
function reporting(exporter: SpanExporter, logger: Logger): SpanExporter {
  let failing = false;
  return {
    export(spans: ReadableSpan[], done) {
      exporter.export(spans, (result) => {
        const ok = result.code === 0;
        if (!ok && !failing) logger.warn({ err: result.error }, 'traces cannot be delivered; they are dropped');
        if (ok && failing) logger.info('traces are delivered again');
        failing = !ok;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
