import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useFigure } from "../../app/figure.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { wallNow } from "../../app/clock.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Actions } from "./actions.tsx";
import { ackedBy } from "./groups.ts";
import { holdSay } from "./hold.ts";

/** One alert: on what, how bad, since when, who has it; what to do about it. */
export function Row({ alert }: { readonly alert: AlertShown }): ReactNode {
  const { alerts: words } = useTexts();
  const figure = useFigure();
  const times = useTimes();
  const by = ackedBy(alert);
  const { ended, started, hold } = alert;
  const age = times.span(((ended ?? wallNow()) - started) / 1_000);
  const when =
    ended === undefined
      ? format(words.since, { at: times.at(started), age })
      : format(words.ended, { at: times.at(started), ended: times.at(ended) });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-1.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <Link data-row to="/alerts/$id" params={{ id: alert.id }} className="font-medium">
            {alert.target}
          </Link>
          {alert.value !== undefined && <span className="figures">{figure(alert.value, alert.unit)}</span>}
          <State ended={ended !== undefined} held={hold !== undefined} acked={by !== undefined} />
        </p>
        <p className="text-[0.9rem] text-quiet">
          {when}
          {by !== undefined && ` · ${format(words.by, { by })}`}
          {hold !== undefined && ` · ${holdSay(hold, words)}`}
        </p>
        {alert.said?.map((line) => (
          <p key={line} className="text-[0.92rem]">
            {line}
          </p>
        ))}
      </div>
      {ended === undefined && <Actions alert={alert} />}
    </li>
  );
}

function State({ ended, held, acked }: { ended: boolean; held: boolean; acked: boolean }): ReactNode {
  return <Badge state={ended ? "over" : held ? "quiet" : acked ? "acked" : "error"} />;
}
