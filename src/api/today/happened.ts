import { html } from "hono/html";
import type { StoredEvent } from "../../store/store.ts";
import type { Verdict, Outcome } from "../../model/states.ts";
import { reportPath } from "./report.ts";
import { empty, section, type Markup, type Today } from "./parts.ts";

/** Every inspection leaves these as well; its end says enough here. */
const SILENT = new Set(["inspection.published", "duty.started", "duty.done", "duty.open"]);
/** Their subject is a run, which has a report. */
const RUNS = new Set(["inspection.done", "inspection.answered"]);
const MOST = 12;

/** The newest events, in words. */
export function happened(today: Today): Markup {
  const { words, time } = today;
  const events = today.events.filter((event) => !SILENT.has(event.kind)).slice(0, MOST);
  if (events.length === 0) return section("events", words.events, empty(words.eventsEmpty));
  const names: Readonly<Record<string, string>> = words.kinds;
  const what = ({ kind, subject }: StoredEvent): Markup | string => {
    const name = names[kind] ?? kind;
    return RUNS.has(kind) ? html`<a href="${reportPath(subject)}?lang=${today.lang}">${name}</a>` : name;
  };
  const rows = events.map(
    (event) =>
      html`<li>
        <time>${time(event.at)}</time><span>${what(event)} <span class="quiet">${about(event, today)}</span></span>
      </li>`,
  );
  return section(
    "events",
    words.events,
    html`<ol class="events">
      ${rows}
    </ol>`,
  );
}

/** What an event is about, as the manual calls it, and how it changed or ended. */
function about({ subject, data }: StoredEvent, { now, outcomes, verdicts }: Today): string {
  const { book } = now.book.open;
  const { duty, period, from, to, verdict, title, environment } = data;
  const id = typeof duty === "string" ? duty : subject;
  const named = book.duties.find((one) => one.id === id) ?? book.checks.find((one) => one.id === id);
  const parts = [typeof title === "string" ? title : (named?.title ?? id)];
  if (typeof environment === "string") parts.push(environment, subject);
  if (typeof period === "string") parts.push(period);
  if (typeof from === "string" && typeof to === "string")
    parts.push(`${outcomes[from as Outcome]} → ${outcomes[to as Outcome]}`);
  if (typeof verdict === "string") parts.push(verdicts[verdict as Verdict] ?? verdict);
  return parts.join(" · ");
}
