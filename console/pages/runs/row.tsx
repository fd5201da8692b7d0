import { Link } from "@tanstack/react-router";
import type { CSSProperties, ReactNode } from "react";
import type { RunRecord } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { wallNow } from "../../app/clock.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { isOver } from "./over.ts";
import { secondsOf } from "./past-runs.ts";

interface Given {
  readonly run: RunRecord;
  /** Where a long list puts it. */
  readonly style?: CSSProperties;
}

/** One run: of what, where, how it stands, who asked and why. */
export function RunRow({ run, style }: Given): ReactNode {
  const { runs: words } = useTexts();
  const times = useTimes();
  const { id, title, environment, state, by, created, reason, done, total, rehearsal } = run;
  const span = times.span(secondsOf(run, wallNow()));
  return (
    <li
      {...(style && { style })}
      className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-2 first:border-0"
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link data-row to="/runs/$id" params={{ id }} className="font-medium">
            {title}
          </Link>
          <span className="text-quiet">{environment}</span>
          {rehearsal && <Badge state="rehearsal" word={words.rehearsal} />}
        </p>
        <p className="text-[0.9rem] text-quiet">
          {format(words.by, { by, at: times.at(created) })} ·{" "}
          {format(isOver(state) ? words.took : words.goes, { span })} · {format(words.steps, { done, total })}
          {reason !== "" && ` · ${reason}`}
        </p>
      </div>
      <Badge state={isOver(state) || state === "running" ? state : state === "waiting" ? "wait" : state} />
    </li>
  );
}
