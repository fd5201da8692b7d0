/** An abort signal that fires with the check's own, or after `ms`; `late` says which. Dispose it when done. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  readonly late: boolean;
}

export function deadline(ms: number, signal: AbortSignal): Deadline {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), ms);
  return {
    signal: AbortSignal.any([timer.signal, signal]),
    get late() {
      return timer.signal.aborted;
    },
    [Symbol.dispose]: () => clearTimeout(timeout),
  };
}
