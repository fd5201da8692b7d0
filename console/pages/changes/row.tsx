import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ChangeShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Place } from "../../ui/place.tsx";
import { rollbackSay } from "./rollback.ts";

/** One change: when, what sort, what of; who, on what, how it ended, and where the manual says it. */
export function Row({ change }: { readonly change: ChangeShown }): ReactNode {
  const { changes: words } = useTexts();
  const { id, kind, title, at, environment, service, run, source } = change;
  return (
    <li className="border-t border-line py-2 first:border-0 first:pt-0" data-kind={kind}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <Badge state="note" word={words.kinds[kind]} />
        <Link data-row to="/changes/$id" params={{ id }} className="min-w-0 font-medium [overflow-wrap:anywhere]">
          {title}
        </Link>
        <span className="text-quiet">{[service, environment].filter(Boolean).join(" · ")}</span>
        {run?.drill === true && <Badge state="rehearsal" word={words.drill} />}
        <State change={change} />
      </p>
      <p className="text-[0.9rem] text-quiet [overflow-wrap:anywhere]">
        <Moment at={at} /> <Told change={change} />
        {source !== null && (
          <>
            {" · "}
            <Place source={source} />
          </>
        )}
      </p>
    </li>
  );
}

/** How a run stands; whether a revision was taken over. */
export function State({ change: { kind, run } }: { readonly change: ChangeShown }): ReactNode {
  const { changes: words } = useTexts();
  if (run === null) return kind === "refused" ? <Badge state="refused" /> : <Badge state="done" word={words.taken} />;
  const { state, verdict } = run;
  return (
    <Badge state={state === "waiting" ? "wait" : state === "done" && verdict !== "pass" ? (verdict ?? state) : state} />
  );
}

function Told({ change: { by, began, at, run, book } }: { readonly change: ChangeShown }): ReactNode {
  const { changes: words } = useTexts();
  const times = useTimes();
  const lines = [
    by !== null && format(words.by, { by }),
    run && at - began >= 1_000 && format(words.took, { span: times.span((at - began) / 1_000) }),
    run && run.targets.length > 0 && format(words.on, { targets: run.targets.join(", ") }),
    run && run.approvals.length > 0 && format(words.approved, { count: run.approvals.length }),
    run?.rollback && rollbackSay(run.rollback, words),
    run && run.reason !== "" && run.reason,
    book && book.files.length > 0 && format(words.files, { count: book.files.length }),
    book && book.commit !== null && book.commit.slice(0, 12),
  ];
  return lines.filter(Boolean).map((line) => ` · ${String(line)}`);
}
