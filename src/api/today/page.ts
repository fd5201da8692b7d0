import { html } from "hono/html";
import { checks } from "./checks.ts";
import { duties } from "./duties.ts";
import { happened } from "./happened.ts";
import { coverage, findings } from "./manual.ts";
import { onCall } from "./on-call.ts";
import type { Markup, Today } from "./parts.ts";
import { banners, wrong } from "./wrong.ts";

/** The whole page of this moment. Works without script: then it is as old as its loading. */
export function page(today: Today): Markup {
  const { now, lang, words, time } = today;
  const { book, commit } = now.book.open;
  const revision = commit === undefined ? words.folder : words.running.replace("{commit}", commit.slice(0, 12));
  const other =
    lang === "zh"
      ? html`<a href="?lang=en" lang="en" hreflang="en">${words.other}</a>`
      : html`<a href="?lang=zh" lang="zh-CN" hreflang="zh-CN">${words.other}</a>`;
  return html`<!doctype html>
    <html lang="${lang === "zh" ? "zh-CN" : "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${words.title} · ${book.title}</title>
        <link rel="stylesheet" href="/today.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <script src="/today.js" defer></script>
      </head>
      <body data-lost="${words.lost}" data-seen="${words.seen}">
        <header class="top">
          <div>
            <p class="book">${book.title}</p>
            <h1>${words.title}</h1>
          </div>
          <div class="meta">
            <p id="seen" role="status" class="seen">${words.seen} · <time>${time(now.at)}</time></p>
            <p class="quiet">${revision} · ${other}</p>
          </div>
        </header>
        <main id="now">${main(today)}</main>
      </body>
    </html>`;
}

/** What changes from moment to moment: the script puts it in place of the old one. */
export const main = (today: Today): Markup =>
  html`${banners(today)}
    <div class="grid">
      <div class="wide">${wrong(today)}${checks(today)}${findings(today)}</div>
      <div class="side">${onCall(today)}${duties(today)}${happened(today)}</div>
    </div>
    ${coverage(today)}`;
