/**
 * Fetches documents from URLs that an account chose, for reports. The same guard as for webhooks keeps it out of private networks,
 * redirects are not followed, and a book is not read to its end.
 */
import { Agent } from 'undici';
import {
  checkTargetUrl,
  createGuardedConnector,
  type GuardedConnectorOptions,
  type TargetRules,
} from '../webhook/guard.ts';

export interface DocumentFetcherOptions extends TargetRules {
  /** From the request to the document's last byte, connecting included, ms. */
  readonly timeoutMs: number;
  /** The largest document, bytes. */
  readonly maxBytes: number;
  /** How names become addresses, and which of those may be connected to. Default: the system's way, and public ones. */
  readonly network?: Pick<GuardedConnectorOptions, 'resolve' | 'mayConnect'>;
}

/** A document, or why there is none: `retry` where it may be there later. */
export type FetchedDocument =
  | { readonly kind: 'document'; readonly mediaType: string; readonly bytes: Buffer }
  | { readonly kind: 'retry' | 'rejected'; readonly code: string; readonly message: string };

export interface DocumentFetcher {
  /** Never rejects. */
  fetch(url: string): Promise<FetchedDocument>;
  close(): Promise<void>;
}

const ANY_TYPE = 'application/octet-stream';
const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/;

/** Makes one; nothing is connected before the first document. */
export function createDocumentFetcher(options: DocumentFetcherOptions): DocumentFetcher {
  const { allowPrivate, allowHttp, timeoutMs, maxBytes, network } = options;
  const everywhere = allowPrivate ? { mayConnect: () => true } : {};
  const agent = new Agent({
    connect: createGuardedConnector({ timeoutMs, ...everywhere, ...network }),
    maxResponseSize: maxBytes + 1,
    pipelining: 1,
  });

  async function read(url: URL): Promise<FetchedDocument> {
    const { statusCode, headers, body } = await agent.request({
      origin: url.origin,
      method: 'GET',
      path: url.pathname + url.search,
      headers: { 'user-agent': 'Carillon/1' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (statusCode !== 200) {
      await body.dump({ limit: 1_024 }).catch(() => {});
      const kind = statusCode === 429 || statusCode === 408 || statusCode >= 500 ? 'retry' : 'rejected';
      return { kind, code: 'document_refused', message: `the document was answered with HTTP ${statusCode}` };
    }
    const bytes = Buffer.from(await body.arrayBuffer());
    if (bytes.length > maxBytes) return tooLarge(maxBytes);
    return { kind: 'document', mediaType: mediaTypeOf(headers['content-type']), bytes };
  }

  return {
    async fetch(text) {
      const target = checkTargetUrl(text, { allowPrivate, allowHttp });
      if (!target.ok) return { kind: 'rejected', code: target.problem, message: 'this URL may not be fetched' };
      try {
        return await read(target.url);
      } catch (error) {
        if (codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return tooLarge(maxBytes);
        const code = codeOf(error) === 'private_address' ? 'private_address' : 'document_unreachable';
        return { kind: 'retry', code, message: error instanceof Error ? error.message : String(error) };
      }
    },
    close: () => agent.close(),
  };
}

function tooLarge(maxBytes: number): FetchedDocument {
  return { kind: 'rejected', code: 'document_too_large', message: `the document has more than ${maxBytes} bytes` };
}

/** Without its parameters; what is none becomes bytes of any kind. */
function mediaTypeOf(header: string | string[] | undefined): string {
  const text = (Array.isArray(header) ? header[0] : header)?.split(';')[0]?.trim().toLowerCase() ?? '';
  return MEDIA_TYPE.test(text) ? text : ANY_TYPE;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
