import { html } from "hono/html";
import { BLOCK_STATES } from "../../model/states.ts";
import { findingSaid } from "../view/say.ts";
import { badge, empty, place, section, type Markup, type Today } from "./parts.ts";

/** Findings shown; the rest is a verb away. */
const MOST = 12;
const LEVELS = ["error", "warn", "note"];

/** What is wrong or unproven in the manual itself. */
export function findings({ now, words, lang }: Today): Markup {
  const all = [...now.book.findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  if (all.length === 0) return section("findings", words.findings, empty(words.findingsEmpty));
  const rows = all.slice(0, MOST).map((finding) => {
    const said = findingSaid(finding, lang);
    return html`<li class="trouble">
      ${badge(said.level, words.levels[said.level])}
      <div>
        <p>${said.say}</p>
        <p class="fix">${said.fix}</p>
        <p class="quiet">${place(said.file, said.line)} · ${said.code}</p>
      </div>
    </li>`;
  });
  const more =
    all.length > MOST
      ? html`<p class="quiet">${words.findingsMore.replace("{count}", String(all.length - MOST))}</p>`
      : "";
  return section(
    "findings",
    words.findings,
    html`<ul class="troubles">
        ${rows}
      </ul>
      ${more}`,
    String(all.length),
  );
}

/** How much of each document was understood. */
export function coverage({ coverage, words }: Today): Markup {
  if (coverage.files.length === 0) return section("coverage", words.coverage, empty(words.coverageEmpty));
  const { columns } = words;
  const states = BLOCK_STATES.filter((state) => (coverage.total.byState[state] ?? 0) > 0);
  const rows = coverage.files.map(
    (file) =>
      html`<tr>
        <th scope="row"><code class="place">${file.file}</code></th>
        <td data-label="${columns.sections}">${file.sections}</td>
        <td data-label="${columns.tables}">${file.tables}</td>
        <td data-label="${columns.blocks}">${file.blocks}</td>
        <td data-label="${columns.runnable}">
          ${states.filter((state) => (file.byState[state] ?? 0) > 0).map((state, index) => `${index > 0 ? " · " : ""}${words.blockStates[state]} ${file.byState[state]}`)}
        </td>
      </tr>`,
  );
  return section(
    "coverage",
    words.coverage,
    html`<table>
      <thead>
        <tr>
          <th>${columns.file}</th>
          <th>${columns.sections}</th>
          <th>${columns.tables}</th>
          <th>${columns.blocks}</th>
          <th>${columns.runnable}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
    states.map((state) => `${words.blockStates[state]} ${coverage.total.byState[state]}`).join(" · "),
  );
}
