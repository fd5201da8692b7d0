import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import { incidents, problems } from "../api/incidents.ts";
import { checks, duties, hits } from "../api/queries.ts";
import { PAGES } from "./pages.ts";
import { usePrefs } from "./prefs.tsx";

/** Something to go to or to do. */
export interface Item {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** What else it is found by, shown quietly. */
  readonly hint: string;
  /** More to know without going there: where to look, what to do. */
  readonly more?: string;
  /** The manual's own row for a symptom. */
  readonly symptom?: boolean;
  run(): void;
}

const MOST = 30;

/** Items that have every word of the query, those that begin with it first. Pure. */
export function matching(items: readonly Item[], query: string): readonly Item[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (item: Item): string => `${item.label} ${item.hint}`.toLowerCase();
  const found = items.filter((item) => words.every((word) => text(item).includes(word)));
  const first = (item: Item): number => (words[0] !== undefined && text(item).startsWith(words[0]) ? 0 : 1);
  return found.toSorted((a, b) => first(a) - first(b)).slice(0, MOST);
}

/** What the manual says about a query; asked of the server when typing pauses for a moment. */
export function useFound(query: string): readonly Item[] {
  const { texts, lang } = usePrefs();
  const navigate = useNavigate();
  const asked = useDeferredValue(query.trim());
  const { data } = useQuery({ ...hits(lang, asked, 12), enabled: asked !== "" });
  return useMemo(() => {
    const { kinds, look: at, act } = texts.manual;
    if (asked === "") return [];
    return (data?.hits ?? []).map(({ kind, title, look, action, source }) => {
      const more = [look && `${at} ${look}`, action && `${act} ${action}`].filter(Boolean).join(" · ");
      return {
        id: `manual:${kind}:${source.file}:${source.line}:${title}`,
        group: kinds[kind],
        label: title,
        hint: `${source.file}:${source.line}`,
        symptom: kind === "symptom",
        ...(more === "" ? {} : { more }),
        run: () => void navigate({ to: "/manual/file/$", params: { _splat: source.file }, hash: `L${source.line}` }),
      };
    });
  }, [asked, data, navigate, texts]);
}

/** All that the palette knows now. */
export function useItems(onSheet: () => void): readonly Item[] {
  const prefs = usePrefs();
  const { texts, lang } = prefs;
  const navigate = useNavigate();
  const known = {
    checks: useQuery(checks(lang)).data?.checks,
    duties: useQuery(duties(lang)).data?.duties,
    incidents: useQuery(incidents(lang, true)).data?.incidents,
    problems: useQuery(problems(lang, true)).data?.problems,
  };
  return useMemo(() => {
    const { palette, pages } = texts.shell;
    const { groups } = palette;
    const to = (path: string) => (): void => void navigate({ to: path });
    return [
      ...PAGES.map(({ id, path, key }) => ({
        id: `page:${id}`,
        group: groups.pages,
        label: pages[id],
        hint: `g ${key}`,
        run: to(path),
      })),
      {
        id: "page:problems",
        group: groups.pages,
        label: texts.problems.title,
        hint: pages.incidents,
        run: to("/incidents/problems"),
      },
      ...(known.incidents ?? []).map(({ id, title, priority }) => ({
        id: `incident:${id}`,
        group: pages.incidents,
        label: `[${priority}] ${title}`,
        hint: id,
        run: () => void navigate({ to: "/incidents/$id", params: { id } }),
      })),
      ...(known.problems ?? []).map(({ id, title }) => ({
        id: `problem:${id}`,
        group: texts.problems.title,
        label: title,
        hint: id,
        run: () => void navigate({ to: "/incidents/problems/$id", params: { id } }),
      })),
      ...(known.checks ?? []).map((check) => ({
        id: `check:${check.id}`,
        group: groups.checks,
        label: check.title,
        hint: `${check.id} ${check.target} ${check.service ?? ""}`,
        run: () =>
          void navigate({ to: "/services/$id", params: { id: check.service ?? "-" }, search: { check: check.id } }),
      })),
      ...(known.duties ?? []).map((duty) => ({
        id: `duty:${duty.id}`,
        group: groups.duties,
        label: duty.title,
        hint: duty.id,
        run: () => void navigate({ to: "/duties/$id", params: { id: duty.id } }),
      })),
      {
        id: "do:theme",
        group: groups.actions,
        label: palette.theme,
        hint: "dark light",
        run: () => prefs.setTheme(prefs.theme === "dark" ? "light" : "dark"),
      },
      {
        id: "do:language",
        group: groups.actions,
        label: palette.language,
        hint: "zh en",
        run: () => prefs.setLang(lang === "zh" ? "en" : "zh"),
      },
      { id: "do:sheet", group: groups.actions, label: palette.sheet, hint: "?", run: onSheet },
    ];
  }, [texts, lang, known.checks, known.duties, known.incidents, known.problems, navigate, prefs, onSheet]);
}
