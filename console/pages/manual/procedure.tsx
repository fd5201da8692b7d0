import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Procedure as Shown } from "../../../src/api/contract.ts";
import { procedures } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { useShown } from "./shown.ts";
import { Source } from "./source.tsx";

const RUN =
  "plain inline-flex min-h-9 items-center rounded-lg border border-accent bg-card px-3 py-1 font-medium text-accent hover:bg-sunk";

/** What stands below the heading of a procedure: which one it is, what its last run has proven, the way to run it. */
export function Procedure({ id, line }: { readonly id: string; readonly line: number }): ReactNode {
  const { manual: words } = useTexts();
  const { file } = useShown();
  const found = useRead((lang) => procedures(lang, file)).data?.procedures.find((one) => one.id === id);
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.88rem] text-quiet">
      <span>{format(words.procedure, { id })}</span>
      <Source line={line} />
      {found !== undefined && <Proof last={found.last} />}
      {found?.may && (
        <Link
          to="/runs/new/$runbook"
          params={{ runbook: id }}
          className={RUN}
          aria-label={format(words.runOne, { id })}
        >
          {words.run}
        </Link>
      )}
    </p>
  );
}

type Last = Shown["last"];

function Proof({ last }: { readonly last: Last }): ReactNode {
  const { manual: words } = useTexts();
  const times = useTimes();
  if (last === null) return <Badge state="unproven" word={words.neverRun} />;
  const said = format(words.lastRun, { at: times.at(last.at) });
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <Badge state={last.verdict} />
      {said}
      {last.evidence === null ? (
        <Link to="/runs/$id" params={{ id: last.run }}>
          {words.itsRun}
        </Link>
      ) : (
        <Link to="/evidence/$id" params={{ id: last.evidence }}>
          {words.itsEvidence}
        </Link>
      )}
    </span>
  );
}
