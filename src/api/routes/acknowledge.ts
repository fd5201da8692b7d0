import { html } from "hono/html";
import { linked, useLink } from "../../engine/alerts/ask.ts";
import { clockSetNow } from "../../engine/clock-set.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { alertLine } from "../../report/notice/words.ts";
import type { Api, Parts } from "../front.ts";
import type { Markup } from "../today/parts.ts";

/** The one page with a form: it posts to itself, and nothing else is looser. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const NAME = 100;

const page = (lang: Lang, title: string, body: Markup): Markup =>
  html`<!doctype html>
    <html lang="${lang === "zh" ? "zh-CN" : "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/today.css" />
      </head>
      <body>
        <main class="wide">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;

/**
 * The page behind the link of a notice. Looking at it does nothing: chat programs look at every link that they show. The
 * button does it, once.
 */
export function acknowledgePages(app: Api, { daemon }: Parts): void {
  const { alerts, house } = daemon;
  app.get("/acknowledge/:token", async (c) => {
    const { book } = daemon.book().open;
    const lang = c.get("lang");
    const { page: words } = texts(lang).alerts;
    const now = house.clock.wall();
    // As of a clock that nobody sets: it may be set before the button is pressed.
    const shown = Math.ceil(now - (await clockSetNow(house)));
    const found = linked(alerts, c.req.param("token"), now);
    const record = await house.store.deskOne("notice", found.notice);
    const lines = found.alerts.map((alert) => html`<li>${alertLine(alert, { lang, zone: book.zone })}</li>`);
    c.header("content-security-policy", POLICY);
    return c.html(
      page(
        lang,
        words.title,
        html`<ul>
            ${lines}
          </ul>
          <p>${words.ask}</p>
          <form method="post">
            <input type="hidden" name="seen" value="${String(shown)}" />
            <label>${words.who} <input name="by" maxlength="${NAME}" required value="${record?.person ?? ""}" /></label>
            <button type="submit">${words.button}</button>
          </form>`,
      ),
    );
  });
  app.post("/acknowledge/:token", async (c) => {
    const { page: words } = texts(c.get("lang")).alerts;
    const { by, seen: shown } = await c.req.parseBody();
    const name = typeof by === "string" && by.trim() !== "" ? by.trim().slice(0, NAME) : "link";
    const { store, clock } = house;
    const set = await clockSetNow(house);
    const seen = typeof shown === "string" && /^\d{1,16}$/.test(shown) ? { seen: Number(shown) + set } : {};
    await useLink(alerts, c.req.param("token"), name, { store, now: clock.wall(), ...seen });
    c.header("content-security-policy", POLICY);
    return c.html(page(c.get("lang"), words.title, html`<p>${words.done}</p>`));
  });
}
