import { useEffect, useState, type ReactNode } from "react";
import { format } from "../i18n/format.ts";
import { tickNow } from "./clock.ts";
import { useLive, type Live } from "./live.ts";
import { useTexts } from "./prefs.tsx";
import { useTimes } from "./times.ts";

/** Younger data are called live, seconds: the stream gives a sign of life every five. */
const FRESH = 12;

/** Seconds since the daemon was last heard, counted on. */
function useAge(live: Live): number {
  const [now, tell] = useState(tickNow);
  useEffect(() => {
    const timer = setInterval(() => tell(tickNow()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, (now - live.seen) / 1_000);
}

/** How old the data are, in the header; the sentence when the daemon is gone stands over the page. */
export function Seen(): ReactNode {
  const live = useLive();
  const age = useAge(live);
  const times = useTimes();
  const { live: words } = useTexts().shell;
  const old = age > FRESH;
  const text = live.state === "on" && !old ? words.on : format(words.old, { age: times.span(age) });
  const dot = live.state === "lost" ? "bg-fail" : old ? "bg-warn" : "bg-pass";
  return (
    <p className="flex items-center gap-2 text-[0.88rem] whitespace-nowrap text-quiet" data-live={live.state}>
      <span aria-hidden="true" className={`size-2.5 rounded-full ${dot}`} />
      {live.state === "lost" ? `${text} · ${words.trying}` : text}
    </p>
  );
}

/** Over the page while the daemon is gone. Said aloud once, not with every second. */
export function Gone(): ReactNode {
  const live = useLive();
  const age = useAge(live);
  const times = useTimes();
  const { live: words } = useTexts().shell;
  const gone = live.state === "lost" && age > 2;
  useEffect(() => {
    document.documentElement.classList.toggle("stale", gone);
  }, [gone]);
  return (
    <div role="status">
      {gone && (
        <p className="mb-4 rounded-xl border border-fail bg-fail-t px-4 py-3 font-medium">
          {format(words.lost, { age: times.span(Math.floor(age / 10) * 10) })}
        </p>
      )}
    </div>
  );
}
