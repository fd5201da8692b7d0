import { html } from "hono/html";
import type { DutyNow } from "../../engine/snapshot.ts";
import { reportPath } from "./report.ts";
import { badge, empty, section, type Markup, type Today } from "./parts.ts";

const ORDER = ["missed", "due", "running", "open", "waiting", "done", "on-demand"];

/** The book's duties: what needs somebody first. */
export function duties(today: Today): Markup {
  const { now, words } = today;
  if (now.duties.length === 0) return section("duties", words.duties, empty(words.dutiesEmpty));
  const rows = [...now.duties]
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
    .map((duty) => row(duty, today));
  return section(
    "duties",
    words.duties,
    html`<ul class="cards">
      ${rows}
    </ul>`,
    now.book.open.book.zone,
  );
}

function row(now: DutyNow, { words, time, verdicts, lang }: Today): Markup {
  const { duty, last, missed, next, state } = now;
  const open = last?.items.filter((item) => item.outcome === "open").length ?? 0;
  return html`<li class="card">
    <div class="line">
      <h3>${duty.title}</h3>
      ${badge(state, words.states[state])}
    </div>
    <dl>
      <div>
        <dt>${words.last}</dt>
        <dd>
          ${last === undefined ? words.never : html`<a href="${reportPath(last.id)}?lang=${lang}">${time(last.ended)}</a> · ${badge(last.verdict, verdicts[last.verdict])}${open > 0 ? html` <span class="quiet">${words.openItems.replace("{count}", String(open))}</span>` : ""} <span class="quiet">${words.by.replace("{who}", last.by)}</span>`}
        </dd>
      </div>
      <div>
        <dt>${words.next}</dt>
        <dd>
          ${next.length === 0 ? words.noCalendar : html`${time(next[0]!)} <span class="quiet">${next.slice(1).map((at) => html` · ${time(at)}`)}</span>`}
        </dd>
      </div>
      ${
        missed.length === 0
          ? ""
          : html`<div class="bad">
              <dt>${words.missed}</dt>
              <dd>${missed.join(", ")}</dd>
            </div>`
      }
    </dl>
    <p class="quiet">
      <code class="place">${duty.source.file}:${duty.source.line}</code
      >${duty.owner === undefined ? "" : html` · ${words.owner.replace("{who}", duty.owner)}`}
    </p>
  </li>`;
}
