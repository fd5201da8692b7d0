import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Snapshot } from "../../engine/snapshot.ts";
import type { Texts } from "../../i18n/texts.ts";
import type { StoredEvent } from "../../store/store.ts";
import type { Outcome, Verdict } from "../../model/states.ts";
import type { Lang } from "../../model/lang.ts";
import type { Coverage, Status } from "../contract.ts";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Everything the page is made of; pure parts turn it into markup. */
export interface Today {
  readonly now: Snapshot;
  readonly status: Status;
  readonly coverage: Coverage;
  /** Newest first. */
  readonly events: readonly StoredEvent[];
  readonly lang: Lang;
  readonly words: Texts["api"]["today"];
  /** Words of outcomes and verdicts, the same as in reports. */
  readonly outcomes: Readonly<Record<Outcome | "unread", string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  /** A moment in the book's zone. */
  readonly time: (at: number) => string;
}

/** Signs beside the words, so that no state is told by colour alone. */
const SIGNS: Readonly<Record<string, string>> = {
  pass: "✓",
  done: "✓",
  ok: "✓",
  warn: "▲",
  fail: "✕",
  error: "✕",
  missed: "✕",
  unknown: "?",
  inconclusive: "?",
  refused: "✕",
  flawed: "▲",
  wait: "●",
  due: "●",
  open: "●",
  running: "…",
  waiting: "○",
  unread: "○",
  note: "·",
  "on-demand": "○",
  rehearsal: "○",
};

/** A state as a sign and its word. */
export const badge = (state: string, word: string): Markup =>
  html`<span class="badge is-${state}"><i aria-hidden="true">${SIGNS[state] ?? "·"}</i>${word}</span>`;

export const section = (id: string, title: string, body: Markup, aside: Markup | string = ""): Markup =>
  html`<section aria-labelledby="${id}">
    <header>
      <h2 id="${id}">${title}</h2>
      <p class="aside">${aside}</p>
    </header>
    ${body}
  </section>`;

export const empty = (text: string): Markup => html`<p class="empty">${text}</p>`;
export const place = (file: string, line: number): Markup => html`<code class="place">${file}:${line}</code>`;
