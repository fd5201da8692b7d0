import type { ReactNode } from "react";
import type { History } from "../../src/api/contract.ts";
import { useTexts } from "../app/prefs.tsx";
import { format } from "../i18n/format.ts";
import { wordOf } from "./word.ts";

export type Mark = History["rows"][number]["marks"][number];

/** Taller is worse, so that colour says nothing that the shape does not. */
const LOOKS: Readonly<Record<string, string>> = {
  pass: "h-2.5 bg-pass",
  warn: "h-4 bg-warn",
  unknown: "h-5 inset-ring-2 inset-ring-unknown",
  fail: "h-6 bg-fail",
  none: "h-1 bg-edge",
};
const WORST_FIRST = ["fail", "unknown", "warn", "pass", null] as const;

interface Given {
  /** Whose they are. */
  readonly title: string;
  /** Oldest first. */
  readonly marks: readonly Mark[];
}

/** How something stood, mark by mark; what it says in words for whoever cannot see it. */
export function Marks({ title, marks }: Given): ReactNode {
  const { services: words, states } = useTexts();
  const name = (mark: Mark): string => (mark === null ? words.unknownMark : wordOf(states, mark));
  const counts = WORST_FIRST.flatMap((one) => {
    const count = marks.filter((mark) => mark === one).length;
    return count === 0 ? [] : [format(words.barCount, { count, state: name(one) })];
  });
  const now = marks.at(-1) ?? null;
  const known = marks.some((mark) => mark !== null);
  const said = known ? [...counts, format(words.barNow, { state: name(now) })].join(", ") : words.barNone;
  const label = format(words.bar, { title, said });
  return (
    <span role="img" aria-label={label} title={label} className="flex h-6 w-full items-end gap-px sm:max-w-72">
      {marks.map((mark, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a mark is its place
        <span key={index} className={`min-w-0 flex-1 rounded-[2px] ${LOOKS[mark ?? "none"] ?? ""}`} />
      ))}
    </span>
  );
}
