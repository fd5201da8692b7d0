import { useEffect, useSyncExternalStore } from "react";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { throttled } from "./throttled.ts";
import { tickNow } from "./clock.ts";
import { queriesOf } from "./rings.ts";

/** How it stands between this page and the daemon. */
export interface Live {
  readonly state: "on" | "lost" | "paused";
  /** When the daemon was last heard, by `tickNow`. */
  readonly seen: number;
}

const STREAM = "/api/v1/events/stream";
/** It gives a sign of life every 5 s: after three of them it is gone, milliseconds. */
const SILENCE = 16_000;
/** Waits before it is asked again, milliseconds. */
const WAITS = [500, 1_000, 2_000, 4_000, 8_000];
/** Between two rounds of asking anew, milliseconds. */
const GAP = 200;

let now: Live = { state: "paused", seen: tickNow() };
const listeners = new Set<() => void>();
function become(next: Live): void {
  now = next;
  for (const listener of listeners) listener();
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** How it stands now; the component is drawn anew when that changes. */
export const useLive = (): Live => useSyncExternalStore(subscribe, () => now);

/** Keeps the stream open while somebody looks, and asks anew for what it rings about. Returns how to end it. */
export function follow(client: QueryClient): () => void {
  let source: EventSource | undefined;
  let after: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const renew = throttled(GAP, (names: ReadonlySet<string>) => {
    const all = names.has("*");
    void client.invalidateQueries({ predicate: ({ queryKey }) => all || names.has(String(queryKey[0])) });
  });
  const close = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
    clearTimeout(quiet);
  };
  const lose = (): void => {
    close();
    become({ ...now, state: "lost" });
    timer = setTimeout(open, WAITS[Math.min(failures, WAITS.length - 1)]);
    failures += 1;
  };
  const heard = (): void => {
    clearTimeout(quiet);
    quiet = setTimeout(lose, SILENCE);
    failures = 0;
    become({ state: "on", seen: tickNow() });
  };
  function open(): void {
    close();
    source = new EventSource(after === undefined ? STREAM : `${STREAM}?after=${encodeURIComponent(after)}`);
    const opened = source;
    source.addEventListener("tick", () => {
      // What happened while nobody listened is unknown: everything on the page is asked for again.
      if (now.state !== "on") renew("*");
      heard();
    });
    source.addEventListener("checks", () => {
      heard();
      for (const name of queriesOf("checks")) renew(name);
    });
    source.addEventListener("event", (event: MessageEvent<string>) => {
      heard();
      after = event.lastEventId;
      const { kind } = JSON.parse(event.data) as { kind: string };
      for (const name of queriesOf(kind)) renew(name);
    });
    source.addEventListener("error", () => opened === source && lose());
  }
  const look = (): void => {
    if (document.hidden) {
      close();
      become({ ...now, state: "paused" });
    } else open();
  };
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    close();
  };
}

/** Follows the daemon while the component is there. */
export function useFollow(): void {
  const client = useQueryClient();
  useEffect(() => follow(client), [client]);
}
