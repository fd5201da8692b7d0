/** An abort signal that fires with the check's own, or after `ms`; `late` says which. Dispose it when done. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  readonly late: boolean;
}

/**
 * By hand and not by AbortSignal.any: that holds weakly to what it is made of, and what is held weakly outlives every quick
 * collection of V8, with the request and the socket that listen to it. At 200 checks a second that was most of the memory.
 */
export function deadline(ms: number, signal: AbortSignal): Deadline {
  const control = new AbortController();
  let late = false;
  const timeout = setTimeout(() => {
    late = true;
    control.abort();
  }, ms);
  const stop = (): void => control.abort(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return {
    signal: control.signal,
    get late() {
      return late;
    },
    [Symbol.dispose]: () => {
      clearTimeout(timeout);
      signal.removeEventListener("abort", stop);
    },
  };
}
