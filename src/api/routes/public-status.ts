import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { WatchbookError } from "../../model/error.ts";
import { utc } from "../../model/time.ts";
import type { Lang } from "../../model/lang.ts";
import { publicStatus, type PublicStatus } from "../view/public-status.ts";
import { momentSay } from "../../report/inspection/say.ts";
import type { Api, Parts } from "../front.ts";
import type { Markup } from "../today/parts.ts";

const STYLE = `:root{color-scheme:light dark}body{max-width:46rem;margin:0 auto;padding:2rem 1rem;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
article{border:1px solid #8886;border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}h1{font-size:1.5rem}h2{font-size:1.1rem}time{color:light-dark(#595959,#b0b0b0);font-size:.9rem}p{margin:.25rem 0;overflow-wrap:anywhere;white-space:pre-line}`;

/** No script, nothing from anywhere, the one style by its digest. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

function articles(list: PublicStatus["incidents"], lang: Lang, zone: string): readonly Markup[] {
  const { publicStates } = texts(lang).incidents;
  return list.map(({ id, state, updates }) => {
    const lines = updates.map(
      (one) =>
        html`<p>
            <strong>${publicStates[one.state]}</strong>
            <time datetime="${utc(one.at)}">${momentSay(one.at, zone)} ${zone}</time>
          </p>
          <p>${one.text}</p>`,
    );
    return html`<article id="${id}">
      <h3>${publicStates[state]}</h3>
      ${lines}
    </article>`;
  });
}

function page(found: PublicStatus, lang: Lang, zone: string): Markup {
  const { page: words } = texts(lang).incidents;
  const title = format(words.title, { title: found.title });
  const going = found.incidents.filter(({ state }) => state !== "resolved");
  const past = found.incidents.filter(({ state }) => state === "resolved");
  return html`<!doctype html>
    <html lang="${lang === "zh" ? "zh-CN" : "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>
            <time datetime="${utc(found.at)}"
              >${format(words.updated, { at: `${momentSay(found.at, zone)} ${zone}` })}</time
            >
          </p>
          <h2>${words.now}</h2>
          ${going.length === 0 ? html`<p>${words.well}</p>` : articles(going, lang, zone)}
          ${
            past.length === 0
              ? ""
              : html`<h2>${format(words.past, { days: found.days })}</h2>
                  ${articles(past, lang, zone)}`
          }
        </main>
      </body>
    </html>`;
}

/** What was published of incidents, for everybody: only where the book wants such a page, and nothing that was not published. */
export function publicStatusRoutes(app: Api, { daemon }: Parts): void {
  const { store, clock } = daemon.house;
  const look = async (path: string): Promise<PublicStatus> => {
    const { book } = daemon.book().open;
    const settings = book.config.incidents?.page;
    if (!settings) throw new WatchbookError("ROUTE-ABSENT", { path });
    return publicStatus(await store.desk("incident", { limit: 500 }), settings.title ?? book.title, clock.wall());
  };
  app.get("/status", async (c) => {
    const found = await look(c.req.path);
    c.header("content-security-policy", POLICY);
    return c.html(page(found, c.get("lang"), daemon.book().open.book.zone));
  });
  app.get("/status.json", async (c) => c.json(await look(c.req.path)));
}
