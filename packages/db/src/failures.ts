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
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : '';
    if (NOT_REACHED_CODES.has(code) || REFUSED_STATES.test(code) || NOT_REACHED_TEXT.test(current.message)) {
      return 'not_reached';
    }
    if (BROKEN_CODES.has(code) || BROKEN_TEXT.test(current.message)) return 'broken';
    // Node tries all addresses of a name, and reports their failures together.
    if (current instanceof AggregateError && current.errors.length > 0) return databaseFailure(current.errors[0]);
  }
  return undefined;
}
