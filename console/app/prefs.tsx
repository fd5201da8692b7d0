import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Lang } from "../../src/model/lang.ts";
import { textsIn, type Texts } from "../i18n/texts.ts";

export type Theme = "system" | "light" | "dark";

/** What a reader chose, on this browser. */
interface Prefs {
  readonly lang: Lang;
  readonly texts: Texts;
  readonly theme: Theme;
  /** Keys of one letter are heard. */
  readonly keys: boolean;
  readonly setLang: (lang: Lang) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setKeys: (on: boolean) => void;
}

const Context = createContext<Prefs | undefined>(undefined);

/** Language, colours and keys of the reader. */
export function usePrefs(): Prefs {
  const prefs = use(Context);
  if (prefs === undefined) throw new Error("outside of PrefsProvider");
  return prefs;
}
export const useTexts = (): Texts => usePrefs().texts;

/** Storage may be forbidden: then a choice lasts as long as the page. */
function kept(name: string): string | null {
  try {
    return localStorage.getItem(`watchbook.${name}`);
  } catch {
    return null;
  }
}
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`watchbook.${name}`, value);
  } catch {
    // The choice holds until the page is closed.
  }
}

/** The language that the page was opened in: the reader's choice, else the book's. */
export const openingLang = (): Lang => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");
const openingTheme = (): Theme => {
  const said = kept("theme");
  return said === "light" || said === "dark" ? said : "system";
};

export function PrefsProvider(given: { readonly texts: Texts; readonly children: ReactNode }): ReactNode {
  const [said, say] = useState({ lang: openingLang(), texts: given.texts });
  const [theme, setTheme] = useState(openingTheme);
  const [keys, setKeys] = useState(() => kept("keys") !== "off");
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset["theme"];
    else dataset["theme"] = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = said.lang === "zh" ? "zh-CN" : "en";
  }, [said.lang]);
  const prefs = useMemo<Prefs>(
    () => ({
      ...said,
      theme,
      keys,
      setLang: (lang) => {
        keep("lang", lang);
        void textsIn(lang).then((texts) => say({ lang, texts }));
      },
      setTheme: (next) => {
        keep("theme", next);
        setTheme(next);
      },
      setKeys: (on) => {
        keep("keys", on ? "on" : "off");
        setKeys(on);
      },
    }),
    [said, theme, keys],
  );
  return <Context value={prefs}>{given.children}</Context>;
}
