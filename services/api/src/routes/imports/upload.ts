/** The bytes of an upload: unpacked if need be, with an end to waiting, and without ending the connection when we stop reading. */
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ApiError } from '@carillon/core';
import type { Request } from 'express';

/** How long an answered upload is still read and thrown away: a client that is sending may not see its answer before. */
const DRAIN_MAX_MS = 5_000;

/** Chunks of an upload. Rejects with code `ECONNRESET` when the client leaves, `UPLOAD_STALLED`, or zlib's `Z_...`. */
export interface Upload {
  readonly chunks: AsyncIterator<Buffer>;
  /** Throws away what is still coming, for a bounded time; before the answer. */
  drain(): Promise<void>;
}

/**
 * @param stallMs how long a client may send nothing
 * @throws ApiError `unsupported_media_type` for a Content-Encoding other than gzip and identity
 */
export function openUpload(request: Request, stallMs: number): Upload {
  const encoding = (request.get('Content-Encoding') ?? 'identity').toLowerCase();
  if (!['identity', 'gzip'].includes(encoding)) {
    throw new ApiError('unsupported_media_type', {
      field: 'Content-Encoding',
      detail: 'Send the file as it is, or packed by gzip.',
    });
  }
  const source: Readable = encoding === 'gzip' ? unpack(request) : request;
  const iterator = source.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  return {
    chunks: {
      async next() {
        const timer = setTimeout(() => {
          source.destroy(Object.assign(new Error('the client stopped sending'), { code: 'UPLOAD_STALLED' }));
        }, stallMs);
        try {
          return await iterator.next();
        } finally {
          clearTimeout(timer);
        }
      },
    },
    async drain() {
      if (request.complete || request.destroyed) return;
      // Without its reader the stream flows again.
      await iterator.return?.();
      request.unpipe();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, DRAIN_MAX_MS);
        const done = () => {
          clearTimeout(timer);
          resolve();
        };
        request.once('end', done).once('close', done).once('error', done);
        request.resume();
      });
    },
  };
}

/** Not by pipeline(), which would end the connection with the first damaged byte, before it could be answered. */
function unpack(request: Request): Readable {
  const gunzip = createGunzip();
  request.once('error', (error) => gunzip.destroy(error));
  request.once('close', () => {
    if (!request.complete) gunzip.destroy(Object.assign(new Error('the client went away'), { code: 'ECONNRESET' }));
  });
  return request.pipe(gunzip);
}
