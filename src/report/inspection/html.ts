import { at } from "../../model/source.ts";
import type { Lang } from "../../model/lang.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { html } from "../escape.ts";
import { limits } from "../figure.ts";
import {
  actionsSay,
  becauseSay,
  changeSay,
  factsSay,
  itemChangeSay,
  MARKS,
  momentSay,
  nothingSay,
  outcomeSay,
  readingSay,
  tickSay,
} from "./say.ts";
import type { Writing } from "./say.ts";
import { STYLE } from "./style.ts";
import type { ItemView, ReportView, RunView } from "./view.ts";

const mark = (outcome: keyof typeof MARKS, lang: Lang, elevated = false): string =>
  `<span class="mark ${outcome}">${html(outcomeSay(outcome, lang, elevated))}</span>`;

const WRITING: Writing = { text: (text) => html(text), place: (place) => `<code>${html(place)}</code>` };

const cell = (content: string, kind = ""): string => `<td${kind === "" ? "" : ` class="${kind}"`}>${content}</td>`;

function itemRows(view: ItemView, run: RunView, lang: Lang): string {
  const { item } = view;
  if (view.readings.length === 0) {
    const change = itemChangeSay(view, run.previous === undefined, lang);
    const said = html(tickSay(item, run.run.zone, lang));
    return `<tr>${cell(html(item.text))}${cell(mark(item.outcome, lang))}${cell(said)}${cell("")}${cell(html(change))}</tr>`;
  }
  return view.readings
    .map((one) => {
      const { reading, title } = one;
      const name =
        title === item.text ? html(item.text) : `${html(item.text)} <span class="soft">${html(title)}</span>`;
      const cells = [
        cell(name),
        cell(mark(reading.outcome, lang, reading.elevated)),
        cell(html(readingSay(reading, lang)), "number"),
        cell(html(limits(reading.bands, reading.unit, lang)), "number"),
        cell(html(changeSay(one, lang)), "number"),
      ];
      return `<tr>${cells.join("")}</tr>`;
    })
    .join("\n");
}

function items(view: RunView, lang: Lang): string {
  const { item, result, reading, limits: limit, change } = texts(lang).report.columns;
  const head = [item, result, reading, limit, change].map((name) => `<th scope="col">${html(name)}</th>`).join("");
  const rows = view.items.map((one) => itemRows(one, view, lang)).join("\n");
  return `<div class="card"><table><thead><tr>${head}</tr></thead><tbody>\n${rows}\n</tbody></table></div>`;
}

function attention(view: RunView, lang: Lang): string {
  const rank = { fail: 0, unknown: 1, warn: 2, pass: 3, open: 4 };
  const wrong = view.items
    .filter(({ item }) => rank[item.outcome] < 3)
    .toSorted((a, b) => rank[a.item.outcome] - rank[b.item.outcome]);
  if (wrong.length === 0) return `<p>${html(nothingSay(view, lang))}</p>`;
  const line = (one: ItemView): string => {
    const seen = one.readings
      .filter(({ reading }) => reading.outcome !== "pass")
      .map(({ reading, title }) => {
        const parts = [title, readingSay(reading, lang), limits(reading.bands, reading.unit, lang)];
        return `${MARKS[reading.outcome]} ${parts.filter((part) => part !== "").join(" · ")}`;
      });
    const known = one.readings
      .filter(({ reading }) => reading.outcome !== "pass")
      .flatMap(({ reading }) =>
        factsSay(reading, lang).map(
          ([name, value]) => `${html(name)}${texts(lang).cli.colon}<code>${html(value)}</code>`,
        ),
      );
    const actions = actionsSay(one, lang, WRITING).map((action) => `→ ${action}`);
    const details = [...seen.map((text) => html(text, 600)), ...known, ...actions]
      .map((text) => `<li>${text}</li>`)
      .join("");
    return `<li>${mark(one.item.outcome, lang)} <strong>${html(one.item.text)}</strong><ul>${details}</ul></li>`;
  };
  return `<div class="card"><ul class="todo">${wrong.map(line).join("\n")}</ul></div>`;
}

function open(view: RunView, lang: Lang): string {
  const words = texts(lang).report;
  const waiting = view.items.filter(({ item }) => item.outcome === "open");
  if (waiting.length === 0) return "";
  const lines = waiting.map(({ item }) => {
    const args = { mark: MARKS.open, text: item.text, place: at(item.source), owner: item.owner ?? words.anyone };
    return `<li class="open">${html(format(words.tick, args), 600)}</li>`;
  });
  return `<h3>${html(words.sections.open)}</h3>\n<div class="card"><ul class="todo">${lines.join("\n")}</ul></div>`;
}

function proof({ run, evidence, verify }: RunView, lang: Lang): string {
  const { labels, sections } = texts(lang).report;
  const { place } = run;
  const manual = [
    place.bookDigest,
    ...(place.commit === undefined ? [] : [format(labels.commit, { commit: place.commit })]),
  ];
  const rows: readonly (readonly [string, string])[] = [
    [labels.host, place.host],
    [labels.by, run.by],
    [
      labels.time,
      `${momentSay(run.started, run.zone)} · ${format(labels.seconds, { seconds: run.seconds.toFixed(3) })}`,
    ],
    [labels.manual, [...manual, ...(place.dirty ? [labels.dirty] : [])].join(" · ")],
    [labels.program, `watchbook ${place.version} · Node ${place.node}`],
    [labels.evidence, evidence?.directory ?? labels.notRecorded],
    ...(verify === undefined ? [] : [[labels.verify, verify] as const]),
  ];
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row" class="soft">${html(name)}</th>${cell(html(value, 2000))}</tr>`,
  );
  return `<h3>${html(sections.proof)}</h3>\n<div class="card"><table><tbody>${lines.join("\n")}</tbody></table></div>`;
}

function counts({ counts: of }: RunView, lang: Lang): string {
  const { outcomes } = texts(lang).report;
  const shown = (Object.keys(MARKS) as (keyof typeof MARKS)[]).filter((outcome) => of[outcome] > 0);
  const parts = shown.map(
    (one) => `<li class="${one}"><span class="mark">${MARKS[one]}</span> ${html(outcomes[one])} <b>${of[one]}</b></li>`,
  );
  return `<ul class="counts">${parts.join("")}</ul>`;
}

function section(view: RunView, lang: Lang, several: boolean): string {
  const words = texts(lang).report;
  const { run } = view;
  const args = {
    number: view.number,
    from: momentSay(run.started, run.zone),
    to: momentSay(run.ended, run.zone),
    by: run.by,
  };
  return [
    ...(several ? [`<h2>${html(format(run.answers === undefined ? words.run : words.answersRun, args))}</h2>`] : []),
    ...(run.answers === undefined
      ? []
      : [`<p class="soft">${html(format(words.restated, { run: run.answers }), 300)}</p>`]),
    `<div class="verdict ${run.verdict}"><strong>${html(words.verdicts[run.verdict])}</strong><div><p>${html(becauseSay(view, lang))}</p>${counts(view, lang)}</div></div>`,
    `<h3>${html(words.sections.attention)}</h3>`,
    attention(view, lang),
    `<h3>${html(words.sections.items)}</h3>`,
    items(view, lang),
    open(view, lang),
    ...(view.snippet === "" ? [] : [teach(view, lang)]),
    proof(view, lang),
  ].join("\n");
}

/** A line of YAML as HTML, its indentation kept. */
const indented = (line: string): string => `${/^ */.exec(line)![0]}${html(line.trimStart(), 1000)}`;

const teach = (view: RunView, lang: Lang): string => {
  const words = texts(lang).report;
  const lines = view.snippet.trimEnd().split("\n").map(indented);
  return `<h3>${html(words.sections.teach)}</h3>\n<p class="soft">${html(words.teach)}</p>\n<div class="card"><pre>${lines.join("\n")}</pre></div>`;
};

/** A report as one page without scripts and without anything from elsewhere: for a browser, mail or a picture. */
export function renderHtml(view: ReportView, lang: Lang = view.lang): string {
  const words = texts(lang).report;
  const title = html(format(words.title, { title: view.title, period: view.period }));
  const last = view.runs.at(-1)!;
  return `<!doctype html>
<html lang="${lang === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="soft">${html(view.zone)} · ${html(last.run.place.host)}</p>
${view.runs.map((run) => section(run, lang, view.runs.length > 1)).join("\n")}
<footer>${html(format(words.footer, { version: last.run.place.version }))}</footer>
</main>
</body>
</html>
`;
}
