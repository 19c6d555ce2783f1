/**
 * What a worker knows of jobs and provider accounts besides the claimed rows, cached: a content's version never changes;
 * policies and provider accounts are read again after a few seconds.
 */
import {
  type Content,
  checkContent,
  hasVariables,
  type Provider,
  renderContent,
  type StoredPolicy,
} from '@carillon/contracts';
import type { Monotonic } from '@carillon/core';
import {
  findProvider,
  type LeasedBatch,
  type Queryable,
  readContent,
  readPolicy,
  readSayings,
  readTraceContext,
} from '@carillon/db';

/** What was read of a provider account is used for so long. */
export const FRESH_MS = 5_000;
/** Bounds memory where every delivery is a job of its own. */
const ENTRIES_MAX = 5_000;

/** All that a row needs before it can be sent. */
export interface Loaded {
  readonly content: Content;
  /** Whether the content differs from recipient to recipient, and so must be rendered for each. */
  readonly personal: boolean;
  /** The trace that the job was made in; looked up only where traces are recorded. */
  readonly traceparent: string | null;
  readonly policy: StoredPolicy;
  readonly provider: Provider;
}

export interface Context {
  provider(id: number): Promise<Provider>;
  /** What is cached already, without waiting. */
  loaded(batch: LeasedBatch, contentVersion: number): Loaded | undefined;
  load(batch: LeasedBatch, contentVersion: number): Promise<Loaded>;
  /** Reads together what is not cached yet, so that it is `loaded` then; what is not there is left to `load` to complain of. */
  loadAll(wanted: readonly { readonly batch: LeasedBatch; readonly contentVersion: number }[]): Promise<void>;
}

interface Entry<T> {
  readonly value: T;
  readonly readAtMs: number;
}

/** A content of which all that is the same for everybody is done. */
interface PreparedContent {
  readonly content: Content;
  readonly personal: boolean;
}

/** Contents that were stored before there were variables may hold what looks like a faulty one: they are sent as they are. */
function prepare(content: Content): PreparedContent {
  if (checkContent(content).length > 0) return { content, personal: false };
  if (hasVariables(content)) return { content, personal: true };
  const rendered = renderContent(content, {});
  return { content: rendered.kind === 'content' ? rendered.content : content, personal: false };
}

/**
 * Reads through to Postgres.
 * @param providerKey opens the secrets of provider accounts
 * @param traced whether the traces of jobs are wanted
 */
export function createContext(db: Queryable, monotonic: Monotonic, providerKey: Uint8Array, traced = false): Context {
  const contents = new Map<string, Entry<PreparedContent & { traceparent: string | null }>>();
  const policies = new Map<string, Entry<StoredPolicy>>();
  const providers = new Map<string, Entry<Provider>>();

  function peek<T>(cache: Map<string, Entry<T>>, key: string, freshMs: number): T | undefined {
    const entry = cache.get(key);
    return entry && monotonic.now() - entry.readAtMs < freshMs ? entry.value : undefined;
  }

  function keep<T>(cache: Map<string, Entry<T>>, key: string, value: T): T {
    // The oldest entry goes: a Map keeps the order of insertion.
    if (cache.size >= ENTRIES_MAX) cache.delete(cache.keys().next().value as string);
    cache.delete(key);
    cache.set(key, { value, readAtMs: monotonic.now() });
    return value;
  }

  const contentKey = (batch: LeasedBatch, version: number): string => `${batch.accountId}.${batch.jobId}.${version}`;
  const jobKey = (batch: LeasedBatch): string => `${batch.accountId}.${batch.jobId}`;

  async function provider(id: number): Promise<Provider> {
    const known = peek(providers, String(id), FRESH_MS);
    if (known) return known;
    const stale = providers.get(String(id))?.value;
    const fresh = await findProvider(db, providerKey, id);
    if (!fresh) throw new Error(`provider account ${id} is gone`);
    // Not kept: once it is enabled, whoever resumes a run must not find it paused again.
    if (fresh.disabled) {
      providers.delete(String(id));
      return fresh;
    }
    // The same object while nothing changed: the channel keeps what it prepared per object.
    const same = stale !== undefined && JSON.stringify(stale) === JSON.stringify(fresh);
    return keep(providers, String(id), same ? stale : fresh);
  }

  return {
    provider,
    loaded(batch, contentVersion) {
      const content = peek(contents, contentKey(batch, contentVersion), Number.POSITIVE_INFINITY);
      const policy = peek(policies, jobKey(batch), FRESH_MS);
      const account = peek(providers, String(batch.providerAccountId), FRESH_MS);
      // Spelled out, as it is made for each row.
      if (!content || !policy || !account) return undefined;
      const { personal, traceparent } = content;
      return { content: content.content, personal, traceparent, policy, provider: account };
    },
    async loadAll(wanted) {
      const missing = wanted.filter(
        ({ batch, contentVersion }) =>
          !contents.has(contentKey(batch, contentVersion)) || !peek(policies, jobKey(batch), FRESH_MS),
      );
      if (missing.length === 0) return;
      const asked = missing.map(({ batch, contentVersion }) => ({
        accountId: batch.accountId,
        jobId: batch.jobId,
        version: contentVersion,
      }));
      const sayings = await readSayings(db, asked);
      for (const [index, { batch, contentVersion }] of missing.entries()) {
        const saying = sayings[index];
        if (saying === undefined) continue;
        const key = contentKey(batch, contentVersion);
        const traceparent = traced ? saying.traceparent : null;
        if (!contents.has(key)) keep(contents, key, { ...prepare(saying.content), traceparent });
        keep(policies, jobKey(batch), saying.policy);
      }
    },
    async load(batch, version) {
      const { accountId, jobId } = batch;
      const content =
        contents.get(contentKey(batch, version))?.value ??
        keep(contents, contentKey(batch, version), {
          ...prepare(await readContent(db, { accountId, jobId, version })),
          traceparent: traced ? await readTraceContext(db, { accountId, jobId }) : null,
        });
      const policy =
        peek(policies, jobKey(batch), FRESH_MS) ??
        keep(policies, jobKey(batch), await readPolicy(db, { accountId, jobId }));
      return { ...content, policy, provider: await provider(batch.providerAccountId) };
    },
  };
}
