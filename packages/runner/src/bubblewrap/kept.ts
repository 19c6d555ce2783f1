/** What is kept of a stream that may have no end: everything is read, so that its writer never waits, and little is remembered. */
import { KEPT_BYTES } from '../runner.ts';

export interface Kept {
  add(chunk: Buffer): void;
  /** Bytes written so far. */
  readonly bytes: number;
  /** At most {@link KEPT_BYTES} of UTF-8, and whether that is less than what was written. */
  result(): { readonly text: string; readonly truncated: boolean };
}

/** Keeps the first or the last bytes. */
export function keep(which: 'first' | 'last'): Kept {
  let held = Buffer.alloc(0);
  let bytes = 0;
  return {
    add(chunk) {
      bytes += chunk.length;
      if (which === 'first') {
        if (held.length < KEPT_BYTES) held = Buffer.concat([held, chunk.subarray(0, KEPT_BYTES - held.length)]);
        return;
      }
      // Copied: a slice would hold the whole chunk in memory.
      const joined = chunk.length >= KEPT_BYTES ? chunk : Buffer.concat([held, chunk]);
      held = Buffer.from(joined.subarray(-KEPT_BYTES));
    },
    get bytes() {
      return bytes;
    },
    result() {
      const isCut = bytes > held.length;
      const text = fit(readable(isCut && which === 'last' ? wholeFrom(held) : held, isCut), which);
      return { text, truncated: isCut || text.length < readable(held, false).length };
    },
  };
}

/** Without the rest of a character that a cut left in front. */
function wholeFrom(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && (bytes[start] ?? 0) >> 6 === 0b10) start += 1;
  return bytes.subarray(start);
}

/** Postgres stores no NUL, and bytes that are no text become U+FFFD. A character that a cut left unfinished is left out. */
function readable(bytes: Buffer, isCut: boolean): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: isCut }).replaceAll('\0', '\uFFFD');
}

/** U+FFFD is longer than the byte that it stands for, so the text may have to be cut once more. */
function fit(text: string, which: 'first' | 'last'): string {
  if (Buffer.byteLength(text) <= KEPT_BYTES) return text;
  const characters = which === 'first' ? Array.from(text) : Array.from(text).toReversed();
  let bytes = 0;
  const fitting = characters.filter((character) => {
    bytes += Buffer.byteLength(character);
    return bytes <= KEPT_BYTES;
  });
  return (which === 'first' ? fitting : fitting.toReversed()).join('');
}
