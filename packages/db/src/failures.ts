/** Which errors of a statement say that Postgres was not there, and whether the statement may have been done. */

/** Connection refused or never made: surely nothing was done. */
const NOT_REACHED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT']);
/** The connection was lost under way. */
const BROKEN_CODES = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'EHOSTDOWN']);
/**
 * SQLSTATEs with which Postgres says no and has rolled back: starting up or shutting down, too many connections, read-only
 * (a standby), out of disk, memory or locks, cancelled, deadlocked.
 */
const REFUSED_STATES = /^(?:57P01|57P02|57P03|57014|53\d{3}|25006|40001|40P01|55P03|08\d{3})$/;
/** The driver's own errors have no code. */
const NOT_REACHED_TEXT = /timeout exceeded when trying to connect|Connection terminated due to connection timeout/i;
const BROKEN_TEXT =
  /connection terminated|query read timeout|client has encountered a connection error|connection ended/i;

/**
 * - `not_reached`: Postgres was not there or refused; nothing was done.
 * - `broken`: the connection broke while a statement was under way; it may have been done.
 * - undefined: another kind of error.
 */
export function databaseFailure(error: unknown): 'not_reached' | 'broken' | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && isErrorLike(current); depth += 1) {
    const { code, message, cause, errors } = current;
    const name = typeof code === 'string' ? code : '';
    if (NOT_REACHED_CODES.has(name) || REFUSED_STATES.test(name) || NOT_REACHED_TEXT.test(message))
      return 'not_reached';
    if (BROKEN_CODES.has(name) || BROKEN_TEXT.test(message)) return 'broken';
    // Node tries all addresses of a name, and reports their failures together.
    current = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return undefined;
}

/** By shape, not by class: errors of sockets come from Node's own realm, which is not that of a test. */
function isErrorLike(error: unknown): error is { code?: unknown; message: string; cause?: unknown; errors?: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
}
