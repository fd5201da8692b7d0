import type { Context } from "hono";
import { texts } from "../../i18n/texts.ts";
import { tail } from "../../engine/tail.ts";
import type { Api, Env, Parts } from "../front.ts";
import { coverageView } from "../view/coverage.ts";
import { daemonView, statusView } from "../view/status.ts";
import { clockTimes } from "./times.ts";
import { main, page } from "./page.ts";
import type { Today } from "./parts.ts";
import { SCRIPT } from "./script.ts";
import { ICON, STYLE } from "./style.ts";

/** Events read for the page; some of them say nothing new. */
const EVENTS = 60;

/** The page at `/plain`, and at `/` where no console was built; its changing part at `/now`, and what it loads: all from here, nothing from elsewhere. */
export function todayRoutes(app: Api, parts: Parts): void {
  for (const path of ["/", "/plain"]) app.get(path, async (c) => c.html(await page(await today(parts, c))));
  app.get("/now", async (c) => {
    const shown = await today(parts, c);
    c.header("x-seen", encodeURIComponent(shown.time(shown.now.at)));
    return c.html(await main(shown));
  });
  const file = (path: string, type: string, text: string): void =>
    void app.get(path, (c) => c.body(text, 200, { "content-type": `${type}; charset=utf-8` }));
  file("/today.css", "text/css", STYLE);
  file("/today.js", "text/javascript", SCRIPT);
  file("/icon.svg", "image/svg+xml", ICON);
}

async function today(parts: Parts, c: Context<Env>): Promise<Today> {
  const { daemon } = parts;
  const lang = c.get("lang");
  const [now, events] = await Promise.all([daemon.snapshot(), tail(daemon.house.store, EVENTS)]);
  const { book } = now.book.open;
  const { api, report } = texts(lang);
  return {
    now,
    status: statusView(now, daemonView(daemon, parts.listening(), lang), lang),
    coverage: coverageView(book),
    events,
    lang,
    words: api.today,
    outcomes: { ...report.outcomes, unread: api.today.unread },
    verdicts: report.verdicts,
    time: clockTimes(book.zone, lang, now.at),
  };
}
