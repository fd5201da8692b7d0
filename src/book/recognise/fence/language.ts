import { judgeSql } from "../../shell/sql.ts";
import {
  CONFIG_LANGS,
  DATA_LANGS,
  DIAGRAM_LANGS,
  OTHER_SHELLS,
  QUERY_LANGS,
  SQL_LANGS,
  TEXT_LANGS,
} from "../../words/fences.ts";
import { isSession, isShell, isUntagged } from "./view.ts";
import type { Rule, Ruling, View } from "./view.ts";

const recognised = (kind: Ruling["kind"], rule: string): Ruling => ({ kind, state: "recognised", rule });

/** A language that is no shell says what the block is: query, configuration, data, diagram, text. Code of programs is text. */
export const language: Rule = (view) => {
  const { lang } = view;
  if (isUntagged(view) || isShell(view) || isSession(view)) return undefined;
  if (QUERY_LANGS.has(lang)) return query(view);
  if (CONFIG_LANGS.has(lang)) return recognised("config", "fence/language");
  if (DATA_LANGS.has(lang)) return recognised("data", "fence/language");
  if (DIAGRAM_LANGS.has(lang)) return recognised("diagram", "fence/language");
  if (TEXT_LANGS.has(lang)) return { kind: "text", state: "narrative", rule: "fence/language" };
  if (OTHER_SHELLS.has(lang)) return { kind: "text", state: "narrative", rule: "fence/other-shell" };
  return { kind: "text", state: "narrative", rule: "fence/code" };
};

/** Queries run only through a declared source; the risk of SQL is said all the same. */
function query(view: View): Ruling {
  const ruling = recognised("query", "fence/language");
  return SQL_LANGS.has(view.lang) ? { ...ruling, risk: judgeSql(view.fence.text.slice(0, 200_000)).risk } : ruling;
}

const BOX = /[\u2500-\u257f\u2580-\u259f]|\+-{3,}\+?|[|]\s{3,}[|]|-{2,}>|={2,}>|<-{2,}|^\s*[|v^]\s*$|[▲▼◄►→←↑↓]/;

/** Boxes and arrows drawn with characters: a diagram, where no language says otherwise. */
export const drawing: Rule = (view) => {
  if (!isUntagged(view) && view.lang !== "text" && view.lang !== "ascii") return undefined;
  const content = view.lines.filter((line) => line.trim() !== "");
  const drawn = content.filter((line) => BOX.test(line.slice(0, 500))).length;
  const boxed = content.some((line) => /[\u250c\u2514\u251c\u256d]|\+-{3,}/.test(line));
  return content.length > 1 && drawn * 2 >= content.length && (boxed || drawn === content.length)
    ? recognised("diagram", "fence/drawing")
    : undefined;
};
