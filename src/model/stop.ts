/** What a signal calls, in places that are used again. */
interface Calls {
  readonly places: ((() => void) | undefined)[];
  readonly free: number[];
}

const all = new WeakMap<AbortSignal, Calls>();

function callsOf(signal: AbortSignal): Calls {
  const known = all.get(signal);
  if (known) return known;
  const calls: Calls = { places: [], free: [] };
  all.set(signal, calls);
  const stop = (): void => {
    for (const call of calls.places.splice(0)) call?.();
  };
  signal.addEventListener("abort", stop, { once: true });
  return calls;
}

/**
 * Calls `call` when a signal that lives long is aborted; gives the function that takes it back. Not at all when it was aborted
 * before: ask first.
 *
 * Not a listener each: those are a chain, and one that was removed still points to the next. As soon as V8 has put one of them
 * aside as old, all that follow look as if they were used, each with the check that it belonged to, until the whole heap is
 * gone through. At 200 checks a second that was most of the memory.
 */
export function onStop(signal: AbortSignal, call: () => void): () => void {
  const { places, free } = callsOf(signal);
  const at = free.pop() ?? places.length;
  places[at] = call;
  return () => {
    if (places[at] !== call) return;
    places[at] = undefined;
    free.push(at);
  };
}
