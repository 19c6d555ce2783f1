/**
 * The limit of a provider account, kept across processes: a token bucket in Redis, on Redis's clock, with its rate passed
 * in every time, so that an emptied Redis forgets nothing but at most one burst. While Redis is away each process falls
 * back to a bucket of its own with a share of the rate, so that sending goes on and the limit still holds.
 */
import type { Redis } from 'ioredis';
import { connectFailFast, disconnect, keys, type RedisOptions } from './redis.ts';

/** What was granted: `tokens` may be fewer than asked; with none, `waitMs` says when to ask again. */
export interface TokenGrant {
  readonly tokens: number;
  readonly waitMs: number;
}

/** Messages may reach the provider this much closer together than their tokens were granted: claims and networks vary. */
const CLOSER_BY_SECONDS = 0.05;

/** Rate and burst by which a limit of so many messages a second holds in every window of one second, as the provider sees it. */
export function bucketOf(messagesPerSecond: number): { rate: number; burst: number } {
  const burst = Math.max(1, Math.floor(messagesPerSecond * 0.05));
  return { rate: Math.max(0.5, (messagesPerSecond - burst) / (1 + CLOSER_BY_SECONDS)), burst };
}

/**
 * KEYS[1] bucket  ARGV: rate per second, burst, tokens wanted, milliseconds to block (0 is none)
 * Returns {tokens granted, milliseconds until it is worth asking again}.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local rate, burst, wanted, block = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local state = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'blocked')
local blocked = tonumber(state[3]) or 0
if block > 0 then blocked = math.max(blocked, now + block) end
local tokens = math.min(burst, (tonumber(state[1]) or burst) + math.max(0, now - (tonumber(state[2]) or now)) * rate / 1000)
local granted = 0
if blocked <= now then granted = math.max(0, math.min(wanted, math.floor(tokens))) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - granted), 'at', now, 'blocked', blocked)
redis.call('PEXPIRE', KEYS[1], math.max(60000, blocked - now + 60000))
local wait = 0
if granted == 0 then wait = math.max(blocked - now, math.ceil((1 - tokens) * 1000 / rate), 1) end
return {granted, wait}
`;

export interface TokensOptions {
  readonly redis: RedisOptions;
  /** Milliseconds of a monotonic clock, for the bucket of last resort. */
  readonly monotonic: () => number;
  /** Share of the limit that this process allows itself while Redis is away; 0.25 suits up to four senders. */
  readonly shareWithoutRedis: number;
}

/** Token buckets by provider account. */
export interface Tokens {
  take(providerAccountId: number, wanted: number, messagesPerSecond: number): Promise<TokenGrant>;
  /** Everybody pauses this provider account for a while, because it said so. */
  block(providerAccountId: number, forMs: number, messagesPerSecond: number): Promise<void>;
  close(): void;
}

interface LocalBucket {
  tokens: number;
  at: number;
  blockedUntil: number;
}

/** Connects lazily; works with Redis down from the start. */
export function createTokens(options: TokensOptions): Tokens {
  const redis: Redis = connectFailFast(options.redis);
  redis.defineCommand('carillonTakeTokens', { numberOfKeys: 1, lua: TAKE });
  const run = (redis as unknown as { carillonTakeTokens(...args: (string | number)[]): Promise<[number, number]> })
    .carillonTakeTokens;
  const local = new Map<number, LocalBucket>();

  function takeLocally(
    providerAccountId: number,
    wanted: number,
    messagesPerSecond: number,
    blockMs: number,
  ): TokenGrant {
    const { rate, burst } = bucketOf(Math.max(1, messagesPerSecond * options.shareWithoutRedis));
    const now = options.monotonic();
    const bucket = local.get(providerAccountId) ?? { tokens: burst, at: now, blockedUntil: 0 };
    if (blockMs > 0) bucket.blockedUntil = Math.max(bucket.blockedUntil, now + blockMs);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * rate) / 1_000);
    bucket.at = now;
    const tokens = bucket.blockedUntil > now ? 0 : Math.max(0, Math.min(wanted, Math.floor(bucket.tokens)));
    bucket.tokens -= tokens;
    local.set(providerAccountId, bucket);
    const waitMs =
      tokens > 0 ? 0 : Math.max(bucket.blockedUntil - now, Math.ceil(((1 - bucket.tokens) * 1_000) / rate), 1);
    return { tokens, waitMs };
  }

  async function ask(
    providerAccountId: number,
    wanted: number,
    messagesPerSecond: number,
    blockMs: number,
  ): Promise<TokenGrant> {
    if (redis.status !== 'ready') return takeLocally(providerAccountId, wanted, messagesPerSecond, blockMs);
    const { rate, burst } = bucketOf(messagesPerSecond);
    try {
      const key = keys.tokens(options.redis.prefix, providerAccountId);
      const [tokens, waitMs] = await run.call(redis, key, rate, burst, wanted, blockMs);
      return { tokens, waitMs };
    } catch (error) {
      options.redis.onError?.(error as Error);
      return takeLocally(providerAccountId, wanted, messagesPerSecond, blockMs);
    }
  }

  return {
    take: (providerAccountId, wanted, messagesPerSecond) => ask(providerAccountId, wanted, messagesPerSecond, 0),
    async block(providerAccountId, forMs, messagesPerSecond) {
      await ask(providerAccountId, 0, messagesPerSecond, Math.ceil(forMs));
    },
    close() {
      disconnect(redis);
    },
  };
}
