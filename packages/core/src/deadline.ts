/** A bound on the time of something that takes an AbortSignal. */

/**
 * Runs something with a signal that is aborted after `timeoutMs`, or as soon as `stopping` is. In place of
 * `AbortSignal.any([stopping, AbortSignal.timeout(ms)])`, whose time-out Node may collect as garbage before it fires
 * (nodejs/node issue 57736).
 * @throws whatever `run` rejects with; the signal's reason is a `TimeoutError` after the time
 */
export async function withDeadline<Result>(
  timeoutMs: number,
  stopping: AbortSignal,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(stopping.reason);
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError'));
  }, timeoutMs);
  stopping.addEventListener('abort', stop, { once: true });
  if (stopping.aborted) stop();
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
  }
}
