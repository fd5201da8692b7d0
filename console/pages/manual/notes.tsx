import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { useShown } from "./shown.ts";

/** What was found in some lines: what is wrong and what to do, below them. */
export function Notes({ line, until }: { readonly line: number; readonly until: number }): ReactNode {
  const { manual: words } = useTexts();
  const { findings } = useShown();
  const here = findings.filter((one) => one.line >= line && one.line <= until);
  return here.map((one) => (
    <div
      key={`${one.code} ${one.line} ${one.say}`}
      className="my-1.5 flex flex-wrap items-baseline gap-2 rounded-lg border-l-4 border-edge bg-sunk px-3 py-1.5 text-[0.9rem]"
    >
      <Badge state={one.level} word={words.levels[one.level]} />
      <span className="min-w-0 flex-1 basis-60">
        {one.say} <span className="text-quiet">{one.fix}</span> <code className="text-quiet">{one.code}</code>
      </span>
    </div>
  ));
}
