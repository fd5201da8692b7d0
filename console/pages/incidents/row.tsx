import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { wallNow } from "../../app/clock.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Clocks } from "./clocks.tsx";
import { STATE } from "./looks.ts";

/** One incident: how bad, what, how it stands, how long is left. */
export function Row({ incident }: { readonly incident: IncidentShown }): ReactNode {
  const { incidents: words } = useTexts();
  const times = useTimes();
  const { id, title, priority, state, since, resolved, clocks, simulated, review } = incident;
  const age = times.span(((resolved ?? wallNow()) - since) / 1_000);
  return (
    <li className="border-t border-line py-2.5 first:border-0 first:pt-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link data-row to="/incidents/$id" params={{ id }} className="font-medium">
          [{priority}] {title}
        </Link>
        <Badge state={STATE[state]} word={words.states[state]} />
        {simulated && <Badge state="rehearsal" word={words.simulated} />}
      </p>
      <p className="text-[0.9rem] text-quiet">
        <code>{id}</code> · {format(words.since, { at: times.at(since), age })}
        {state === "resolved" &&
          review !== undefined &&
          ` · ${words.reviewName} ${format(words.reviewLine, { owner: review.owner, due: review.due })}`}
      </p>
      {state !== "closed" && <Clocks of={clocks} />}
    </li>
  );
}
