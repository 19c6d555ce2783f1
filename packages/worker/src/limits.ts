/** The provider's limit as the engine asks for it: tokens before every claim, and a block when the provider says so. */
import type { Provider } from '@carillon/contracts';
import type { TokenGrant, Tokens } from '@carillon/queue';
import type { Logger } from '@carillon/runtime';

export interface ProviderLimits {
  take(provider: Provider, wanted: number): Promise<TokenGrant>;
  /** Lets every process rest this provider account. */
  block(provider: Provider, forMs: number): void;
}

/** Limits over the shared buckets. */
export function createProviderLimits(tokens: Tokens, logger: Logger): ProviderLimits {
  return {
    take: (provider, wanted) => tokens.take(provider.id, wanted, provider.messagesPerSecond),
    block(provider, forMs) {
      tokens
        .block(provider.id, forMs, provider.messagesPerSecond)
        .catch((error: Error) => logger.warn({ err: error }, 'a throttled number could not be put to rest everywhere'));
    },
  };
}
