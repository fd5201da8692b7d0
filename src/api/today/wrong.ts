import { html } from "hono/html";
import type { TroubleSaid } from "../contract.ts";
import { badge, empty, place, section, type Markup, type Today } from "./parts.ts";

const item = (trouble: TroubleSaid, { words, outcomes }: Today): Markup =>
  html`<li class="trouble at-${trouble.level}">
    ${badge(trouble.kind === "check-unknown" ? "unknown" : trouble.level, trouble.kind === "check-unknown" ? outcomes.unknown : words.levels[trouble.level])}
    <div>
      <p>${trouble.say}</p>
      <p class="fix">${trouble.fix}</p>
    </div>
  </li>`;

/** Banners about the daemon and the book itself: they colour how far the rest can be believed. */
export function banners({ now, status, words, time }: Today): readonly Markup[] {
  const found: Markup[] = [];
  const { refused } = now.book;
  const ill = status.daemon?.ill;
  if (ill)
    found.push(
      html`<div class="banner" role="alert">
        <strong>${words.heldUp}.</strong> ${ill.say} <span class="fix">${ill.fix}</span>
      </div>`,
    );
  if (refused) {
    const first = refused.findings[0]?.source ?? refused.error?.source;
    const where = first === undefined ? "" : place(first.file, first.line);
    found.push(
      html`<div class="banner" role="alert">
        <strong>${words.refused.replace("{at}", time(refused.at))}.</strong> ${where}
      </div>`,
    );
  }
  return found;
}

/** What is wrong now, then what waits for a person. */
export function wrong(today: Today): Markup {
  const { status, words } = today;
  const list = (troubles: readonly TroubleSaid[]): Markup =>
    html`<ul class="troubles">
      ${troubles.map((one) => item(one, today))}
    </ul>`;
  const bad = status.troubles.filter((trouble) => trouble.level !== "wait");
  const waits = status.troubles.filter((trouble) => trouble.level === "wait");
  const unread =
    status.checks.unread > 0 &&
    status.checks.pass + status.checks.warn + status.checks.fail + status.checks.unknown === 0;
  const calm = unread ? empty(words.wellUnread) : html`<p class="well">${badge("pass", words.well)}</p>`;
  return html`${section("wrong", words.wrong, bad.length === 0 ? calm : list(bad))}${waits.length === 0 ? "" : section("waits", words.waits, list(waits))}`;
}
