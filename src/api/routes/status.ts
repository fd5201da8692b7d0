import { healthRoute, metricsRoute, statusRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { families } from "../metrics/families.ts";
import { metricsText, OPEN_METRICS, PLAIN } from "../metrics/text.ts";
import { bookWord } from "../view/book.ts";
import { daemonView, statusView } from "../view/status.ts";

/** A calendar that has not been looked at for so long stands still, milliseconds. */
const STANDS_STILL = 60_000;

/** Seconds since the last of each; null: none yet. */
function agesOf(daemon: Parts["daemon"], now: number) {
  const { pulse, watcher } = daemon;
  const age = (at: number | undefined): number | null => (at === undefined ? null : Math.max(0, (now - at) / 1000));
  return { reading: age(daemon.lastReading()), commit: age(pulse.committed()), heartbeat: age(watcher.beat.last()) };
}

export function statusRoutes(app: Api, parts: Parts): void {
  const { daemon } = parts;
  app.openapi(statusRoute, async (c) => {
    const lang = c.get("lang");
    return c.json(statusView(await daemon.snapshot(), daemonView(daemon, parts.listening(), lang), lang), 200);
  });
  app.openapi(healthRoute, (c) => {
    const state = daemon.book();
    const { book, commit } = state.open;
    const word = bookWord(state);
    const moves = daemon.alive() && daemon.house.clock.wall() - daemon.lastTick() < STANDS_STILL;
    const now = daemon.house.clock.wall();
    const watching = daemon.watcher.well();
    // The first round after a start takes its time.
    const well =
      (watching || now - daemon.started < STANDS_STILL) && moves && daemon.ill() === undefined && word !== "refused";
    const body = {
      status: well ? ("ok" as const) : ("degraded" as const),
      ...{ at: now, watching, ages: agesOf(daemon, now) },
      daemon: daemonView(daemon, parts.listening(), c.get("lang")),
      book: { state: word, digest: book.digest, commit: commit ?? null, loaded: state.loaded },
    };
    return c.json(body, well ? 200 : 503);
  });
  app.openapi(metricsRoute, async (c) => {
    const open = (c.req.header("accept") ?? "").includes("application/openmetrics-text");
    const text = metricsText(families(await daemon.snapshot(), daemon), open);
    return c.text(text, 200, { "content-type": open ? OPEN_METRICS : PLAIN });
  });
}
