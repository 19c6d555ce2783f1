/**
 * The provider's limit as the engine asks for it: tokens before every claim, and a block when the provider says so. Where the limit
 * is far away, the tokens of the next claim are fetched while this one is on its way, so that no connection waits for Redis.
 */
import type { Provider } from '@carillon/contracts';
import type { Monotonic } from '@carillon/core';
import { bucketOf, type TokenGrant, type Tokens } from '@carillon/queue';
import type { Logger } from '@carillon/runtime';

/** Tokens that lie longer would let messages come closer together than the limit's own tolerance (tokens.ts, 50 ms). */
const STASH_MS = 20;
/** Only where a bucket holds so many claims: near a limit no process may keep what another one could use. */
const CLAIMS_IN_BUCKET = 16;

export interface ProviderLimits {
  take(provider: Provider, wanted: number): Promise<TokenGrant>;
  /** Lets every process rest this provider account. */
  block(provider: Provider, forMs: number): void;
}

/** Tokens that were fetched before they were wanted. */
interface Stash {
  tokens: number;
  untilMs: number;
  fetching: boolean;
  /** Grows with each block, so that what was granted before is not used after it. */
  blocks: number;
}

/** Limits over the shared buckets. */
export function createProviderLimits(tokens: Tokens, monotonic: Monotonic, logger: Logger): ProviderLimits {
  const stashes = new Map<number, Stash>();

  function stashOf({ id }: Provider): Stash {
    let stash = stashes.get(id);
    if (stash === undefined) {
      stash = { tokens: 0, untilMs: 0, fetching: false, blocks: 0 };
      stashes.set(id, stash);
    }
    return stash;
  }

  /** As many as the last claim took, in place of what is left; one request at a time. The buckets answer without Redis too. */
  function fetchAhead({ id, messagesPerSecond }: Provider, stash: Stash, wanted: number): void {
    if (stash.fetching || bucketOf(messagesPerSecond).burst < CLAIMS_IN_BUCKET * wanted) return;
    stash.fetching = true;
    const { blocks } = stash;
    void tokens
      .take(id, wanted, messagesPerSecond)
      .then((grant) => {
        if (stash.blocks !== blocks) return;
        stash.tokens = grant.tokens;
        stash.untilMs = monotonic.now() + STASH_MS;
      })
      .finally(() => {
        stash.fetching = false;
      });
  }

  return {
    async take(provider, wanted) {
      const stash = stashOf(provider);
      const fetched = stash.untilMs > monotonic.now() && stash.tokens >= wanted;
      if (fetched) stash.tokens -= wanted;
      const grant = fetched
        ? { tokens: wanted, waitMs: 0 }
        : await tokens.take(provider.id, wanted, provider.messagesPerSecond);
      if (grant.tokens === wanted) fetchAhead(provider, stash, wanted);
      return grant;
    },
    block(provider, forMs) {
      const stash = stashOf(provider);
      stash.tokens = 0;
      stash.blocks += 1;
      tokens
        .block(provider.id, forMs, provider.messagesPerSecond)
        .catch((error: Error) => logger.warn({ err: error }, 'a throttled number could not be put to rest everywhere'));
    },
  };
}
