import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import { hits } from "../api/queries.ts";
import { useObjects } from "./objects.ts";
import { PAGES, SETTINGS } from "./pages.ts";
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

/** Items that have every word of the query, those that are called so or begin with it first. Pure. */
export function matching(items: readonly Item[], query: string): readonly Item[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (item: Item): string => `${item.label} ${item.hint}`.toLowerCase();
  const found = items.filter((item) => words.every((word) => text(item).includes(word)));
  // Its own id, then its beginning, then wherever the words stand.
  const first = (item: Item): number => {
    if (item.hint.toLowerCase().split(" ").includes(query.trim().toLowerCase())) return 0;
    return words[0] !== undefined && text(item).startsWith(words[0]) ? 1 : 2;
  };
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
  const objects = useObjects();
  return useMemo(() => {
    const { palette, pages } = texts.shell;
    const { groups } = palette;
    const to = (href: string) => (): void => void navigate({ href });
    return [
      ...PAGES.map(({ id, path, key }) => ({
        ...{ id: `page:${id}`, group: groups.pages, label: pages[id], hint: `g ${key}`, run: to(path) },
      })),
      {
        ...{ id: "page:problems", group: groups.pages, label: texts.problems.title, hint: pages.incidents },
        run: to("/incidents/problems"),
      },
      ...SETTINGS.map(({ id, path }) => ({
        ...{ id: `page:settings-${id}`, group: groups.pages, label: texts.settings.parts[id], hint: pages.settings },
        run: to(path),
      })),
      ...objects.map(({ href, ...one }) => ({ ...one, run: to(href) })),
      {
        ...{ id: "do:theme", group: groups.actions, label: palette.theme, hint: "dark light" },
        run: () => prefs.setTheme(prefs.theme === "dark" ? "light" : "dark"),
      },
      {
        ...{ id: "do:language", group: groups.actions, label: palette.language, hint: "zh en" },
        run: () => prefs.setLang(lang === "zh" ? "en" : "zh"),
      },
      { id: "do:sheet", group: groups.actions, label: palette.sheet, hint: "?", run: onSheet },
    ];
  }, [texts, lang, objects, navigate, prefs, onSheet]);
}
