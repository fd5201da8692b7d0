import { html } from "hono/html";
import type { Bands } from "../../model/check.ts";
import { judge } from "../../model/judge.ts";
import type { Unit } from "../../model/unit.ts";
import { figure, limits } from "../../report/figure.ts";
import type { CheckNow } from "../contract.ts";
import { checkView } from "../view/check.ts";
import { gauge } from "./gauge.ts";
import { badge, empty, section, type Markup, type Today } from "./parts.ts";

const WORST = ["fail", "unknown", "warn", "unread", "pass"];
const rank = (check: CheckNow): number => WORST.indexOf(check.outcome ?? "unread");

/** Every watched check with its value beside its limits, worst first. */
export function checks(today: Today): Markup {
  const { now, status, words, lang, outcomes } = today;
  if (now.checks.length === 0) return section("checks", words.checks, empty(words.checksEmpty));
  const rows = now.checks.map((check) => checkView(now.book.open.book, check, lang)).sort((a, b) => rank(a) - rank(b));
  const { columns } = words;
  const table = html`<table>
    <thead>
      <tr>
        <th>${columns.outcome}</th>
        <th>${columns.check}</th>
        <th>${columns.value}</th>
        <th>${columns.limits}</th>
        <th>${columns.target}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((check) => row(check, today))}
    </tbody>
  </table>`;
  const counts = (["fail", "unknown", "warn", "pass"] as const).filter((outcome) => status.checks[outcome] > 0);
  const sum = html`${counts.map((outcome) => html`${badge(outcome, `${status.checks[outcome]} ${outcomes[outcome]}`)} `)}`;
  return section("checks", words.checks, table, sum);
}

function row(check: CheckNow, today: Today): Markup {
  const { words, lang, time, outcomes } = today;
  const { value } = check;
  const bands = check.bands as Bands | null;
  const unit = (check.unit ?? undefined) as Unit | undefined;
  const state = check.outcome ?? "unread";
  const since =
    check.since === null || state === "pass"
      ? ""
      : html`<span class="quiet">${words.since.replace("{at}", time(check.since))}</span>`;
  // A probe that judged a state itself is not drawn against bands that did not decide.
  const drawn =
    value !== null && bands !== null && judge(value, bands).outcome === check.outcome ? gauge(value, bands) : undefined;
  return html`<tr>
    <td>${badge(state, outcomes[state])}</td>
    <th scope="row">${check.title}${check.say === "" ? "" : html`<span class="why">${check.say}</span>`} ${since}</th>
    <td class="value" data-label="${words.columns.value}">
      ${value === null ? "–" : figure(value, unit, lang)} ${drawn ?? ""}
    </td>
    <td data-label="${words.columns.limits}">
      <span class="limits">${bands === null ? "–" : limits(bands, unit, lang)}</span>
    </td>
    <td class="target" data-label="${words.columns.target}">${check.target}</td>
  </tr>`;
}
