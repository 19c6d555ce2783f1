/** What routes are built with: everything from outside, made once in main.ts (or a test) and handed down. */
import type { TargetRules } from '@carillon/channels';
import type { ChannelName } from '@carillon/contracts';
import type { Database, SimilarityLimits } from '@carillon/db';
import type { RequestLimits } from '@carillon/queue';
import type { Logger, Metrics, ReadyCheck, Tracer } from '@carillon/runtime';

/** Settings that routes read. */
interface ApiSettings {
  /** Jobs due within this get their run in the request that creates them. */
  readonly horizonMs: number;
  /** From when on a job is refused because another one says nearly the same. */
  readonly similarity: SimilarityLimits;
  /** Requests a second of a key whose account has no limit of its own. */
  readonly requestsPerSecond: number;
  /** Which addresses that tenants choose may be called. */
  readonly targets: TargetRules;
  /** What recipients reply to stop messages by WhatsApp, and to let them come again; case and punctuation do not matter. */
  readonly replyWords: { readonly stop: readonly string[]; readonly start: readonly string[] };
  /** Where people reach the API, without a slash at its end; undefined where nobody said. */
  readonly publicUrl: string | undefined;
  /** Proxies whose `X-Forwarded-For` is believed: addresses and networks, as Express takes them. */
  readonly trustedProxies: readonly string[];
}

/** Keys derived from the installation's secret. */
interface ApiKeys {
  /** Signs the references that status callbacks carry. */
  readonly reference: Uint8Array;
  /** Pepper of address keys. */
  readonly address: Uint8Array;
  /** Seals providers' secrets. */
  readonly provider: Uint8Array;
  /** Signs links to unsubscribe. */
  readonly unsubscribe: Uint8Array;
  /** Signs links by which owners confirm addresses. */
  readonly confirm: Uint8Array;
}

export interface ApiDependencies {
  /** Of role `app`: sees the caller's account and nothing else. */
  readonly database: Database;
  /** Of role `worker`, for what no account asks: who a key belongs to, what a provider or a person's link reports. */
  readonly system: Database;
  readonly settings: ApiSettings;
  readonly keys: ApiKeys;
  readonly requestLimits: RequestLimits;
  readonly logger: Logger;
  /** Off unless a collector is configured. */
  readonly tracer: Tracer;
  readonly metrics: Metrics;
  /**
   * Says that a channel may have something to send soon. Best effort, after the commit: it never throws and is not waited
   * for, because scheduler and sweeper find what it missed.
   */
  readonly wake: (channel: ChannelName) => void;
  /** Things without which nothing works (Postgres), and things that are only reported (Redis). */
  readonly ready: { readonly needed: readonly ReadyCheck[]; readonly reported: readonly ReadyCheck[] };
}
