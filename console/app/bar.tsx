import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { bookNow } from "../api/queries.ts";
import { useRead } from "../api/use.ts";
import { format } from "../i18n/format.ts";
import { Button } from "../ui/button.tsx";
import { usePrefs, type Theme } from "./prefs.tsx";
import { Seen } from "./seen.tsx";
import { Who } from "./who.tsx";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const SIGN: Readonly<Record<Theme, string>> = { system: "◐", light: "☀", dark: "☾" };

/** The book, its revision, how old the data are; search, colours, language. */
export function Bar({ onSearch }: { readonly onSearch: () => void }): ReactNode {
  const { texts, lang, setLang, theme, setTheme } = usePrefs();
  const { shell } = texts;
  const book = useRead(bookNow).data;
  const revision =
    book === undefined
      ? ""
      : book.commit === null
        ? shell.folder
        : format(shell.revision, { commit: book.commit.slice(0, 12) });
  return (
    <header className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line pb-3">
      <Link to="/" className="plain flex min-w-0 flex-1 basis-52 items-center gap-2.5" title={shell.home}>
        <img src="/icon.svg" alt="" width="30" height="30" />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{book?.title ?? "watchbook"}</span>
          <span className="block truncate text-[0.82rem] text-quiet">
            {revision}
            {book?.dirty === true && book.commit !== null ? ` · ${shell.dirty}` : ""}
          </span>
        </span>
      </Link>
      <Seen />
      <div className="flex items-center gap-1.5">
        <Button onClick={onSearch} aria-keyshortcuts="Control+K">
          {shell.palette.open}
          <kbd className="hidden wide:inline">Ctrl K</kbd>
        </Button>
        <Button
          look="bare"
          onClick={() => setTheme(NEXT[theme])}
          aria-label={format(shell.theme.label, { now: shell.theme[theme] })}
          title={format(shell.theme.label, { now: shell.theme[theme] })}
        >
          <span aria-hidden="true">{SIGN[theme]}</span>
        </Button>
        <Who />
        <Button look="bare" lang={lang === "zh" ? "en" : "zh-CN"} onClick={() => setLang(lang === "zh" ? "en" : "zh")}>
          {shell.other}
        </Button>
      </div>
    </header>
  );
}
